import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { formatIssue, type Issue } from "@personakit/core";
import { commit } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { changesTo } from "../disk/write-files.ts";
import { failure, throwIssues, within } from "../issues/command-error.ts";
import { count, shorten, writeJson, writeLine, writeWarning } from "../output/terminal.ts";
import { issueOfVersion, type LoadedPackage, loadPackages } from "../sources/load-units.ts";
import { API_EXPORT, canCarrySkill, DOCUMENT_EXPORT, fragmentFile, personaFiles } from "../sources/package-files.ts";
import type { PackageFile } from "../sources/packed-document.ts";
import { documentOf, snapshotOf } from "../sources/unit.ts";
import { defineCommand } from "../usage/define-command.ts";
import { timeout } from "../usage/options.ts";
import { apiReport } from "../versions/api-report.ts";

/**
 * Writes into a package what others need without running its code: of a persona, the skill and the document, so that it
 * can be added; of every package, what it promises, so that versions can be compared.
 */
export default defineCommand({
  name: "pack",
  group: "authors",
  summary: "Prepare a package so that others can add it",
  details: "They can read its persona without running its code.",
  arguments: [["<folder...>", "the folder of a persona's or a fragment's package, or a folder of them"]],
  options: { ...timeout },
  async run(folders, { json }) {
    const written: string[] = [];
    const warnings: Issue[] = [];
    for (const source of folders) {
      const packages = await loadPackages(source);
      refuseFiles(source, packages);
      throwIssues(packages.flatMap((each) => issueOfVersion(each) ?? []));
      for (const loaded of packages) {
        warnings.push(...(loaded.warnings ?? []));
        const files = filesOf(loaded, (warning) => warnings.push(within(loaded.folder, warning)));
        await exclusively(loaded.folder, "pack", (held) => commit(held, changesTo(loaded.folder, files)));
        written.push(...files.map(({ path }) => join(loaded.folder, path)));
      }
    }
    if (json) writeJson({ ok: true, files: written, warnings });
    else {
      for (const warning of warnings) writeWarning(formatIssue(warning), "stdout");
      for (const file of written) writeLine(`written: ${shorten(file)}`);
      writeLine(
        `${count(written.length, "file")} written. Check that "files" in package.json covers all of them but api.md, so that they are published.`,
      );
    }
    return 0;
  },
});

/** A file alone has neither a name nor a version that others could ask for. */
function refuseFiles(source: string, packages: readonly LoadedPackage[]): void {
  if (!packages.some(({ isFile }) => isFile)) return;
  const hint = `Put it into a folder with a package.json that has a name, a version and "exports": { ".": "./${basename(source)}" }, and pack that folder.`;
  throw failure("not-a-package", source, "this is a file, and only a package can be added by others", hint);
}

function filesOf({ folder, name, unit }: LoadedPackage, warn: (warning: Issue) => void): PackageFile[] {
  const report = { path: "api.md", text: apiReport(name, snapshotOf(unit)) };
  if (unit.kind === "fragment") return [report, fragmentFile(unit, exportPath(folder, API_EXPORT))];
  const document = documentOf(unit, warn);
  const skill = `skills/${document.id}`;
  if (!canCarrySkill(document) && existsSync(join(folder, skill))) {
    const problem = "a skill cannot restrict tools, as this persona does";
    throw failure("cannot-compile", `${folder}/${skill}`, problem, "Delete it.");
  }
  return [report, ...personaFiles(document, exportPath(folder, DOCUMENT_EXPORT))];
}

function exportPath(folder: string, name: string): string {
  const { exports, publishConfig } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const path = publishConfig?.exports?.[name] ?? exports?.[name];
  if (typeof path === "string" && !path.includes("..")) return path.replace(/^\.\//, "");
  const hint = `Add "${name}": "./dist/${name.slice(2)}" to its "exports".`;
  throw failure("not-a-package", `${folder}/package.json`, `does not export ${name}`, hint);
}
