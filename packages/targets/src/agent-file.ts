import { type Document, describeWithExamples, type Rendered, render } from "@personakit/core";
import type { z } from "zod";
import { type BodyLimit, fit } from "./budget.ts";
import { withFrontMatter } from "./front-matter.ts";
import type { Report } from "./report.ts";
import { refuseHiddenCharacters } from "./safety.ts";
import type { Artifact, Compiled } from "./target.ts";

/** Where a persona's files go, and what its body must fit and be spared. */
export interface Layout {
  readonly target: string;
  readonly path: string;
  /** The path of a reference, relative to the project. */
  readonly referenceFile: (id: string) => string;
  /** What a link to a reference says; the file's path by default. */
  readonly referenceLink?: (id: string, from?: string) => string;
  readonly limit?: BodyLimit;
  /** Rewrites what the tool would run or put in when it loads the main file. Must keep the number of lines. */
  readonly guard?: (body: Rendered) => Rendered;
}

/** The body and the references of a persona, checked and within the limit; `wrap` makes the main file of the body. */
export function compileFiles(
  layout: Layout,
  document: Document,
  report: Report,
  wrap: (body: Rendered) => Artifact,
): Compiled {
  const place = `persona "${document.id}", target ${layout.target}`;
  const guard = layout.guard ?? ((body: Rendered) => body);
  const options = { referencePath: layout.referenceLink ?? layout.referenceFile };
  const fitted = layout.limit === undefined ? document : fit(document, layout.limit, options, place);
  const { body, references } = render(fitted, options);
  refuseHiddenCharacters(`${place}, description`, { text: describeWithExamples(document), origins: [] });
  for (const page of [body, ...Object.values(references)]) refuseHiddenCharacters(place, page);
  const pages = Object.entries(references).map(([id, page]) => ({ path: layout.referenceFile(id), ...page }));
  const main = wrap(guard(body));
  if (document.references.length > 0) report.note("references", "kept");
  if (fitted === document) report.note("body", "kept");
  else report.note("body", "mapped", "rules that are not absolute stand in a reference");
  return { artifacts: [main, ...pages], fidelity: report.fidelity };
}

/** A persona as one Markdown file with front matter, and its references. */
export function agentFile<Data extends object>(
  layout: Layout,
  document: Document,
  report: Report,
  schema: z.ZodType<Data>,
  data: { readonly [Key in keyof Data]: Data[Key] | undefined },
): Compiled {
  const present = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as Data;
  return compileFiles(layout, document, report, (body) =>
    withFrontMatter(layout.target, document, layout.path, schema, present, body),
  );
}
