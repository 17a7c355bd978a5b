import { folderOf, resolvePath } from "../facts/paths.ts";
import { defineCheck } from "../model/define-check.ts";
import type { Facts } from "../model/facts.ts";

const MENTION = /(?<=^|\s)[*_]{0,3}@((?:[^\s\\]|\\ )+)/gm;

export const saysCircularImport = defineCheck({
  id: "says/circular-import",
  severity: "warning",
  what: "Files that import each other.",
  why: {
    text: "No tool goes round: Claude Code leaves out the second import and says nothing, Gemini CLI and Qwen Code send an error comment instead of the file.",
    sources: [
      { source: "Requests of Claude Code 2.1.329, Gemini CLI 0.61.0 and Qwen Code 0.24.4", date: "2026-11-25" },
    ],
  },
  formats: ["agents-md", "claude-md", "claude-rule", "gemini-md", "qwen-md"],
  examples: {
    bad: [
      {
        files: { "CLAUDE.md": "Use pnpm.\n\n@docs/api.md\n", "docs/api.md": "Use REST.\n\nSee @../CLAUDE.md too.\n" },
        finds: [["CLAUDE.md", 3]],
      },
      {
        files: { "GEMINI.md": "Use pnpm.\n\n@docs/api.md\n", "docs/api.md": "Use REST.\n\nSee @../GEMINI.md too.\n" },
        finds: [["GEMINI.md", 3]],
        right: { "GEMINI.md": "Use pnpm.\n\n@docs/api.md\n", "docs/api.md": "Use REST.\n" },
        tools: [
          {
            tool: "Gemini CLI",
            does: "sends a comment in its place",
            seen: { outcome: "added", text: "<!-- File already processed: " },
          },
        ],
      },
    ],
    good: [
      {
        "CLAUDE.md": "@docs/api.md\n@docs/db.md\n",
        "docs/api.md": "@db.md\n",
        "docs/db.md": "`@../CLAUDE.md`\n",
      },
    ],
  },
  *inFile(file, facts) {
    const { path, text } = file;
    if (!text.includes("@")) return;
    for (const { 0: found, 1: written = "", index } of file.prose.matchAll(MENTION)) {
      const target = targetOf(path, written, facts);
      const way = target === undefined ? undefined : wayTo(path, target, facts, new Set([path]));
      if (way === undefined) continue;
      const start = index + found.indexOf("@");
      // Once for a circle: at the file that comes first.
      if (way.some((each) => each < path && facts.file(each) !== undefined)) continue;
      yield {
        path,
        at: { start, end: start + 1 + written.length },
        problem: `this import comes back to its own file: ${[path, ...way].join(" → ")}`,
        hint: "Take out one of the imports.",
      };
    }
  },
});

function targetOf(path: string, written: string, { has }: Facts): string | undefined {
  const target = resolvePath(folderOf(path), written.split("#", 1)[0]?.replaceAll("\\ ", " ") ?? "");
  return target !== undefined && target !== "" && has(target) ? target : undefined;
}

/** The files on the way from one to another by imports, that one last. */
function wayTo(goal: string, from: string, facts: Facts, seen: Set<string>): readonly string[] | undefined {
  if (from === goal) return [goal];
  if (seen.has(from)) return undefined;
  seen.add(from);
  const text = facts.file(from)?.prose ?? (/\.mdx?$/.test(from) ? withoutCode(facts.textOf(from) ?? "") : "");
  for (const { 1: written = "" } of text.matchAll(MENTION)) {
    const next = targetOf(from, written, facts);
    const way = next === undefined ? undefined : wayTo(goal, next, facts, seen);
    if (way !== undefined) return [from, ...way];
  }
  return undefined;
}

function withoutCode(text: string): string {
  return text.replace(/^(```|~~~)[\s\S]*?(?:^\1|$(?![\s\S]))/gm, "").replace(/`[^`\n]*`|<!--[\s\S]*?-->/g, "");
}
