import { filesInMemory } from "@personakit/targets/context";
import { expect, test } from "vitest";
import { repositoryOf } from "./examples.testing.ts";
import { applyFixes } from "./fix.ts";
import { defineCheck } from "./model/define-check.ts";
import { checks } from "./registry.ts";
import { runChecks } from "./run.ts";
import { summaryOf } from "./summary.ts";

const SKILL = ".github/skills/release/SKILL.md";
const BROKEN = "---\nname: release\ndescription: Use it when: a release is due\n---\n\nTag the commit.\n";
const FILES = {
  ".github/copilot-instructions.md": "Use pnpm.\n",
  [SKILL]: BROKEN,
  ".claude/rules/api.md": "---\nglobs: src/**\n---\n\nReturn errors as data.\n",
};
const run = (files: { readonly [path: string]: string }, options = {}) => runChecks(repositoryOf(files), options);

test("the worst comes first, each with its place and its tools", () => {
  const [first, ...rest] = run(FILES).findings.filter(({ check }) => check.startsWith("load/"));
  expect(first).toMatchObject({ check: "load/front-matter", severity: "error", path: SKILL, line: 3, column: 1 });
  expect(first?.tools).toEqual(["GitHub Copilot CLI"]);
  expect(rest.map(({ check, severity }) => [check, severity])).toEqual([["load/unknown-field", "warning"]]);
});

test("a field that YAML refuses weighs as much as its readers make of it", () => {
  const severityOf = (files: { readonly [path: string]: string }) =>
    run(files, { only: ["load/front-matter"] }).findings.map(({ severity, tools }) => [severity, tools]);
  expect(severityOf({ [SKILL]: BROKEN, ".github/copilot-instructions.md": "" })).toEqual([
    ["error", ["GitHub Copilot CLI"]],
  ]);
  const agent = ".claude/agents/release.md";
  expect(severityOf({ [agent]: BROKEN })).toEqual([["note", ["Claude Code"]]]);
  const prompt = ".github/prompts/release.prompt.md";
  expect(severityOf({ [prompt]: BROKEN })).toEqual([["warning", ["GitHub Copilot"]]]);
});

test("only the checks and groups that are named run", () => {
  const ids = (only: readonly string[]) => run(FILES, { only }).findings.map(({ check }) => check);
  expect(ids(["load/unknown-field"])).toEqual(["load/unknown-field"]);
  expect(ids(["load"])).toEqual(["load/front-matter", "load/unknown-field"]);
  expect(ids(["cut"])).toEqual([]);
});

test("a check and a group are switched off with a reason, for all files or in one", () => {
  const off = { "load/front-matter": "only Claude Code reads it" };
  expect(run(FILES, { only: ["load"], off }).findings.map(({ check }) => check)).toEqual(["load/unknown-field"]);
  const commented = { ...FILES, [SKILL]: `${BROKEN}\n<!-- personakit-disable load: only Claude Code reads it -->\n` };
  expect(run(commented, { only: ["load"] }).findings.map(({ path }) => path)).toEqual([".claude/rules/api.md"]);
});

test("a comment is not said to be useless where its check has not run", () => {
  const files = { "AGENTS.md": "Use pnpm.\n\n<!-- personakit-disable load/front-matter: made by a tool -->\n" };
  expect(run(files, { only: ["off"] }).findings).toEqual([]);
  expect(run(files).findings.map(({ check }) => check)).toContain("off/comment");
});

test("an unknown check is an error, not silence", () => {
  expect(() => run(FILES, { only: ["load/frontmatter"] })).toThrow(/there is no check and no group of this id/);
  expect(() => run(FILES, { off: { "lode/name": "why" } })).toThrow(/there is no check and no group of this id/);
});

test("two checks of one id are an error", () => {
  expect(() => run(FILES, { checks: [...checks, ...checks.slice(0, 1)] })).toThrow(/another check has this id/);
});

test("a check of somebody else runs beside ours", () => {
  const noTodo = defineCheck({
    id: "says/no-todo",
    severity: "note",
    what: "An instruction is still to be written.",
    why: { text: "A model takes it for an instruction.", sources: [] },
    examples: { bad: [{ files: {}, finds: [] }], good: [{}] },
    *inFile({ path, prose }) {
      const at = prose.indexOf("TODO");
      if (at !== -1) yield { path, at, problem: "this is still to be written" };
    },
  });
  const files = { "AGENTS.md": "Use pnpm.\n\n`TODO` is a word, and TODO is none.\n" };
  expect(run(files, { checks: [...checks, noTodo], only: ["says/no-todo"] }).findings).toMatchObject([
    { check: "says/no-todo", severity: "note", line: 3, column: 23 },
  ]);
});

test("everything that is wrong with a definition is said at once", () => {
  const wrong = { id: "lode/Name", severity: "bad", what: "", examples: {} } as never;
  expect(() => defineCheck(wrong)).toThrow(
    /its id[\s\S]*its severity[\s\S]*what it finds[\s\S]*no reason[\s\S]*neither inFile[\s\S]*in which it finds[\s\S]*comes near/,
  );
});

test("of two fixes that touch, the first is applied", () => {
  const finding = (start: number, end: number, text: string) => ({
    ...({ check: "load/front-matter", severity: "error", path: "a", line: 1, column: 1 } as const),
    ...{ tools: [], problem: "", fix: [{ start, end, text }] },
  });
  const all = [finding(0, 1, "A"), finding(1, 2, "B"), finding(3, 4, "D")];
  expect(applyFixes("abcd", all)).toEqual({ text: "AbcD", fixed: [all[0], all[2]] });
});

test("the summary says what is there, what is dropped and what is always on", () => {
  const { tools, files, dropped, errors } = summaryOf(run(FILES));
  expect({ files, dropped }).toEqual({ files: 3, dropped: [SKILL] });
  expect(errors).toBe(1);
  expect(tools.map(({ id, files: read }) => [id, read])).toEqual([
    ["claude-code", 1],
    ["copilot-cli", 2],
  ]);
  expect(tools.every(({ tokens }) => tokens > 0)).toBe(true);
});

test("a file where no tool looks is one that does not load", () => {
  const { dropped } = summaryOf(run({ ".cursor/rules/style.md": "Use tabs.\n", "AGENTS.md": "Use pnpm.\n" }));
  expect(dropped).toEqual([".cursor/rules/style.md"]);
});

test("without a sign of any tool, the summary has those that read something", () => {
  const { tools } = summaryOf(run({ "AGENTS.md": "Use pnpm.\n" }));
  expect(tools.map(({ id }) => id)).toContain("codex");
  expect(tools.map(({ id }) => id)).not.toContain("gemini-cli");
});

test("what is no text, and what explains a folder, is no instruction file", () => {
  const files = filesInMemory({
    "/repository/.claude/agents/README.md": "Our agents.\n",
    "/repository/.claude/agents/dev.md": new Uint8Array([35, 0, 35]),
  });
  const paths = [".claude/agents/README.md", ".claude/agents/dev.md"];
  expect(runChecks({ root: "/repository", paths, files }).facts.files).toEqual([]);
});
