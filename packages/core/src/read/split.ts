import { htmlBlockAt, isClosedIn } from "./html-block.ts";
import { definitionsIn, type ParagraphLine } from "./link-definitions.ts";
import { cellsOf, columnsOf } from "./table-rows.ts";

/** What a block is, as CommonMark and GitHub's tables have it. */
export type BlockKind =
  | "heading"
  | "paragraph"
  | "list"
  | "quote"
  | "fence"
  | "indented code"
  | "html"
  | "table"
  | "break"
  | "definition";

/** Lines of a text, counted from 1, and the same as offsets: `text.slice(start, end)`, without the last line's end. */
export interface Lines {
  readonly first: number;
  readonly last: number;
  /** Behind the markers of the lists and quotes around it. */
  readonly start: number;
  readonly end: number;
  /** The blank lines above it, up to what stands above it in the same place. */
  readonly gap: number;
}

/** A block of Markdown, and where it stands. */
export interface Block extends Lines {
  readonly kind: BlockKind;
  /** Of a heading, 1 to 6; otherwise 0. */
  readonly depth: number;
  /** Whether it is a fence, or HTML, whose end is missing: it takes everything below it along. */
  readonly isOpen: boolean;
  /** Of a list; otherwise none. */
  readonly items: readonly Item[];
  /** What stands in a quote; otherwise none. */
  readonly blocks: readonly Block[];
}

/** An item of a list. */
export interface Item extends Lines {
  /** As it stands: `-`, `*`, `1.`. */
  readonly marker: string;
  /** The columns in front of its text, from where the list may start. Later lines of it are indented as far. */
  readonly indent: number;
  readonly blocks: readonly Block[];
}

/** A text as blocks. What stands between two of them, in front of the first and behind the last are blank lines. */
export interface Split {
  readonly text: string;
  /** Whether the text starts with a byte order mark, which belongs to no block. */
  readonly hasBom: boolean;
  readonly lineEnd: LineEnd | "mixed";
  readonly blocks: readonly Block[];
}

/** What ends a line. */
export type LineEnd = "\n" | "\r\n" | "\r";

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

interface OpenBlock extends Writable<Omit<Block, "items" | "blocks">> {
  items: OpenItem[];
  blocks: OpenBlock[];
}

interface OpenItem extends Writable<Omit<Item, "blocks">> {
  blocks: OpenBlock[];
}

/** A quote, or a list with its last item, that the next line may go on with. */
interface Container {
  /** The last character of a list's marker; `>` for a quote. */
  readonly marker: number;
  readonly block: OpenBlock;
  item: OpenItem | undefined;
  /** Whether nothing but a blank line can follow: an item may start with one blank line, not with two. */
  isBare: boolean;
  isOver: boolean;
}

const TAB = 9;
const SPACE = 32;
const HASH = 35;
const GREATER = 62;
const BRACKET = 91;
const BACKTICK = 96;
const TILDE = 126;

/** Lists and quotes within each other. What is deeper is text: each line has to look at all of those that are open. */
const MOST_CONTAINERS = 100;

const NO_ITEMS: OpenItem[] = [];
const NO_BLOCKS: OpenBlock[] = [];

/**
 * Splits Markdown into blocks, as a parser of CommonMark with GitHub's tables sees them, in one pass. Any text is Markdown: it
 * never throws, and `text` with the offsets of its blocks holds every character.
 */
export function split(text: string): Split {
  return new Splitter(text).split();
}

class Splitter {
  readonly #text: string;
  readonly #blocks: OpenBlock[] = [];
  /** From the outside in. */
  readonly #containers: Container[] = [];
  /** The block that the next line may go on with: a paragraph, a fence, indented code, HTML or a table. */
  #leaf: OpenBlock | undefined;
  /** The row of signs that a fence was opened with. */
  #fenceSign = 0;
  #fenceLength = 0;
  #htmlKind = 0;
  /** The lines of a paragraph that may hold definitions; of any other, only the last one matters. */
  #paragraph: ParagraphLine[] = [];
  #mayDefine = false;
  /** Of the paragraph's last line: whether it may be the head of a table, and where the line above it ends. */
  #mayBeHead = false;
  #aboveHead = 0;

  /** The line at hand: its number, its end, and how far it has been read, in characters and in columns. */
  #line = 0;
  #end = 0;
  #at = 0;
  #column = 0;
  /** The next character that is no white space, and the columns up to it. */
  #next = 0;
  #indent = 0;
  #noBreakBefore = 0;

  constructor(text: string) {
    this.#text = text;
  }

  split(): Split {
    const text = this.#text;
    const hasBom = text.charCodeAt(0) === 0xfeff;
    let lf = text.indexOf("\n");
    let cr = text.indexOf("\r");
    let found: Split["lineEnd"] | undefined;
    for (let start = hasBom ? 1 : 0; start < text.length; ) {
      // Each is looked for once, also where the other ends all lines.
      if (lf !== -1 && lf < start) lf = text.indexOf("\n", start);
      if (cr !== -1 && cr < start) cr = text.indexOf("\r", start);
      const isLf = cr === -1 || (lf !== -1 && lf < cr);
      const end = isLf ? lf : cr;
      const lineEnd = isLf ? "\n" : lf === cr + 1 ? "\r\n" : "\r";
      this.#line++;
      this.#at = start;
      this.#column = 0;
      this.#end = end === -1 ? text.length : end;
      this.#readLine();
      if (end === -1) break;
      found = found === undefined || found === lineEnd ? lineEnd : "mixed";
      start = end + lineEnd.length;
    }
    this.#closeTo(0);
    return { text, hasBom, lineEnd: found ?? "\n", blocks: this.#blocks };
  }

  #readLine(): void {
    const containers = this.#containers;
    const matched = this.#goOn();
    const isWhole = matched === containers.length;
    if (isWhole && this.#leaf !== undefined && this.#goOnInside(this.#leaf)) return;
    if (this.#next === this.#end) {
      if (!isWhole) this.#closeTo(matched);
      else if (this.#leaf?.kind !== "indented code") this.#closeLeaf();
      return;
    }
    if (this.#openContainers(matched)) {
      if (this.#next < this.#end) this.#openLeaf();
      return;
    }
    const leaf = this.#leaf;
    if (leaf !== undefined && this.#goOnWith(leaf, !isWhole)) return;
    this.#closeTo(matched);
    this.#openLeaf();
  }

  /** Reads past the markers and the indentation of the open containers that the line goes on with. Returns their number. */
  #goOn(): number {
    const containers = this.#containers;
    let matched = 0;
    this.#skipSpace();
    for (; matched < containers.length; matched++) {
      const container = containers[matched] as Container;
      const { item, block } = container;
      if (item === undefined) {
        if (this.#indent > 3 || this.#charAt(this.#next) !== GREATER) break;
        this.#takeQuoteMarker();
        this.#extend(block);
      } else if (this.#next === this.#end) {
        container.isOver ||= container.isBare;
      } else {
        container.isBare = false;
        if (container.isOver || this.#indent < item.indent) break;
        this.#take(item.indent);
        this.#skipSpace();
      }
    }
    return matched;
  }

  /** Whether the line belongs to an open fence or to open HTML, which nothing but their own end can end. */
  #goOnInside(leaf: OpenBlock): boolean {
    // Blank lines count only where something follows that belongs to the block too.
    const isBlank = this.#next === this.#end;
    if (leaf.kind === "fence") {
      if (!isBlank) this.#extend(leaf);
      if (this.#indent < 4 && this.#closesFence()) this.#closeLeaf(false);
      return true;
    }
    if (leaf.kind !== "html") return false;
    if (!isBlank) this.#extend(leaf);
    if (this.#htmlKind >= 6) return !isBlank;
    if (isClosedIn(this.#text, this.#at, this.#end, this.#htmlKind)) this.#closeLeaf(false);
    return true;
  }

  #closesFence(): boolean {
    let at = this.#next;
    while (at < this.#end && this.#text.charCodeAt(at) === this.#fenceSign) at++;
    return at - this.#next >= this.#fenceLength && this.#isSpaceFrom(at);
  }

  /** Opens the quotes and lists that begin in the line. Whether there are any. */
  #openContainers(matched: number): boolean {
    let depth = matched;
    // Only a list that starts with 1, and with a text, may interrupt a paragraph. The next item of a list always may. Of code
    // CommonMark says no such thing, but the parser that reads built files back does.
    const kind = matched === this.#containers.length ? this.#leaf?.kind : undefined;
    const interrupts = kind === "paragraph" || kind === "indented code";
    while (this.#indent < 4 && this.#next < this.#end && depth < MOST_CONTAINERS) {
      if (this.#charAt(this.#next) === GREATER) {
        this.#closeTo(depth);
        const block = this.#add("quote", this.#line, this.#at);
        block.blocks = [];
        this.#containers.push({ marker: GREATER, block, item: undefined, isBare: false, isOver: false });
        this.#takeQuoteMarker();
      } else if (!this.#openItem(depth, interrupts)) break;
      depth++;
    }
    return depth > matched;
  }

  /** Opens the item that begins in the line, in the list that is open at a depth, or in a new one. False where none begins. */
  #openItem(depth: number, interrupts: boolean): boolean {
    const width = this.#markerWidth(interrupts);
    if (width === 0) return false;
    const { [depth]: open } = this.#containers;
    const markerEnd = this.#next + width;
    const marker = this.#charAt(markerEnd - 1);
    const text = this.#text.slice(this.#next, markerEnd);
    const start = this.#at;
    const before = this.#indent + width;
    this.#take(before);
    this.#skipSpace();
    const isBare = this.#next === this.#end;
    // Five spaces are one, and then indented code.
    const space = isBare || this.#indent > 4 ? 1 : this.#indent;
    if (!isBare) {
      this.#take(space);
      this.#skipSpace();
    }
    const isSame = open?.item !== undefined && open.marker === marker;
    this.#closeTo(isSame ? depth + 1 : depth);
    let list = open as Container;
    if (isSame) this.#closeItem(list);
    else {
      const block = this.#add("list", this.#line, start);
      block.items = [];
      list = { marker, block, item: undefined, isBare, isOver: false };
      this.#containers.push(list);
    }
    const { items } = list.block;
    const above = items.at(-1)?.last ?? this.#line - 1;
    list.item = {
      first: this.#line,
      last: this.#line,
      start,
      end: this.#end,
      gap: this.#line - above - 1,
      marker: text,
      indent: before + space,
      blocks: [],
    };
    list.isBare = isBare;
    list.isOver = false;
    items.push(list.item);
    return true;
  }

  /** The characters of the list marker at the next character; 0 where there is none. */
  #markerWidth(interrupts: boolean): number {
    const first = this.#charAt(this.#next);
    let at = this.#next + 1;
    if (first === 42 || first === 43 || first === 45) {
      if (!this.#endsMarker(at, interrupts) || (first !== 43 && this.#isBreak(first))) return 0;
      return 1;
    }
    if (!isDigit(first)) return 0;
    while (at - this.#next < 9 && isDigit(this.#charAt(at))) at++;
    const sign = this.#charAt(at);
    if (sign !== 46 && sign !== 41) return 0;
    if (interrupts && (first !== 49 || at - this.#next > 1)) return 0;
    return this.#endsMarker(at + 1, interrupts) ? at + 1 - this.#next : 0;
  }

  #endsMarker(at: number, needsText: boolean): boolean {
    if (at === this.#end) return !needsText;
    const code = this.#charAt(at);
    return (code === SPACE || code === TAB) && !(needsText && this.#isSpaceFrom(at));
  }

  /** Whether the line goes on with a paragraph, a table or indented code. A lazy line stands outside of its containers. */
  #goOnWith(leaf: OpenBlock, isLazy: boolean): boolean {
    if (leaf.kind === "paragraph") {
      if (this.#indent < 4) {
        if (!isLazy && (this.#opensTable(leaf) || this.#underlines(leaf))) return true;
        // HTML of any tag may not interrupt a paragraph.
        if (this.#leaf !== leaf || this.#opensLeaf(6)) return false;
      }
      this.#extendParagraph(leaf);
      return true;
    }
    const isCode = leaf.kind === "indented code";
    if (isLazy || isCode !== this.#indent > 3 || (!isCode && this.#opensLeaf(7))) return false;
    this.#extend(leaf);
    return true;
  }

  /** Whether the line is the row of dashes below the head of a table, which was read as a line of a paragraph. */
  #opensTable(leaf: OpenBlock): boolean {
    const first = this.#charAt(this.#next);
    if (!this.#mayBeHead || (first !== 45 && first !== 58 && first !== 124)) return false;
    const columns = columnsOf(this.#text, this.#next, this.#end);
    const head = this.#paragraph.at(-1);
    if (columns === 0 || head === undefined || columns !== cellsOf(this.#text, head.text, head.end)) return false;
    let table = leaf;
    if (leaf.first === this.#line - 1) {
      leaf.kind = "table";
    } else {
      this.#paragraph.pop();
      leaf.last = this.#line - 2;
      leaf.end = this.#aboveHead;
      this.#closeLeaf();
      table = this.#add("table", this.#line - 1, head.start);
      this.#leaf = table;
    }
    this.#extend(table);
    return true;
  }

  /** Whether the line makes the paragraph above it a heading. */
  #underlines(leaf: OpenBlock): boolean {
    const sign = this.#charAt(this.#next);
    if (sign !== 45 && sign !== 61) return false;
    let at = this.#next + 1;
    while (at < this.#end && this.#charAt(at) === sign) at++;
    if (!this.#isSpaceFrom(at)) return false;
    // Definitions are no text that could be underlined.
    const heading = this.#define(leaf);
    if (heading === undefined) {
      this.#leaf = undefined;
      return false;
    }
    heading.kind = "heading";
    heading.depth = sign === 61 ? 1 : 2;
    this.#extend(heading);
    this.#leaf = undefined;
    return true;
  }

  /** Whether the line opens a heading, a break, a fence, or HTML up to a kind. */
  #opensLeaf(mostHtml: number): boolean {
    const first = this.#charAt(this.#next);
    switch (first) {
      case HASH:
        return this.#headingDepth() > 0;
      case 42:
      case 45:
      case 95:
        return this.#isBreak(first);
      case BACKTICK:
      case TILDE:
        return this.#fenceWidth(first) > 0;
      case 60: {
        const kind = htmlBlockAt(this.#text, this.#next, this.#end);
        return kind > 0 && kind <= mostHtml;
      }
      default:
        return false;
    }
  }

  /** Opens the block that begins with the rest of the line. */
  #openLeaf(): void {
    if (this.#indent > 3) {
      this.#leaf = this.#add("indented code", this.#line, this.#at);
      return;
    }
    const first = this.#charAt(this.#next);
    if (!this.#opensLeaf(7)) {
      const paragraph = this.#add("paragraph", this.#line, this.#at);
      this.#leaf = paragraph;
      this.#mayDefine = first === BRACKET;
      this.#paragraph = [];
      this.#extendParagraph(paragraph);
    } else if (first === HASH) {
      this.#add("heading", this.#line, this.#at).depth = this.#headingDepth();
    } else if (first === BACKTICK || first === TILDE) {
      this.#leaf = this.#add("fence", this.#line, this.#at);
      this.#leaf.isOpen = true;
      this.#fenceSign = first;
      this.#fenceLength = this.#fenceWidth(first);
    } else if (first === 60) {
      const kind = htmlBlockAt(this.#text, this.#next, this.#end);
      const html = this.#add("html", this.#line, this.#at);
      if (kind < 6 && isClosedIn(this.#text, this.#next + 1, this.#end, kind)) return;
      html.isOpen = kind < 6;
      this.#htmlKind = kind;
      this.#leaf = html;
    } else this.#add("break", this.#line, this.#at);
  }

  #extendParagraph(leaf: OpenBlock): void {
    if (!this.#mayDefine) this.#paragraph.length = 0;
    this.#paragraph.push({ start: this.#at, text: this.#next, end: this.#end });
    this.#mayBeHead = this.#indent < 4;
    this.#aboveHead = leaf.end;
    this.#extend(leaf);
  }

  #headingDepth(): number {
    let at = this.#next;
    while (at < this.#end && this.#charAt(at) === HASH) at++;
    const depth = at - this.#next;
    const code = this.#charAt(at);
    return depth <= 6 && (at === this.#end || code === SPACE || code === TAB) ? depth : 0;
  }

  /** Whether the rest of the line is three signs or more, and white space. */
  #isBreak(sign: number): boolean {
    // In `- - - a` each sign may open a list, and the same character says of all of them that there is no break.
    if (this.#next < this.#noBreakBefore) return false;
    let count = 0;
    for (let at = this.#next; at < this.#end; at++) {
      const code = this.#charAt(at);
      if (code === sign) count++;
      else if (code !== SPACE && code !== TAB) {
        this.#noBreakBefore = at;
        return false;
      }
    }
    return count > 2;
  }

  /** The signs that open a fence; 0 where it is none. */
  #fenceWidth(sign: number): number {
    let at = this.#next;
    while (at < this.#end && this.#charAt(at) === sign) at++;
    const width = at - this.#next;
    if (width < 3) return 0;
    if (sign === BACKTICK) for (; at < this.#end; at++) if (this.#charAt(at) === BACKTICK) return 0;
    return width;
  }

  /** Adds a block to the innermost container. */
  #add(kind: BlockKind, first: number, start: number): OpenBlock {
    const around = this.#containers.at(-1);
    const blocks = around === undefined ? this.#blocks : (around.item ?? around.block).blocks;
    const top = around === undefined ? 1 : (around.item ?? around.block).first;
    const above = blocks.at(-1)?.last ?? top - 1;
    const block: OpenBlock = {
      kind,
      first,
      last: this.#line,
      start,
      end: this.#end,
      gap: first - above - 1,
      depth: 0,
      isOpen: false,
      items: NO_ITEMS,
      blocks: NO_BLOCKS,
    };
    blocks.push(block);
    return block;
  }

  #extend(lines: { last: number; end: number }): void {
    lines.last = this.#line;
    lines.end = this.#end;
  }

  #closeLeaf(isOpen = true): void {
    const leaf = this.#leaf;
    if (leaf === undefined) return;
    this.#leaf = undefined;
    leaf.isOpen &&= isOpen;
    if (leaf.kind === "paragraph") this.#define(leaf);
  }

  /** Takes the definitions of links off a paragraph, as blocks of their own. Returns what is left of it. */
  #define(paragraph: OpenBlock): OpenBlock | undefined {
    if (!this.#mayDefine) return paragraph;
    this.#mayDefine = false;
    const lines = this.#paragraph;
    const counts = definitionsIn(this.#text, lines);
    if (counts.length === 0) return paragraph;
    const around = this.#containers.at(-1);
    const { blocks } = around === undefined ? { blocks: this.#blocks } : (around.item ?? around.block);
    blocks.pop();
    let { first, start, gap } = paragraph;
    let done = 0;
    for (const count of counts) {
      done += count;
      const { end } = lines[done - 1] as ParagraphLine;
      blocks.push({ ...paragraph, kind: "definition", first, start, gap, last: first + count - 1, end });
      first += count;
      start = lines[done]?.start ?? end;
      gap = 0;
    }
    if (done === lines.length) return undefined;
    const rest: OpenBlock = { ...paragraph, first, start, gap };
    blocks.push(rest);
    return rest;
  }

  /** Closes the open leaf, and all containers but the outermost ones. */
  #closeTo(depth: number): void {
    this.#closeLeaf();
    while (this.#containers.length > depth) {
      const container = this.#containers.pop() as Container;
      const { block, item } = container;
      if (item === undefined) reachTo(block, block.blocks.at(-1));
      else this.#closeItem(container);
    }
  }

  #closeItem({ block, item }: Container): void {
    if (item === undefined) return;
    reachTo(item, item.blocks.at(-1));
    reachTo(block, item);
  }

  #takeQuoteMarker(): void {
    this.#take(this.#indent);
    this.#at++;
    this.#column++;
    const code = this.#at < this.#end ? this.#charAt(this.#at) : 0;
    if (code === SPACE || code === TAB) this.#take(1);
    this.#skipSpace();
  }

  /** Reads so many columns on; a tab may be read in part. */
  #take(columns: number): void {
    const to = this.#column + columns;
    while (this.#column < to) {
      const width = this.#charAt(this.#at) === TAB ? 4 - (this.#column % 4) : 1;
      if (this.#column + width > to) break;
      this.#column += width;
      this.#at++;
    }
    this.#column = to;
  }

  /** Looks for the next character that is no white space. */
  #skipSpace(): void {
    let at = this.#at;
    let column = this.#column;
    for (; at < this.#end; at++) {
      const code = this.#charAt(at);
      if (code === SPACE) column++;
      else if (code === TAB) column += 4 - (column % 4);
      else break;
    }
    this.#next = at;
    this.#indent = column - this.#column;
  }

  #isSpaceFrom(start: number): boolean {
    for (let at = start; at < this.#end; at++) {
      const code = this.#charAt(at);
      if (code !== SPACE && code !== TAB) return false;
    }
    return true;
  }

  #charAt(at: number): number {
    return this.#text.charCodeAt(at);
  }
}

function reachTo(lines: { last: number; end: number }, inner: Lines | undefined): void {
  if (inner === undefined || inner.last < lines.last) return;
  lines.last = inner.last;
  lines.end = inner.end;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
