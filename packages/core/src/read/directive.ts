import { type Issue, Issues } from "../issues/issue.ts";
import { type Block, split } from "./split.ts";

/** Offsets in a text: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A line of Markdown that stands for a fragment: `::use[@acme/house-rules]{team="payments"}`. */
export interface Directive extends Span {
  /** A fragment's package or path. */
  readonly name: string;
  readonly nameAt: Span;
  /** What it sets, by parameter. */
  readonly values: { readonly [parameter: string]: string };
  /** Where the values stand, without their quotes. */
  readonly valuesAt: { readonly [parameter: string]: Span };
  /** Counted from 1, in the text. */
  readonly line: number;
  /** The depth of the heading that it stands under, 1 to 6; 0 above the first one. */
  readonly depth: number;
}

/** What the directives of a text are, and what is wrong with them. */
export interface Directives {
  readonly directives: readonly Directive[];
  /** Directives that cannot be read: the text must not be used. */
  readonly issues: readonly Issue[];
  /** Lines that look like directives and are text. */
  readonly warnings: readonly Issue[];
}

/** Where a text stands, for what is wrong in it. */
export interface Place {
  /** The file. */
  readonly file: string;
  /** The lines of the file above the text, such as front matter. */
  readonly above?: number;
}

const NONE: Directives = { directives: [], issues: [], warnings: [] };

const FORM = 'Expected a form such as ::use[@acme/house-rules]{team="payments"}.';
const OPENING = /::use(?![\w-])/y;
const NAME = /\[([^\s[\]]+)\]/y;
const VALUE = /[ \t]*([A-Za-z][\w-]*)=(?:"([^"\r\n]*)"|'([^'\r\n]*)')/y;
const END = /[ \t]*(?=[\r\n]|$)/y;

/** A directive with something in front of it, or one with another number of colons. */
const NEAR_MISS = /^[ \t]*(?:(?:[-+*>]|\d{1,9}[.)])[ \t]*)*:{1,3}[Uu][Ss][Ee]\[/;

/**
 * Finds the directives of a text of Markdown. One is a line of its own that begins at the left margin, outside of code and HTML.
 * Values stand in quotes of either kind and have no escapes. Never throws.
 */
export function directivesIn(text: string, place: Place): Directives {
  // Nearly every text has none, and costs nothing more.
  if (!/:use/i.test(text)) return NONE;
  const { blocks, hasBom } = split(text);
  const reader = new DirectiveReader(text, place);
  const verbatim = linesOfVerbatim(blocks);
  const headings = blocks.filter(({ kind }) => kind === "heading");
  let line = 0;
  let depth = 0;
  let [nextVerbatim, nextHeading] = [0, 0];
  for (const { 0: match, index } of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    line++;
    for (; (headings[nextHeading]?.first ?? line) < line; nextHeading++) depth = (headings[nextHeading] as Block).depth;
    while ((verbatim[nextVerbatim]?.last ?? line) < line) nextVerbatim++;
    if (!/:use/i.test(match) || (verbatim[nextVerbatim]?.first ?? line + 1) <= line) continue;
    const start = index === 0 && hasBom ? 1 : index;
    reader.read(start, match.trimEnd(), line, depth);
  }
  return reader.found;
}

/** Code and HTML, in order. */
function linesOfVerbatim(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => {
    const { kind, items, blocks } = block;
    if (kind === "fence" || kind === "indented code" || kind === "html") return [block];
    return [...items.flatMap((item) => linesOfVerbatim(item.blocks)), ...linesOfVerbatim(blocks)];
  });
}

class DirectiveReader {
  readonly #text: string;
  readonly #place: Place;
  readonly #directives: Directive[] = [];
  readonly #errors: Issues;
  readonly #warnings: Issues;

  constructor(text: string, place: Place) {
    this.#text = text;
    this.#place = place;
    this.#errors = new Issues(place.file);
    this.#warnings = new Issues(place.file);
  }

  get found(): Directives {
    return { directives: this.#directives, issues: this.#errors.found, warnings: this.#warnings.found };
  }

  read(start: number, content: string, line: number, depth: number): void {
    const at = `line ${line + (this.#place.above ?? 0)}`;
    if (this.#take(OPENING, start) === undefined) {
      if (NEAR_MISS.test(content)) {
        const hint = "Start the line with ::use, without anything in front of it.";
        this.#warnings.at(at).add("not-a-directive", "this is text and no directive", hint);
      }
      return;
    }
    const errors = this.#errors.at(at);
    const name = this.#take(NAME, OPENING.lastIndex);
    if (name === undefined) {
      errors.add("invalid-directive", "::use names no fragment", FORM);
      return;
    }
    const nameAt = { start: name.index + 1, end: NAME.lastIndex - 1 };
    const valuesAt = this.#readValues(NAME.lastIndex, errors);
    if (valuesAt === undefined) return;
    const { values, end } = valuesAt;
    if (this.#take(END, end) === undefined) {
      const hint = "Put the directive on a line of its own.";
      this.#warnings.at(at).add("not-a-directive", "this is text and no directive: something stands behind it", hint);
      return;
    }
    this.#directives.push({
      start,
      end,
      name: name[1] as string,
      nameAt,
      values: Object.fromEntries(
        values.map(([parameter, { start, end }]) => [parameter, this.#text.slice(start, end)]),
      ),
      valuesAt: Object.fromEntries(values),
      line,
      depth,
    });
  }

  /** The values in braces, and where these end. Undefined where they cannot be read. */
  #readValues(start: number, errors: Issues): { values: [parameter: string, at: Span][]; end: number } | undefined {
    const values = new Map<string, Span>();
    if (this.#text[start] !== "{") return { values: [], end: start };
    let at = start + 1;
    for (let match = this.#take(VALUE, at); match !== undefined; match = this.#take(VALUE, at)) {
      const [, parameter = "", double, single] = match;
      at = VALUE.lastIndex;
      const value = double ?? single ?? "";
      if (values.has(parameter)) {
        errors.add("invalid-directive", `::use sets "${parameter}" twice`, "Keep one of the two.");
        return undefined;
      }
      values.set(parameter, { start: at - 1 - value.length, end: at - 1 });
    }
    while (this.#text[at] === " " || this.#text[at] === "\t") at++;
    if (this.#text[at] !== "}") {
      errors.add("invalid-directive", "the values of ::use cannot be read", FORM);
      return undefined;
    }
    return { values: [...values], end: at + 1 };
  }

  #take(pattern: RegExp, at: number): RegExpExecArray | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.#text) ?? undefined;
  }
}
