import { expect, test } from "vitest";
import { assemblyOf, partOf, toolCalled } from "./assembly.testing.ts";
import { linesOfOne, linesOfText } from "./one-tool.ts";
import { linesOfMany } from "./side-by-side.ts";
import { WIDTH } from "./table.ts";

const PAGE = { cwd: "packages/api", shown: (path: string) => path.replace("/r/", "") };

const MANY = [
  partOf("", { kind: "frame", sources: [], tokens: 3, bytes: 12, text: "<frame>\n" }),
  partOf("/r/CLAUDE.md", { text: "Use pnpm.\n", bytes: 10, fromPersonas: { tokens: 4, personas: ["reviewer"] } }),
  partOf("/r/docs/style.md", { kind: "import", by: "/r/CLAUDE.md" }),
  partOf("/r/AGENTS.md", { cut: { kept: 3, of: 9, unit: "bytes" }, tokens: 1, bytes: 3 }),
  partOf("", {
    ...{ kind: "skills", role: "system", sources: ["/r/.claude/skills/a/SKILL.md", "/r/.claude/skills/b/SKILL.md"] },
    items: [
      { name: "a", source: "/r/.claude/skills/a/SKILL.md", shown: "whole" },
      { name: "b", source: "/r/.claude/skills/b/SKILL.md", shown: "name" },
    ],
  }),
  partOf("/r/.claude/rules/ts.md", { kind: "rule", when: "read" }),
];

const LEFT = [
  { path: "/r/api/AGENTS.md", code: "switched-off", reason: "Another file counts instead.", by: "/r/CLAUDE.md" },
  { path: "/r/.claude/rules/py.md", code: "other-files", reason: "It is for other files." },
] as const;

test("one tool: parts in order, sums, what comes from personas, what is left out", () => {
  const page = { ...PAGE, reads: "src/x.ts" };
  expect(
    linesOfOne({ ...assemblyOf(toolCalled("a"), MANY, LEFT), notes: [{ code: "order", text: "N." }] }, page),
  ).toEqual([
    "A 1.2.3 in packages/api, observed on 2026-11-25",
    "",
    "At the start:",
    "  PART         ROLE    TOKENS  BYTES  PERSONAS  FROM",
    "  memory       user        10     10         4  CLAUDE.md",
    "  import       user        10      1            docs/style.md (imported by CLAUDE.md)",
    "  memory       user         1      3            AGENTS.md (cut: 3 of 9 bytes)",
    "  skill list   system      10      1            2 skills: a, b (1 by name only)",
    "  around them               3     12            what the tool itself writes around them",
    "  total                    34     27         4",
    "  PERSONAS: tokens that come from reviewer.",
    "",
    "When it reads src/x.ts:",
    "  PART   ROLE  TOKENS  BYTES  FROM",
    "  rule   user      10      1  .claude/rules/ts.md",
    "  total            10      1",
    "",
    "Left out:",
    "  api/AGENTS.md        Another file counts instead (CLAUDE.md).",
    "  .claude/rules/py.md  It is for other files.",
    "",
    "Note: N.",
    "",
  ]);
});

test("a tool that reads nothing here says so", () => {
  expect(linesOfOne(assemblyOf(toolCalled("a"), []), PAGE)).toContain("At the start: nothing.");
});

test("a thousand parts fit on a page, and the sums are those of all", () => {
  const parts = Array.from({ length: 1000 }, (_, index) => partOf(`/r/${index}.md`));
  const lines = linesOfOne(assemblyOf(toolCalled("a"), parts), PAGE);
  expect(lines.length).toBeLessThan(80);
  expect(lines.join("\n")).toMatch(/more +9400 +940 +940 more parts[\s\S]*total +10000 +1000/);
});

test("the texts are all there, each below a line that says whose it is", () => {
  const text = linesOfText(assemblyOf(toolCalled("a"), MANY.slice(0, 2)), PAGE).join("\n");
  expect(text).toContain("=== around them, user, first user message, 3 tokens ===\n<frame>\n");
  expect(text).toContain("=== memory, user, first user message, 10 tokens: CLAUDE.md ===\nUse pnpm.\n");
});

test("several tools: who reads what, side by side", () => {
  const other = toolCalled("bb", { observed: undefined });
  // Left out where it is found again: it was sent all the same.
  const AGAIN = [{ path: "/r/AGENTS.md", code: "same-text", reason: "It was sent." }] as const;
  const lines = linesOfMany(
    [assemblyOf(toolCalled("a"), MANY, LEFT), assemblyOf(other, [partOf("/r/AGENTS.md")], AGAIN)],
    {
      ...PAGE,
      reads: "src/x.ts",
    },
  );
  expect(lines).toEqual([
    "What 2 tools put before the model in packages/api:",
    "",
    "TOOL      AT THE START  FROM PERSONAS    ON READ  KNOWN",
    "A 1.2.3      34 tokens              4  10 tokens  observed on 2026-11-25",
    "BB 1.2.3     10 tokens              0   0 tokens  as documented on 2026-11-20",
    "",
    "FILE                 a      bb",
    ".claude/rules/py.md  later  -",
    ".claude/rules/ts.md  read   -",
    ".claude/skills/      part   -",
    "AGENTS.md            cut    yes",
    "CLAUDE.md            yes    -",
    "api/AGENTS.md        no     -",
    "docs/style.md        yes    -",
    "",
    "yes    sent at the start",
    "cut    its beginning is sent at the start",
    "part   named in a list, shortened or by name only",
    "read   sent when the file is read that you asked about",
    "later  sent when it is needed: when a file that it is for is read, or the model asks for it",
    "no     left out",
    "-      not looked at",
    "",
    "Left out:",
    "  AGENTS.md      BB: It was sent.",
    "  api/AGENTS.md  A: Another file counts instead (CLAUDE.md).",
    "",
  ]);
});

test("ten tools and long paths fit into the width", () => {
  const path = `/r/${"a-long-folder/".repeat(8)}AGENTS.md`;
  const reason = "word ".repeat(40).trim();
  const tools = Array.from({ length: 10 }, (_, index) => toolCalled(`a-rather-long-tool-${index}`));
  const lines = linesOfMany(
    tools.map((tool) => assemblyOf(tool, [partOf(path)], [{ path: "/r/b.md", code: "blank", reason }])),
    PAGE,
  );
  expect(lines.filter((line) => line.length > WIDTH)).toEqual([]);
  expect(lines.join("\n")).toMatch(/^FILE +1 +2 +3 +4 +5 +6 +7 +8 +9 +10$/m);
  expect(lines.find((line) => line.includes("..."))).toMatch(/AGENTS\.md +yes/);
});
