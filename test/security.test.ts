import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";

const page = readFileSync(join(ROOT, "SECURITY.md"), "utf8");

/** The rows of the table under a heading, as their cells. */
function rowsUnder(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`, 2)[1]?.split("\n## ", 1)[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) => line.slice(2, -2).split(" | "));
}

test("SECURITY.md says of every command what it runs, asks and writes", () => {
  const commands = readdirSync(join(ROOT, "packages/cli/src/commands")).map((name) => name.replace(/\.ts$/, ""));
  const rows = rowsUnder("What each command does").map(([names = ""]) => names.match(/\w+/g) ?? []);
  expect(rows.flat().sort()).toEqual(commands.sort());
});

test("SECURITY.md names for every promise a test that there is", () => {
  const rows = rowsUnder("What we promise");
  expect(rows.length).toBeGreaterThan(10);
  for (const [promise = "", heldBy = ""] of rows) {
    const tests = [...heldBy.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
    expect(tests, promise).not.toEqual([]);
    for (const path of tests) expect(existsSync(join(ROOT, path)), `${path}: ${promise}`).toBe(true);
  }
});
