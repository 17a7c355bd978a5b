import { kindOf } from "../entries/kinds.ts";
import { settleBackticks } from "../markdown/code-spans.ts";
import { oneLine } from "../markdown/escape.ts";
import { Page, type Rendered, type RenderOptions } from "../markdown/page.ts";
import { type Document, originOfDocument, type ReferenceDocument, type Section } from "../model/document.ts";
import { fillPhrase, type Phrases } from "../phrases/phrases.ts";
import { phrasesOf } from "../phrases/wording.ts";

/** The Markdown of a persona: the body, and each reference by id. */
export interface RenderedDocument {
  readonly body: Rendered;
  readonly references: { readonly [id: string]: Rendered };
}

/** References longer than this open with a list of their sections (Anthropic, skill authoring best practices). */
const CONTENTS_ABOVE_LINES = 100;

/**
 * Renders a document. Lists put `must` before `should` before `may`; steps keep their order.
 *
 * @example
 * ```ts
 * import { type Document, render } from "@personakit/core";
 *
 * export function print(document: Document): string {
 *   return render(document, { referencePath: (id) => `references/${id}.md` }).body.text;
 * }
 * ```
 */
export function render(document: Document, options: RenderOptions): RenderedDocument {
  const origin = originOfDocument(document);
  const page = new Page(options);
  if (document.title !== "") page.heading(1, document.title, origin);
  if (document.role !== "") page.paragraph(document.role, origin);
  const phrases = phrasesOf(document);
  for (const section of document.sections) placeSection(page, section, phrases);
  if (document.references.length > 0) {
    page.heading(2, phrases.references, origin);
    page.blank(origin);
    for (const reference of document.references) page.item("- ", readWhen(reference, phrases), origin);
  }
  const references = document.references.map((reference) => [
    reference.id,
    renderReference(document, reference, options),
  ]);
  return { body: page.finish(), references: Object.fromEntries(references) };
}

/** What the list of references says of one, with its link as authors write it. */
export function readWhen(
  { id, title, when }: Pick<ReferenceDocument, "id" | "title" | "when">,
  phrases: Phrases,
): string {
  const link = `[${settleBackticks(title)}](ref:${id})`;
  return fillPhrase(phrases.readWhen, { link, when: settleBackticks(when) });
}

function renderReference(
  document: Document,
  { id, title, sections }: ReferenceDocument,
  options: RenderOptions,
): Rendered {
  const origin = originOfDocument(document);
  const phrases = phrasesOf(document);
  const parts = new Page(options, id);
  for (const section of sections) placeSection(parts, section, phrases);
  const top = new Page(options, id);
  top.heading(1, title, origin);
  if (parts.length > CONTENTS_ABOVE_LINES) {
    const titles = sections.map((section) => settleBackticks(oneLine(section.title))).filter((each) => each !== "");
    const contents = fillPhrase(phrases.contents, { titles: titles.join(phrases.betweenTitles) });
    if (titles.length > 0) top.paragraph(contents, origin);
  }
  return top.append(parts).finish();
}

/** Sections that documents share, as one of them wrote each. Without links, which lead elsewhere from each file. */
const WRITTEN = new WeakMap<Section, { readonly phrases: Phrases; readonly page: Page }>();

/** Writes a section, or copies it from where it was written before: what is frozen reads the same in every document. */
function placeSection(page: Page, section: Section, phrases: Phrases): void {
  if (!Object.isFrozen(section) || section.title === "" || section.blank !== undefined) {
    renderSection(page, section, phrases);
    return;
  }
  const written = WRITTEN.get(section);
  if (written?.phrases === phrases) {
    page.append(written.page);
    return;
  }
  const own = page.another();
  renderSection(own, section, phrases);
  if (!own.hasLinks) WRITTEN.set(section, { phrases, page: own });
  page.append(own);
}

/** A heading, where there is one, and run by run what stands under it: each kind of entry writes its own neighbours. */
function renderSection(
  page: Page,
  { title, depth = 2, blank, blankWithin = 1, list, origin, entries }: Section,
  phrases: Phrases,
): void {
  if (title !== "") page.heading(depth, title, origin, blank);
  const state = { style: list, phrases, blanks: blankWithin, step: 1 };
  for (let start = 0; start < entries.length; ) {
    const entry = entries[start] as Section["entries"][number];
    let end = start + 1;
    while (entries[end]?.kind === entry.kind) end++;
    const run = start === 0 && end === entries.length ? entries : entries.slice(start, end);
    kindOf(entry).render(page, run, state);
    start = end;
  }
}
