import { type Block, type Item, split } from "../read/split.ts";
import type { CopyPlace } from "./copy-group.ts";

/** A file to look for copies in. */
export interface CopyFile {
  /** With forward slashes. */
  readonly path: string;
  /** All of it, as it stands. */
  readonly text: string;
  /** Where its text begins, behind front matter; 0 where this is not set. */
  readonly body?: number;
}

/** What a unit is, as far as it matters where a run of units may begin and end: "open" is code or HTML without its end. */
export type UnitKind = "text" | "heading" | "break" | "item" | "open";

/**
 * The blocks of files, lists as items, one after the other. A corpus of 10,000 files has half a million of them, so that they are
 * numbers in arrays.
 */
export class Units {
  readonly files: readonly CopyFile[];
  /** By file, its first unit; one more than there are files. */
  readonly starts: number[] = [];
  /** By file, the lines above its body. */
  readonly above: number[] = [];

  // By unit.
  readonly file: number[] = [];
  /** Units that say the same have the same number. */
  readonly text: number[] = [];
  /** What stands between it and the unit above, as a number; 0 above the first unit of a file. */
  readonly gap: number[] = [];
  readonly kind: UnitKind[] = [];
  readonly start: number[] = [];
  readonly end: number[] = [];
  readonly first: number[] = [];
  readonly last: number[] = [];
  /** Of an item: whether another one stands above it, or below it. */
  readonly isInside: number[] = [];

  /** By number of a text. */
  readonly texts: string[] = [];
  /** In how many places it stands. */
  readonly count: number[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #gaps = new Map<string, number>();

  constructor(files: readonly CopyFile[]) {
    this.files = files;
    for (const [index, { text, body = 0 }] of files.entries()) {
      this.starts.push(this.file.length);
      this.above.push(linesIn(text, body));
      this.#read(index, text, body);
    }
    this.starts.push(this.file.length);
  }

  #read(file: number, text: string, body: number): void {
    let end = -1;
    const add = (part: Block | Item, kind: UnitKind, isInside: number) => {
      this.file.push(file);
      this.gap.push(end === -1 ? 0 : this.#gapOf(even(text.slice(end, part.start + body))));
      this.kind.push(kind);
      this.start.push(part.start + body);
      end = part.end + body;
      this.end.push(end);
      this.first.push(part.first);
      this.last.push(part.last);
      this.isInside.push(isInside);
      this.text.push(this.#numberOf(even(text.slice(part.start + body, end))));
    };
    for (const block of split(body === 0 ? text : text.slice(body)).blocks) {
      if (block.kind === "list") {
        const last = block.items.length - 1;
        for (const [at, item] of block.items.entries()) {
          const isOpen = at === last && item.blocks.some((each) => each.isOpen);
          add(item, isOpen ? "open" : "item", (at > 0 ? ABOVE : 0) | (at < last ? BELOW : 0));
        }
      } else add(block, kindOf(block), 0);
    }
  }

  #numberOf(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.texts.length;
      this.#numbers.set(text, number);
      this.texts.push(text);
      this.count.push(0);
    }
    this.count[number] = (this.count[number] as number) + 1;
    return number;
  }

  #gapOf(gap: string): number {
    let number = this.#gaps.get(gap);
    if (number === undefined) {
      number = this.#gaps.size + 1;
      this.#gaps.set(gap, number);
    }
    return number;
  }

  /** What stands from one unit to another, as it is written, with line feeds. */
  written(from: number, to: number): string {
    if (from === to) return this.texts[this.text[from] as number] as string;
    const { text } = this.files[this.file[from] as number] as CopyFile;
    return even(text.slice(this.start[from], this.end[to]));
  }

  /** The line of the file that a unit begins on, from 1. */
  firstLine(unit: number): number {
    return (this.first[unit] as number) + (this.above[this.file[unit] as number] as number);
  }

  /** The last line of a unit in its file. */
  lastLine(unit: number): number {
    return (this.last[unit] as number) + (this.above[this.file[unit] as number] as number);
  }
}

export const ABOVE = 1;
export const BELOW = 2;

function kindOf({ kind, isOpen }: Block): UnitKind {
  if (isOpen) return "open";
  return kind === "heading" || kind === "break" ? kind : "text";
}

/** With line feeds: two checkouts of one text say the same. */
export function even(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

function linesIn(text: string, end: number): number {
  let lines = 0;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines++;
  }
  return lines;
}

/** Where a run of units stands. */
export function placeOf(units: Units, from: number, to: number): CopyPlace {
  const { path } = units.files[units.file[from] as number] as CopyFile;
  const [start = 0, end = 0] = [units.start[from], units.end[to]];
  return { path, first: units.firstLine(from), last: units.lastLine(to), start, end };
}
