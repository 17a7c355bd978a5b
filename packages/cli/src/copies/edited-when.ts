import type { CopyDrift, CopyPlace } from "@personakit/core/copies";
import { git } from "../files/git.ts";

/** Which variant of a text was edited last, as far as git knows. */
export interface LastEdit {
  /** The day, such as 2026-03-04. */
  readonly on: string;
  readonly edited: readonly CopyPlace[];
  /** What still says the earlier text. */
  readonly others: readonly CopyPlace[];
}

/** Asking git when each was edited takes time: the longest ones are asked for. */
export const MOST_DATED = 20;

/** What git asks for one line of a drift takes about 20 ms. */
const MOST_PLACES = 12;

/** Says which of the variants was edited last, and when; undefined where git does not know, or all were edited on one day. */
export function lastEditOf({ variants }: CopyDrift, folder: string): LastEdit | undefined {
  if (variants.reduce((sum, { places }) => sum + places.length, 0) > MOST_PLACES) return undefined;
  const days = variants.map(({ places }) => places.map((place) => dayOf(place, folder)));
  const all = days.flat();
  if (all.some((day) => day === undefined)) return undefined;
  const latest = days.map((own) => own.sort().at(-1));
  const on = [...latest].sort().at(-1) as string;
  const edited = variants.filter((_, index) => latest[index] === on).flatMap(({ places }) => places);
  const others = variants.filter((_, index) => latest[index] !== on).flatMap(({ places }) => places);
  return others.length === 0 ? undefined : { on, edited, others };
}

/** The day of the newest commit that changed one of the lines. */
function dayOf({ path, first, last }: CopyPlace, folder: string): string | undefined {
  try {
    const blame = git(folder, ["blame", "--line-porcelain", "-L", `${first},${last}`, "--", path]).toString("utf8");
    const times = [...blame.matchAll(/^committer-time (\d+)$/gm)].map(([, time]) => Number(time));
    // What is not committed yet has the time of now.
    if (times.length === 0 || /^0{40} /m.test(blame)) return undefined;
    return new Date(times.reduce((a, b) => Math.max(a, b)) * 1000).toISOString().slice(0, 10);
  } catch {
    return undefined;
  }
}
