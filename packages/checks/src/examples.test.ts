import { readFields, recognise } from "@personakit/targets/read";
import { describe, expect, test } from "vitest";
import { repositoryOf } from "./examples.testing.ts";
import { applyFixes } from "./fix.ts";
import type { ExampleFiles } from "./model/check.ts";
import { checks } from "./registry.ts";
import { runChecks } from "./run.ts";

describe.each(checks.map((check) => [check.id, check] as const))("%s", (id, check) => {
  const { bad, good } = check.examples;
  // Whether a comment is needed, only the other checks can tell.
  const options = check.group === "off" ? {} : { only: [id] };
  const look = (files: ExampleFiles) =>
    runChecks(repositoryOf(files), options).findings.filter((finding) => finding.check === id);

  test("names kinds of file that there are", async () => {
    const { readables } = await import("@personakit/targets/read");
    const ids = readables.map((each) => each.id);
    expect((check.formats ?? []).filter((format) => !ids.includes(format))).toEqual([]);
  });

  test.each(bad.map((example, index) => [index + 1, example] as const))(
    "finds bad example %i",
    (_, { files, finds }) => {
      const found = look(files);
      expect(found.map(({ path, line }) => [path, line])).toEqual(finds);
      for (const { problem } of found) expect(problem).toMatch(/[^.]$/);
    },
  );

  const right = bad.flatMap(({ right: files }) => (files === undefined ? [] : [files]));

  test.each([...good, ...right].map((files, index) => [index + 1, files] as const))(
    "is silent on good example %i",
    (_, files) => {
      expect(look(files)).toEqual([]);
    },
  );

  const fixable = bad.flatMap((example, index) => (example.fixed === undefined ? [] : [[index + 1, example] as const]));

  test.each(fixable)("repairs bad example %i, once and for all", (_, { files, fixed = {} }) => {
    const found = look(files);
    const repaired = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        applyFixes(
          text,
          found.filter((each) => each.path === path),
        ).text,
      ]),
    );
    expect(repaired).toEqual({ ...files, ...fixed });
    expect(look(repaired)).toEqual([]);
  });

  test.each(fixable)("reads bad example %i as before, repaired", (_, { files, fixed = {} }) => {
    for (const [path, text] of Object.entries(fixed)) {
      const tables = recognise(path)?.readable.tables;
      if (tables === undefined) throw new Error(`${path} is no instruction file`);
      const fields = (each: string) =>
        readFields(tables, { path, text: each }).fields.map(({ key, value }) => [key, value]);
      expect(fields(text)).toEqual(fields(files[path] ?? ""));
    }
  });

  test("fixes nothing where it says nothing of it", () => {
    for (const { files, fixed } of bad) {
      if (fixed === undefined) expect(look(files).filter(({ fix }) => fix !== undefined)).toEqual([]);
    }
  });
});
