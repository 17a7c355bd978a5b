import type { BlockKind } from "../read/split.ts";
import { startsIn } from "../read/starts.ts";
import { settleBackticks } from "./code-spans.ts";
import { mapReferences, oneLine, REFERENCE, startSafely } from "./escape.ts";

/** Where a piece of text comes from. */
export interface Origin {
  /** Id of the fragment or section, or of the persona for its role and headings. */
  readonly unit: string;
  /** The version of the fragment, or of the persona that a section belongs to. Absent where that is not published. */
  readonly version?: string;
  /** The persona that a section belongs to. */
  readonly persona?: string;
  readonly rule?: string;
  /** The persona whose `extend` replaced the text. */
  readonly editedBy?: string;
  /** Of a line: its author wrote it as Markdown that stands as it is, and may open any block. */
  readonly verbatim?: true;
}

/** Markdown, and the origin of each of its lines. */
export interface Rendered {
  /** LF line ends, one at the end. */
  readonly text: string;
  /** One for each line of `text`. */
  readonly origins: readonly Origin[];
}

/** Where a reference is found from the body, and from the other references. */
export interface RenderOptions {
  /** The path that a link to a reference takes; `from` is the reference that the link stands in, if it stands in one. */
  readonly referencePath: (id: string, from?: string) => string;
}

/** The origins of lines that stand as they are: each the same one in every text, so that lines can be compared by it. */
const VERBATIM = new WeakMap<Origin, Origin>();

function verbatimOf(origin: Origin): Origin {
  const known = VERBATIM.get(origin);
  if (known !== undefined) return known;
  const marked: Origin = { ...origin, verbatim: true };
  VERBATIM.set(origin, marked);
  return marked;
}

/** Lines of Markdown and their origins, in the making. Text from authors is kept from opening blocks of its own. */
export class Page {
  #text = "";
  readonly #origins: Origin[] = [];
  /** Lines that authors want right below the one above. */
  readonly #joined: number[] = [];
  readonly #options: RenderOptions;
  readonly #id: string | undefined;
  #hasLinks = false;

  /** @param id The reference that the page is; none for the body. */
  constructor(options: RenderOptions, id?: string) {
    this.#options = options;
    this.#id = id;
  }

  /** The number of lines. */
  get length(): number {
    return this.#origins.length;
  }

  /** Whether a text in it links to a reference, so that it depends on the file that it stands in. */
  get hasLinks(): boolean {
    return this.#hasLinks;
  }

  /** An empty page for a part of this one. */
  another(): Page {
    return new Page(this.#options, this.#id);
  }

  line(text: string, origin: Origin): void {
    this.#text += `${text}\n`;
    this.#origins.push(origin);
  }

  /** Blank lines; none at the top of a page. */
  blank(origin: Origin, count = 1): void {
    if (this.#origins.length === 0) return;
    if (count === 0) this.#joined.push(this.#origins.length);
    for (let left = count; left > 0; left--) this.line("", origin);
  }

  heading(depth: number, title: string, origin: Origin, blank = 1): void {
    this.blank(origin, blank);
    // A run of # at the end would close the heading and vanish.
    const text = settleBackticks(oneLine(title));
    const closed = text.endsWith("#") ? text.replace(/(^|\s)(#+)$/, "$1\\$2") : text;
    this.line(`${"#".repeat(depth)} ${closed}`, origin);
  }

  /** Markdown of an author's that stands as it is. */
  verbatim(text: string, origin: Origin, blank: number): void {
    this.blank(origin, blank);
    const marked = verbatimOf(origin);
    for (const each of this.link(text).split("\n")) this.line(each, marked);
  }

  /** `hasLines`: its line breaks stay. */
  paragraph(text: string, origin: Origin, blank = 1, hasLines = false): void {
    this.blank(origin, blank);
    if (hasLines) this.lines("", "", text, origin);
    else this.line(this.#inline(text), origin);
  }

  /** Inline Markdown of several lines: what stands before the first, and before each of the others. */
  lines(marker: string, indent: string, text: string, origin: Origin): void {
    for (const [index, line] of this.#inline(text).split("\n").entries()) {
      this.line(`${index === 0 ? marker : indent}${line}`, origin);
    }
  }

  item(marker: string, text: string, origin: Origin): void {
    this.#text += `${marker}${this.#inline(text)}\n`;
    this.#origins.push(origin);
  }

  /** Inline Markdown at the start of a line: what it opens it also closes. */
  #inline(text: string): string {
    return this.link(settleBackticks(startSafely(text)));
  }

  /** A text with the paths of the references that it links to. */
  link(text: string): string {
    if (!text.includes(REFERENCE)) return text;
    this.#hasLinks = true;
    return mapReferences(text, (id) => this.#options.referencePath(id, this.#id));
  }

  /** Puts another page below this one. */
  append(other: Page): this {
    const [first] = other.#origins;
    if (first !== undefined) this.blank(first);
    for (const line of other.#joined) this.#joined.push(this.length + line);
    this.#text += other.#text;
    for (const origin of other.#origins) this.#origins.push(origin);
    return this;
  }

  finish(): Rendered {
    const page = { text: this.#text, origins: this.#origins };
    return this.#joined.length === 0 ? page : separated(page, new Set(this.#joined));
  }
}

/** A page with a blank line above each joined one that would be read as a part of what stands above it. */
function separated({ text, origins }: Rendered, joined: ReadonlySet<number>): Rendered {
  const lines = text.split("\n").slice(0, -1);
  const page: { text: string; readonly origins: Origin[] } = { text: "", origins: [] };
  // What stands above this line says nothing of those below it: each line is read with few others.
  let from = 0;
  for (const [index, line] of lines.entries()) {
    const origin = origins[index] as Origin;
    if (joined.has(index)) {
      const start = startOf(lines, from, index);
      if (start === undefined) {
        page.text += "\n";
        page.origins.push(origin);
      }
      // Below indented code, what would be a list elsewhere may be text.
      if (start === undefined || start === startOf(lines, index, index)) from = index;
    }
    page.text += `${line}\n`;
    page.origins.push(origin);
  }
  return page;
}

/** The block that a line begins below those from another one on; undefined where it goes on with one of them. */
function startOf(lines: readonly string[], from: number, index: number): BlockKind | undefined {
  // Two lines, because the one below may make a table of this one. A byte order mark is one only at the start of a file.
  return startsIn(["", ...lines.slice(from, index + 2)].join("\n"))[index - from + 1];
}
