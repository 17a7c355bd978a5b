import { type Block, type Item, split } from "../read/split.ts";
import type { CopyPlace } from "./copy-group.ts";
import { IntList, Numbering } from "./packed.ts";
import { addWords } from "./word-numbers.ts";

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
export type UnitKind = (typeof KINDS)[number];

const KINDS = ["text", "heading", "break", "item", "open"] as const;

/**
 * The blocks of files, lists as items, one after the other. A corpus of 10,000 files has half a million of them, so that they are
 * numbers in arrays, and their texts stay where they are.
 */
export class Units {
  readonly files: readonly CopyFile[];
  /** How many there are. */
  readonly length: number;
  /** By file, its first unit; one more than there are files. */
  readonly starts: Int32Array;

  // By unit.
  readonly file: Int32Array;
  /** Units that say the same have the same number. */
  readonly text: Int32Array;
  /** What stands between it and the unit above, as a number; 0 above the first unit of a file. */
  readonly gap: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Of an item: whether another one stands above it, or below it. */
  readonly isInside: Uint8Array;
  readonly #kind: Uint8Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** By file, the lines above its body. */
  readonly #above: Int32Array;

  /** How many texts there are. */
  readonly texts: number;
  /** By number of a text, the first unit that has it, and where its words begin; one more than there are texts. */
  readonly #unitOf: Int32Array;
  readonly #wordsFrom: Int32Array;
  readonly #words: Int32Array;
  readonly #asked = new IntList();

  constructor(files: readonly CopyFile[]) {
    const read = new Reading(files);
    this.files = files;
    this.length = read.file.length;
    this.starts = read.starts.all();
    this.file = read.file.all();
    this.text = read.text.all();
    this.gap = read.gap.all();
    this.start = read.start.all();
    this.end = read.end.all();
    this.isInside = Uint8Array.from(read.isInside.all());
    this.#kind = Uint8Array.from(read.kind.all());
    this.#first = read.first.all();
    this.#last = read.last.all();
    this.#above = read.above.all();
    this.texts = read.unitOf.length;
    this.#unitOf = read.unitOf.all();
    this.#wordsFrom = read.wordsFrom.all();
    this.#words = read.words.all();
  }

  kind(unit: number): UnitKind {
    return KINDS[this.#kind[unit] as number] as UnitKind;
  }

  /** What a unit says, with line feeds. */
  said(unit: number): string {
    return this.written(unit, unit);
  }

  /** What a number of a text stands for. */
  textOf(number: number): string {
    return this.said(this.#unitOf[number] as number);
  }

  /** How many words a text has, as they are counted to compare texts. */
  wordCount(number: number): number {
    return (this.#wordsFrom[number + 1] as number) - (this.#wordsFrom[number] as number);
  }

  /** The words from one unit to another, as numbers: a view, until they are asked for again. */
  wordsOf(from: number, to: number): Int32Array {
    const words = this.#asked;
    words.length = 0;
    for (let unit = from; unit <= to; unit++) {
      const text = this.text[unit] as number;
      words.add(this.#words.subarray(this.#wordsFrom[text], this.#wordsFrom[text + 1]));
    }
    return words.view(0, words.length);
  }

  /** What stands from one unit to another, as it is written, with line feeds. */
  written(from: number, to: number): string {
    const { text } = this.files[this.file[from] as number] as CopyFile;
    return even(text.slice(this.start[from], this.end[to]));
  }

  /** The line of the file that a unit begins on, from 1. */
  firstLine(unit: number): number {
    return (this.#first[unit] as number) + (this.#above[this.file[unit] as number] as number);
  }

  /** The last line of a unit in its file. */
  lastLine(unit: number): number {
    return (this.#last[unit] as number) + (this.#above[this.file[unit] as number] as number);
  }
}

/** Files as they are read, unit by unit. */
class Reading {
  readonly starts = new IntList();
  readonly above = new IntList();
  readonly file = new IntList();
  readonly text = new IntList();
  readonly gap = new IntList();
  readonly start = new IntList();
  readonly end = new IntList();
  readonly isInside = new IntList();
  readonly kind = new IntList();
  readonly first = new IntList();
  readonly last = new IntList();
  readonly unitOf = new IntList();
  readonly wordsFrom = new IntList();
  readonly words = new IntList();
  readonly #files: readonly CopyFile[];
  readonly #texts = new Numbering();
  readonly #gaps = new Map<string, number>();

  constructor(files: readonly CopyFile[]) {
    this.#files = files;
    for (const [index, { text, body = 0 }] of files.entries()) {
      this.starts.push(this.file.length);
      this.above.push(linesIn(text, body));
      this.#read(index, text, body);
    }
    this.starts.push(this.file.length);
    this.wordsFrom.push(this.words.length);
  }

  #read(file: number, text: string, body: number): void {
    let end = -1;
    const add = (part: Block | Item, kind: UnitKind, isInside: number) => {
      this.gap.push(end === -1 ? 0 : this.#gapOf(even(text.slice(end, part.start + body))));
      end = part.end + body;
      // Its text comes first: what is the first with a text is a unit already.
      this.text.push(this.#numberOf(text, part.start + body, end));
      this.file.push(file);
      this.start.push(part.start + body);
      this.end.push(end);
      this.kind.push(KINDS.indexOf(kind));
      this.first.push(part.first);
      this.last.push(part.last);
      this.isInside.push(isInside);
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

  #numberOf(text: string, start: number, end: number): number {
    const before = this.words.length;
    const hash = addWords(text, start, end, this.words);
    const number = this.#texts.numberOf(hash, (known) => {
      const unit = this.unitOf.get(known);
      const { text: other } = this.#files[this.file.get(unit)] as CopyFile;
      return isSame(text, start, end, other, this.start.get(unit), this.end.get(unit));
    });
    if (number === this.unitOf.length) {
      this.unitOf.push(this.file.length);
      this.wordsFrom.push(before);
    } else this.words.length = before;
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
}

/** Whether two parts of texts say the same, whatever their line ends. */
function isSame(one: string, start: number, end: number, other: string, from: number, to: number): boolean {
  if (end - start !== to - from) return even(one.slice(start, end)) === even(other.slice(from, to));
  for (let at = 0; at < end - start; at++) {
    if (one.charCodeAt(start + at) !== other.charCodeAt(from + at))
      return even(one.slice(start, end)) === even(other.slice(from, to));
  }
  return true;
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
