import type { Document, Issue, Section, SourceFile } from "@personakit/core";
import { documentSince, isPersonaId, issuesOf, MAX_PERSONA_ID } from "@personakit/core/internal";
import { hiddenCharacters } from "../guard/hidden-characters.ts";
import { failure, issue } from "../issues/issue.ts";
import { fill } from "../model/template.ts";
import { unify } from "./line-ends.ts";
import { withoutMark } from "./mark.ts";
import { type Head, isCommonField, readHead } from "./read-head.ts";
import { readTomlHead } from "./read-toml.ts";
import type { Field } from "./read-yaml.ts";
import { matchPath, type Places, referenceIn } from "./recognise.ts";
import { type Settings, settingsOf, type Tables, type ToolNames } from "./settings.ts";
import { type Body, bodyOf, type ReadDocument } from "./verbatim.ts";
import { fileOf, type Restoring } from "./verbatim-file.ts";

/** A file as it stands. */
export interface FileText {
  /** In the repository, with forward slashes. */
  readonly path: string;
  /** As it was decoded, with its byte order mark and its line ends. */
  readonly text: string;
}

/** What was read from a file. */
export interface FileRead {
  /** What the file says, for every target. Its own target writes the same bytes again. */
  readonly document: ReadDocument;
  /** The fields of its front matter, with their places. */
  readonly fields: readonly Field[];
  /** The tools that it lists, where there are some among them that the tool is not known to have. */
  readonly toolNames?: ToolNames;
  /** What is wrong with it, with file and line. None of it keeps the file from being read. */
  readonly issues: readonly Issue[];
}

/** All that is known of a kind of file that can be read. */
export type ReadTables = Tables & Places & Restoring;

/**
 * Reads a file by the tables of its kind, and the references that lie beside it, without changing a byte of them. Throws a
 * PersonaKitError for what is no text, and for TOML that does not parse.
 */
export function readFile(tables: ReadTables, file: FileText, references: readonly FileText[] = []): FileRead {
  for (const each of [file, ...references]) refuseBinary(each);
  const { path, text } = file;
  const { fields, body, issues } = partsOf(tables, file);
  const read = settingsOf(tables, path, fields);
  const { settings } = read;
  const id = idOf(tables, path, settings);
  const source: SourceFile = {
    target: tables.id,
    head: body.head,
    eol: body.eol,
    tail: body.tail,
    ...(body.raw === undefined ? {} : { raw: body.raw }),
    carried: settings.carried.map(({ field, restricts }) => ({
      field: field.key,
      text: text.slice(field.start, field.end),
      ...(restricts ? { restricts: true as const } : {}),
    })),
  };
  const document = documentOf(id, settings, body.text, source);
  const linked = withReferences(tables, document, path, references);
  return {
    document: linked.document,
    fields,
    ...(settings.toolNames === undefined ? {} : { toolNames: settings.toolNames }),
    issues: [
      ...[...issues, ...read.issues, ...shownAsText(tables, path, fields), ...linked.issues],
      ...[file, ...references].flatMap((each) => hiddenIn(each.path, each.text)),
    ],
  };
}

function refuseBinary({ path, text }: FileText): void {
  if (!text.includes("\0")) return;
  throw failure("not-text", path, "the file has NUL characters, so it is no text", "Is it binary, or UTF-16?");
}

/** A document with the references that were read, and with links to them in the place of their paths. */
function withReferences(
  tables: ReadTables,
  document: ReadDocument,
  main: string,
  files: readonly FileText[],
): { readonly document: ReadDocument; readonly issues: readonly Issue[] } {
  if (files.length === 0) return { document, issues: [] };
  const { links } = tables.files;
  const issues: Issue[] = [];
  const pages = files.flatMap((file) => {
    const id = referenceIn(tables, main, file.path);
    const body = bodyOf(file.text, 0, file.text.length);
    if (isPersonaId(id) && body.text !== "") return [{ id, body }];
    const problem = "it cannot be a reference, so only skills have it";
    issues.push(issue("no-reference", file.path, problem, "Call it in kebab-case, and write something in it."));
    return [];
  });
  const linked = (text: string, link: string) =>
    pages.reduce((all, { id }) => all.replaceAll(`](${fill(link, { reference: id })})`, `](ref:${id})`), text);
  const withText = (sections: readonly Section[], link: string): Section[] =>
    sections.map((section) => ({
      ...section,
      entries: section.entries.map((entry) =>
        entry.kind === "markdown" ? { ...entry, text: linked(entry.text, link) } : entry,
      ),
    }));
  const made: ReadDocument = {
    ...document,
    sections: withText(document.sections, links?.main ?? ""),
    references: pages.map(({ id, body: { text, ...source } }) => ({
      id,
      title: id,
      when: "",
      sections: withText(sectionsOf(document.id, text), links?.reference ?? ""),
      source,
    })),
  };
  if (pages.length === 0 || isWhole(tables, made, document, files)) return { document: made, issues };
  const problem = 'its text says "ref:" itself, so targets other than its own go without its references';
  return { document, issues: [...issues, issue("no-reference", main, problem, "Write such a link in another way.")] };
}

/** Whether links lead back to what stood there: a text may have said `ref:` itself. */
function isWhole(tables: ReadTables, made: ReadDocument, before: ReadDocument, files: readonly FileText[]): boolean {
  const restored = fileOf(made, tables, "");
  const texts = new Set(files.map(({ text }) => text));
  return (
    restored.text === fileOf(before, tables, "").text &&
    Object.values(restored.references).every(({ text }) => texts.has(text))
  );
}

/** A file's head, and where its body stands in its text. */
export interface FileHead extends Head {
  /** Where the body ends: the end of the file, or of the text in TOML. */
  readonly bodyEnd: number;
}

/**
 * Reads the head of a file by the tables of its kind. Throws nothing: what does not parse has no fields, and an issue. Returns the fields
 * with their places.
 *
 * @example
 * ```ts
 * import { readFields, recognise } from "@personakit/targets/read";
 *
 * const file = { path: ".claude/agents/dev.md", text: "---\nname: dev\n---\n\nDo it.\n" };
 * const kind = recognise(file.path)?.readable;
 * console.log(kind && readFields(kind.tables, file).fields.map(({ key, line }) => [key, line])); // [["name", 2]]
 * ```
 */
export function readFields(tables: Tables, file: FileText): FileHead {
  const { path, text } = file;
  const { toml, plain } = tables.reading ?? {};
  if (toml === undefined) {
    const head = readHead(path, text, { isKnown: (key) => isKnown(tables, key), plain });
    return { ...head, bodyEnd: text.length };
  }
  try {
    const { fields, body, issues } = readTomlHead(path, text, toml);
    return { rows: undefined, fields, body: body.head.length, bodyEnd: text.length - body.tail.length, issues };
  } catch (error) {
    const issues = issuesOf(error);
    if (issues === undefined) throw error;
    return { rows: undefined, fields: [], body: text.length, bodyEnd: text.length, issues };
  }
}

interface Parts {
  readonly fields: readonly Field[];
  readonly body: Body;
  readonly issues: readonly Issue[];
}

function partsOf(tables: ReadTables, { path, text }: FileText): Parts {
  const { toml } = tables.reading ?? {};
  if (toml !== undefined) return readTomlHead(path, text, toml);
  const { fields, body, issues } = readHead(path, text, {
    isKnown: (key) => isKnown(tables, key),
    plain: tables.reading?.plain,
  });
  return { fields, body: bodyOf(text, body, text.length), issues };
}

function isKnown({ frontMatter, fields, reading }: Tables, key: string): boolean {
  const tables = [frontMatter?.keys, fields, reading?.keys];
  return isCommonField(key) || tables.some((names) => names !== undefined && Object.hasOwn(names, key));
}

/** A format without front matter of its own shows it to the model. */
function shownAsText(tables: ReadTables, path: string, fields: readonly Field[]): Issue[] {
  const { frontMatter, fields: known, reading, tool } = tables;
  const hasFields =
    frontMatter !== undefined || known !== undefined || reading?.keys !== undefined || reading?.toml !== undefined;
  if (hasFields || fields.length === 0) return [];
  const problem = `${tool} has no front matter: tools show it to the model as text`;
  return [issue("unread-front-matter", `${path}:1`, problem, "Remove it, or say it in the text.")];
}

/** Line ends and the mark at the start are told apart already. */
function hiddenIn(path: string, text: string): Issue[] {
  return hiddenCharacters(path, unify(withoutMark(text), "").text).map((each) => ({
    ...each,
    place: each.place?.replace(/, line (\d+)$/, ":$1") ?? path,
  }));
}

/** What files are called by: the tool's own name for it where that can be one, else the path's. */
function idOf(tables: ReadTables, path: string, { name }: Settings): string {
  const { name: inPath = "" } = matchPath(tables, path) ?? {};
  const stem = inPath === "" ? stemOf(path) : inPath;
  const names = tables.reading?.identity === "field" ? [name ?? "", stem] : [stem, name ?? ""];
  const exact = names.find(isPersonaId);
  if (exact !== undefined) return exact;
  const made = names.map(kebab).find(isPersonaId);
  return made ?? tables.id;
}

function stemOf(path: string): string {
  const [file = ""] = path.split("/").slice(-1);
  return file.replace(/\.[^.]*$/, "");
}

/** A name in kebab-case, as near as it comes. */
function kebab(name: string): string {
  return name
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, MAX_PERSONA_ID)
    .replace(/-+$/, "");
}

/** The rule that a body stands as in its document. */
const BODY = "text";

function sectionsOf(unit: string, body: string): Section[] {
  const entry = { kind: "markdown", text: body, origin: { unit, rule: BODY } } as const;
  return body === "" ? [] : [{ title: "", list: "bullets", origin: { unit }, entries: [entry] }];
}

function documentOf(id: string, settings: Settings, body: string, source: SourceFile): ReadDocument {
  const { description = "", model, tools, exactTools, mcpServers, color, paths, fields } = settings;
  const document: Omit<Document, "schemaVersion"> & { readonly source: SourceFile } = {
    kind: "document",
    id,
    title: "",
    description,
    triggers: [],
    examples: [],
    role: "",
    ...(model === undefined ? {} : { model }),
    ...(tools === undefined ? {} : { tools }),
    ...(exactTools === undefined ? {} : { exactTools: { [source.target]: exactTools } }),
    ...(Object.keys(fields).length === 0 ? {} : { fields: { [source.target]: fields } }),
    mcpServers,
    ...(color === undefined ? {} : { color }),
    ...(paths === undefined ? {} : { paths }),
    sections: sectionsOf(id, body),
    references: [],
    decisions: {},
    dropped: [],
    source,
  };
  return { ...document, schemaVersion: documentSince(document) };
}
