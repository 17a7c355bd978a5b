import {
  type Document,
  type Rendered,
  type RenderedDocument,
  type RenderOptions,
  render,
  type Section,
} from "@personakit/core";
import type { Artifact } from "../model/compiled.ts";
import type { Context } from "../model/context.ts";
import { fill } from "../model/template.ts";
import type { Files, Links } from "./files.ts";
import { type BodyLimit, fit, isSpilled } from "./fit.ts";

/** A persona's text: the body, and a file for each reference. */
export interface Pages {
  readonly body: Rendered;
  readonly references: readonly Artifact[];
  /** What the references were rendered to: the same for all targets that link to them by the same paths. */
  readonly texts: readonly Rendered[];
  /** Whether rules had to leave the body for a reference. */
  readonly isShortened: boolean;
}

/** Renders a persona within the limit of its target. Throws for what does not fit. */
export function renderPages(files: Files, { document, place }: Context): Pages {
  const { limit, links = { main: files.reference, reference: files.reference } } = files;
  const whole = renderOnce(document, links);
  const isShortened = limit !== undefined && whole.body.text.length > limit.max;
  const { body, references } = isShortened ? renderWithin(limit, document, links, place) : whole;
  const artifacts = Object.entries(references).map(([reference, page]) => ({
    path: fill(files.reference, { name: document.id, reference }),
    ...page,
  }));
  return { body, references: artifacts, texts: Object.values(references), isShortened };
}

function renderWithin(limit: BodyLimit, document: Document, links: Links, place: string): RenderedDocument {
  const options = optionsOf(links, document);
  return render(fit(document, limit, options, place), options);
}

function optionsOf(links: Links, { id: name, source, references }: Document): RenderOptions {
  return {
    referencePath(reference, from) {
      // In a file that was written by hand it may mean anything.
      const isOwn = source === undefined || isSpilled(reference) || references.some(({ id }) => id === reference);
      if (!isOwn) return `ref:${reference}`;
      return fill(from === undefined ? links.main : links.reference, { name, reference });
    },
  };
}

/** Stands for any links: a document that has none is the same for every target. */
const ANY = "";

/** What was rendered of the last document, by the links in it: its targets are made one after the other. */
let last: { readonly document: Document; readonly pages: Map<string, RenderedDocument> } | undefined;

/** Renders a document once for all targets with the same links. */
function renderOnce(document: Document, links: Links): RenderedDocument {
  if (last?.document !== document) last = { document, pages: new Map() };
  const { pages } = last;
  const key = `${links.main}\n${links.reference}`;
  const known = pages.get(ANY) ?? pages.get(key);
  if (known !== undefined) return known;
  const { referencePath } = optionsOf(links, document);
  let isLinked = false;
  const rendered = (document.source === undefined ? render : renderAsRead)(document, {
    referencePath(...link) {
      isLinked = true;
      return referencePath(...link);
    },
  });
  pages.set(isLinked ? key : ANY, rendered);
  return rendered;
}

/**
 * Renders a document that was read from files: the body and each reference as they stand, without a heading or a list of ours. Links
 * that lead nowhere stay as they are.
 */
function renderAsRead(document: Document, { referencePath }: RenderOptions): RenderedDocument {
  const { references } = document;
  const page = (sections: readonly Section[], from?: string): Rendered => {
    const alone: Document = { ...document, title: "", role: "", sections, references: [] };
    const isKnown = (reference: string) => references.some(({ id }) => id === reference);
    return render(alone, { referencePath: (id) => (isKnown(id) ? referencePath(id, from) : `ref:${id}`) }).body;
  };
  return {
    body: page(document.sections),
    references: Object.fromEntries(references.map(({ id, sections }) => [id, page(sections, id)])),
  };
}
