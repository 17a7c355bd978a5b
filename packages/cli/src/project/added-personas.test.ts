import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { notFollowed, recordedSource } from "./added-personas.ts";

let folder: string;

beforeAll(() => {
  const root = mkdtempSync(join(tmpdir(), "personakit-added-"));
  folder = join(root, "project");
  for (const path of ["project/inside", "outside"]) mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, "outside/one.tgz"), "");
  symlinkSync(join(root, "outside"), join(folder, "link"), "junction");
});

const problemOf = (from: string) =>
  notFollowed(folder, { id: "one", package: from, version: "1.0.0", document: undefined })?.problem;

test.each(["@acme/one", "one", "./inside", "./inside/one.tgz", "./not-there", "."])("%s is followed", (from) => {
  expect(problemOf(from)).toBeUndefined();
});

test.each(["../outside", "./../outside", "/outside", "./link", "./link/one.tgz", "../not-there"])(
  "%s is not: it leads out of the project",
  (from) => {
    expect(problemOf(from)).toMatch(/^was added from .+, which is not inside the project$/);
  },
);

test("a repository is not: npm would run git for it", () => {
  expect(problemOf("git @acme/one")).toBe("was added from a git repository, which is not read again by itself");
});

test("what is recorded is a package's name, a place relative to the project, or that it was a repository", () => {
  expect(recordedSource(folder, "@acme/one@next", "@acme/one")).toBe("@acme/one");
  expect(recordedSource(folder, join(folder, "inside"), "@acme/one")).toBe("./inside");
  expect(recordedSource(folder, folder, "@acme/one")).toBe(".");
  expect(recordedSource(folder, join(folder, "../outside/one.tgz"), "@acme/one")).toBe("../outside/one.tgz");
  expect(recordedSource(folder, "github:acme/one", "@acme/one")).toBe("git @acme/one");
});
