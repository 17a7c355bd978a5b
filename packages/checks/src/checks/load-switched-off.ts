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
  examples: {
    bad: [
      {
        files: { "AGENTS.md": "Use pnpm.\n", "CLAUDE.md": "Be brief.\n" },
        finds: [["AGENTS.md", 1]],
        right: { "AGENTS.md": "Use pnpm.\n", "CLAUDE.md": "@AGENTS.md\n\nBe brief.\n" },
        tools: [
          {
            tool: "Claude Code",
            does: "ignores AGENTS.md where there is a CLAUDE.md",
            seen: { outcome: "lost", text: "Use pnpm." },
          },
        ],
      },
      {
        files: { ".codex/config.toml": "", "AGENTS.override.md": "\n", "AGENTS.md": "Use pnpm.\n" },
        finds: [["AGENTS.md", 1]],
        right: { ".codex/config.toml": "", "AGENTS.md": "Use pnpm.\n" },
        tools: [
          {
            tool: "Codex",
            does: "ignores AGENTS.md beside AGENTS.override.md",
            seen: { outcome: "lost", text: "Use pnpm." },
          },
        ],
      },
      {
        files: { "opencode.json": "{}", "AGENTS.md": "Use pnpm.\n", "CLAUDE.md": "Be brief.\n" },
        finds: [
          ["AGENTS.md", 1],
          ["CLAUDE.md", 1],
        ],
        right: { "opencode.json": "{}", "AGENTS.md": "Use pnpm.\n\nBe brief.\n" },
        tools: [
          {
            tool: "Claude Code",
            does: "ignores AGENTS.md where there is a CLAUDE.md",
            seen: { outcome: "lost", text: "Use pnpm." },
          },
          {
            tool: "OpenCode",
            does: "ignores CLAUDE.md where there is an AGENTS.md",
            seen: { outcome: "lost", text: "Be brief." },
          },
        ],
      },
    ],
    good: [
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
