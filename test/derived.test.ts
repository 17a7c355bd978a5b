import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { derive } from "../scripts/derive/index.ts";
import { orphans } from "../scripts/derive/orphans.ts";
import { ROOT } from "../scripts/workspace.ts";

const files = await derive();

test.each([...files])("%s is what pnpm sync writes", (path, text) => {
  const absolute = join(ROOT, path);
  expect(existsSync(absolute) ? readFileSync(absolute, "utf8") : "nothing", "run pnpm sync").toBe(text);
});

test("no compiled file is left that no persona compiles to", () => {
  expect(orphans(files)).toEqual([]);
});
