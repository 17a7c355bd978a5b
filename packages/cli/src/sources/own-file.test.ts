import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadOwnFile } from "./own-file.ts";

test.each([
  ["globs: src/**", "cursor-rule"],
  ['applyTo: "src/**"', "copilot-instructions"],
  ['paths: ["src/**"]', "claude-rule"],
  ["name: types\ndescription: Types.", "claude-agent"],
  ["title: Types", "agents-md"],
])("a file that lies nowhere in particular, with %j, is taken for a %s", async (head, format) => {
  const folder = mkdtempSync(join(tmpdir(), "personakit-own-file-"));
  writeFileSync(join(folder, "types.md"), `---\n${head}\n---\n\nUse types.\n`);
  const load = (more: object) => loadOwnFile("./types.md", folder, more, async () => []);
  await expect(load({})).rejects.toMatchObject({ issues: [{ hint: expect.stringContaining(`like ${format}.`) }] });
  expect((await load({ isGuessed: true })).file.format.id).toBe(format);
});
