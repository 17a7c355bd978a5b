import { showContext } from "../context/show.ts";
import { failure } from "../issues/command-error.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, list, text, textOr } from "../usage/options.ts";

/** Shows what tools put before their models in a folder: which files they read, which they leave out, and what it takes. */
export default defineCommand({
  name: "context",
  group: "daily",
  summary: "Show what each tool puts before its model here",
  details:
    "Reads the files that a tool would read, and shows its texts in the tool's order, what it leaves out and why, and the tokens. Runs no tool and no code.",
  arguments: [],
  options: {
    tool: list(
      "ids",
      "only these tools, such as claude-code; use commas, or repeat the option (default: those in use here)",
      "t",
    ),
    cwd: textOr(".", "folder", "the folder that the tool is started in"),
    for: text("file", "also show what is sent when the tool reads this file"),
    agent: text("name", "also show what this agent gets when it is called"),
    skill: text("name", "also show what is sent when this skill is called"),
    full: flag("print the texts themselves"),
    home: flag("also read your home folder, and what lies above the repository"),
    max: text("tokens", "fail when a tool always has more than this before its model"),
    base: text("revision", "show how what is always on has changed since this revision", "b"),
    markdown: flag("with --base, print Markdown, for a pull request", "m"),
  },
  async run(_, options) {
    const other =
      (["for", "agent", "skill"] as const).find((name) => options[name] !== undefined) ??
      (options.full ? "full" : undefined);
    if (options.base !== undefined && other !== undefined) {
      throw failure("conflicting-options", `--base and --${other}`, "these cannot be used together");
    }
    if (options.base === undefined && options.markdown) {
      throw failure("conflicting-options", "--markdown", "needs --base", "Name a revision to compare with.");
    }
    return showContext(options);
  },
});
