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

/** A text of fewer words says nothing that another one would have to follow. */
const LEAST_WORDS = 3;

/** Finds files that say nearly the same: each once, with the first of those that are like it. */
export async function nearCopies(files: readonly FoundFile[]): Promise<NearCopy[]> {
  const { nearTexts } = await import("@personakit/core/copies");
  const said = files.filter((file) => (bodyOf(file).match(/[\p{L}\p{N}]+/gu)?.length ?? 0) >= LEAST_WORDS);
  const groups = nearTexts(said.map(bodyOf), ALIKE);
  const pairs = groups.flatMap(({ members: [leader = 0, ...others], likeness }) =>
    others.map((second, index) => ({ leader, second, alike: likeness[index + 1] as number })),
  );
  pairs.sort((a, b) => a.second - b.second);
  const found: NearCopy[] = [];
  for (const { leader, second, alike } of pairs) {
    const [one, other] = [said[leader] as FoundFile, said[second] as FoundFile];
    found.push({ first: one, second: other, alike, ...(await differences(one, other)) });
  }
  return found;
}

/** The text below the front matter. */
function bodyOf({ loaded: { unit }, text }: FoundFile): string {
  const [entry] = unit.kind === "document" ? (unit.sections[0]?.entries ?? []) : [];
  return entry?.kind === "markdown" ? entry.text : text;
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
