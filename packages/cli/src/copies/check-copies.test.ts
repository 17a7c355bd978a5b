import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findCopies } from "@personakit/core/copies";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MARKDOWN } from "../extract/fragment-text.ts";
import { sayOnce } from "../extract/say-once.ts";
import { checkCopies } from "./check-copies.ts";
import { lastEditOf } from "./edited-when.ts";
import { instructionFilesAt, readInstructionFiles } from "./instruction-files.ts";
import { wordingsOf } from "./take.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "personakit-copies-"));
  git("init", "-q");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: readonly string[]): void {
  const env = { ...process.env, GIT_AUTHOR_DATE: day, GIT_COMMITTER_DATE: day };
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...who, ...args], { cwd: folder, env, stdio: "ignore" });
}

let day = "2026-01-05T12:00:00Z";

function commit(on: string): void {
  day = `${on}T12:00:00Z`;
  git("add", "-A");
  git("commit", "-qm", on);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const read = (path: string) => readFileSync(join(folder, path), "utf8");

const GATES = `## Gates

- Run all tests of the package before each commit, and name those that you could not run.
- Ask before you delete anything that git does not have, such as ignored files and local settings.
`;
const agent = (name: string, text = GATES) =>
  `---\nname: ${name}\ndescription: The ${name}.\n---\n\nYou are the ${name} of this team.\n\n${text}\n## ${name}\n\nThe ${name} works alone.\n`;
const AGENTS = ["planner", "reviewer", "tester"];
const pathOf = (name: string) => `.claude/agents/${name}.md`;
const edit = (name: string) => write(pathOf(name), read(pathOf(name)).replace("Ask before", "Always ask before"));

test("edits of the past are replayed: partial ones are named with the lines that they did not reach", async () => {
  for (const name of AGENTS) write(pathOf(name), agent(name));
  write("README.md", GATES);
  // A link is its target, and a report says what was once.
  symlinkSync("planner.md", join(folder, pathOf("link")));
  write("agents/report-2026-01-04.md", agent("report"));
  commit("2026-01-05");
  edit("planner");
  commit("2026-03-04");
  expect((await checkCopies(folder, "HEAD~1")).findings).toMatchObject([
    { code: "partial-edit", place: ".claude/agents/reviewer.md:8-11", line: 8 },
    { code: "partial-edit", place: ".claude/agents/tester.md:8-11", line: 8 },
  ]);
  expect((await checkCopies(folder, "HEAD~1")).findings[0]?.diff).toContain("+- Always ask before you delete");
  const [drift] = findCopies(readInstructionFiles(folder), { tokens: (text) => text.length / 4 }).drifts;
  expect(drift && lastEditOf(drift, folder)).toMatchObject({ on: "2026-03-04", edited: [{ path: pathOf("planner") }] });
  const changes =
    drift === undefined ? [] : wordingsOf([{ drift, from: pathOf("planner") }], readInstructionFiles(folder));
  for (const { path, after } of changes) write(path, after);
  expect(changes.map(({ path }) => path)).toEqual([pathOf("reviewer"), pathOf("tester")]);
  expect((await checkCopies(folder, "HEAD~1")).findings).toEqual([]);
  expect(instructionFilesAt(folder, "HEAD").map(({ path }) => path)).toEqual(AGENTS.map(pathOf));
  await expect(checkCopies(folder, "gone")).rejects.toMatchObject({ issues: [{ code: "no-revision" }] });
});

test("copies become one text only where every file keeps its bytes", async () => {
  for (const name of AGENTS) write(pathOf(name), agent(name));
  write("docs/agents/planner.md", agent("planner"));
  const files = readInstructionFiles(folder);
  const { groups } = findCopies(files, { tokens: (text) => Math.ceil(text.length / 4) });
  const { entries, texts, config, refused } = await sayOnce(folder, groups, files, MARKDOWN);
  expect(refused).toEqual([]);
  expect(texts.find(({ path }) => path === "fragments/gates.md")?.text).toBe(GATES);
  expect(texts.find(({ path }) => path === "personas/tester.md")?.text).toContain(
    '\n::use[../fragments/gates.md]{depth="2"}\n',
  );
  expect(entries).toContainEqual({
    persona: "./personas/planner.md",
    format: "claude-agent",
    targets: [],
    copies: [".claude/agents/planner.md", "docs/agents/planner.md"],
  });
  expect(config).toMatchObject({ path: "personakit.config.json", before: undefined });
  const wrong = groups.map((group) => ({ ...group, text: group.text.replace("Ask before", "Never ask before") }));
  const none = await sayOnce(folder, wrong, files, MARKDOWN);
  expect(none.refused.map(({ path }) => path)).toEqual(AGENTS.map(pathOf));
  expect(none.texts).toEqual([]);
});
