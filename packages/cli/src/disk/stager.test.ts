import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256 } from "../files/sha256.ts";
import { Stager } from "./stager.ts";

let work: string;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "personakit-stager-"));
  work = join(folder, ".personakit.tmp");
  mkdirSync(work);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const newStager = (personas?: number) => new Stager({ folder, work, assert: () => {} }, personas);

/** More than are written without a thread. */
const MANY = 1500;

test.each<[count: number, personas: number | undefined]>([
  [3, undefined],
  [MANY, undefined],
  [40, 300],
])("%i texts are all there at the end, each where it was said", async (count, personas) => {
  const stager = newStager(personas);
  const texts = Array.from({ length: count }, (_, index) => `Text ${index}, ünïcödé.\n`);
  const staged = texts.map((text, index) => stager.stage({ file: join(folder, `${index}.md`), text }));
  await stager.end();
  expect(staged.map((each) => readFileSync(each.staged, "utf8"))).toEqual(texts);
  expect(staged.map((each) => each.sha256)).toEqual(texts.map(sha256));
  expect(readdirSync(work)).toHaveLength(count);
});

test("what belongs into a folder that does not exist is staged together, below its outermost missing folder", async () => {
  mkdirSync(join(folder, ".cursor"));
  const stager = newStager();
  const paths = [".claude/agents/a.md", ".claude/skills/b/SKILL.md", ".cursor/rules/c.mdc", ".cursor/d.mdc"];
  const staged = paths.map((path) => stager.stage({ file: join(folder, path), text: `${path}\n` }));
  await stager.end();
  const [agent, skill, rule, beside] = staged;
  expect(agent?.folder).toEqual({ staged: expect.any(String), place: join(folder, ".claude"), files: 2 });
  expect(skill?.folder).toBe(agent?.folder);
  expect(rule?.folder).toMatchObject({ place: join(folder, ".cursor/rules"), files: 1 });
  expect(beside?.folder).toBeUndefined();
  expect(staged.map((each) => readFileSync(each.staged, "utf8"))).toEqual(paths.map((path) => `${path}\n`));
  expect(existsSync(join(agent?.folder?.staged ?? "", "skills/b/SKILL.md"))).toBe(true);
});

test("two texts for one file are staged apart, also where only a system that ignores case takes them for one", async () => {
  const stager = newStager();
  const names = ["a.md", "a.md", "A.md"];
  const staged = names.map((name, index) => stager.stage({ file: join(folder, "new", name), text: `${index}\n` }));
  await stager.end();
  expect(staged.map((each) => readFileSync(each.staged, "utf8"))).toEqual(["0\n", "1\n", "2\n"]);
  expect(staged.map((each) => each.folder?.files)).toEqual([1, undefined, undefined]);
});

test("what the system refuses a thread is thrown at the end, and nothing is written afterwards", async () => {
  // In the way of the first text that the thread gets.
  writeFileSync(join(work, "text-1000"), "There already.");
  const stager = newStager();
  for (let index = 0; index < MANY; index++) stager.stage({ file: join(folder, `${index}.md`), text: "Text.\n" });
  await expect(stager.end()).rejects.toMatchObject({ code: "EEXIST", syscall: "open" });
  rmSync(work, { recursive: true });
  await new Promise((done) => setTimeout(done, 50));
  expect(() => readdirSync(work)).toThrow("ENOENT");
});
