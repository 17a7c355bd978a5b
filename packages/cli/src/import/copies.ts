import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Target } from "@personakit/targets";
import { readRegular } from "../files/regular.ts";
import { documentOf } from "../sources/unit.ts";
import type { FoundFile } from "./find-files.ts";

/** A file that is also made from a source, for a target. */
export interface MadeFile {
  readonly target: Target;
  readonly file: FoundFile;
}

/** A file that becomes a source, and the files that it is built to from now on. */
export interface Source {
  readonly file: FoundFile;
  /** Files with the same bytes. */
  readonly copies: readonly FoundFile[];
  /** Files that are, to the byte, what its targets make of it. */
  readonly made: readonly MadeFile[];
  /** Files with the same bytes that cannot be its outputs, and why. */
  readonly apart: readonly { readonly file: FoundFile; readonly reason: string }[];
}

/**
 * Makes sources of files: those with the same bytes become one, and so do those that a target makes of another. The order of the
 * files does not matter. `isTaken` says whether another persona with outputs has an id already.
 */
export function sourcesOf(folder: string, files: readonly FoundFile[], isTaken: (id: string) => boolean): Source[] {
  const groups = new Map<string, FoundFile[]>();
  for (const each of files) {
    const known = groups.get(each.text);
    if (known === undefined) groups.set(each.text, [each]);
    else known.push(each);
  }
  const sources = [...groups.values()].flatMap((group) => sourcesOfGroup(folder, group)).sort(byPath);
  return withFreeIds(withTargets(sources), isTaken);
}

/** Files with the same bytes: one source where that can be said, each for itself where it cannot. */
function sourcesOfGroup(folder: string, group: readonly FoundFile[]): Source[] {
  const [file, ...others] = [...group].sort(bySuitability);
  if (file === undefined) return [];
  const apart = others.flatMap((each) => {
    const reason = whyApart(folder, file, each);
    return reason === undefined ? [] : [{ file: each, reason }];
  });
  const alone = new Set(apart.map((each) => each.file));
  const copies = others.filter((each) => !alone.has(each)).sort((a, b) => compare(a.path, b.path));
  return [{ file, copies, made: [], apart }, ...[...alone].map(only)];
}

function only(file: FoundFile): Source {
  return { file, copies: [], made: [], apart: [] };
}

/** What no path of an output may have. */
const UNWRITABLE = /[#\0]/;

/** Why a file cannot be the output of one with the same bytes. */
function whyApart(folder: string, file: FoundFile, copy: FoundFile): string | undefined {
  if (UNWRITABLE.test(copy.path)) return "its path has a character that an output cannot have";
  return haveSameParts(folder, file, copy) ? undefined : "the files beside them differ";
}

/** Whether the same files lie beside two skills. */
function haveSameParts(folder: string, file: FoundFile, copy: FoundFile): boolean {
  const inside = ({ path, parts }: FoundFile) => parts.map((each) => each.slice(dirname(path).length + 1));
  return (
    isDeepStrictEqual(inside(file), inside(copy)) &&
    file.parts.every((path, index) => haveSameBytes(join(folder, path), join(folder, copy.parts[index] ?? "")))
  );
}

/** In bytes: a larger file is not compared, and counts as different. */
const LARGEST_PART = 16 * 1024 * 1024;

function haveSameBytes(one: string, other: string): boolean {
  try {
    const [a, b] = [one, other].map((file) => readRegular(file, LARGEST_PART, { follow: false }));
    return typeof a === "object" && typeof b === "object" && a.equals(b);
  } catch {
    // A link, or a file that nobody may read.
    return false;
  }
}

/** The file that a person would edit comes first: one that a tool reads, the nearest to the root, and of those the one that most tools read. */
function bySuitability(a: FoundFile, b: FoundFile): number {
  return (
    Number(b.place.isLoaded) - Number(a.place.isLoaded) ||
    depthOf(a.place.folder) - depthOf(b.place.folder) ||
    readersOf(b) - readersOf(a) ||
    depthOf(a.path) - depthOf(b.path) ||
    compare(a.path, b.path)
  );
}

function depthOf(path: string): number {
  return path === "" ? 0 : path.split("/").length;
}

function readersOf({ loaded: { file } }: FoundFile): number {
  return file.target?.readers.length ?? 0;
}

function byPath(a: Source, b: Source): number {
  return compare(a.file.path, b.file.path);
}

/** By code units: the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many files of one name are compared with each other: each is compiled for the formats of the others. */
const MOST_NAMESAKES = 16;

/** Files of one name for several tools: where one is what a target makes of another, it is an output of it. */
function withTargets(sources: readonly Source[]): Source[] {
  const groups = new Map<string, Source[]>();
  for (const each of sources) {
    const { folder } = each.file.place;
    const key = `${folder}\n${each.file.loaded.unit.id}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const gone = new Set<Source>();
  const more = new Map<Source, readonly MadeFile[]>();
  for (const group of groups.values()) {
    if (group.length === 1 || group.length > MOST_NAMESAKES) continue;
    const best = group
      .map((source) => ({ source, made: madeFrom(source, group) }))
      .reduce((a, b) => (b.made.length > a.made.length ? b : a));
    more.set(best.source, best.made);
    for (const { file } of best.made) for (const each of group) if (each.file === file) gone.add(each);
  }
  return sources.flatMap((each) => (gone.has(each) ? [] : [{ ...each, made: more.get(each) ?? [] }]));
}

/** The files of a group that targets make of one of them, with nothing else beside. */
function madeFrom(source: Source, group: readonly Source[]): MadeFile[] {
  const { place, loaded, parts } = source.file;
  if (parts.length > 0 || UNWRITABLE.test(place.folder)) return [];
  const document = documentOf(loaded.unit);
  return group.flatMap(({ file, copies }) => {
    const { target } = file.loaded.file;
    const isOther = target !== undefined && target !== loaded.file.target && target.files.block === undefined;
    if (!isOther || copies.length > 0 || file.parts.length > 0) return [];
    try {
      const { artifacts } = target.compile(document);
      const made = artifacts.map(({ path, text }) => ({
        path: place.folder === "" ? path : `${place.folder}/${path}`,
        text,
      }));
      return isDeepStrictEqual(made, [{ path: file.path, text: file.text }]) ? [{ target, file }] : [];
    } catch {
      // A target that cannot say what the file says makes nothing of it.
      return [];
    }
  });
}

/** Two sources with outputs and one id could not be told apart: of the second, each file stands for itself. */
function withFreeIds(sources: readonly Source[], isTaken: (id: string) => boolean): Source[] {
  const ids = new Set<string>();
  return sources.flatMap((source) => {
    const { file, copies, made, apart } = source;
    if (copies.length + made.length === 0) return [source];
    const { id } = file.loaded.unit;
    if (!isTaken(id) && ids.size !== ids.add(id).size) return [source];
    const reason = `another persona with outputs is called "${id}"`;
    const others = [...copies, ...made.map((each) => each.file)];
    return [
      { ...only(file), apart: [...apart, ...others.map((each) => ({ file: each, reason }))] },
      ...others.map(only),
    ];
  });
}
