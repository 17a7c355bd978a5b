import { isThere } from "../facts/links.ts";
import { folderOf, isPlaceholder, resolvePath } from "../facts/paths.ts";
import { defineCheck } from "../model/define-check.ts";

const MENTION = /(?<=^|\s)[*_]{0,3}@((?:[^\s\\]|\\ )+)/gm;

/** What can only be a file: `@scope/package` and `@name` are no imports that someone has lost. */
const FILE = /^(?:\.{1,2}\/.+|[\w./ -]+\.(?:md|mdx|mdc|txt|json|jsonc|ya?ml|toml))$/;

export const saysMissingImport = defineCheck({
  id: "says/missing-import",
  severity: "error",
  what: "An import of a file that is not there.",
  why: {
    text: "Claude Code drops such an import and says nothing. It also takes a comma or a full stop behind the path for a part of it, and then finds no file.",
    sources: [{ source: "Requests of Claude Code 2.1.329, read as it sent them", date: "2026-11-25" }],
  },
  formats: ["agents-md", "claude-md", "claude-rule", "gemini-md", "qwen-md"],
  examples: {
    bad: [
      {
        files: { "CLAUDE.md": "Use pnpm.\n\n@docs/api.md\n" },
        finds: [["CLAUDE.md", 3]],
        right: { "CLAUDE.md": "Use pnpm.\n\n@docs/api.md\n", "docs/api.md": "Use REST.\n" },
        tools: [
          {
            tool: "Claude Code",
            does: "sends the text without the file",
            seen: { outcome: "kept", text: "Use pnpm." },
          },
        ],
      },
      {
        files: { "GEMINI.md": "Use pnpm.\n\n@docs/api.md\n" },
        finds: [["GEMINI.md", 3]],
        right: { "GEMINI.md": "Use pnpm.\n\n@docs/api.md\n", "docs/api.md": "Use REST.\n" },
        tools: [
          {
            tool: "Gemini CLI",
            does: "sends a comment in its place",
            seen: { outcome: "added", text: "<!-- Import failed: " },
          },
        ],
      },
      {
        files: { "CLAUDE.md": "See @docs/api.md, and keep to it.\n", "docs/api.md": "Use REST.\n" },
        finds: [["CLAUDE.md", 1]],
        fixed: { "CLAUDE.md": "See @docs/api.md , and keep to it.\n" },
        tools: [
          {
            tool: "Claude Code",
            does: "takes the comma for a part of the path",
            seen: { outcome: "lost", text: "Use REST." },
          },
        ],
      },
    ],
    good: [
      {
        "CLAUDE.md":
          "See @docs/api.md and @./docs/api.md#errors for more.\nUse @acme/ui, ask @anna, mail a@b.md, write `@docs/old.md`.\n@~/notes.md\n\n```md\n@docs/none.md\n```\n",
        "docs/api.md": "Use REST.\n",
      },
    ],
  },
  *inFile(file, facts) {
    const { path, text, kind } = file;
    if (!text.includes("@")) return;
    for (const { 0: found, 1: mention = "", index } of file.prose.matchAll(MENTION)) {
      const written =
        mention
          .replace(/[*_]{1,3}$/, "")
          .split("#", 1)[0]
          ?.replaceAll("\\ ", " ") ?? "";
      const plain = written.replace(/[.,;:!?)]+$/, "");
      if (!FILE.test(plain) || isPlaceholder(plain)) continue;
      const target = resolvePath(folderOf(path), plain);
      if (target === undefined || target === "") continue;
      const isHere = isThere(target, facts);
      // A link's imports are those of the file that it leads to.
      if ((isHere && plain === written) || file.realPath !== path) continue;
      const start = index + found.indexOf("@");
      const end = start + 1 + plain.length;
      if (!isHere) {
        const problem = `the import @${plain} leads nowhere: there is no ${target}`;
        yield {
          path,
          at: { start, end },
          problem,
          hint: "Write the path from this file's folder, or take the import out.",
        };
      } else if (kind.startsWith("claude")) {
        const mark = written.slice(plain.length);
        const problem = `Claude Code takes "${mark}" for a part of the path, and imports nothing`;
        const fix = [{ start: end, end, text: " " }];
        yield { path, at: { start, end }, problem, hint: "Put a blank behind the path.", tools: ["Claude Code"], fix };
      }
    }
  },
});
