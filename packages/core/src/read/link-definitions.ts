/** A line of a paragraph, as offsets: where it starts, where its text starts, and its end. */
export interface ParagraphLine {
  readonly start: number;
  readonly text: number;
  readonly end: number;
}

/** `[label]:` and the white space behind it, which is nothing but spaces, tabs and line ends. */
const LABEL = /\[(?=[^\]]*[^\t\n \]])(?:[^[\]\\]|\\[[\]\\]|\\(?![[\]\\])){1,999}\]:[\t\n ]*/y;

/** An address, in angle brackets. */
const BRACKETED = /<(?:[^\n<>\\]|\\[<>\\]|\\(?![<>\\]))*>/y;

/** How many lines each definition of a link takes, of those that a paragraph starts with. */
export function definitionsIn(markdown: string, lines: readonly ParagraphLine[]): readonly number[] {
  const joined = lines.map(({ text, end }) => markdown.slice(text, end)).join("\n");
  const counts: number[] = [];
  const titles = new Titles(joined);
  let at = 0;
  while (joined[at] === "[") {
    const end = endOfDefinition(joined, at, titles);
    if (end === -1) break;
    counts.push(joined.slice(at, end).split("\n").length);
    at = end + 1;
  }
  return counts;
}

/** Where the line ends that a definition ends with; -1 where there is none. */
function endOfDefinition(text: string, start: number, titles: Titles): number {
  LABEL.lastIndex = start;
  if (!LABEL.test(text)) return -1;
  const address = endOfAddress(text, LABEL.lastIndex);
  if (address === -1) return -1;
  const title = skip(text, address, /[\t\n ]/);
  const behind = title > address ? titles.endFrom(title) : -1;
  if (behind !== -1) return behind;
  const end = skip(text, address, /[\t ]/);
  return end === text.length || text[end] === "\n" ? end : -1;
}

function endOfAddress(text: string, start: number): number {
  if (text[start] === "<") {
    BRACKETED.lastIndex = start;
    return BRACKETED.test(text) ? BRACKETED.lastIndex : -1;
  }
  let depth = 0;
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at] as string;
    if (char === "\\" && /[()\\]/.test(text[at + 1] ?? "")) at++;
    else if (char === "(" && ++depth > 31) return -1;
    else if (char === ")" && depth-- === 0) break;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an address ends at one, but for U+0000, which reads as U+FFFD.
    else if (/[\u0001-\u0020\u007f]/.test(char)) break;
  }
  return depth > 0 || at === start ? -1 : at;
}

function skip(text: string, start: number, what: RegExp): number {
  let at = start;
  while (at < text.length && what.test(text[at] as string)) at++;
  return at;
}

/** Titles of definitions. Where one has no end, none of the same sign before that place has one: nothing is looked through twice. */
class Titles {
  readonly #text: string;
  readonly #endless: { [sign: string]: number } = {};

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the line ends that the title at an offset ends with; -1 where there is none. */
  endFrom(start: number): number {
    const text = this.#text;
    const sign = text[start];
    const close = sign === "(" ? ")" : sign;
    if (close !== '"' && close !== "'" && close !== ")") return -1;
    if (start < (this.#endless[close] ?? 0)) return -1;
    let at = start + 1;
    while (at < text.length && text[at] !== close) at += text[at] === "\\" ? 2 : 1;
    const end = at < text.length ? skip(text, at + 1, /[\t ]/) : -1;
    if (end === text.length || text[end] === "\n") return end;
    this.#endless[close] = Math.min(at, text.length);
    return -1;
  }
}
