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
import { toolName } from "@personakit/core/internal";
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
  const { convertMarkdown, readables } = await loadReader();
  const read = format.read({ path, text });
  const { document } = read;
  const target = targetFor(format);
  const body = bodyOf(document);
  refuseUnsaid(path, read, target);
  const converted = convertMarkdown(body);
  if (converted === undefined) {
    const problem = "nothing but the file itself says its text: it is empty, or leaves a block open";
    throw failure("not-typed", `${path}:${lineOfBody(document)}`, problem, "Keep it as a Markdown source.");
  }
  const sections = strengths ? converted.sections.map(withStrengths) : converted.sections;
  const persona = personaOf({ ...converted, sections }, read, target);
  const built = build(path, persona, target);
  const again = readableOf(target, format, readables).read({ path: built.path, text: built.text });
  proveBody(path, document, bodyOf(again.document));
  if (target.id !== "plain") proveSettings(path, settingsIn(read, target), settingsIn(again, target));
  return {
    id: persona.id,
    text: moduleText(persona),
    target,
    built: { path: built.path, text: built.text },
    characters: body.length,
    typed: body.length - verbatimIn(sections),
    differences: [
      ...differencesBetween(document.source, again.document.source),
      ...differencesOf(format, persona, { ...built, isBlock: target.files.block !== undefined }),
    ],
  };
}

/** What a module of such a file is built for: the target that writes it, or what has taken its place; text where nothing does. */
function targetFor({ id, successor }: Readable): Target {
  const written = targets.find((each) => each.id === id) ?? targets.find((each) => each.id === successor);
  return written ?? (targets.find((each) => each.id === "plain") as Target);
}

/** What reads a target's files. */
function readableOf({ id }: Target, format: Readable, readables: readonly Readable[]): Readable {
  return (id === "plain" ? undefined : readables.find((each) => each.id === id)) ?? format;
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
function refuseUnsaid(path: string, { document, fields, toolNames }: FileRead, target: Target): void {
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
    const isNamed = field === "tools" && toolNames?.unknown.every((name) => toolName().test(name));
    if ((restricts === true || field === "tools") && !isNamed) {
      const problem = `${field} has names or values that only the file itself can say`;
      const hint = "Leave out the names that the tool does not know, or keep the Markdown source.";
      found.push(issue("not-typed", place, problem, hint));
    }
  }
  if (target.id === "plain" && source.target !== "plain") {
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
  { title, role, sections }: Pick<TypedPersona, "title" | "role" | "sections">,
  read: FileRead,
  target: Target,
): TypedPersona {
  const { document, fields, toolNames } = read;
  const { id, tools, mcpServers, color, paths, source } = document;
  // A model's display name, which is no id for any other target.
  const shown = source.carried.some(({ field }) => field === "model")
    ? fields.find(({ key }) => key === "model")?.text
    : undefined;
  const said = settingsIn(read, target);
  const carried = said.others.filter(([field]) => field !== "model");
  const model = shown === undefined ? said.model : { exact: { [target.id]: shown } };
  const exact = toolNames === undefined ? document.exactTools?.[source.target] : toolNames.known;
  const substitutions = target.filledIn?.(bodyOf(document)) ?? [];
  return {
    id,
    title,
    description: descriptionOf(document.description),
    role,
    ...(model === undefined ? {} : { model }),
    ...(tools === undefined ? {} : { tools }),
    ...(exact === undefined || exact.length === 0 ? {} : { exactTools: { [target.id]: exact } }),
    ...(toolNames === undefined ? {} : { uncheckedTools: { [target.id]: toolNames.unknown } }),
    ...(substitutions.length === 0 ? {} : { substitutions: { [target.id]: substitutions } }),
    ...(mcpServers.length === 0 ? {} : { mcpServers }),
    ...(color === undefined ? {} : { color }),
    ...(paths === undefined ? {} : { paths }),
    ...(Object.keys(said.fields).length === 0 ? {} : { fields: { [target.id]: said.fields } }),
    ...(carried.length === 0 ? {} : { uncheckedFields: { [target.id]: Object.fromEntries(carried) } }),
    // Ids of sections and personas share one room.
    sections: sections.map((each) => (each.id === id ? { ...each, id: `${id}-section` } : each)),
  };
}

/** A value without the keys that have none. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const filled = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(filled.map(([key, each]) => [key, withoutEmpty(each)]));
}

/** Where a description goes on with when to use the agent, and with when not. */
const WHEN = /(?<=[.!?]) (?=(?:Use|Invoke|Call|Trigger|Activate|Apply|Ideal|Perfect|When|MUST BE USED)\b)/;
const NOT_FOR = /(?<=[.!?]) (?=(?:Not for|Do not use|Don't use|Never use|Do NOT use)\b)/;

/** The text of a description, cut where it says so itself. Nothing is added to it, and nothing invented. */
function descriptionOf(text: string): Description | false {
  if (text === "") return false;
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

/** What front matter says, whichever kind of file it stands in. */
interface SaidSettings extends Pick<Document, "description" | "model" | "tools" | "mcpServers" | "color" | "paths"> {
  readonly fields: { readonly [name: string]: FieldValue };
  readonly names: readonly string[];
  /** Fields that nothing knows. */
  readonly others: readonly CarriedValue[];
}

/** What a file's front matter says in the words of a target: a command's model is a field of a skill. */
function settingsIn({ document, fields, toolNames }: FileRead, target: Target): SaidSettings {
  const { description, model, tools, exactTools, mcpServers, color, paths, source } = document;
  const isField = model !== undefined && target.fields?.model !== undefined;
  const shown = fields.find(({ key }) => key === "model")?.text;
  const [filled, others] = carriedIn({ document, fields }, target);
  const { known, unknown } = toolNames ?? { known: exactTools?.[source.target] ?? [], unknown: [] };
  return {
    description,
    ...(model === undefined || isField ? {} : { model }),
    ...(tools === undefined ? {} : { tools }),
    mcpServers,
    ...(color === undefined ? {} : { color }),
    ...(paths === undefined ? {} : { paths }),
    fields: {
      ...document.fields?.[source.target],
      ...(isField && shown !== undefined ? { model: shown } : {}),
      ...Object.fromEntries(filled),
    },
    names: [...known, ...unknown],
    others,
  };
}

/** The fields that stay in their file, without what is empty in them: that says nothing, and no module can say it. */
function carriedIn(
  { document, fields }: Pick<FileRead, "document" | "fields">,
  target: Target,
): [known: CarriedValue[], others: CarriedValue[]] {
  const carried = document.source.carried.flatMap(({ field }): CarriedValue[] => {
    const value = withoutEmpty(fields.find(({ key }) => key === field)?.value);
    return value === null || value === undefined || UNSAID.includes(field) ? [] : [[field, value as FieldValue]];
  });
  const isKnown = ([field]: CarriedValue) => {
    const { schema } = target.fields?.[field] ?? {};
    const value = fields.find(({ key }) => key === field)?.value;
    return schema !== undefined && sorted(withoutEmpty(value)) !== sorted(value);
  };
  carried.sort(([a], [b]) => (a < b ? -1 : 1));
  return [carried.filter(isKnown), carried.filter((each) => !isKnown(each))];
}

/** Carried fields that are looked at elsewhere: a colour that the tool does not have shows nothing, and tools are compared by name. */
const UNSAID = ["color", "tools"];

type CarriedValue = readonly [name: string, value: FieldValue];

/** Throws where the front matter would mean something else to the tool that reads it. */
function proveSettings(path: string, before: SaidSettings, after: SaidSettings): void {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof SaidSettings)[];
  const lost = names.filter((name) => sorted(before[name]) !== sorted(after[name]));
  if (lost.length === 0) return;
  const words = lost.flatMap((name) => {
    if (name === "names") return "the names of tools";
    return name === "others" ? before.others.map(([field]) => field) : name;
  });
  throw failure("not-typed", `${path}:1`, `the built file would say something else of ${words.join(", ")}`, KEEP);
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

/** What else an author should know. */
function differencesOf(
  { id, tool, successor }: Readable,
  { substitutions = {}, uncheckedTools = {} }: TypedPersona,
  { path, isBlock }: { readonly path: string; readonly isBlock: boolean },
): string[] {
  const [filled = [], unknown = []] = [substitutions, uncheckedTools].map((each) => Object.values(each).flat());
  return [
    ...(successor === undefined ? [] : [`${successor} has taken the place of ${id}: it is built as ${path}`]),
    ...(isBlock ? [`it is built as a block of ${path}: take the text out there before you build`] : []),
    ...(filled.length === 0 ? [] : [`${tool} goes on putting values in for ${filled.join(", ")}: substitutions`]),
    ...(unknown.length === 0 ? [] : [`nothing checks the tools that are not known: ${unknown.join(", ")}`]),
  ];
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
