import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { Stager } from "./stager.ts";

let work: string;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "personakit-stager-"));
});

const newStager = () => new Stager({ folder: work, work, assert: () => {} });

/** More than are written without a thread. */
const MANY = 1500;

test.each([3, MANY])("%i texts are all there at the end, each where it was said", async (count) => {
  const stager = newStager();
  const texts = Array.from({ length: count }, (_, index) => `Text ${index}, ünïcödé.\n`);
  const staged = texts.map((text, index) => stager.stage(text, `hash ${index}`));
  await stager.end();
  expect(staged.map((each) => readFileSync(each.staged, "utf8"))).toEqual(texts);
  expect(staged.map(({ sha256 }) => sha256)).toEqual(texts.map((_, index) => `hash ${index}`));
  expect(readdirSync(work)).toHaveLength(count);
});

test("what the system refuses a thread is thrown at the end, and nothing is written afterwards", async () => {
  // In the way of the first text that the thread gets.
  writeFileSync(join(work, "text-1000"), "There already.");
  const stager = newStager();
  for (let index = 0; index < MANY; index++) stager.stage("Text.\n", "hash");
  await expect(stager.end()).rejects.toMatchObject({ code: "EEXIST", syscall: "open" });
  rmSync(work, { recursive: true });
  await new Promise((done) => setTimeout(done, 50));
  expect(() => readdirSync(work)).toThrow("ENOENT");
});
