import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { definePersona, must, section } from "@personakit/core";
import type { Answers } from "@personakit/preview";
import { targets } from "@personakit/targets";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readLockfile } from "../disk/read-lockfile.ts";
import { hash } from "../files/text.ts";
import { makePlan } from "../plan/make-plan.ts";
import { answerOf, type OfRepository } from "./of-repository.ts";
import type { SeenProject } from "./seen-project.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-page-")));
  mkdirSync(join(folder, ".git"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const dev = definePersona({
  ...{ id: "dev", title: "Developer", role: "You build.", version: "1.0.0" },
  description: { does: "Builds.", when: "Use it to build.", notFor: "Not to plan." },
  use: [section({ id: "input", title: "Input", rules: { check: must("Check the input.") } })],
});

/** A project with these targets of a persona; without any, a folder without a configuration. */
function projectOf(...ids: readonly string[]): SeenProject {
  const chosen = targets.filter(({ id }) => ids.includes(id));
  const plan = makePlan(ids.length === 0 ? [] : [{ unit: dev, source: "./dev.ts", targets: chosen, out: "" }]);
  const about = { name: "shop", folder, sources: [], options: { out: folder }, config: undefined, named: [] };
  return { ...plan, ...about, lockfile: readLockfile(folder) };
}

/** What the page is answered, which is all that there is to say. */
async function ask<K extends OfRepository>(kind: K, name: string, project = projectOf()): Promise<Answers[K]> {
  const answer = await answerOf(kind, project, name);
  if (answer === undefined) throw new Error(`nothing of the name "${name}"`);
  return answer;
}

const GATES = `## Gates

- Run all tests of the package before each commit, and name those that you could not run.
- Ask before you delete anything that git does not have, such as ignored files and local settings.
- Keep each function below forty lines, and each file below four hundred, unless a table needs more.
`;
const agent = (name: string, text = GATES) =>
  `---\nname: ${name}\ndescription: The ${name}.\n---\n\nYou are the ${name} of this team.\n\n${text}`;

test("a repository without a configuration shows its files, and nothing of it is run", async () => {
  write(".claude/agents/dev.md", "---\ndescription: Use it when: always\n---\n\nDo it.\n");
  write("AGENTS.md", "Use pnpm.\n");
  write("notes.md", "Buy milk.\n");
  write(
    "personakit.config.mjs",
    `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(join(folder, "ran"))}, "");`,
  );
  const project = projectOf();
  expect(await ask("files", "", project)).toEqual([
    { path: ".claude/agents/dev.md", tool: "Claude Code", tokens: expect.any(Number) },
    { path: "AGENTS.md", tool: "AGENTS.md", tokens: expect.any(Number) },
  ]);
  const { findings, checks, dropped, files } = await ask("doctor", "", project);
  expect([files, dropped]).toEqual([2, [".claude/agents/dev.md"]]);
  expect(findings[0]).toMatchObject({ check: "load/front-matter", severity: "error", line: 2, isFixable: true });
  expect(checks["load/front-matter"]?.why).not.toBe("");
  expect(existsSync(join(folder, "ran"))).toBe(false);
});

test("a file shows its lines, what tools do with it, and where its text stands too", async () => {
  const names = ["planner", "reviewer", "tester"];
  for (const name of names) write(`.claude/agents/${name}.md`, agent(name));
  write(".claude/agents/writer.md", agent("writer", GATES.replace("Ask before", "Always ask before")));
  const path = ".claude/agents/writer.md";
  const project = projectOf();
  expect(await ask("file", path, project)).toMatchObject({
    path,
    lines: agent("writer", GATES.replace("Ask before", "Always ask before")).trimEnd().split("\n"),
  });
  const { loads, shared } = await ask("remarks", path, project);
  expect(loads).toEqual([expect.objectContaining({ folder: "", cell: { word: "list" } })]);
  expect(shared).toMatchObject([
    { is: "drift", first: 8, others: names.map((name) => ({ path: `.claude/agents/${name}.md`, first: 8 })) },
  ]);
  const { groups, drifts } = await ask("copies", "", project);
  expect(groups).toMatchObject([{ places: names.map((name) => ({ path: `.claude/agents/${name}.md` })) }]);
  const differing = drifts[0]?.wordings[1]?.parts.filter(({ differs }) => differs).map(({ text }) => text.trim());
  expect(differing).toEqual(["Always ask"]);
  await expect(ask("file", "../outside.md", project)).rejects.toThrow("nothing");
});

test("the context of a folder says the order, what is cut and what is left out, as the command does", async () => {
  write(".codex/config.toml", "");
  write("opencode.json", "{}");
  write("AGENTS.md", "Use pnpm.\n".repeat(3000));
  write("api/AGENTS.md", "Use vitest.\n".repeat(3000));
  write("api/CLAUDE.md", "Use jest.\n");
  const project = projectOf();
  const { folders, tools, rows } = await ask("context", "api", project);
  expect(folders).toEqual(["", "api"]);
  const cellsOf = (path: string) =>
    Object.fromEntries(tools.map(({ id }, index) => [id, rows.find((row) => row.path === path)?.cells[index]]));
  expect(cellsOf("AGENTS.md")).toMatchObject({ codex: { word: "yes", order: 1 } });
  expect(cellsOf("api/AGENTS.md")).toMatchObject({ codex: { word: "cut", order: 2 }, opencode: { word: "yes" } });
  expect(cellsOf("api/CLAUDE.md")).toMatchObject({ codex: null, opencode: { word: "no", reason: expect.any(String) } });
  const { parts, bytes } = await ask("stack", "codex/api", project);
  expect(parts.map(({ path, cut }) => [path, cut?.kept]).filter(([path]) => path !== undefined)).toEqual([
    ["AGENTS.md", undefined],
    ["api/AGENTS.md", 2768],
  ]);
  expect(parts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)).toBe(bytes);
  await expect(ask("context", "none", project)).rejects.toThrow("nothing");
});

test("built files say which lines are whose, and which of them a build would write otherwise", async () => {
  const project = projectOf("claude-agent", "agents-md");
  const textOf = (path: string) => project.personas[0]?.artifacts.find((each) => each.path === path)?.text ?? "";
  const block = textOf("AGENTS.md");
  write("AGENTS.md", `Use pnpm.\n\n<!-- personakit:begin dev -->\n${block}<!-- personakit:end dev -->\n`);
  write(".claude/agents/dev.md", `${textOf(".claude/agents/dev.md")}- By hand.\n`);
  const count = block.trimEnd().split("\n").length;
  expect((await ask("file", "AGENTS.md", project)).built).toEqual([
    { persona: "dev", file: "AGENTS.md", first: 4, count, isCurrent: true },
  ]);
  expect((await ask("file", ".claude/agents/dev.md", project)).built).toMatchObject([{ first: 1, isCurrent: false }]);
  const record = { persona: "dev", targets: ["claude-agent"], sha256: hash(textOf(".claude/agents/dev.md")) };
  const lockfile = { ...project.lockfile, artifacts: { ".claude/agents/dev.md": record } };
  const { stale } = await ask("copies", "", { ...project, lockfile });
  expect(stale).toMatchObject([{ path: ".claude/agents/dev.md", persona: "dev", problem: "was changed by hand" }]);
  expect(stale[0]?.diff).toContain("+- By hand.");
});

test("budgets hold a persona against what its tools take, with what others take of it", async () => {
  write("AGENTS.md", "Use pnpm.\n".repeat(3300));
  const budgets = await ask("budgets", "dev", projectOf("agents-md", "copilot-agent", "claude-skill"));
  const of = (target: string) => budgets.find((each) => each.target === target);
  expect(of("agents-md")).toMatchObject({ what: "AGENTS.md", unit: "bytes", max: 32_768 });
  const { own = 0, rest = 0 } = of("agents-md") ?? {};
  expect(rest).toBeGreaterThan(33_000);
  expect(own).toBeLessThan(300);
  expect(of("copilot-agent")).toMatchObject({ unit: "characters", max: 30_000, rest: 0 });
  expect(of("claude-skill")?.own).toBeGreaterThan(0);
  await expect(ask("budgets", "none")).rejects.toThrow("nothing");
});
