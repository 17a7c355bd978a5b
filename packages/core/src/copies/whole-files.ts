import type { CopyDrift, CopyGroup, CopyPlace, Cost } from "./copy-group.ts";
import { nearGroups } from "./near.ts";
import { fittingOf } from "./template.ts";
import { type CopyFile, even, type Units } from "./units.ts";
import { hunksBetween } from "./words.ts";

/** What is known of files as a whole. */
export interface WholeFiles {
  readonly groups: readonly Omit<CopyGroup, "name" | "heading">[];
  readonly drifts: readonly Omit<CopyDrift, "name" | "heading">[];
  /** By file, a number that copies of it have too, near ones included: they are no proof that two documents share a passage. */
  readonly document: readonly number[];
  /** Of files that are equal, the first one. */
  readonly distinct: readonly number[];
}

/** How alike two bodies are, to be copies of one. */
const LEAST = 0.8;

/** A file of a few words says nothing that a copy of it would have to follow. */
const LEAST_TOKENS = 40;

/** Finds files that are copies of each other as a whole. */
export function wholeFiles(units: Units, { tokens, least }: Cost): WholeFiles {
  const { files } = units;
  const byText = new Map<string, number[]>();
  const byBody = new Map<string, number[]>();
  for (const [index, { text, body = 0 }] of files.entries()) {
    push(byText, even(text), index);
    push(byBody, even(text.slice(body)).trim(), index);
  }
  byBody.delete("");
  const distinct = [...byText.values()].map(([first]) => first as number);
  const bodies = [...byBody].sort(([, a], [, b]) => b.length - a.length || (a[0] as number) - (b[0] as number));
  const document = files.map((_, index) => index);
  const groups: Omit<CopyGroup, "name" | "heading">[] = [];
  const drifts: Omit<CopyDrift, "name" | "heading">[] = [];
  const add = (group: Omit<CopyGroup, "name" | "heading">) => {
    if (group.saves >= least) groups.push(group);
  };
  const bodyOf = (file: number) => placeOfBody(files[file] as CopyFile);

  for (const [body, same] of bodies) {
    for (const file of same) document[file] = same[0] as number;
    if (same.length === 1) continue;
    const isEqual =
      even((files[same[0] as number] as CopyFile).text) === even((files[same.at(-1) as number] as CopyFile).text);
    const isAll = isEqual && byText.get(even((files[same[0] as number] as CopyFile).text))?.length === same.length;
    const size = tokens(isAll ? even((files[same[0] as number] as CopyFile).text) : body);
    if (size < LEAST_TOKENS) continue;
    const saves = isAll ? (same.length - 1) * size : (same.length - 1) * size - same.length * USE - FRAGMENT;
    const places = isAll ? same.map((file) => placeOfAll(files[file] as CopyFile)) : same.map(bodyOf);
    const text = isAll ? even((files[same[0] as number] as CopyFile).text) : body;
    add({ of: "file", match: isAll ? "equal" : "head", places, text, parameters: [], tokens: size, saves });
  }

  const wordsOf = (index: number) => {
    const file = bodies[index]?.[1][0] as number;
    return units.wordsOf(units.starts[file] as number, (units.starts[file + 1] as number) - 1);
  };
  for (const { members } of nearGroups(bodies.length, wordsOf, LEAST)) {
    const variants = members.map((index) => bodies[index] as (typeof bodies)[number]);
    const root = Math.min(...variants.map(([, same]) => document[same[0] as number] as number));
    for (const [, same] of variants) for (const file of same) document[file] = root;
    const firsts = variants.map(([, same]) => same[0] as number);
    const [[leader]] = variants as [[string, number[]]];
    if (tokens(leader) < LEAST_TOKENS) continue;
    const fitting = fittingOf(variants.map(([body]) => body));
    const rest = new Set(variants.keys());
    if (fitting !== undefined) {
      for (const index of fitting.members) if (index > 0) rest.delete(index);
      const { text, parameters } = fitting;
      const size = tokens(text);
      const count = fitting.members.length;
      const values = parameters.flatMap((each) => each.values).reduce((sum, value) => sum + VALUE + tokens(value), 0);
      const saves = (count - 1) * size - count * USE - FRAGMENT - values;
      const places = fitting.members.map((index) => bodyOf(firsts[index] as number));
      add({ of: "file", match: "parameters", places, text, parameters, tokens: size, saves });
    }
    rest.delete(0);
    const apart: number[] = [];
    for (const index of rest) {
      const { 0: one, [index]: other } = variants;
      const shorter =
        one === undefined || other === undefined
          ? undefined
          : shorterOf(units, one[1][0] as number, other[1][0] as number);
      if (shorter === undefined) {
        apart.push(index);
        continue;
      }
      const text = even(files[shorter]?.text.slice(files[shorter]?.body ?? 0) ?? "").trim();
      const size = tokens(text);
      const places = [firsts[0] as number, firsts[index] as number].sort((a, b) => a - b).map(bodyOf);
      add({
        of: "file",
        match: "additions",
        places,
        text,
        parameters: [],
        tokens: size,
        saves: size - 2 * USE - FRAGMENT,
      });
    }
    if (apart.length > 0) {
      const shown = [0, ...apart].map((index) => variants[index] as (typeof bodies)[number]);
      drifts.push({
        of: "file",
        variants: shown.map(([text, same]) => ({ text, places: same.map(bodyOf) })),
        tokens: tokens(leader),
      });
    }
  }
  return { groups, drifts, document, distinct };
}

/** What a line of ::use costs, a value of one, and the head of a fragment, in tokens. */
export const USE = 14;
export const VALUE = 3;
export const FRAGMENT = 12;

/** Of two files the one whose units all stand in the other, in their order; undefined where neither is. */
function shorterOf(units: Units, one: number, other: number): number | undefined {
  const [a, b] = [one, other].map((file) =>
    Array.from(units.text.subarray(units.starts[file], units.starts[file + 1]), String),
  );
  const hunks = hunksBetween(a ?? [], b ?? [], 200);
  if (hunks === undefined || hunks.length === 0) return undefined;
  if (hunks.every(({ from, to }) => from === to)) return one;
  return hunks.every(({ start, end }) => start === end) ? other : undefined;
}

function push<Key>(map: Map<Key, number[]>, key: Key, value: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function placeOfAll({ path, text }: CopyFile): CopyPlace {
  return { path, first: 1, last: linesOf(text), start: 0, end: text.length };
}

/** Where the body stands, without blank lines around it. */
function placeOfBody({ path, text, body = 0 }: CopyFile): CopyPlace {
  const start = body + (/^\s*?(?=[^\s]|[ \t]+\S)/.exec(text.slice(body))?.[0].length ?? 0);
  const end = start + text.slice(start).trimEnd().length;
  return { path, first: linesOf(text.slice(0, start)), last: linesOf(text.slice(0, end)), start, end };
}

function linesOf(text: string): number {
  return even(text).split("\n").length;
}
