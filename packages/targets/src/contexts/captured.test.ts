import { expect, test } from "vitest";
import { type FilesByPath, filesInMemory } from "../context/in-memory.ts";
import { contextOf } from "../contexts.ts";

// What captures of `pnpm real-clients` showed beyond those on record.

function sentBy(tool: string, files: FilesByPath, reads?: string): string {
  const context = contextOf(tool, { files: filesInMemory(files), cwd: "/r", gitRoot: "/r", reads });
  return (context?.parts ?? []).map(({ text }) => text).join("");
}

test("Claude Code keeps line ends where a file has no comment", () => {
  expect(sentBy("claude-code", { "/r/CLAUDE.md": "A\r\nB\r\n" })).toContain("A\r\nB");
  expect(sentBy("claude-code", { "/r/CLAUDE.md": "<!-- c -->\r\n\r\nA\r\nB\r\n" })).toContain("A\nB");
});

test("Claude Code resolves imports from where a linked file is", () => {
  const files = { "/r/CLAUDE.md": { link: "/r/docs/all.md" }, "/r/docs/all.md": "@a.md\n", "/r/docs/a.md": "Near.\n" };
  expect(sentBy("claude-code", { ...files, "/r/a.md": "Far.\n" })).toMatch(/Near\.(?![\s\S]*Far\.)/);
});

test("Claude Code imports behind a tag, and not in struck out text", () => {
  const files = { "/r/CLAUDE.md": "<b>@a.md</b> ~~@b.md~~\n", "/r/a.md": "One.\n", "/r/b.md": "Two.\n" };
  expect(sentBy("claude-code", files)).toMatch(/One\.(?![\s\S]*Two\.)/);
});

test("a glob without a slash is for a name in any folder", () => {
  const files = { "/r/.claude/rules/x.md": "---\npaths: x.ts\n---\nRule.\n", "/r/src/x.ts": "" };
  expect(sentBy("claude-code", files, "/r/src/x.ts")).toContain("Rule.");
  expect(sentBy("claude-code", files, "/r/src/y.ts")).not.toContain("Rule.");
});

test("imported files keep their byte order mark in Gemini CLI and Qwen Code", () => {
  const files = { "/r/GEMINI.md": "@a.md\n", "/r/QWEN.md": "@a.md\n", "/r/a.md": "\uFEFFPart.\n" };
  expect(sentBy("gemini-cli", files)).toContain("\uFEFFPart.");
  expect(sentBy("qwen-code", files)).toContain("\uFEFFPart.");
});

test("Codex takes a byte order mark for a text", () => {
  expect(sentBy("codex", { "/r/AGENTS.md": "\uFEFF\n" })).toContain("\uFEFF");
});

test("GitHub Copilot lists a rule's globs as they stand, imports behind a tag, and writes line feeds", () => {
  const files = {
    "/r/AGENTS.md": "<b>@a.md</b>\n",
    "/r/a.md": "One.\r\nTwo.\r\n",
    "/r/.claude/rules/x.md": "---\npaths: ['**/*.{ts,tsx}', 'src/**']\n---\nRule.\n",
  };
  expect(sentBy("copilot-cli", files)).toContain("| **/*.{ts,tsx}, src/** | '.claude/rules/x.md' |");
  expect(sentBy("copilot-cli", files)).toContain("One.\nTwo.\n</imported_custom_instruction></b>");
});

test("Gemini CLI promises no order of its skills", () => {
  const skill = (name: string) => `---\nname: ${name}\ndescription: Does.\n---\nBody.\n`;
  const files = filesInMemory({
    "/r/.agents/skills/a/SKILL.md": skill("a"),
    "/r/.agents/skills/b/SKILL.md": skill("b"),
  });
  const context = contextOf("gemini-cli", { files, cwd: "/r", gitRoot: "/r" });
  expect(context?.parts.find(({ kind }) => kind === "skills")?.order).toBe("undefined");
});
