import { originOfDocument } from "./compile.ts";
import type { Document, Origin, PlacedEntry, Section } from "./document.ts";
import { type Rule, STRENGTHS, type Strength, type Table } from "./entry.ts";
import { collapse, fenceAround, REFERENCE_LINK, startSafely } from "./text.ts";

/** Markdown, and the origin of each of its lines. */
export interface Rendered {
  /** LF line ends, one at the end. */
  readonly text: string;
  /** One for each line of `text`. */
  readonly origins: readonly Origin[];
}

/** The Markdown of a persona: the body, and each reference by id. */
export interface RenderedDocument {
  readonly body: Rendered;
  readonly references: { readonly [id: string]: Rendered };
}

/** Where a reference is found from the body, and from the other references. */
export interface RenderOptions {
  /** The path that a link to a reference takes; `from` is the reference that the link stands in, if it stands in one. */
  readonly referencePath: (id: string, from?: string) => string;
}

/** What stands above rules that are not absolute. */
const LEADS: { readonly [S in Strength]?: string } = {
  should: "Unless the project has decided otherwise:",
  may: "Where it helps:",
};

/** References longer than this open with a list of their sections (Anthropic, skill authoring best practices). */
const CONTENTS_ABOVE_LINES = 100;

/** Renders a document. Lists put `must` before `should` before `may`; steps keep their order. */
export function render(document: Document, options: RenderOptions): RenderedDocument {
  const origin = originOfDocument(document);
  const page = new Page(options);
  page.heading(1, document.title, origin);
  page.paragraph(document.role, origin);
  for (const section of document.sections) renderSection(page, section);
  if (document.references.length > 0) {
    page.heading(2, "References", origin);
    page.blank(origin);
    for (const { id, title, when } of document.references) {
      page.line(page.link(`- [${title}](ref:${id}): read it when ${when}.`), origin);
    }
  }

  const references: Record<string, Rendered> = {};
  for (const reference of document.references) {
    const parts = new Page(options, reference.id);
    for (const section of reference.sections) renderSection(parts, section);
    const top = new Page(options, reference.id);
    top.heading(1, reference.title, origin);
    if (parts.length > CONTENTS_ABOVE_LINES) {
      top.paragraph(`Contents: ${reference.sections.map((section) => collapse(section.title)).join("; ")}.`, origin);
    }
    references[reference.id] = top.concat(parts).finish();
  }
  return { body: page.finish(), references };
}

function renderSection(page: Page, { title, list, origin, entries }: Section): void {
  page.heading(2, title, origin);
  let step = 1;
  for (let start = 0; start < entries.length; ) {
    const entry = entries[start] as PlacedEntry;
    if (entry.kind !== "rule") {
      renderBlock(page, entry);
      start++;
      continue;
    }
    let end = start;
    while (entries[end]?.kind === "rule") end++;
    if (list === "steps") {
      page.blank(entry.origin);
      for (let i = start; i < end; i++) page.item(`${step++}. `, entries[i] as PlacedRule);
    } else renderList(page, list === "checklist" ? "- [ ] " : "- ", entries, start, end);
    start = end;
  }
}

type PlacedRule = PlacedEntry & Rule;

/** The rules from `start` to `end`, hardest first, each strength under its lead. */
function renderList(page: Page, marker: string, entries: readonly PlacedEntry[], start: number, end: number): void {
  let left = end - start;
  for (const strength of STRENGTHS) {
    let led = false;
    for (let i = start; left > 0 && i < end; i++) {
      const rule = entries[i] as PlacedRule;
      if (rule.strength !== strength) continue;
      if (!led) {
        const lead = LEADS[strength];
        if (lead !== undefined) page.paragraph(lead, rule.origin);
        page.blank(rule.origin);
        led = true;
      }
      page.item(marker, rule);
      left--;
    }
  }
}

function renderBlock(page: Page, entry: Exclude<PlacedEntry, Rule>): void {
  const { origin } = entry;
  if (entry.kind === "prose") {
    for (const paragraph of entry.text.split("\n\n")) page.paragraph(paragraph, origin);
  } else if (entry.kind === "example") {
    const fence = fenceAround(entry.code);
    page.blank(origin);
    page.line(fence + entry.language, origin);
    for (const line of entry.code.split("\n")) page.line(line, origin);
    page.line(fence, origin);
  } else {
    renderTable(page, entry, origin);
  }
}

function renderTable(page: Page, { columns, rows }: Table, origin: Origin): void {
  const row = (cells: readonly string[]) => `| ${cells.map(escapePipes).join(" | ")} |`;
  page.blank(origin);
  page.line(page.link(row(columns)), origin);
  page.line(row(columns.map(() => "---")), origin);
  for (const cells of rows) page.line(page.link(row(cells)), origin);
}

/** A cell's text with every `|` escaped that is not yet. */
function escapePipes(cell: string): string {
  return cell.replace(/(\\*)\|/g, (run, slashes: string) => (slashes.length % 2 === 0 ? `${slashes}\\|` : run));
}

/** Lines and their origins, in the making. */
class Page {
  readonly #lines: string[] = [];
  readonly #origins: Origin[] = [];
  readonly #options: RenderOptions;
  readonly #id: string | undefined;

  constructor(options: RenderOptions, id?: string) {
    this.#options = options;
    this.#id = id;
  }

  get length(): number {
    return this.#lines.length;
  }

  line(text: string, origin: Origin): void {
    this.#lines.push(text);
    this.#origins.push(origin);
  }

  blank(origin: Origin): void {
    this.line("", origin);
  }

  heading(depth: 1 | 2, title: string, origin: Origin): void {
    if (this.length > 0) this.blank(origin);
    // A run of # at the end would close the heading and vanish.
    const text = collapse(title).replace(/(^|\s)(#+)$/, "$1\\$2");
    this.line(`${depth === 1 ? "#" : "##"} ${text}`, origin);
  }

  paragraph(text: string, origin: Origin): void {
    this.blank(origin);
    this.line(this.link(startSafely(text)), origin);
  }

  item(marker: string, { text, origin }: Rule & { readonly origin: Origin }): void {
    this.line(marker + this.link(startSafely(text)), origin);
  }

  link(text: string): string {
    if (!text.includes("](ref:")) return text;
    return text.replace(REFERENCE_LINK, (_, id: string) => `](${this.#options.referencePath(id, this.#id)})`);
  }

  concat(other: Page): this {
    const [first] = other.#origins;
    if (this.length > 0 && first !== undefined) this.blank(first);
    for (let i = 0; i < other.#lines.length; i++) this.line(other.#lines[i] as string, other.#origins[i] as Origin);
    return this;
  }

  finish(): Rendered {
    return { text: `${this.#lines.join("\n")}\n`, origins: this.#origins };
  }
}
