/** What a line may be a part of, at the bottom of all quotes and list items. */
type Leaf =
  | { readonly kind: "none" | "paragraph" | "table" | "code" }
  | { readonly kind: "fence"; readonly mark: string }
  | { readonly kind: "html"; readonly end: RegExp | undefined };

/** A quote, or a list item whose text is indented so far. */
interface Container {
  /** -1 for a quote. */
  readonly indent: number;
  /** Of an item: whether it has had a line with nothing in it, and nothing else. */
  readonly isEmpty: boolean;
}

/** What is open at the end of some lines of Markdown. */
export interface Blocks {
  readonly containers: readonly Container[];
  readonly leaf: Leaf;
  /** The last line of a paragraph, which may be the head of a table. */
  readonly last: string;
}

/** A line, and what is open below it. */
export interface BlockLine {
  readonly blocks: Blocks;
  /** Whether a block begins here that is neither in a quote nor in a list, or an item of a list that is in none. */
  readonly isStart: boolean;
  /** Whether text of the line above goes on in it. */
  readonly goesOn: boolean;
}

const NONE: Leaf = { kind: "none" };
const PARAGRAPH: Leaf = { kind: "paragraph" };

/** What is nested deeper is read as text: no reader of Markdown shows it, and each line would look at all of them. */
const MOST_CONTAINERS = 100;

/** Nothing is open. */
export const NO_BLOCKS: Blocks = { containers: [], leaf: NONE, last: "" };

const ITEM = /^(?:[-+*]|(\d{1,9})[.)])(?=\s|$)/;
const BREAK = /^(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;
const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;

/** Names of tags that open a block of HTML up to the next blank line, from the specification of CommonMark. */
const TAGS =
  "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul";

/** How HTML opens, and the line that ends it; a blank one where there is no other. */
const HTML: readonly { readonly opens: RegExp; readonly end?: RegExp }[] = [
  { opens: /^<(?:script|pre|style|textarea)(?=[\s>]|$)/i, end: /<\/(?:script|pre|style|textarea)>/i },
  { opens: /^<!--/, end: /-->/ },
  { opens: /^<\?/, end: /\?>/ },
  { opens: /^<!\[CDATA\[/, end: /\]\]>/ },
  { opens: /^<![A-Za-z]/, end: />/ },
  { opens: new RegExp(`^</?(?:${TAGS})(?=\\s|/?>|$)`, "i") },
];

/** Any other tag that is alone on its line, where no paragraph is open. */
const LONE_TAG =
  /^<(?:\/[A-Za-z][A-Za-z\d-]*[ \t]*|[A-Za-z][A-Za-z\d-]*(?:[ \t]+[A-Za-z_:][\w.:-]*(?:[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|[^ \t"'=<>`]+))?)*[ \t]*\/?)>[ \t]*$/;

/** A line from some column on, with the white space before its first word as spaces. */
function spaced(rest: string, column: number): string {
  const [space = ""] = /^[ \t]*/.exec(rest) ?? [];
  if (!space.includes("\t")) return rest;
  let width = 0;
  for (const each of space) width += each === "\t" ? 4 - ((column + width) % 4) : 1;
  return " ".repeat(width) + rest.slice(space.length);
}

function indentOf(rest: string): number {
  const at = rest.search(/[^ ]/);
  return at === -1 ? rest.length : at;
}

function cellsIn(row: string): number {
  const inner = row
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)((?:\\\\)*)\|$/, "$1");
  return [...inner.matchAll(/(?<!\\)(?:\\\\)*\|/g)].length + 1;
}

/** Whether a line makes a table of the one above it. */
export function isDelimiterOf(delimiter: string | undefined, head: string): boolean {
  if (delimiter === undefined || /^(?: {4}| {0,3}\t)/.test(delimiter) || !/[|:]/.test(delimiter)) return false;
  const cells = delimiter
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|");
  return cells.every((cell) => /^:?-+:?$/.test(cell.trim())) && cells.length === cellsIn(head);
}

/** The block that a line opens, its indentation taken off; undefined where it is text. */
function leafOf(text: string, inParagraph: boolean): Leaf | undefined {
  if (HEADING.test(text) || BREAK.test(text)) return NONE;
  const [, ticks, tildes] = FENCE.exec(text) ?? [];
  const mark = ticks ?? tildes;
  if (mark !== undefined) return { kind: "fence", mark };
  if (!text.startsWith("<")) return undefined;
  const found = HTML.find(({ opens }) => opens.test(text));
  if (found !== undefined) return found.end?.test(text) ? NONE : { kind: "html", end: found.end };
  return !inParagraph && LONE_TAG.test(text) ? { kind: "html", end: undefined } : undefined;
}

/**
 * Reads the next line as CommonMark with tables does. `next`: the line below it, where one is known: it may make a table of
 * this one.
 */
export function readLine(above: Blocks, line: string, next?: string): BlockLine {
  const { containers, leaf, last } = above;
  // Blank lines are many, and containers may be: nothing is copied for them.
  if (line.trim() === "") return readBlank(above, line);
  let rest = spaced(line, 0);
  let column = 0;
  const eat = (count: number) => {
    rest = rest.slice(count);
    column += count;
    rest = spaced(rest, column);
  };

  const open: Container[] = [];
  for (const container of containers) {
    if (container.indent === -1) {
      const indent = indentOf(rest);
      if (indent > 3 || rest[indent] !== ">") break;
      eat(indent + 1);
      if (rest.startsWith(" ")) eat(1);
      open.push(container);
    } else if (rest.trim() === "") {
      if (container.isEmpty) break;
      eat(Math.min(container.indent, rest.length));
      open.push(container);
    } else if (indentOf(rest) >= container.indent) {
      eat(container.indent);
      open.push(container.isEmpty ? { ...container, isEmpty: false } : container);
    } else break;
  }
  const isWithin = open.length === containers.length;
  const isBlank = rest.trim() === "";
  const inside = (leaf: Leaf): BlockLine => ({
    blocks: { containers: open, leaf, last: "" },
    isStart: false,
    goesOn: false,
  });

  if (isWithin && leaf.kind === "fence") return inside(closes(rest, leaf.mark) ? NONE : leaf);
  if (isWithin && leaf.kind === "html") {
    return inside((leaf.end === undefined ? isBlank : leaf.end.test(rest)) ? NONE : leaf);
  }
  if (isBlank) return inside(isWithin && leaf.kind === "code" ? leaf : NONE);

  const kept = open.length;
  const inParagraph = leaf.kind === "paragraph";
  // A container that the line has left does not matter any more, but to text that goes on lazily.
  const isInterrupting = isWithin && (inParagraph || leaf.kind === "code");
  for (let indent = indentOf(rest); indent < 4 && open.length < MOST_CONTAINERS; indent = indentOf(rest)) {
    const text = rest.slice(indent);
    if (text.startsWith(">")) {
      eat(indent + 1);
      if (rest.startsWith(" ")) eat(1);
      open.push({ indent: -1, isEmpty: false });
    } else {
      const [marker = "", number] = ITEM.exec(text) ?? [];
      if (marker === "" || BREAK.test(text)) break;
      const isEmpty = text.slice(marker.length).trim() === "";
      if (isInterrupting && (isEmpty || (number !== undefined && Number(number) !== 1))) break;
      // `-` under a paragraph underlines it.
      if (isInterrupting && inParagraph && UNDERLINE.test(text)) break;
      eat(indent + marker.length);
      const space = indentOf(rest);
      const gap = isEmpty || space > 4 ? 1 : space;
      eat(Math.min(gap, rest.length));
      open.push({ indent: indent + marker.length + gap, isEmpty });
    }
  }
  const isNew = open.length > kept;
  const isStart = kept === 0;
  const opened = (leaf: Leaf, last = ""): BlockLine => ({
    blocks: { containers: open, leaf, last },
    isStart,
    goesOn: false,
  });
  if (isNew && rest.trim() === "") return opened(NONE);

  const text = rest.trimStart();
  const goesOn = !isNew && (inParagraph || (leaf.kind === "table" && isWithin));
  if (indentOf(rest) >= 4) {
    if (goesOn && inParagraph) return continued();
    if (isWithin && !isNew && leaf.kind === "code") return inside(leaf);
    return opened({ kind: "code" });
  }
  if (isWithin && !isNew && inParagraph && UNDERLINE.test(text)) return inside(NONE);
  if (goesOn && inParagraph && isWithin && isDelimiterOf(text, last)) return inside({ kind: "table" });
  const found = leafOf(text, goesOn && inParagraph);
  if (found !== undefined) return opened(found);
  if (goesOn && leaf.kind === "table") return inside(leaf);
  if (goesOn && !(isWithin && isDelimiterOf(next, text))) return continued();
  return opened(PARAGRAPH, text);

  function continued(): BlockLine {
    return {
      blocks: { containers: isWithin ? open : containers, leaf: PARAGRAPH, last: text },
      isStart: false,
      goesOn: true,
    };
  }
}

/** Reads a line with nothing in it. */
function readBlank({ containers, leaf }: Blocks, line: string): BlockLine {
  const left = containers.findIndex(({ indent, isEmpty }) => indent === -1 || isEmpty);
  const isWithin = left === -1;
  const goesOn =
    isWithin &&
    (leaf.kind === "fence" || leaf.kind === "code" || (leaf.kind === "html" && leaf.end?.test(line) === false));
  const open = isWithin ? containers : containers.slice(0, left);
  return { blocks: { containers: open, leaf: goesOn ? leaf : NONE, last: "" }, isStart: false, goesOn: false };
}

/** Whether a line closes a fence that was opened with a mark. */
function closes(rest: string, mark: string): boolean {
  const text = rest.trim();
  return indentOf(rest) < 4 && text.length >= mark.length && text === (mark[0] as string).repeat(text.length);
}
