import type { CopyDrift, CopyFile } from "@personakit/core/copies";
import { nearest } from "@personakit/core/internal";
import { failure } from "../issues/command-error.ts";

/** A file before and after all of its copies got one wording. */
export interface Reworded {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A text that gets another wording. */
interface Rewording {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** With line feeds. */
  readonly text: string;
}

/** A text that has drifted apart, and the file whose wording its copies get. */
export interface Taken {
  readonly drift: CopyDrift;
  /** As the user would type it. */
  readonly from: string;
}

/**
 * What changes where one of several wordings wins, of each text: that of the file with a path. Line ends stay those of each file. Throws a CommandError for a
 * file that has none of the wordings, and for texts that overlap.
 */
export function wordingsOf(taken: readonly Taken[], files: readonly CopyFile[]): Reworded[] {
  const all = taken.flatMap(rewordings);
  return [...new Set(all.map(({ path }) => path))].map((path) => {
    const before = files.find((file) => file.path === path)?.text ?? "";
    const own = all.filter((each) => each.path === path).sort((a, b) => b.start - a.start);
    for (const [index, { start }] of own.entries()) {
      if ((own[index + 1]?.end ?? 0) <= start) continue;
      throw failure(
        "usage",
        path,
        "two of these texts overlap in it",
        "Choose a wording for one, and then for the other.",
      );
    }
    const hasCarriageReturns = before.includes("\r\n");
    const after = own.reduce((now, { start, end, text }) => {
      return now.slice(0, start) + (hasCarriageReturns ? text.replaceAll("\n", "\r\n") : text) + now.slice(end);
    }, before);
    return { path, before, after };
  });
}

function rewordings({ drift: { name, variants }, from }: Taken): Rewording[] {
  const wanted = from.replace(/^\.\//, "");
  const winner = variants.find(({ places }) => places.some((place) => place.path === wanted));
  if (winner === undefined) {
    const paths = variants.flatMap(({ places }) => places.map((place) => place.path));
    const near = nearest(wanted, paths);
    const hint = near === undefined ? `Those with it: ${paths.join(", ")}.` : `Did you mean "${near}"?`;
    throw failure("not-found", from, `this file does not have the text "${name}"`, hint);
  }
  return variants
    .filter((each) => each !== winner)
    .flatMap(({ places }) => places.map(({ path, start, end }) => ({ path, start, end, text: winner.text })));
}
