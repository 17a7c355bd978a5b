import { isThere } from "../facts/links.ts";
import { folderOf, isPlaceholder, resolvePath } from "../facts/paths.ts";
import { isWarning } from "../facts/warnings.ts";
import { defineCheck } from "../model/define-check.ts";

const LINK = /\]\([ \t]*(?:<([^<>\r\n]*)>|([^\s()<>]+))/g;

/** Addresses, places in the text itself, and places in a template. */
const ELSEWHERE = /^(?:[A-Za-z][\w+.-]*:|#|\/\/|~|@)/;

export const saysMissingLink = defineCheck({
  id: "says/missing-link",
  severity: "warning",
  what: "A link to a file that is not there.",
  why: {
    text: "A model follows the link, finds nothing, and goes on without what you wanted it to read. Of 2,537 relative links in 7,758 public persona files, 299 lead nowhere.",
    sources: [{ source: "7,758 files of public repositories", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      {
        files: {
          ".claude/skills/release/SKILL.md":
            "---\nname: release\ndescription: Releases.\n---\n\nRead [the steps](references/steps.md).\n",
        },
        finds: [[".claude/skills/release/SKILL.md", 6]],
      },
      { files: { "AGENTS.md": "See [the API](docs/api.md#errors).\n" }, finds: [["AGENTS.md", 1]] },
    ],
    good: [
      {
        "AGENTS.md":
          "See [the API](docs/api.md#errors), [here](#here), [there](https://example.com/a.md), [root](/docs/api.md) and ![it](docs/).\n\nWrite links as `[a](b/c.md)` or [text](path/to/file.md).\n",
        "docs/api.md": "Use REST.\n",
        ".claude/rules/api.md": "Read [the API](docs/api.md) and [the same](../../docs/api.md).\n",
        "packages/web/.claude/rules/ui.md": "Read [the UI](docs/ui.md).\n",
        "packages/web/docs/ui.md": "Use React.\n",
      },
    ],
  },
  *inFile(file, facts) {
    const { path, text, isLoaded, isReference, kind } = file;
    if (!text.includes("](")) return;
    // A catalogue's files are to be put somewhere else, but a skill goes there with its folder; a template is filled in first.
    const isSkill = kind.endsWith("-skill");
    if ((!isLoaded && !isSkill) || /template/i.test(path)) return;
    for (const { 0: found, 1: angled, 2: bare = "", index } of file.prose.matchAll(LINK)) {
      const [written = ""] = (angled ?? bare).split(/[?#]/, 1);
      const target = decoded(written);
      if (
        ELSEWHERE.test(written) ||
        !/\/|\.\w+$/.test(target) ||
        isPlaceholder(target) ||
        /(?:^|\/)node_modules\//.test(target) ||
        (!isLoaded && target.startsWith(".."))
      )
        continue;
      const place = resolvePath(folderOf(path), target);
      // Many write paths from where a tool is started: the root, or the folder that the file is for.
      const places = [place, resolvePath("", target), resolvePath(file.folder, target)];
      if (place === undefined || place === "") continue;
      if (places.some((each) => each !== undefined && isThere(each, facts))) continue;
      if (isWarning(file.prose, index) || file.realPath !== path) continue;
      const start = index + found.length - (angled ?? bare).length - (angled === undefined ? 0 : 1);
      const from = isSkill && !isReference ? "the skill's folder" : "this file's folder";
      yield {
        path,
        at: { start, end: start + (angled ?? bare).length },
        problem: `the link to ${target} leads nowhere: there is no ${place}`,
        hint: `Write the path from ${from}, or take the link out.`,
      };
    }
  },
});

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
