import type { AnyFragment, Issue } from "@personakit/core";

/** A line of a file of the user's. */
export interface FileLine {
  /** As the user would type it. */
  readonly file: string;
  readonly line: number;
}

/** Loads the fragments that a module or package exports, seen from a folder. */
export type LoadFragments = (source: string, folder: string) => Promise<AnyFragment[]>;

/** `x.md, line 3` as `x.md:3`. */
export function withLine<Each extends Issue>(each: Each): Each {
  return each.place === undefined ? each : { ...each, place: each.place.replace(/, line (\d+)/, ":$1") };
}
