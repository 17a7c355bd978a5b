import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** A text of a mirror that is not as in the project; undefined: there is none. */
export type MirrorTexts = ReadonlyMap<string, string | undefined>;

/**
 * Runs a step in a folder that looks like a project in which some texts are other ones: a folder of its own, with links to all that is the same, so
 * that nothing below the project is written. It is gone afterwards.
 */
export async function inMirror<Result>(
  folder: string,
  texts: MirrorTexts,
  step: (mirror: string) => Promise<Result>,
): Promise<Result> {
  const root = mkdtempSync(join(tmpdir(), "personakit-extract-"));
  try {
    const mirror = join(withPackagesAbove(resolve(folder), root), "project");
    mirrored(resolve(folder), mirror, texts);
    return await step(mirror);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Node looks for packages in the folders above, too: in the mirror as in the project. */
function withPackagesAbove(folder: string, root: string): string {
  const above: string[] = [];
  for (let here = dirname(folder); ; here = dirname(here)) {
    if (existsSync(join(here, "node_modules"))) above.unshift(join(here, "node_modules"));
    if (here === dirname(here)) break;
  }
  return above.reduce((inside, packages) => {
    const own = join(inside, "above");
    mkdirSync(own);
    linked(packages, join(own, "node_modules"), true);
    return own;
  }, root);
}

/** The folders on the way to a text that differs are made again; all others are links. */
function mirrored(from: string, to: string, texts: MirrorTexts): void {
  mkdirSync(to, { recursive: true });
  // A link beside a skill would be none of its files.
  const isSkill = texts.has("SKILL.md");
  for (const entry of existsSync(from) ? readdirSync(from, { withFileTypes: true }) : []) {
    const { name } = entry;
    const isOnTheWay = [...texts.keys()].some((path) => path === name || path.startsWith(`${name}/`));
    if (isOnTheWay) continue;
    if (isSkill && entry.isFile()) copyFileSync(join(from, name), join(to, name));
    else linked(join(from, name), join(to, name), entry.isDirectory());
  }
  const below = new Map<string, Map<string, string | undefined>>();
  for (const [path, text] of texts) {
    const [name = "", ...rest] = path.split("/");
    if (rest.length > 0) below.set(name, (below.get(name) ?? new Map()).set(rest.join("/"), text));
    else if (text !== undefined) writeFileSync(join(to, name), text);
  }
  for (const [name, inside] of below) mirrored(join(from, name), join(to, name), inside);
}

function linked(from: string, to: string, isFolder: boolean): void {
  try {
    // Anybody may make junctions on Windows.
    symlinkSync(from, to, isFolder ? "junction" : "file");
  } catch (error) {
    if (isFolder) throw error;
    copyFileSync(from, to);
  }
}
