import { diffArrays } from "diff";
import type { FileView, OriginView } from "../view/view.ts";
import { byLine, differingWords, type WordsPart } from "./words-diff.ts";

/** A file, and what its lines come from. */
export interface Side {
  readonly file: FileView;
  readonly origins: readonly OriginView[];
}

/** A line, in words that the other file has too and words that it has not. */
export interface ComparedLine {
  /** From 1. */
  readonly number: number;
  readonly words: readonly { readonly text: string; readonly isMarked: boolean }[];
}

/** Lines that are side by side. */
export interface Piece {
  /** Empty: only the later one has them. */
  readonly before: readonly ComparedLine[];
  /** Empty: only the earlier one has them. */
  readonly after: readonly ComparedLine[];
  readonly isSame: boolean;
}

/** What one origin says in both files: side by side, wherever it stands in each. */
export interface Row {
  /** One for each row. */
  readonly key: string;
  /** Of the later one, where that says it. */
  readonly origin: OriginView | undefined;
  /** Of the earlier one, where it is called something else there or has another strength. */
  readonly earlier: OriginView | undefined;
  readonly pieces: readonly Piece[];
  readonly state: "same" | "added" | "removed" | "changed" | "moved";
}

/** Lines of one origin that stand together, without blank ones around them. */
interface Block {
  readonly key: string;
  readonly origin: OriginView | undefined;
  /** The number of its first line. */
  readonly first: number;
  readonly lines: readonly string[];
}

/**
 * Compares two files by what their lines come from, and not by where they stand. Returns what either says in the order of the later one; what
 * only the earlier one says stands behind what it stood behind there.
 *
 * @param renamed Paths, fragments and personas that are called something else in the later one.
 */
export function rowsOf(before: Side, after: Side, renamed: readonly (readonly [string, string])[] = []): Row[] {
  const names = new Map(renamed);
  const old = blocksOf(before, (path) => newNameOf(path, names));
  const now = blocksOf(after, (path) => path);
  const oldByKey = new Map(old.map((block) => [block.key, block]));
  const isThere = new Set(now.map(({ key }) => key));
  // What is only in the earlier one, by what it stood behind.
  const gone = new Map<string, Row[]>();
  let behind = "";
  for (const block of old) {
    if (isThere.has(block.key)) behind = block.key;
    else gone.set(behind, [...(gone.get(behind) ?? []), rowOf(block, undefined, false)]);
  }
  const inPlace = new Set(
    diffArrays(keysIn(old, isThere), keysIn(now, oldByKey)).flatMap(({ added, removed, value }) =>
      added || removed ? [] : value,
    ),
  );
  const rows = now.flatMap((block) => [
    rowOf(oldByKey.get(block.key), block, !inPlace.has(block.key)),
    ...(gone.get(block.key) ?? []),
  ]);
  return [...(gone.get("") ?? []), ...rows];
}

function keysIn(blocks: readonly Block[], known: { has(key: string): boolean }): string[] {
  return blocks.flatMap(({ key }) => (known.has(key) ? [key] : []));
}

function newNameOf(path: string, names: ReadonlyMap<string, string>): string {
  const [unit = "", ...rule] = path.split("/");
  return names.get(path) ?? [names.get(unit) ?? unit, ...rule].join("/");
}

function blocksOf({ file: { lines, from }, origins }: Side, named: (path: string) => string): Block[] {
  const blocks: Block[] = [];
  const seen = new Map<string, number>();
  for (let first = 0, next = 0; first < lines.length; first = next) {
    while (next < lines.length && from[next] === from[first]) next++;
    const said = lines.slice(first, next);
    const blank = said.findIndex((line) => line !== "");
    if (blank === -1) continue;
    const origin = origins[from[first] ?? -1];
    const path = named(origin?.path ?? "");
    // One origin may say several things: a heading, and the line above a list.
    const place = seen.get(path) ?? 0;
    seen.set(path, place + 1);
    const end = said.findLastIndex((line) => line !== "") + 1;
    blocks.push({ key: `${path} ${place}`, origin, first: first + blank + 1, lines: said.slice(blank, end) });
  }
  return blocks;
}

function rowOf(before: Block | undefined, after: Block | undefined, isMoved: boolean): Row {
  const earlier = before?.origin;
  const isOther = earlier?.path !== after?.origin?.path || isOtherStrength(before, after);
  const pieces = piecesOf(before, after);
  return {
    key: after?.key ?? `before ${before?.key}`,
    origin: after?.origin ?? earlier,
    earlier: after !== undefined && isOther ? earlier : undefined,
    pieces,
    state: stateOf(
      before,
      after,
      isMoved,
      pieces.some(({ isSame }) => !isSame),
    ),
  };
}

function stateOf(
  before: Block | undefined,
  after: Block | undefined,
  isMoved: boolean,
  differs: boolean,
): Row["state"] {
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  if (differs || isOtherStrength(before, after)) return "changed";
  return isMoved ? "moved" : "same";
}

function isOtherStrength(before: Block | undefined, after: Block | undefined): boolean {
  return before?.origin?.strength !== after?.origin?.strength;
}

/** Lines that are the same, and between them those that are not. */
function piecesOf(before: Block | undefined, after: Block | undefined): Piece[] {
  const pieces: Piece[] = [];
  let [old, now] = [before?.first ?? 0, after?.first ?? 0];
  let [removed, added]: [string[], string[]] = [[], []];
  const flush = () => {
    if (removed.length + added.length > 0) pieces.push(pieceOf(removed, old, added, now));
    [old, now] = [old + removed.length, now + added.length];
    [removed, added] = [[], []];
  };
  for (const { value, removed: isRemoved, added: isAdded } of diffArrays(
    [...(before?.lines ?? [])],
    [...(after?.lines ?? [])],
  )) {
    if (isRemoved) removed = value;
    else if (isAdded) added = value;
    else {
      flush();
      const parts = [{ kind: "same", text: value.join("\n") } as const];
      pieces.push({ before: linesOf(old, parts), after: linesOf(now, parts), isSame: true });
      [old, now] = [old + value.length, now + value.length];
    }
  }
  flush();
  return pieces;
}

/** How much two texts must share, so that marks of single words are of use. */
const LEAST_SHARED = 0.3;

function pieceOf(removed: readonly string[], old: number, added: readonly string[], now: number): Piece {
  const [before, after] = [removed.join("\n"), added.join("\n")];
  const parts = removed.length === 0 || added.length === 0 ? [] : differingWords(before, after);
  const shared = parts.reduce((sum, { kind, text }) => sum + (kind === "same" ? text.length : 0), 0);
  const isMarked = shared > Math.max(before.length, after.length) * LEAST_SHARED;
  const half = (lines: readonly string[], text: string, first: number, own: WordsPart["kind"]) => {
    if (lines.length === 0) return [];
    const said = isMarked ? parts.filter(({ kind }) => kind === "same" || kind === own) : [];
    return linesOf(first, isMarked ? said : [{ kind: "same", text }]);
  };
  return { before: half(removed, before, old, "removed"), after: half(added, after, now, "added"), isSame: false };
}

function linesOf(first: number, parts: readonly WordsPart[]): ComparedLine[] {
  return byLine(parts).map((line, index) => ({
    number: first + index,
    words: line.map(({ kind, text }) => ({ text, isMarked: kind !== "same" })),
  }));
}
