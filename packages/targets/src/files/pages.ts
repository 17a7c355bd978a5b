import { type Rendered, type RenderOptions, render } from "@personakit/core";
import type { Artifact } from "../model/compiled.ts";
import type { Context } from "../model/context.ts";
import { fill } from "../model/template.ts";
import type { Files } from "./files.ts";
import { fit } from "./fit.ts";

/** A persona's text: the body, and a file for each reference. */
export interface Pages {
  readonly body: Rendered;
  readonly references: readonly Artifact[];
  /** Whether rules had to leave the body for a reference. */
  readonly isShortened: boolean;
}

/** Renders a persona within the limit of its target. Throws for what does not fit. */
export function renderPages(files: Files, { document, place }: Context): Pages {
  const options = linksOf(files, document.id);
  const fitted = files.limit === undefined ? document : fit(document, files.limit, options, place);
  const { body, references } = render(fitted, options);
  const artifacts = Object.entries(references).map(([reference, page]) => ({
    path: fill(files.reference, { name: document.id, reference }),
    ...page,
  }));
  return { body, references: artifacts, isShortened: fitted !== document };
}

function linksOf({ reference: path, links = { main: path, reference: path } }: Files, name: string): RenderOptions {
  return {
    referencePath: (reference, from) => fill(from === undefined ? links.main : links.reference, { name, reference }),
  };
}
