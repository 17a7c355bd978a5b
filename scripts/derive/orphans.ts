import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { packages, ROOT } from "../workspace.ts";
import { COMPILED_FOLDERS } from "./compiled.ts";

/** Compiled files on disk that no persona compiles to any more. */
export function orphans(files: ReadonlyMap<string, string>): string[] {
  const personas = packages().filter(({ kind }) => kind === "persona");
  const folders = personas.flatMap(({ folder }) => COMPILED_FOLDERS.map((name) => `${folder}/${name}`));
  return folders
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(ROOT.length + 1)
            .replaceAll("\\", "/"),
        ),
    )
    .filter((path) => !files.has(path));
}
