import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as library from "@personakit/checks";
import { expect, test } from "vitest";
import { configuredFolder, settingsFor } from "./settings.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "personakit-settings-")));
mkdirSync(join(root, "packages/api/src"), { recursive: true });
const configure = (folder: string, checks: object) =>
  writeFileSync(join(root, folder, "personakit.config.json"), JSON.stringify({ checks }));
const offIn = async (folder: string) =>
  (await settingsFor(library, join(root, folder), { checks: undefined, config: false })).off;

test("the nearest configuration counts, up to the repository's root", () => {
  configure("packages/api", {});
  expect(configuredFolder(root, join(root, "packages/api/src"))).toBe(join(root, "packages/api"));
  expect(configuredFolder(root, join(root, "packages"))).toBe(root);
});

test("what is switched off must be known, unless it may be a check that was not loaded", async () => {
  const off = { "load/globs": "Tried out.", "says/no-tag": "We tag." };
  configure("packages/api", { off });
  expect(await offIn("packages/api")).toEqual(off);
  configure("packages/api", { off, use: ["./checks.mjs"] });
  expect(await offIn("packages/api")).toEqual({ "load/globs": "Tried out." });
});
