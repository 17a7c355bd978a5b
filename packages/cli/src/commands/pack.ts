import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AnyFragment, type Document, snapshotOfFragment } from "@personakit/core";
import { targets } from "@personakit/targets";
import { apiReport } from "../api-report.ts";
import { CommandError } from "../command-error.ts";
import { documentOf, snapshotOf } from "../comparison.ts";
import type { ExitCode } from "../exit-code.ts";
import { type LoadedPackage, loadPackages } from "../load.ts";
import { DOCUMENT_EXPORT, REPORT_EXPORT } from "../package.ts";
import { type PackageFile, packDocument } from "../packed.ts";
import { count, shorten, writeJson, writeLine } from "../report.ts";
import { writeAtomically } from "../write.ts";

/** The target whose files a package carries, so that skill installers find them without a tool of ours. */
const SKILL = ".agents/";

/**
 * Writes into a package what others need without running its code: of a persona, the skill and the document, so that it
 * can be added; of every package, what it promises, so that versions can be compared.
 */
export async function pack(folders: readonly string[], { json }: { readonly json: boolean }): Promise<ExitCode> {
  const written: string[] = [];
  for (const source of folders) {
    for (const { folder, name, unit } of await loadPackages(source)) {
      for (const file of filesOf(folder, name, unit)) {
        writeAtomically(join(folder, file.path), file.text);
        written.push(join(folder, file.path));
      }
    }
  }
  if (json) writeJson({ ok: true, files: written });
  else {
    for (const file of written) writeLine(`written: ${shorten(file)}`);
    writeLine(`${count(written.length, "file")} written. Publish them: "files" must name them.`);
  }
  return 0;
}

function filesOf(folder: string, name: string, unit: LoadedPackage["unit"]): PackageFile[] {
  const report = { path: "api.md", text: apiReport(name, snapshotOf(unit)) };
  if (unit.kind === "fragment") return [report, fragmentReport(unit, exportPath(folder, REPORT_EXPORT))];
  const document = documentOf(unit);
  const skill = `skills/${document.id}`;
  if (document.tools !== undefined && existsSync(join(folder, skill))) {
    throw new CommandError([`${folder}/${skill}: a skill cannot restrict tools, as this persona does. Delete it.`]);
  }
  return [report, ...personaFiles(document, exportPath(folder, DOCUMENT_EXPORT))];
}

/** The skill's files, and the document packed over them. `path` is where the package exports the document from. */
export function personaFiles(document: Document, path: string): PackageFile[] {
  // A skill cannot restrict tools: of a restricted persona there is none, and the document says all of it.
  const target = document.tools === undefined ? targets.find(({ id }) => id === "agent-skill") : undefined;
  const skill = target?.compile(document).artifacts ?? [];
  const files = skill.map(({ path: place, text }) => ({ path: place.slice(SKILL.length), text }));
  return [...files, { path, text: `${JSON.stringify(packDocument(document, files))}\n` }];
}

/** What a fragment promises, as JSON. `path` is where the package exports it from. */
export function fragmentReport(fragment: AnyFragment, path: string): PackageFile {
  return { path, text: `${JSON.stringify(snapshotOfFragment(fragment))}\n` };
}

function exportPath(folder: string, name: string): string {
  const { exports, publishConfig } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const path = publishConfig?.exports?.[name] ?? exports?.[name];
  if (typeof path === "string" && !path.includes("..")) return path.replace(/^\.\//, "");
  const hint = `Add "${name}": "./dist/${name.slice(2)}" to its "exports".`;
  throw new CommandError([`${folder}/package.json: does not export ${name}. ${hint}`]);
}
