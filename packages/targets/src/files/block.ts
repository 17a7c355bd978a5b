import type { Rendered } from "@personakit/core";
import { failure } from "../issues/issue.ts";

/**
 * The line that begins or ends the block of that name in a file that also holds other text.
 *
 * @example
 * ```ts
 * import { blockMarker } from "@personakit/targets";
 *
 * export const begin = blockMarker("begin", "backend-developer");
 * ```
 */
export function blockMarker(kind: "begin" | "end", name: string): string {
  return `${openingOf(kind)}${name} -->`;
}

function openingOf(kind: "begin" | "end"): string {
  return `<!-- personakit:${kind} `;
}

/** Throws when a line of a text would be read as a marker. */
export function refuseMarkers({ text }: Rendered, place: string): void {
  const openings = [openingOf("begin"), openingOf("end")];
  if (!text.split("\n").some((line) => openings.some((opening) => line.startsWith(opening)))) return;
  throw failure("marker-in-body", place, "one of its lines is a block marker", "Indent that line.");
}
