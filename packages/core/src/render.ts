import type { Document, Origin, PlacedEntry, Section } from "./document.ts";
import type { Rule, Strength, Table } from "./entry.ts";
import { collapse, startSafely } from "./text.ts";

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

const RANK: { readonly [S in Strength]: number } = { must: 0, should: 1, may: 2 };

/** References longer than this open with a list of their sections (Anthropic, skill authoring best practices). */
const CONTENTS_ABOVE_LINES = 100;

/** Renders a document. Lists put `must` before `should` before `may`; steps keep their order. */
export function render(document: Document, options: RenderOptions): RenderedDocument {
  const origin: Origin = {
    unit: document.id,
    ...(document.version === undefined ? {} : { version: document.version }),
  };
  const page = new Page(options);
  page.heading(1, document.title, origin);
  page.paragraph(document.role, origin);
  for (const section of document.sections) renderSection(page, section);
  if (document.references.length > 0) {
    page.heading(2, "References", origin);
    page.blank(origin);
    for (const { id, title, when } of document.references) {
      page.line(`- ${page.link(`[${collapse(title)}](ref:${id})`)}: read it when ${collapse(when)}.`, origin);
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
  for (let i = 0; i < entries.length; ) {
    const entry = entries[i] as PlacedEntry;
    if (entry.kind !== "rule") {
      renderBlock(page, entry);
      i++;
      continue;
    }
    let end = i + 1;
    while (end < entries.length && entries[end]?.kind === "rule") end++;
    const run = entries.slice(i, end) as (PlacedEntry & Rule)[];
    i = end;
    if (list === "steps") {
      page.blank(entry.origin);
      for (const rule of run) page.item(`${step++}. `, rule);
    } else {
      const marker = list === "checklist" ? "- [ ] " : "- ";
      const sorted = run.length === 1 ? run : run.toSorted((a, b) => RANK[a.strength] - RANK[b.strength]);
      let strength: Strength | undefined;
      for (const rule of sorted) {
        if (rule.strength !== strength) {
          strength = rule.strength;
          const lead = LEADS[strength];
          if (lead !== undefined) page.paragraph(lead, rule.origin);
          page.blank(rule.origin);
        }
        page.item(marker, rule);
      }
    }
  }
}

function renderBlock(page: Page, entry: Exclude<PlacedEntry, Rule>): void {
  const { origin } = entry;
  if (entry.kind === "prose") {
    for (const paragraph of entry.text.split("\n\n")) page.paragraph(paragraph, origin);
  } else if (entry.kind === "example") {
    const longest = Math.max(2, ...(entry.code.match(/`+/g) ?? []).map((run) => run.length));
    const fence = "`".repeat(longest + 1);
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
  page.line(row(columns), origin);
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
    return text.replace(/\]\(ref:([^)]*)\)/g, (_, id: string) => `](${this.#options.referencePath(id, this.#id)})`);
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
