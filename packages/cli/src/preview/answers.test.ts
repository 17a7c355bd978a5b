import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ask } from "@personakit/preview";
import { expect, test } from "vitest";
import { openView } from "./answers.ts";

/** A project of files: they are data. */
function projectOf(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), "personakit-answers-"));
  const paths = Array.from({ length: count }, (_, index) => `./personas/p${index}.md`);
  mkdirSync(join(folder, "personas"));
  for (const [index, path] of paths.entries()) {
    writeFileSync(join(folder, path), `---\nname: p${index}\ndescription: Does it.\n---\n\nDo it.\n`);
  }
  const personas = paths.map((persona) => ({ persona, format: "claude-agent" }));
  writeFileSync(join(folder, "personakit.config.json"), JSON.stringify({ personas }));
  return folder;
}

test("the first personas of a large project are there before all of it is compiled", async () => {
  const early: Promise<unknown>[] = [];
  const sizeOf = async (ask: Ask) => {
    const project = await ask("project", "");
    return [project?.personas.length, project?.isFirst];
  };
  const view = await openView([], { out: projectOf(60) }, (ask) => {
    early.push(
      sizeOf(ask),
      ask("persona", "p7").then((persona) => persona?.id),
    );
    // What is not compiled yet is answered when it is.
    early.push(ask("persona", "p59").then((persona) => persona?.id));
  });
  expect(await Promise.all(early)).toEqual([[50, true], "p7", "p59"]);
  if ("errors" in view) throw new Error(view.errors.join("\n"));
  expect(await sizeOf(view.ask)).toEqual([60, undefined]);
});
