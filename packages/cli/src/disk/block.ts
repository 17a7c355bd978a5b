import { blockMarker } from "@personakit/targets";
import { normalise } from "../files/text.ts";
import { failure } from "../issues/command-error.ts";

/** The text of our block in a user's file, with LF line ends, or undefined. Throws on unpaired markers. */
export function findBlock(text: string, name: string, path: string): string | undefined {
  const place = locate(text, name, path);
  return place === undefined ? undefined : normalise(text.slice(place.inner.from, place.inner.to));
}

/** The file with our block replaced, or added at its end; every other byte, line ends included, stays as it is. */
export function withBlock(text: string | undefined, name: string, content: string, path: string): string {
  const block = `${blockMarker("begin", name)}\n${content}${blockMarker("end", name)}\n`;
  if (text === undefined || text === "") return block;
  const ours = block.replaceAll("\n", lineEnd(text));
  const place = locate(text, name, path);
  if (place !== undefined) return text.slice(0, place.outer.from) + ours + text.slice(place.outer.to);
  return text + gapAfter(text) + ours;
}

/** The line ends that `withBlock` puts between a user's text and a new block. */
export function gapAfter(text: string): string {
  const eol = lineEnd(text);
  return /(?:^|\n\r?)\n$/.test(text) || text === "" ? "" : text.endsWith("\n") ? eol : eol + eol;
}

/** The file without our block, and without the gap that was put before it. */
export function withoutBlock(text: string, name: string, gap: string, path: string): string {
  const place = locate(text, name, path);
  if (place === undefined) return text;
  const before = text.slice(0, place.outer.from);
  const after = text.slice(place.outer.to);
  const ours = asIn(text, gap);
  const rest = before.slice(0, before.length - ours.length);
  // A gap of one line end followed one of the user's. Removing it could join lines that the user has written since.
  const followsOne = gap.split("\n").length > 2 || /(?:^|\n)$/.test(rest);
  const isOurs = after === "" && before.endsWith(ours) && followsOne;
  return (isOurs ? rest : before) + after;
}

/** The file without the gap between our block and another one right below it; undefined where that does not stand there. */
export function withoutGapBelow(
  text: string,
  [name, other]: readonly [name: string, other: string],
  gap: string,
  path: string,
): string | undefined {
  const end = locate(text, name, path)?.outer.to ?? Number.POSITIVE_INFINITY;
  const begin = locate(text, other, path)?.outer.from ?? -1;
  if (begin < end || text.slice(end, begin) !== asIn(text, gap)) return undefined;
  return text.slice(0, end) + text.slice(begin);
}

/** A recorded gap as it is in a file whose line ends a checkout may have converted. */
function asIn(text: string, gap: string): string {
  const lines = gap.split("\n").length - 1;
  const isAllOf = (eol: string) => text.split(eol).length === text.split("\n").length;
  if (isAllOf("\r\n")) return "\r\n".repeat(lines);
  return text.includes("\r\n") ? gap : "\n".repeat(lines);
}

/** The file without the markers of our block: the text between them is the user's now. */
export function withoutMarkers(text: string, name: string, path: string): string {
  const place = locate(text, name, path);
  if (place === undefined) return text;
  const inner = text.slice(place.inner.from, place.inner.to);
  return text.slice(0, place.outer.from) + inner + text.slice(place.outer.to);
}

function lineEnd(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function locate(
  text: string,
  name: string,
  path: string,
): { readonly outer: Range; readonly inner: Range } | undefined {
  const [begin, ...begins] = markers(text, "begin", name);
  const [end, ...ends] = markers(text, "end", name);
  if (begin === undefined && end === undefined) return undefined;
  if (begin === undefined || end === undefined || end.from < begin.to || begins.length + ends.length > 0) {
    const problem = `the block "${name}" needs exactly one begin marker and one end marker`;
    throw failure("unpaired-markers", path, problem, "Remove the markers, or restore them.");
  }
  return { outer: { from: begin.from, to: end.to }, inner: { from: begin.to, to: end.from } };
}

/** Where the markers of a kind are: whole lines only. A byte order mark before the first line belongs to the user. */
function markers(text: string, kind: "begin" | "end", name: string): Range[] {
  const marker = blockMarker(kind, name).replace(/[^\w-]/g, "\\$&");
  const lines = text.matchAll(new RegExp(`(?<=^\\uFEFF?)${marker}(?:\\r?\\n|$)`, "gm"));
  return [...lines].map(({ index, 0: line }) => ({ from: index, to: index + line.length }));
}

/** The line within a block for a line of its file, both from 1, or undefined outside of the block. */
export function lineInBlock(lines: readonly string[], line: number, name: string): number | undefined {
  const begin = lines.indexOf(blockMarker("begin", name)) + 1;
  const end = lines.indexOf(blockMarker("end", name)) + 1;
  return begin > 0 && line > begin && line < end ? line - begin : undefined;
}

/** The line of a file that begins a block, from 1, or 0. */
export function beginOfBlock(text: string, name: string): number {
  return (
    text
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/)
      .indexOf(blockMarker("begin", name)) + 1
  );
}
