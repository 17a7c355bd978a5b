import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { PAGE_FILES } from "../view/page-files.ts";
import type { NewPage, Renderer, Resolve } from "../view/renderer.ts";
import { sent } from "../view/sent.ts";
import { type Ask, dataPath, type FragmentSummary, type Kind, type ProjectView, pagePath } from "../view/view.ts";

/** What a static site is made of. */
export interface SiteSource {
  /** Answers what its pages ask. */
  readonly ask: Ask;
  /** What they may ask: all that has an answer without a server. The project is always among it. */
  readonly questions: readonly (readonly [kind: Kind, name: string])[];
  /** Markdown files that become pages. The first one gives the site its name. */
  readonly docs: readonly {
    /** Relative to the project, with forward slashes. */
    readonly path: string;
    readonly text: string;
  }[];
  /** Whether the project has a file: a picture that a document shows. */
  has(path: string): boolean;
  /** Where a file of the project that is not in the site can be read; undefined where that is unknown. */
  addressOf(path: string): string | undefined;
}

/** A file of a static site. */
export interface SiteFile {
  /** Relative to the site, with forward slashes. */
  readonly path: string;
  /** What is in it, or the file of the project that it is a copy of. */
  readonly content: { readonly text: string } | { readonly copyOf: string };
}

/** The parts of the page that every site has. */
const PARTS = ["page.js", "page.css", "doc.css", "theme.js", "icon.svg"];

/**
 * Makes a static site: a page for each persona, fragment and document, a catalogue before them, and the data that they read. Reads
 * nothing of the project itself. Returns its files, sorted by path; throws what `ask` does.
 *
 * @example
 * ```ts
 * import { type Ask, siteFiles } from "@personakit/preview";
 *
 * export async function pathsOfSite(ask: Ask): Promise<string[]> {
 *   const files = await siteFiles({ ask, questions: [["persona", "dev"]], docs: [], has: () => false, addressOf: () => undefined });
 *   return files.map(({ path }) => path);
 * }
 * ```
 */
export async function siteFiles(source: SiteSource): Promise<SiteFile[]> {
  const { default: renderer }: { readonly default: Renderer } = await import(new URL("render.js", PAGE_FILES).href);
  const { docs } = source;
  const project = asSent(await projectOf(source, renderer));
  const answers = new Map<string, unknown>([[dataPath("project", ""), project]]);
  for (const [kind, name] of source.questions) answers.set(dataPath(kind, name), asSent(await source.ask(kind, name)));
  const pictures = new Set<string>();
  const known = new Map(answers);
  for (const { path, text } of docs) {
    const resolve = resolver(path, source, (picture) => pictures.add(picture));
    known.set(renderer.docKey(pageOfDoc(path)), renderer.renderDocument(text, resolve));
  }
  const fragments = (answers.get(dataPath("fragments", "")) ?? []) as readonly FragmentSummary[];
  const pages = pagesOf(project, fragments).map(({ path, ...page }): readonly [string, string] => {
    const root = "../".repeat(path.split("/").length - 1);
    return [path, renderer.renderPage({ ...page, root, known })];
  });
  const texts = [
    ...PARTS.map((name) => [name, readFileSync(new URL(name, PAGE_FILES), "utf8")] as const),
    // In an address, a name is encoded; on disk, it is not.
    ...[...answers].map(([path, answer]) => [decodeURIComponent(path), JSON.stringify(answer)] as const),
    ...pages,
  ];
  const files = [
    ...texts.map(([path, text]) => ({ path, content: { text } })),
    ...[...pictures].map((path) => ({ path, content: { copyOf: path } })),
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What a page of a server would get. */
function asSent<Answer>(answer: Answer): Answer {
  return JSON.parse(sent(answer));
}

/** The project as its site shows it: with its documents, and with the name that the first one gives it. */
async function projectOf({ ask, questions, docs: texts }: SiteSource, { titleOf }: Renderer): Promise<ProjectView> {
  const project = await ask("project", "");
  if (project === undefined) throw new Error("There is no project to make a site of.");
  const docs = texts.map(({ path, text }) => ({ path: pageOfDoc(path), title: titleOf(text) ?? path }));
  const kinds = [...new Set<Kind>(["project", ...questions.map(([kind]) => kind)])];
  return { ...project, name: docs[0]?.title ?? project.name, docs, kinds };
}

type Planned = Pick<NewPage, "page" | "title" | "description"> & { readonly path: string };

function pagesOf({ name: site, personas, docs = [] }: ProjectView, fragments: readonly FragmentSummary[]): Planned[] {
  const named = (view: "persona" | "fragment", { id, title }: { readonly id: string; readonly title: string }) => ({
    path: pagePath(view, id),
    page: `${view}/${id}`,
    title: `${title === "" ? id : title} - ${site}`,
  });
  return [
    {
      path: "index.html",
      page: "catalogue",
      title: `${site}: personas and fragments`,
      description: `Everything in ${site}.`,
    },
    ...personas.map((each) => ({ ...named("persona", each), description: each.description })),
    ...fragments.map((each) => ({ ...named("fragment", each), description: each.summary })),
    ...docs.map(({ path, title }) => ({
      ...{ path, page: `doc/${encodeURIComponent(path)}`, title: title === site ? site : `${title} - ${site}` },
      description: title,
    })),
  ];
}

/** A document's page lies where the document does, so that links between them stay what they are. */
function pageOfDoc(path: string): string {
  return path.replace(/\.(?:md|markdown)$/i, ".html");
}

const PICTURE = /\.(?:svg|png|jpe?g|gif|webp|avif)$/i;

/** Where the links of a document lead: to another page, to a picture, which `copy` hears of, or to where the project's files can be read. */
function resolver(doc: string, { docs, has, addressOf }: SiteSource, copy: (picture: string) => void): Resolve {
  const pages = new Set(docs.map(({ path }) => path));
  return (url) => {
    if (/^(?:https?:|mailto:|#)/i.test(url)) return url;
    if (/^(?:[a-z][a-z\d+.-]*:|\/)/i.test(url)) return undefined;
    const [, way = "", hash = ""] = /^([^#?]*)[^#]*(#.*)?$/.exec(url) ?? [];
    const path = posix.join(posix.dirname(doc), decoded(way)).replace(/\/$/, "");
    if (path.startsWith("..")) return undefined;
    const page = [path, `${path}/README.md`].find((each) => pages.has(each));
    if (page !== undefined) return wayTo(doc, pageOfDoc(page)) + hash;
    if (PICTURE.test(path) && has(path)) {
      copy(path);
      return wayTo(doc, path);
    }
    const address = addressOf(path);
    return address === undefined ? undefined : address + hash;
  };
}

function decoded(way: string): string {
  try {
    return decodeURIComponent(way);
  } catch {
    return way;
  }
}

function wayTo(from: string, path: string): string {
  return posix.relative(posix.dirname(from), path).split("/").map(encodeURIComponent).join("/");
}
