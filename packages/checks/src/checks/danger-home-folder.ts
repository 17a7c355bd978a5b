import { isWarning } from "../facts/warnings.ts";
import { defineCheck } from "../model/define-check.ts";

const HOME = /(?<![\w.~$}/-])(?:\/(?:Users|home)\/|[A-Za-z]:[\\/]{1,2}Users[\\/]{1,2})([A-Za-z\d][\w.-]+)(?=[\\/])/g;

/** Names of nobody: placeholders, and accounts of containers and of build servers. */
const NOBODY = new Set(
  (
    "user username users name me you your yourname your-name your_name yourusername your-username your_username youruser your-user myuser myname " +
    "someone somebody person developer dev example test tester foo bar john johndoe john.doe jane doe alice bob admin root public shared default " +
    "runner runneradmin ubuntu debian vscode node app appuser www-data ec2-user circleci gitpod codespace coder jovyan sandbox agent linuxbrew claude git deploy " +
    "vagrant pi travis jenkins postgres nginx oracle container builder worker nonroot opc azureuser site wwwroot guest xxx project evaluator vsts"
  ).split(" "),
);

const PLACEHOLDER = /^(?:my|your|our|some|first|last)[-_.]?(?:user|name|account|home)|user_?name|lastname/i;

export const dangerHomeFolder = defineCheck({
  id: "danger/home-folder",
  severity: "warning",
  what: "A path in one person's home folder.",
  why: {
    text: "The path exists on one machine only, so the instruction fails on every other one, and it tells every reader of the repository the name of an account. 42 of 7,758 public persona files have one.",
    sources: [{ source: "7,758 files of public repositories", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      { files: { "AGENTS.md": "Read /Users/anna/notes/api.md first.\n" }, finds: [["AGENTS.md", 1]] },
      {
        files: { "CLAUDE.md": "Logs:\n\n```sh\ntail -f /home/mweber/app/logs/dev.log\n```\n" },
        finds: [["CLAUDE.md", 4]],
      },
    ],
    good: [
      {
        "AGENTS.md":
          "Paths in CI start with /home/runner/work, yours with /Users/<name>/, /Users/you/ or ~/src.\nhttps://example.com/Users/anna/ is an address.\n",
      },
    ],
  },
  *inFile({ path, text }) {
    const seen = new Set<string>();
    for (const { 0: found, 1: name = "", index } of text.matchAll(HOME)) {
      if (NOBODY.has(name.toLowerCase()) || PLACEHOLDER.test(name) || seen.has(name) || isWarning(text, index))
        continue;
      seen.add(name);
      yield {
        path,
        at: { start: index, end: index + found.length },
        problem: `${found} is the home folder of one person`,
        hint: "Write the path relative to the repository, or from ~.",
      };
    }
  },
});
