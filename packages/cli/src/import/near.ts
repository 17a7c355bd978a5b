import type { FoundFile } from "./find-files.ts";

/** Words that differ, in one place. */
export interface WordChange {
  /** In the first file, from 1. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** Two files that say nearly the same. */
export interface NearCopy {
  readonly first: FoundFile;
  readonly second: FoundFile;
  /** How much of their texts is the same, from 0 to 1: runs of three words. */
  readonly alike: number;
  /** Fields of the front matter that differ, or that only one of them has. */
  readonly fields: readonly string[];
  readonly words: readonly WordChange[];
}

/** How much two texts must have in common. */
const ALIKE = 0.8;

/** Of how many runs of words one is looked up. All are compared then. */
const SAMPLE = 8;

/** How many other files one run of words leads to: many copies are a chain, and each is compared with those around it. */
const NEIGHBOURS = 3;

/**
 * Finds files that say nearly the same, each once, with the one before it that is most like it. Takes time in proportion to the
 * texts: of what many files say, only neighbours are compared.
 */
export async function nearCopies(files: readonly FoundFile[]): Promise<NearCopy[]> {
  const bodies = files.map((file) => runsOf(bodyOf(file)));
  const found: NearCopy[] = [];
  for (const [index, others] of candidates(files, bodies).entries()) {
    const [best] = others
      .map((other) => ({ other, alike: shareOf(bodies[other], bodies[index]) }))
      .sort((a, b) => b.alike - a.alike || a.other - b.other);
    const [first, second] = [files[best?.other ?? -1], files[index]];
    if (best === undefined || best.alike < ALIKE || first === undefined || second === undefined) continue;
    found.push({ first, second, alike: best.alike, ...(await differences(first, second)) });
  }
  return found;
}

/** The text below the front matter. */
function bodyOf({ loaded: { unit }, text }: FoundFile): string {
  const [entry] = unit.kind === "document" ? (unit.sections[0]?.entries ?? []) : [];
  return entry?.kind === "markdown" ? entry.text : text;
}

/** Every run of three words, as a number. */
function runsOf(text: string): ReadonlySet<number> {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const hashes = words.map(hashOf);
  const runs = new Set<number>();
  for (let index = 2; index < hashes.length; index++) {
    const [a = 0, b = 0, c = 0] = hashes.slice(index - 2, index + 1);
    runs.add((Math.imul(Math.imul(a, 31) + b, 31) + c) >>> 0);
  }
  return runs;
}

function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index++) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** For each file, those before it that may be like it. */
function candidates(files: readonly FoundFile[], bodies: readonly ReadonlySet<number>[]): number[][] {
  const places = new Map<number | string, number[]>();
  return files.map(({ loaded: { unit } }, index) => {
    // A short text may have no run in the sample; one name, or the first words, are a sign too.
    const [first = 0] = bodies[index] ?? [];
    const signs: (number | string)[] = [unit.id, `first ${first}`];
    for (const run of bodies[index] ?? []) if (run % SAMPLE === 0) signs.push(run);
    const counts = new Map<number, number>();
    for (const sign of signs) {
      const seen = places.get(sign) ?? [];
      for (const other of seen) counts.set(other, (counts.get(other) ?? 0) + 1);
      places.set(sign, [...seen.slice(1 - NEIGHBOURS), index]);
    }
    // The few that most signs lead to.
    const best = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, NEIGHBOURS);
    return best.map(([other]) => other);
  });
}

function shareOf(a: ReadonlySet<number> = new Set(), b: ReadonlySet<number> = new Set()): number {
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const run of a) if (b.has(run)) common++;
  return common / (a.size + b.size - common);
}

/** How many changes of words are looked for in two texts. */
const MOST_WORDS = 50;

/** How many lines or words may differ before two texts are called different as a whole: beyond it, a diff takes seconds. */
const MOST_EDITS = 500;

async function differences(first: FoundFile, second: FoundFile): Promise<Pick<NearCopy, "fields" | "words">> {
  // jsdiff: maintained, typed, no dependencies.
  const { diffLines, diffWordsWithSpace } = await import("diff");
  const [one, other] = [fieldsOf(first), fieldsOf(second)];
  const keys = [...new Set([...one.keys(), ...other.keys()])];
  const fields = keys.filter((key) => one.get(key) !== other.get(key));
  const words: WordChange[] = [];
  let line = linesAbove(first) + 1;
  const parts = diffLines(bodyOf(first), bodyOf(second), { maxEditLength: MOST_EDITS }) ?? [];
  for (let index = 0; index < parts.length && words.length < MOST_WORDS; index++) {
    const [part, next] = [parts[index], parts[index + 1]];
    if (part === undefined) continue;
    if (part.removed && next?.added) {
      words.push(...wordsIn(part.value, next.value, line, diffWordsWithSpace));
      index++;
    } else if (part.removed) words.push({ line, before: part.value.trim(), after: "" });
    else if (part.added) words.push({ line, before: "", after: part.value.trim() });
    if (!part.added) line += part.count;
  }
  // Where only blank lines differ, no words do.
  return { fields, words: words.filter(({ before, after }) => before !== "" || after !== "") };
}

/** How many lines stand above the body. */
function linesAbove({ loaded: { unit } }: FoundFile): number {
  const { source } = unit as { readonly source?: { readonly head: string } };
  return (source?.head ?? "").split(/\r\n|\n|\r/).length - 1;
}

/** The values of the front matter, as they are written. */
function fieldsOf({ place, path, text }: FoundFile): Map<string, string> {
  const { fields } = place.readable.read({ path, text });
  return new Map(fields.map(({ key, valueStart, valueEnd }) => [key, text.slice(valueStart, valueEnd).trim()]));
}

function wordsIn(
  before: string,
  after: string,
  firstLine: number,
  diffWords: typeof import("diff").diffWordsWithSpace,
): WordChange[] {
  const changes: WordChange[] = [];
  let line = firstLine;
  let open: { before: string; after: string; line: number } | undefined;
  const parts = diffWords(before, after, { maxEditLength: MOST_EDITS });
  if (parts === undefined) return [{ line, before: before.trim(), after: after.trim() }];
  for (const { value, added, removed } of parts) {
    if (added || removed) {
      open ??= { before: "", after: "", line };
      if (removed) open.before += value;
      else open.after += value;
    } else if (value.trim() !== "" && open !== undefined) {
      changes.push(open);
      open = undefined;
    } else if (open !== undefined) {
      // Only space stands between two changed words: they are one change.
      open.before += value;
      open.after += value;
    }
    if (!added) line += value.split("\n").length - 1;
  }
  if (open !== undefined) changes.push(open);
  return changes.map((each) => ({ ...each, before: each.before.trim(), after: each.after.trim() }));
}
