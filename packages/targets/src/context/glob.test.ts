import { expect, test } from "vitest";
import { matchesGlob } from "./glob.ts";

test.each([
  ["**", "a/b.ts", true],
  ["**/*.ts", "a.ts", true],
  ["**/*.ts", "a/b/c.ts", true],
  ["*.ts", "a/b.ts", false],
  ["src/**/a.ts", "src/a.ts", true],
  ["src/**/a.ts", "src/b/c/a.ts", true],
  ["src/**", "lib/a.ts", false],
  ["./src/*", "src/a.ts", true],
  ["src/?.[jt]s", "src/a.ts", true],
  ["src/[!a-c].ts", "src/b.ts", false],
  ["src/[!a-c].ts", "src/d.ts", true],
  ["**/a.ts", "ba.ts", false],
])("%s, %s: %s", (glob, path, matches) => {
  expect(matchesGlob(glob, path)).toBe(matches);
});
