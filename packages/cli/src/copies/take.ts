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

/**
 * What changes where one of several wordings wins: that of the file with a path. Line ends stay those of each file. Throws a CommandError for a file that has none of the
 * wordings.
 */
export function wordingOf({ name, variants }: CopyDrift, path: string, files: readonly CopyFile[]): Reworded[] {
  const wanted = path.replace(/^\.\//, "");
  const winner = variants.find(({ places }) => places.some((place) => place.path === wanted));
  if (winner === undefined) {
    const paths = variants.flatMap(({ places }) => places.map((place) => place.path));
    const near = nearest(wanted, paths);
    const hint = near === undefined ? `Those with it: ${paths.join(", ")}.` : `Did you mean "${near}"?`;
    throw failure("not-found", path, `this file does not have the text "${name}"`, hint);
  }
  const places = variants.filter((each) => each !== winner).flatMap((each) => each.places);
  return [...new Set(places.map((place) => place.path))].map((each) => {
    const before = files.find((file) => file.path === each)?.text ?? "";
    const text = before.includes("\r\n") ? winner.text.replaceAll("\n", "\r\n") : winner.text;
    const own = places.filter((place) => place.path === each).sort((a, b) => b.start - a.start);
    const after = own.reduce((now, { start, end }) => now.slice(0, start) + text + now.slice(end), before);
    return { path: each, before, after };
  });
}
