import { leftOutFiles, whoDo } from "../facts/left-out.ts";
import { defineCheck } from "../model/define-check.ts";

export const loadSwitchedOff = defineCheck({
  id: "load/switched-off",
  severity: "warning",
  what: "A tool ignores a file of instructions, because there is one that it looks for first.",
  why: {
    text: "Claude Code reads AGENTS.md only where no CLAUDE.md is in the folder or above it. OpenCode reads no CLAUDE.md where there is any AGENTS.md. Codex reads AGENTS.override.md instead of AGENTS.md, even an empty one. None of them says so.",
    sources: [{ source: "requests of Claude Code 2.1.329, Codex 0.169.0 and OpenCode 1.18.33", date: "2026-11-28" }],
  },
  observed: [
    {
      tool: "Claude Code",
      version: "2.1.329",
      known: "observed",
      does: "ignores AGENTS.md where there is a CLAUDE.md",
    },
    { tool: "Codex", version: "0.169.0", known: "observed", does: "ignores AGENTS.md beside AGENTS.override.md" },
    { tool: "OpenCode", version: "1.18.33", known: "observed", does: "ignores CLAUDE.md where there is an AGENTS.md" },
  ],
  examples: {
    bad: [
      {
        files: { "AGENTS.md": "Use pnpm.\n", "CLAUDE.md": "Be brief.\n" },
        finds: [["AGENTS.md", 1]],
      },
      {
        files: { ".codex/config.toml": "", "AGENTS.override.md": "\n", "AGENTS.md": "Use pnpm.\n" },
        finds: [["AGENTS.md", 1]],
      },
    ],
    good: [
      { "AGENTS.md": "Use pnpm.\n", "CLAUDE.md": "@AGENTS.md\n\nBe brief.\n" },
      // They say the same.
      { "AGENTS.md": "Use pnpm.\n", "CLAUDE.md": "Use pnpm.\n" },
    ],
  },
  *inRepository(facts) {
    for (const { file, tools, by = "", folder } of leftOutFiles(facts, ["switched-off"])) {
      const names = tools.filter((name) => !isSentOtherwise(name));
      // What only leads to the other file says nothing of its own.
      const isPointer = file.body.trim().length < 200 && file.body.includes(by.slice(by.lastIndexOf("/") + 1));
      const isSame = facts.file(by)?.realPath === file.realPath;
      if (names.length === 0 || isPointer || isSame) continue;
      const from = folder === "" ? "" : ` when you start ${names.length === 1 ? "it" : "them"} in ${folder}`;
      yield {
        path: file.path,
        problem: `${whoDo(names, "ignores", "ignore")} this file${from}, because there is ${by}`,
        hint: hintFor(file.path, by),
        tools: names,
      };

      function isSentOtherwise(name: string): boolean {
        const tool = facts.tools.find((each) => each.name === name);
        const absolute = `${facts.repository.root}/${file.path}`;
        // What another file imports, or says in the same words, is sent all the same.
        return (
          tool !== undefined &&
          facts
            .contextIn(tool, folder)
            .parts.some(
              ({ sources, imports = [], text }) =>
                sources.includes(absolute) ||
                imports.some(({ source }) => source === absolute) ||
                text.includes(file.body.trim()),
            )
        );
      }
    }
  },
});

/** The folder of a path, with a slash. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function hintFor(path: string, by: string): string {
  const isBeside = folderOf(path) === folderOf(by);
  if (by.endsWith("CLAUDE.md") && isBeside)
    return `Write @${path.slice(path.lastIndexOf("/") + 1)} in ${by}, or keep one of them.`;
  return "Keep one kind of file, or say in both what every tool must know.";
}
