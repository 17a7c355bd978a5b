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

test("GitHub Copilot takes names in any case, and shows a file that it reads by its real path", () => {
  const files = {
    "/r/.github/Copilot-Instructions.md": "One.\n",
    "/r/.claude/rules/R.MD": "Two.\n",
    "/r/src/AGENTS.md": { link: "/r/docs/all.md" },
    "/r/src/CLAUDE.md": "\uFEFF\n",
    "/r/docs/all.md": "@part.md\n",
    "/r/docs/part.md": "Near.\n",
    "/r/src/part.md": "Far.\n",
    "/r/src/x.ts": "",
  };
  expect(sentBy("copilot-cli", files)).toMatch(/One\.[\s\S]*Two\./);
  const read = sentBy("copilot-cli", files, "/r/src/x.ts");
  expect(read).toMatch(/Custom instructions from docs\/all\.md\.(?![\s\S]*Far\.)/);
  expect(read).toContain("Near.");
  expect(read).not.toContain("src/CLAUDE.md");
});

test("GitHub Copilot lists agents with one name, and one of those with one path", () => {
  const agent = (name: string, word: string) => `---\nname: ${name}\ndescription: ${word}.\n---\nBody.\n`;
  const files = {
    "/r/.github/agents/a.agent.md": agent("twin", "Second"),
    "/r/.github/agents/b.md": agent("twin", "First"),
    "/r/.claude/agents/a.md": agent("other", "Left out"),
  };
  expect(sentBy("copilot-cli", files)).toContain("- **twin**: First.\n\n- **twin**: Second.");
  expect(sentBy("copilot-cli", files)).not.toContain("Left out");
});

test("Claude Code puts nothing in the place of a skill's arguments", () => {
  const text = "---\nname: s\ndescription: Does.\n---\nSay $ARGUMENTS, $ARGUMENTS[0], $1.\n";
  const files = filesInMemory({ "/r/.claude/skills/s/SKILL.md": text });
  const context = contextOf("claude-code", { files, cwd: "/r", gitRoot: "/r", skill: "s" });
  expect(context?.parts.find(({ kind }) => kind === "skill")?.text).toContain("Say , $ARGUMENTS[0], $1.");
});

test("Codex cuts descriptions a token at a time, has less room beside long paths, and leaves out the last skills", () => {
  const listIn = (root: string, count: number, length: number) => {
    const description = (index: number) => (index % 2 === 0 ? "y" : "ä").repeat(length);
    const files = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `${root}/.agents/skills/m${index}/SKILL.md`,
        `---\nname: m${index}\ndescription: ${description(index)}\n---\nBody.\n`,
      ]),
    );
    const context = contextOf("codex", { files: filesInMemory(files), cwd: root, gitRoot: root, home: "/h" });
    const part = context?.parts.find(({ kind }) => kind === "skills");
    const lines = part?.text.split("\n").filter((line) => line.startsWith("- m")) ?? [];
    const tokens = lines.reduce((sum, line) => sum + Math.ceil((Buffer.byteLength(line) + 1) / 4), 0);
    return { tokens, lines, count: part?.items?.length, leftOut: context?.leftOut };
  };
  const near = listIn("/r", 60, 800);
  const far = listIn(`/${"f".repeat(300)}`, 60, 800);
  expect(near.tokens - far.tokens).toBeGreaterThan(40);
  expect(near.lines.some((line) => /ä \(file/.test(line))).toBe(true);
  const many = listIn("/r", 1_000, 100);
  expect(many.lines[0]).toBe("- m0: (file: r1/m0/SKILL.md)");
  expect(many.leftOut).toHaveLength(1_000 - (many.count ?? 0));
  expect(many.leftOut?.[0]).toMatchObject({ code: "over-limit" });
});

test("Claude Code imports from outside of the folder where your own file says that you agreed, wherever that is", () => {
  const files = {
    "/r/CLAUDE.md": "@AGENTS.md\n",
    "/r/AGENTS.md": "Imported.\n",
    "/r/api/.claude/rules/l.md": { link: "/r/rule.md" },
    "/r/rule.md": "Linked.\n",
    "/r/api/x.ts": "",
  };
  const sent = (more: FilesByPath, variables = {}) => {
    const start = { files: filesInMemory({ ...files, ...more }), cwd: "/r/api", gitRoot: "/r", home: "/h", variables };
    return (contextOf("claude-code", start)?.parts ?? []).map(({ text }) => text).join("");
  };
  const agreed = (folder: string) =>
    JSON.stringify({ projects: { [folder]: { hasClaudeMdExternalIncludesApproved: true } } });
  expect(sent({})).not.toMatch(/Imported|Linked/);
  expect(sent({ "/h/.claude.json": agreed("/r/api") })).not.toMatch(/Imported|Linked/);
  expect(sent({ "/h/.claude.json": "{" })).not.toMatch(/Imported|Linked/);
  expect(sent({ "/h/.claude.json": agreed("/r") })).toMatch(/Imported[\s\S]*Linked/);
  expect(sent({ "/h/.claude.json": agreed("/r") }, { CLAUDE_CONFIG_DIR: "/m" })).not.toMatch(/Imported|Linked/);
  expect(sent({ "/m/.claude.json": agreed("/r") }, { CLAUDE_CONFIG_DIR: "/m" })).toMatch(/Imported[\s\S]*Linked/);
});

test("your own files are where a variable says", () => {
  const skill = "---\nname: s\ndescription: Moved skill.\n---\nBody.\n";
  const files = filesInMemory({
    "/h/.codex/AGENTS.md": "At home.\n",
    "/m/AGENTS.md": "Moved.\n",
    "/m/skills/s/SKILL.md": skill,
    "/m/rules/r.md": "Moved rule.\n",
    "/m/CLAUDE.md": "Moved.\n",
    "/r/x": "",
  });
  const variables = { CODEX_HOME: "/m/", CLAUDE_CONFIG_DIR: "/m" };
  const sent = (tool: string) =>
    (contextOf(tool, { files, cwd: "/r", gitRoot: "/r", home: "/h", variables })?.parts ?? [])
      .map(({ text }) => text)
      .join("");
  expect(sent("codex")).toMatch(/Moved skill\.[\s\S]*Moved\./);
  expect(sent("codex")).not.toContain("At home.");
  expect(sent("claude-code")).toMatch(/Moved\.[\s\S]*Moved rule\.[\s\S]*Moved skill\./);
});
