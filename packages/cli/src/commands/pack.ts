import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, type Document } from "@personakit/core";
import { targets } from "@personakit/targets";
import { CommandError } from "../command-error.ts";
import type { ExitCode } from "../exit-code.ts";
import { loadPersonas } from "../load.ts";
import { DOCUMENT_EXPORT } from "../package.ts";
import { type PackageFile, packDocument } from "../packed.ts";
import { count, shorten, writeJson, writeLine } from "../report.ts";
import { writeAtomically } from "../write.ts";

/** The target whose files a package carries, so that skill installers find them without a tool of ours. */
const SKILL = ".agents/";

/** Writes into a persona's package what others need to install it without running its code: the skill and the document. */
export async function pack(folders: readonly string[], { json }: { readonly json: boolean }): Promise<ExitCode> {
  const written: string[] = [];
  for (const folder of folders) {
    const { document, path } = await packageOf(folder);
    for (const file of packageFiles(document, path)) {
      writeAtomically(join(folder, file.path), file.text);
      written.push(join(folder, file.path));
    }
  }
  if (json) writeJson({ ok: true, files: written });
  else {
    for (const file of written) writeLine(`written: ${shorten(file)}`);
    writeLine(`${count(written.length, "file")} written. Publish them: "files" must name them.`);
  }
  return 0;
}

/** The skill's files, and the document packed over them. `path` is where the package exports the document from. */
export function packageFiles(document: Document, path: string): PackageFile[] {
  const skill = targets.find(({ id }) => id === "agent-skill")?.compile(document).artifacts ?? [];
  const files = skill.map(({ path: place, text }) => ({ path: place.slice(SKILL.length), text }));
  return [...files, { path, text: `${JSON.stringify(packDocument(document, files))}\n` }];
}

async function packageOf(folder: string): Promise<{ readonly document: Document; readonly path: string }> {
  const [first, second] = await loadPersonas(folder, ".");
  if (first === undefined || second !== undefined)
    throw new CommandError([`${folder}: a persona package exports one persona, and this one does not.`]);
  const { exports, publishConfig } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const path = publishConfig?.exports?.[DOCUMENT_EXPORT] ?? exports?.[DOCUMENT_EXPORT];
  if (typeof path !== "string") {
    const hint = `Add "${DOCUMENT_EXPORT}": "./dist/document.json" to its "exports".`;
    throw new CommandError([`${folder}/package.json: does not export a compiled persona. ${hint}`]);
  }
  const { unit } = first;
  return { document: unit.kind === "document" ? unit : compile(unit), path: path.replace(/^\.\//, "") };
}
