import { nearest } from "@personakit/core";
import { removeTemporaries } from "../apply.ts";
import { withoutMarkers } from "../block.ts";
import { CommandError } from "../command-error.ts";
import { exclusively } from "../exclusive.ts";
import type { ExitCode } from "../exit-code.ts";
import { formatManifest, MANIFEST, type Manifest, readManifest, readText } from "../manifest.ts";
import type { Options } from "../options.ts";
import { fileOf, projectPath } from "../project.ts";
import { writeJson, writeLine } from "../report.ts";
import { writeAtomically } from "../write.ts";

/** Makes generated files the user's own: they stay as they are, and build and check leave them alone from now on. */
export async function eject(files: readonly string[], { out = ".", json }: Options): Promise<ExitCode> {
  const manifest = readManifest(out);
  const keys = files.flatMap((file) => keysOf(out, file, manifest));
  const step = () => {
    for (const key of keys) {
      const [path = "", block] = key.split("#");
      if (block === undefined) continue;
      const file = fileOf(out, path);
      const text = readText(file);
      if (text !== undefined) writeAtomically(file, withoutMarkers(text, block, path));
    }
    const artifacts = Object.fromEntries(Object.entries(manifest.artifacts).filter(([key]) => !keys.includes(key)));
    const ejected = [...new Set([...manifest.ejected, ...keys])];
    writeAtomically(fileOf(out, MANIFEST), formatManifest({ ...manifest, artifacts, ejected }));
  };
  exclusively(out, step, () => removeTemporaries(out, manifest));
  if (json) writeJson({ ok: true, ejected: keys });
  else {
    for (const key of keys) writeLine(`ejected: ${key}`);
    writeLine(`They are yours now. To have one built again, delete it, and its line under "ejected" in ${MANIFEST}.`);
  }
  return 0;
}

/** The artifacts in a file: itself, or the blocks in it. */
function keysOf(folder: string, file: string, { artifacts, ejected }: Manifest): string[] {
  const path = projectPath(folder, file);
  const keys = Object.keys(artifacts).filter((key) => key === path || key.startsWith(`${path}#`));
  if (keys.length > 0) return keys;
  if (ejected.includes(path)) throw new CommandError([`${file}: is ejected already.`]);
  const near = nearest(path, Object.keys(artifacts));
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  throw new CommandError([`${file}: is not a file that personakit has written.${hint}`]);
}
