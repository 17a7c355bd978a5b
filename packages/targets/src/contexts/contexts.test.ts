import { describe, expect, test } from "vitest";
import type { ContextFiles, ContextStart } from "../context/files.ts";
import { type FilesByPath, filesInMemory } from "../context/in-memory.ts";
import type { ToolContext } from "../context/parts.ts";
import { contextOf, contextTools } from "../contexts.ts";

function context(tool: string, files: FilesByPath, more: Partial<ContextStart> = {}): ToolContext {
  const found = contextOf(tool, { files: filesInMemory(files), cwd: "/r", gitRoot: "/r", home: "/h", ...more });
  if (found === undefined) throw new Error(`${tool} is not known`);
  return found;
}

const textOf = ({ parts }: ToolContext) => parts.map(({ text }) => text).join("");
const codes = ({ leftOut }: ToolContext) => leftOut.map(({ path, code }) => `${path} ${code}`);
const IDS = contextTools.map(({ id }) => id);

test("an unknown tool has no context", () => {
  expect(contextOf("word-processor", { files: filesInMemory({}), cwd: "/r" })).toBeUndefined();
});

test("every description is dated, and says how each topic is known", () => {
  for (const { id, documented, observed, known } of contextTools) {
    expect(documented.date, id).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(documented.source, id).toMatch(/^https:/);
    if (observed === undefined) expect(Object.values(known), id).not.toContain("observed");
    else expect(known.memory, id).toBe("observed");
  }
});

test.each(IDS)("%s: an empty folder has no parts", (tool) => {
  expect(context(tool, {})).toMatchObject({ parts: [], leftOut: [] });
});

describe("what is left out, and why", () => {
  test("a CLAUDE.md above the repository switches off every AGENTS.md for Claude Code", () => {
    const found = context("claude-code", { "/CLAUDE.md": "Above.", "/r/AGENTS.md": "Here." });
    expect(found.leftOut).toEqual([
      expect.objectContaining({ path: "/r/AGENTS.md", code: "switched-off", by: "/CLAUDE.md" }),
    ]);
  });

  test("imports of the root file are gone when Claude Code starts in a sub folder, unless you have agreed", () => {
    const files = { "/r/CLAUDE.md": "@AGENTS.md\n", "/r/AGENTS.md": "Use pnpm.", "/r/api/x.ts": "" };
    const found = context("claude-code", files, { cwd: "/r/api" });
    expect(textOf(found)).not.toContain("Use pnpm.");
    expect(codes(found)).toContain("/r/AGENTS.md outside");
    const agreed = context("claude-code", files, { cwd: "/r/api", approvals: ["external-imports"] });
    expect(textOf(agreed)).toContain("Use pnpm.");
  });

  test("Codex cuts the file in which its room ends, and leaves out the ones nearer to the work", () => {
    const files = { "/r/AGENTS.md": "a".repeat(32_000), "/r/p/AGENTS.md": "b".repeat(1000), "/r/p/q/AGENTS.md": "c" };
    const found = context("codex", { ...files, "/h/.codex/AGENTS.md": "u".repeat(40_000) }, { cwd: "/r/p/q" });
    expect(found.parts.flatMap(({ cut }) => cut ?? [])).toEqual([{ kept: 768, of: 1000, unit: "bytes" }]);
    expect(codes(found)).toEqual(["/r/p/q/AGENTS.md over-limit"]);
    expect(textOf(found)).toContain("u".repeat(40_000));
  });

  test("half a character at the end of Codex's room becomes U+FFFD", () => {
    expect(textOf(context("codex", { "/r/AGENTS.md": `a${"é".repeat(20_000)}` }))).toContain(
      "é\uFFFD\n</INSTRUCTIONS>",
    );
  });

  test("GitHub Copilot sends a file twice that another one imports", () => {
    const found = context("copilot-cli", { "/r/AGENTS.md": "Use pnpm.\n", "/r/CLAUDE.md": "@AGENTS.md\n" });
    expect(textOf(found).split("Use pnpm.")).toHaveLength(3);
    expect(found.parts.flatMap(({ imports }) => imports ?? [])).toEqual([{ source: "/r/AGENTS.md", bytes: 10 }]);
  });

  test("a file that the tool does not read is named", () => {
    expect(codes(context("gemini-cli", { "/r/AGENTS.md": "x" }))).toEqual(["/r/AGENTS.md not-read"]);
  });

  test("folders above the one that may be read are not asked for, and that is said", () => {
    const asked: string[] = [];
    const files: ContextFiles = {
      file(path) {
        asked.push(path);
        return undefined;
      },
      folder(path) {
        asked.push(path);
        return undefined;
      },
    };
    const found = contextOf("claude-code", { files, cwd: "/a/r/p", gitRoot: "/a/r", upTo: "/a/r" });
    expect(asked.filter((path) => !path.startsWith("/a/r/"))).toEqual([]);
    expect(found?.notes).toEqual([expect.objectContaining({ code: "not-asked" })]);
  });
});

describe("Cursor and Kiro, as documented", () => {
  const cursor = {
    "/r/.cursor/rules/a.mdc": "---\nalwaysApply: true\n---\nAlways.",
    "/r/.cursor/rules/b.mdc": "---\nglobs: src/**/*.ts\nalwaysApply: false\n---\nTypes.",
    "/r/.cursor/rules/c.mdc": "---\ndescription: Releases\n---\nRelease.",
    "/r/.cursor/rules/d.mdc": "By hand.",
    // YAML takes the star for an alias; Cursor reads the text as it stands.
    "/r/.cursor/rules/e.mdc": "---\nglobs: **/*.md,**/*.mdx\nalwaysApply: false\n---\nPages.",
    "/r/src/a.ts": "",
  };

  test("Cursor's rules are sent always, for files, on demand, or by hand", () => {
    const found = context("cursor", cursor, { reads: "/r/src/a.ts" });
    expect(found.parts.map(({ when, text, known }) => [when, text, known])).toEqual([
      ["start", "Always.", "documented"],
      ["start", "- .cursor/rules/c.mdc: Releases", "documented"],
      ["read", "Types.", "documented"],
    ]);
    expect(codes(found)).toEqual([
      "/r/.cursor/rules/c.mdc on-demand",
      "/r/.cursor/rules/d.mdc manual",
      "/r/.cursor/rules/e.mdc other-files",
    ]);
    expect(textOf(context("cursor", cursor, { reads: "/r/docs/a.md" }))).toContain("Pages.");
  });

  test("Kiro's steering is sent by its mode", () => {
    const found = context("kiro", {
      "/r/.kiro/steering/a.md": "Always.",
      "/r/.kiro/steering/b.md": '---\ninclusion: fileMatch\nfileMatchPattern: "src/**"\n---\nTypes.',
      "/r/.kiro/steering/c.md": "---\ninclusion: manual\n---\nBy hand.",
    });
    expect(textOf(found)).toBe("Always.");
    expect(codes(found)).toEqual(["/r/.kiro/steering/b.md other-files", "/r/.kiro/steering/c.md manual"]);
  });
});

describe("hostile files end", () => {
  const importing = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `/r/i${index}.md`,
        Array.from({ length: count }, (_, other) => `@i${other}.md`).join("\n"),
      ]),
    );
  const cases: { readonly [what: string]: FilesByPath } = {
    "files that import each other": {
      ...importing(12),
      "/r/CLAUDE.md": "@i0.md @CLAUDE.md",
      "/r/GEMINI.md": "@i0.md @GEMINI.md",
      "/r/QWEN.md": "@i0.md @QWEN.md",
      "/r/AGENTS.md": "@i0.md @AGENTS.md",
    },
    "links in circles": {
      "/r/.claude/rules/a": { link: "/r/.claude/rules" },
      "/r/.claude/rules/b.md": { link: "/r/.claude/rules/c.md" },
      "/r/.claude/rules/c.md": { link: "/r/.claude/rules/b.md" },
      "/r/.claude/skills/s": { link: "/r/.claude/skills" },
      "/r/.agents/skills/s/t": { link: "/r/.agents/skills" },
      "/r/AGENTS.md": { link: "/r/AGENTS.md" },
    },
    "many openings that nothing closes": Object.fromEntries(
      ["CLAUDE.md", "AGENTS.md", "GEMINI.md", "QWEN.md"].map((name, index) => [
        `/r/${name}`,
        (["<!-- @", "`@", "](@", "[@a](\\ "][index] ?? "").repeat(100_000),
      ]),
    ),
    "globs of stars": Object.fromEntries(
      [".claude/rules/a.md", ".qwen/rules/a.md", ".github/instructions/a.instructions.md"].map((path) => [
        `/r/${path}`,
        `---\npaths: "${"*a".repeat(200)}"\napplyTo: "${"**/".repeat(100)}"\n---\nRule.`,
      ]),
    ),
    "no front matter that closes": {
      "/r/.claude/skills/a/SKILL.md": `---\n${"[".repeat(100_000)}`,
      "/r/AGENTS.md": "\0",
    },
  };

  test.each(Object.entries(cases))("%s", (_, files) => {
    for (const tool of IDS) {
      const { parts } = context(tool, files, { reads: `/r/${"a".repeat(200)}/b.ts` });
      expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(20_000_000);
    }
  });

  test("a thousand files in a row are read in their order", () => {
    const files = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        `/r/.claude/rules/${String(index).padStart(4, "0")}.md`,
        `Rule ${index}.`,
      ]),
    );
    const { parts } = context("copilot-cli", files);
    expect(parts.filter(({ kind }) => kind === "rule").map(({ text }) => text.trim())).toEqual(Object.values(files));
  });
});
