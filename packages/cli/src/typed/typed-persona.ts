import {
  compile,
  type Description,
  type Document,
  definePersona,
  type Entry,
  type FieldValue,
  type Issue,
  section,
} from "@personakit/core";
import type { ConvertedSection } from "@personakit/core/read";
import { type Target, targets } from "@personakit/targets";
import type { FileRead, Readable } from "@personakit/targets/read";
import { CommandError, failure, issue } from "../issues/command-error.ts";
import { loadReader } from "../sources/reader.ts";
import { moduleText, type TypedPersona } from "./module-text.ts";
import { strengthIn } from "./strengths.ts";

/** A file as a typed module. */
export interface TypedModule {
  readonly id: string;
  /** The text of the module. */
  readonly text: string;
  /** The target that the file came from, for which the module was proved; plain text where tools only read such a file. */
  readonly target: Target;
  /** What the target writes, and where. */
  readonly built: { readonly path: string; readonly text: string };
  /** Characters of the body, and how many of them are more than Markdown as it stands. */
  readonly characters: number;
  readonly typed: number;
  /** What is not as it was in the file, above and below its body. */
  readonly differences: readonly string[];
}

/** How to write it. */
export interface TypedOptions {
  /** Points with a word such as "must" or "avoid" become rules of that strength. */
  readonly strengths: boolean;
}

/**
 * Says a file of the user's own as a typed module, and proves in memory that its own tool reads the same in what is built from it: the
 * body character for character, and front matter that means the same. Throws a CommandError where that fails, with the line.
 */
export async function typedModule(
  { path, text }: { readonly path: string; readonly text: string },
  format: Readable,
  { strengths }: TypedOptions,
): Promise<TypedModule> {
  const { convertMarkdown } = await loadReader();
  const read = format.read({ path, text });
  const { document } = read;
  const body = bodyOf(document);
  refuseUnsaid(path, read);
  const converted = convertMarkdown(body);
  if (converted === undefined) {
    const problem = "nothing but the file itself says its text: it is empty, or leaves a block open";
    throw failure("not-typed", `${path}:${lineOfBody(document)}`, problem, "Keep it as a Markdown source.");
  }
  const sections = strengths ? converted.sections.map(withStrengths) : converted.sections;
  const persona = personaOf(document, { ...converted, sections }, read);
  const target = targets.find(({ id }) => id === format.id) ?? plainTarget();
  const built = build(path, persona, target);
  const again = format.read({ path: built.path, text: built.text });
  proveBody(path, document, bodyOf(again.document));
  if (target.id === format.id) proveSettings(path, document, again.document);
  return {
    id: persona.id,
    text: moduleText(persona),
    target,
    built: { path: built.path, text: built.text },
    characters: body.length,
    typed: body.length - verbatimIn(sections),
    differences: differencesBetween(document.source, again.document.source),
  };
}

function plainTarget(): Target {
  return targets.find(({ id }) => id === "plain") as Target;
}

function bodyOf({ sections }: Document): string {
  const [entry] = sections[0]?.entries ?? [];
  return entry?.kind === "markdown" ? entry.text : "";
}

/** The line of the file on which its body begins. */
function lineOfBody({ source }: FileRead["document"]): number {
  return source.head.split(/\r\n|\n|\r/).length;
}

/** Throws for what no module can say, whatever its text. */
function refuseUnsaid(path: string, { document, fields }: FileRead): void {
  const { source } = document;
  const found: Issue[] = [];
  if (source.eol !== "\n") {
    const problem = "its lines do not end in LF, as those of every built file do";
    found.push(issue("not-typed", `${path}:1`, problem, "Change its line ends first, in a commit of its own."));
  }
  const lines = new Map(fields.map(({ key, line }) => [key, line]));
  const names = source.carried.map(({ field }) => field);
  for (const { field, restricts } of source.carried) {
    const place = `${path}:${lines.get(field) ?? 1}`;
    if (restricts === true || field === "tools") {
      const problem = `${field} has names or values that only the file itself can say`;
      const hint = "Leave out the names that the tool does not know, or keep the Markdown source.";
      found.push(issue("not-typed", place, problem, hint));
    }
  }
  if (!targets.some(({ id }) => id === source.target)) {
    const unsaid = [...names, ...Object.keys(document.fields?.[source.target] ?? {})];
    for (const field of unsaid) {
      const problem = `PersonaKit does not write such files, so nothing would say ${field}`;
      found.push(issue("not-typed", `${path}:${lines.get(field) ?? 1}`, problem, "Keep the Markdown source."));
    }
  }
  const twice = fields.find(({ key }, at) => fields.findIndex((each) => each.key === key) !== at);
  if (twice !== undefined && !names.includes(twice.key)) {
    found.push(issue("not-typed", `${path}:${twice.line}`, `${twice.key} is there twice`, "Leave one of them."));
  }
  if (found.length > 0) throw new CommandError(found, { advice: NOTHING });
}

const NOTHING = "Nothing was written.";

function withStrengths(section: ConvertedSection): ConvertedSection {
  const rules = Object.entries(section.rules).map(([id, entry]): [string, Entry] => {
    const strength = entry.kind === "rule" ? strengthIn(entry.text) : undefined;
    return [id, strength === undefined ? entry : ({ ...entry, strength } as Entry)];
  });
  return { ...section, rules: Object.fromEntries(rules) };
}

function personaOf(
  document: FileRead["document"],
  { title, role, sections }: Pick<TypedPersona, "title" | "role" | "sections">,
  { fields }: FileRead,
): TypedPersona {
  const { id, tools, exactTools, mcpServers, color, paths, source } = document;
  const carried = source.carried.flatMap(({ field }) => {
    const { value } = fields.find(({ key }) => key === field) ?? {};
    return value === null || value === undefined || OWN.includes(field) ? [] : [[field, value as FieldValue] as const];
  });
  // A model's display name, which is no id for any other target.
  const shown = source.carried.some(({ field }) => field === "model")
    ? fields.find(({ key }) => key === "model")?.text
    : undefined;
  const model = shown === undefined ? document.model : { exact: { [source.target]: shown } };
  const known = document.fields;
  return {
    id,
    title,
    description: descriptionOf(document.description, [role, title, id]),
    role,
    ...(model === undefined ? {} : { model }),
    ...(tools === undefined ? {} : { tools }),
    ...(exactTools === undefined ? {} : { exactTools }),
    ...(mcpServers.length === 0 ? {} : { mcpServers }),
    ...(color === undefined ? {} : { color }),
    ...(paths === undefined ? {} : { paths }),
    ...(known === undefined ? {} : { fields: known }),
    ...(carried.length === 0 ? {} : { uncheckedFields: { [source.target]: Object.fromEntries(carried) } }),
    // Ids of sections and personas share one room.
    sections: sections.map((each) => (each.id === id ? { ...each, id: `${id}-section` } : each)),
  };
}

/** What a persona says in words of its own. A colour that the tool does not have shows nothing. */
const OWN = ["model", "color"];

/** Where a description goes on with when to use the agent, and with when not. */
const WHEN = /(?<=[.!?]) (?=(?:Use|Invoke|Call|Trigger|Activate|Apply|Ideal|Perfect|When|MUST BE USED)\b)/;
const NOT_FOR = /(?<=[.!?]) (?=(?:Not for|Do not use|Don't use|Never use|Do NOT use)\b)/;

/** The text of a description, cut where it says so itself. Nothing is added to it, and nothing invented. */
function descriptionOf(text: string, instead: readonly (string | false)[]): Description {
  if (text === "") {
    return { does: instead.find((each): each is string => each !== false && each !== "") ?? "", when: "", notFor: "" };
  }
  const [before = "", notFor = ""] = cut(text, NOT_FOR);
  const [does = "", when = ""] = cut(before, WHEN);
  return { does, when, notFor };
}

function cut(text: string, at: RegExp): string[] {
  const place = text.search(at);
  return place === -1 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}

function build(path: string, { sections, ...persona }: TypedPersona, target: Target): { path: string; text: string } {
  try {
    const use = sections.map((each) => section(each));
    const { artifacts } = target.compile(compile(definePersona({ ...persona, use } as never)));
    const [main] = artifacts;
    if (main === undefined) throw failure("not-typed", path, "no file would be built from it");
    return main;
  } catch (error) {
    const known = CommandError.known(error);
    if (known === undefined) throw error;
    throw new CommandError(
      known.issues.map((each) => ({ ...each, place: `${path}:1`, problem: `${each.place ?? ""}: ${each.problem}` })),
      { advice: NOTHING },
    );
  }
}

/** Throws where a body is not what it was. */
function proveBody(path: string, document: FileRead["document"], built: string): void {
  const body = bodyOf(document);
  if (built === body) return;
  const [one, other] = [body.split("\n"), built.split("\n")];
  const line = one.findIndex((each, at) => each !== other[at]);
  const place = `${path}:${lineOfBody(document) + Math.max(line, 0)}`;
  const problem = `the built file would say ${JSON.stringify((other[line] ?? "").slice(0, 100))} there`;
  const hint = "What the tool would fill in or import is escaped in built files. Keep it as a Markdown source.";
  throw failure("not-typed", place, problem, hint);
}

const KEEP = "Keep it as a Markdown source.";

const SETTINGS = ["description", "model", "tools", "exactTools", "mcpServers", "color", "paths", "fields"] as const;

/** Throws where the front matter would mean something else to the tool that reads it. */
function proveSettings(path: string, before: FileRead["document"], after: FileRead["document"]): void {
  const lost = SETTINGS.filter((name) => sorted(before[name]) !== sorted(after[name]));
  const values = ({ source }: FileRead["document"]) =>
    source.carried.flatMap(({ field }) => (field === "color" ? [] : [field])).sort();
  const carried = sorted(values(before)) === sorted(values(after)) ? [] : ["its other fields"];
  const all = [...lost, ...carried];
  if (all.length === 0) return;
  throw failure("not-typed", `${path}:1`, `the built file would say something else of ${all.join(", ")}`, KEEP);
}

/** A value as text, without the order of its keys. */
function sorted(value: unknown): string {
  return (
    JSON.stringify(value, (_, each) =>
      typeof each === "object" && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
        : each,
    ) ?? ""
  );
}

function verbatimIn(sections: readonly ConvertedSection[]): number {
  const entries = sections.flatMap(({ rules }) => Object.values(rules));
  return entries.reduce((sum, entry) => (entry.kind === "markdown" ? sum + entry.text.length : sum), 0);
}

function differencesBetween(before: FileRead["document"]["source"], after: FileRead["document"]["source"]): string[] {
  return [
    ...(before.head === after.head ? [] : ["the front matter is spelled as the target writes it, and means the same"]),
    ...(before.carried.some(({ field }) => field === "color")
      ? ["its colour is left out: the tool has none of this name"]
      : []),
    ...(before.tail === after.tail ? [] : ["the file ends in one line end"]),
  ];
}
