import { realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import type { Issue } from "@personakit/core";
import { issue } from "../issues/command-error.ts";
import { keysIn, placeOf } from "./artifact-key.ts";
import { type ComparedFile, hashOf, isChanged } from "./file-status.ts";
import { fileOf, projectPath } from "./paths.ts";

/** Where an artifact really is: two with the same place are one file, or one block, through a link. */
export function standOf(file: string, block: string | undefined): string {
  return block === undefined ? file : `${file}#${block}`;
}

/** Artifacts that links merge into one file: they must be the same, or different blocks. */
export function conflictsThroughLinks(folder: string, compared: readonly ComparedFile[]): Issue[] {
  const linked = linkedFiles(folder, compared);
  if (linked.size === 0) return [];
  const shared = new Map<string, ComparedFile[]>();
  return compared.flatMap((each) => {
    if (!linked.has(each.file)) return [];
    const earlier = shared.get(each.file) ?? [];
    shared.set(each.file, [...earlier, each]);
    const other = earlier.find((one) => !canShare(one, each));
    if (other === undefined) return [];
    const both = `${other.artifact.path} and ${each.artifact.path}`;
    const problem = `a symbolic link makes ${both} the same file, but their texts differ`;
    const hint = "Replace the link with a real file, or build only one of them.";
    return [issue("shared-path", projectPath(folder, each.file), problem, hint)];
  });
}

/** The files that a link leads to. */
function linkedFiles(folder: string, compared: readonly ComparedFile[]): Set<string> {
  const start = resolve(folder) + sep;
  const linked = new Set<string>();
  for (const { file, artifact } of compared) {
    const path = sep === "/" ? artifact.path : artifact.path.replaceAll("/", sep);
    if (file !== start + path) linked.add(file);
  }
  return linked;
}

function canShare(one: ComparedFile, other: ComparedFile): boolean {
  const [block, second] = [one.artifact.block, other.artifact.block];
  if (block !== second) return block !== undefined && second !== undefined;
  if ("ready" in one || "ready" in other) return hashOf(one) === hashOf(other);
  // Both were compared with the same text, so if both are current, both are that text.
  if (!isChanged(one) || !isChanged(other)) return one.state === other.state;
  return one.artifact.text === other.artifact.text;
}

/** The keys that stand for a file or a block in it, whichever of its paths you ask for. */
export function keysInFile(folder: string, file: string, keys: Iterable<string>): string[] {
  const all = [...keys];
  const own = keysIn(projectPath(folder, file), all);
  // A link leads here, or from here: rare enough to look at every path.
  const target = realOf(file);
  if (target === undefined) return own;
  return all.filter((key) => own.includes(key) || realOf(fileOf(folder, placeOf(key).path)) === target);
}

function realOf(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}
