import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { AnyFragment, Issue, Markdown, PersonaData } from "@personakit/core";
import { hintFor, KEBAB_CASE, nearest, own } from "@personakit/core/internal";
import type { Directive, Piece } from "@personakit/core/read";
import { readFrontMatter } from "@personakit/targets";
import type { ReadDocument } from "@personakit/targets/read";
import { loadCatalogue } from "../catalogue/catalogue.ts";
import { installCommand } from "../detect/package-manager.ts";
import { readText } from "../files/text.ts";
import { CommandError, failure, issue, messageOf, throwIssues } from "../issues/command-error.ts";
import { shorten } from "../output/terminal.ts";
import { candidatesFor } from "./candidates.ts";
import { type FileLine, type LoadFragments, withLine } from "./file-line.ts";
import type { Reader } from "./reader.ts";
import { isOwnFile } from "./unit.ts";

/** The text of a file, and where it stands. */
interface Text {
  /** As the user would type it. */
  readonly source: string;
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  /** The lines of the file above the text. */
  readonly above: number;
  readonly directives: readonly Directive[];
}

interface Composed {
  readonly unit: PersonaData;
  /** Whether modules were loaded: what they make has to be checked. */
  readonly hasCode: boolean;
  readonly lines: ReadonlyMap<string, FileLine>;
  readonly warnings: readonly Issue[];
}

/**
 * The persona of a file, block by block, with the fragments that its directives name. Throws a CommandError with everything that is
 * wrong with them.
 */
export async function composed(
  { source, description, references, ...settings }: ReadDocument,
  {
    version,
    loadFragments,
    reader,
    ...text
  }: Text & {
    readonly version: string | undefined;
    readonly loadFragments: LoadFragments;
    readonly reader: Reader;
  },
): Promise<Composed> {
  const composer = new Composer(settings.id, loadFragments, reader);
  await composer.add(text, []);
  throwIssues(composer.issues);
  const { use, lines, pages } = composer.finish(references, text.source);
  const { id, mcpServers, tools, exactTools, fields, model, color, paths } = settings;
  const unit = reader.personaOfFile(
    {
      id,
      description,
      mcpServers,
      source,
      ...(version === undefined ? {} : { version }),
      ...(tools === undefined ? {} : { tools }),
      ...(exactTools === undefined ? {} : { exactTools }),
      ...(fields === undefined ? {} : { fields }),
      ...(model === undefined ? {} : { model }),
      ...(color === undefined ? {} : { color }),
      ...(paths === undefined ? {} : { paths }),
    },
    use,
    pages,
  );
  return { unit, hasCode: composer.hasCode, lines, warnings: composer.warnings };
}

/** A piece of a text, and the line of its file. */
interface Placed extends Piece {
  readonly at: FileLine;
}

/** What a file is made of, in order. */
type Item =
  | { readonly kind: "section"; readonly id: string; readonly pieces: Placed[] }
  | { readonly kind: "text"; readonly id: string; readonly summary: string; readonly pieces: readonly Placed[] }
  | { readonly kind: "fragment"; readonly fragment: AnyFragment };

class Composer {
  readonly issues: Issue[] = [];
  readonly warnings: Issue[] = [];
  /** Whether modules were loaded: what they make has to be checked. */
  hasCode = false;
  readonly #persona: string;
  readonly #loadFragments: LoadFragments;
  readonly #reader: Reader;
  readonly #items: Item[] = [];

  constructor(persona: string, loadFragments: LoadFragments, reader: Reader) {
    this.#persona = persona;
    this.#loadFragments = loadFragments;
    this.#reader = reader;
  }

  /** Adds a text, and what its directives name. `within`: the Markdown fragments that it stands in, from the outside in. */
  async add(text: Text, within: readonly Fragment[]): Promise<void> {
    const parts = this.#reader.partsOf(text.text, text.directives);
    for (const part of parts) {
      if (part.kind === "text") this.#addPieces(part.pieces, text, within.at(-1));
      else await this.#use(part.directive, part.blank, text, within);
    }
  }

  #addPieces(pieces: readonly Piece[], { source, above }: Text, fragment: Fragment | undefined): void {
    const placed = pieces.map((piece) => ({ ...piece, at: { file: source, line: piece.line + above } }));
    if (fragment !== undefined) {
      this.#items.push({ kind: "text", id: fragment.id, summary: fragment.summary, pieces: placed });
      return;
    }
    for (const piece of placed) {
      const last = this.#items.at(-1);
      if (last?.kind === "section" && last.id === piece.section) last.pieces.push(piece);
      else this.#items.push({ kind: "section", id: piece.section, pieces: [piece] });
    }
  }

  async #use(directive: Directive, blank: number, text: Text, within: readonly Fragment[]): Promise<void> {
    const place = `${text.source}:${directive.line + text.above}`;
    try {
      if (isOwnFile(directive.name)) await this.#useText(directive, blank, place, text, within);
      else await this.#useModule(directive, blank, place, text);
    } catch (error) {
      const known = CommandError.known(error);
      if (known === undefined) throw error;
      this.issues.push(...known.issues.map((each) => ({ ...each, place: placeWithin(place, each.place) })));
    }
  }

  async #useModule({ name, values, depth }: Directive, blank: number, place: string, text: Text): Promise<void> {
    const found = await fragmentNamed(name, text.file, this.#loadFragments);
    this.hasCode = true;
    const { fragment, depth: given } = withValues(found, values, place);
    if (this.#items.some((item) => item.kind === "fragment" && item.fragment.id === fragment.id)) {
      throw failure("name-taken", place, `fragment "${fragment.id}" is used twice`, "Keep one of the two.");
    }
    this.#items.push({
      kind: "fragment",
      fragment: this.#reader.fragmentAt(fragment, given ?? (depth === 0 ? 2 : Math.min(depth + 1, 6)), blank),
    });
  }

  async #useText(
    { name, values, depth }: Directive,
    blank: number,
    place: string,
    text: Text,
    within: readonly Fragment[],
  ): Promise<void> {
    const file = resolve(dirname(text.file), name);
    const fragment = readFragment(name, file, place);
    const chain = [...within, fragment];
    const first = within.findIndex((each) => each.file === file);
    if (first !== -1) {
      const names = chain.slice(first).map((each) => each.source);
      throw failure("circular-use", place, `the fragment uses itself: ${names.join(" -> ")}`, "Take one of them out.");
    }
    const { depth: given, ...others } = values;
    const isDepth = given !== undefined && !Object.hasOwn(fragment.params, "depth");
    const { directivesIn, fillIn, leastDepth, shiftHeadings, swallowsWhatFollows } = this.#reader;
    const filled = fillIn(fragment.text, fragment.params, isDepth ? others : values, place);
    const least = leastDepth(filled);
    const wanted = isDepth ? depthFrom(given, place) : depth === 0 ? least : Math.min(depth + 1, 6);
    const shifted = least === 0 ? filled : shiftHeadings(filled, wanted - least);
    const open = swallowsWhatFollows(shifted);
    if (open !== undefined) {
      const at = `${fragment.source}:${open.line + fragment.above}`;
      throw failure("open-fragment", at, `${open.what} is left open, and would take in what stands below`, "Close it.");
    }
    const found = directivesIn(shifted, { file: fragment.source, above: fragment.above });
    this.warnings.push(...found.warnings.map(withLine));
    this.issues.push(...found.issues.map(withLine));
    const before = this.#items.length;
    const { source, above } = fragment;
    await this.add({ source, file, text: shifted, above, directives: found.directives }, chain);
    this.#below(before, blank);
  }

  /** The first of what was added stands as far below as the directive that named it. */
  #below(index: number, blank: number): void {
    const item = this.#items[index];
    if (item?.kind === "text") {
      const [first, ...others] = item.pieces;
      if (first !== undefined) this.#items[index] = { ...item, pieces: [{ ...first, blank }, ...others] };
    } else if (item?.kind === "fragment") {
      const { depth = 2 } = item.fragment;
      this.#items[index] = { ...item, fragment: this.#reader.fragmentAt(item.fragment, depth, blank) };
    }
  }

  /** Gives each part an id of its own. What others have given an id keeps it. */
  finish(
    references: ReadDocument["references"],
    main: string,
  ): {
    readonly use: AnyFragment[];
    readonly lines: ReadonlyMap<string, FileLine>;
    readonly pages: PersonaData["references"];
  } {
    const lines = new Map<string, FileLine>();
    const taken = new Set([
      this.#persona,
      ...this.#items.flatMap((item) => (item.kind === "fragment" ? item.fragment.id : [])),
    ]);
    // A section gives way to a fragment of its name, wherever that stands.
    for (const kind of ["text", "section"] as const) {
      for (const [index, item] of this.#items.entries()) {
        if (item.kind !== kind) continue;
        const id = freeId(item.id, kind === "section" ? "section" : "text", taken);
        taken.add(id);
        this.#items[index] = { ...item, id } as Item;
      }
    }
    const use = this.#items.map((item) => {
      if (item.kind === "fragment") return item.fragment;
      const rules = rulesOf(item.pieces, (rule, { at }) => lines.set(`${item.id}/${rule}`, at));
      return this.#reader.fragmentOfText(item.id, item.kind === "text" ? item.summary : item.id, rules);
    });
    const pages = references.map(({ id, title, when, sections, source }) => {
      const [entry] = sections[0]?.entries ?? [];
      const parts = this.#reader.partsOf(entry?.kind === "markdown" ? entry.text : "");
      const fragment = freeId(id, "reference", taken);
      const file = main.replace(/[^/\\]*$/, () => `references/${id}.md`);
      const above = (source?.head ?? "").split(/\r\n|\n|\r/).length - 1;
      const pieces = parts.flatMap((part) => (part.kind === "text" ? part.pieces : []));
      const rules = rulesOf(pieces, (rule, { line }) => lines.set(`${fragment}/${rule}`, { file, line: line + above }));
      taken.add(fragment);
      const use = [this.#reader.fragmentOfText(fragment, id, rules)];
      return { id, title, when, use, ...(source === undefined ? {} : { source }) };
    });
    return { use, lines, pages };
  }
}

/** Pieces as rules, each with an id of its own. */
function rulesOf<Each extends Piece>(
  pieces: readonly Each[],
  place: (rule: string, piece: Each) => void = () => {},
): { readonly [rule: string]: Markdown } {
  const rules = new Map<string, Markdown>();
  for (const piece of pieces) {
    const rule = ruleId(piece, rules);
    place(rule, piece);
    const { text, blank } = piece;
    rules.set(rule, { kind: "markdown", text, ...(blank === 1 ? {} : { blank }) });
  }
  return Object.fromEntries(rules);
}

/** A section of a persona's name, and one that goes on below a fragment, have a name of their own. */
function freeId(id: string, such: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  if (!taken.has(`${id}-${such}`)) return `${id}-${such}`;
  for (let number = 2; ; number++) if (!taken.has(`${id}-${such}-${number}`)) return `${id}-${such}-${number}`;
}

/** In a fragment of several sections, what two of them call the same has the section's name in front. */
function ruleId({ section, id }: Piece, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(id)) return id;
  const camel = section.replace(/-+([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
  const full = `${camel}${id.charAt(0).toUpperCase()}${id.slice(1)}`;
  if (!taken.has(full)) return full;
  for (let number = 2; ; number++) if (!taken.has(`${full}${number}`)) return `${full}${number}`;
}

/** Places in other files stand for themselves. */
function placeWithin(place: string, inner: string | undefined): string {
  if (inner === undefined || inner.startsWith(place)) return inner ?? place;
  return /^[^\s:]+:\d+/.test(inner) ? inner : `${place}, ${inner}`;
}

/** A Markdown fragment, as its file says it. */
interface Fragment {
  readonly id: string;
  readonly summary: string;
  readonly params: { readonly [name: string]: string | undefined };
  readonly source: string;
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  readonly above: number;
}

const FRAGMENT_KEYS = ["id", "summary", "params"];

function readFragment(name: string, file: string, place: string): Fragment {
  const source = shorten(file);
  const whole = textOfFragment(name, file, place);
  const { data, body } = headOf(source, whole);
  const { id = stemOf(file), summary, params = {} } = data;
  const issues = Object.keys(data).flatMap((key) =>
    FRAGMENT_KEYS.includes(key)
      ? []
      : [
          issue("invalid-fragment", source, `there is no field "${key}"`, {
            hint: hintFor(key, FRAGMENT_KEYS),
            subject: key,
          }),
        ],
  );
  if (typeof id !== "string" || !KEBAB_CASE.test(id)) {
    const hint = 'Write one such as "error-handling" into its front matter: id: error-handling.';
    issues.push(issue("invalid-fragment", source, `its id ${JSON.stringify(id)} is not kebab-case`, hint));
  }
  if (summary !== undefined && typeof summary !== "string")
    issues.push(issue("invalid-fragment", source, "its summary is not a text"));
  const declared = isMap(params) ? Object.entries(params) : [];
  if (!isMap(params))
    issues.push(issue("invalid-fragment", source, "params is no map", "Expected params: { library: Go }."));
  for (const [key, value] of declared) {
    if (value !== null && !["string", "number", "boolean"].includes(typeof value))
      issues.push(issue("invalid-fragment", `${source}, params.${key}`, "the default is neither a text nor a number"));
  }
  const text = body.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
  if (text === "") issues.push(issue("invalid-fragment", source, "it has no text"));
  throwIssues(issues);
  return {
    id: String(id),
    summary: String(summary ?? id),
    params: Object.fromEntries(declared.map(([key, value]) => [key, value === null ? undefined : String(value)])),
    source,
    file,
    text,
    above:
      whole.slice(0, whole.length - body.length + (body.length - body.replace(/^(?:[ \t]*\n)+/, "").length)).split("\n")
        .length - 1,
  };
}

function textOfFragment(name: string, file: string, place: string): string {
  const text = readText(file);
  if (text !== undefined) {
    if (text.includes("\0"))
      throw failure("cannot-read", `${place}, ${name}`, "the file has NUL characters, so it is no text");
    return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  }
  const folder = dirname(file);
  const near = existsSync(folder) ? nearest(basename(file), readdirSync(folder)) : undefined;
  const hint = near === undefined ? {} : { hint: `Did you mean "${near}"?` };
  throw failure("not-found", place, `there is no fragment ${name}`, hint);
}

function headOf(
  source: string,
  text: string,
): { readonly data: { readonly [key: string]: unknown }; readonly body: string } {
  try {
    const { data, body } = readFrontMatter(text);
    return { data: isMap(data) ? data : {}, body };
  } catch (error) {
    throw failure("invalid-fragment", source, "its front matter cannot be read", { cause: messageOf(error) });
  }
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stemOf(file: string): string {
  return basename(file).replace(/\.[^.]*$/, "");
}

/** The one fragment of a module or package, seen from a file. */
async function fragmentNamed(name: string, file: string, loadFragments: LoadFragments): Promise<AnyFragment> {
  try {
    const [fragment, second] = await loadFragments(name, dirname(file));
    if (fragment !== undefined && second === undefined) return fragment;
    const ids = [fragment?.id, second?.id].join(", ");
    throw failure("no-unit", undefined, `${name} exports several fragments: ${ids}`, "Name a module that exports one.");
  } catch (error) {
    const known = CommandError.from(error);
    const [first] = known.issues;
    if (first?.code !== "not-found") throw known;
    throw failure("not-found", undefined, `there is no fragment ${name}`, await hintForFragment(name, file));
  }
}

async function hintForFragment(name: string, file: string): Promise<string> {
  if (/^[./\\]/.test(name)) {
    const path = resolve(dirname(file), name);
    const near = existsSync(dirname(path)) ? nearest(basename(path), readdirSync(dirname(path))) : undefined;
    return near === undefined ? "Name a file, or an installed package." : `Did you mean "${near}"?`;
  }
  const { fragments } = await loadCatalogue();
  const known = [...installedNear(dirname(file)), ...fragments.map((each) => each.package)];
  if (known.includes(name)) return `Install it: ${installCommand(dirname(file), [name])}`;
  return hintFor(name, known, "Name an installed package, or a file such as ./fragments/house-rules.md.");
}

/** What the nearest package.json depends on. */
function installedNear(folder: string): string[] {
  for (let here = folder; ; here = dirname(here)) {
    const manifest = resolve(here, "package.json");
    if (existsSync(manifest)) {
      try {
        const { dependencies = {}, devDependencies = {} } = JSON.parse(readText(manifest) ?? "{}");
        return Object.keys({ ...dependencies, ...devDependencies });
      } catch {
        return [];
      }
    }
    if (here === dirname(here)) return [];
  }
}

function depthFrom(value: string, place: string): number {
  if (/^[1-6]$/.test(value)) return Number(value);
  throw failure("invalid-depth", place, `depth is "${value}"`, "Expected a number from 1 to 6.");
}

/** A fragment with the values of a directive: each as a text, a number or a list, as its parameter takes it. */
function withValues(
  fragment: AnyFragment,
  values: Directive["values"],
  place: string,
): { readonly fragment: AnyFragment; readonly depth?: number } {
  const issues: Issue[] = [];
  let changed = fragment;
  let depth: number | undefined;
  for (const [name, text] of Object.entries(values)) {
    if (name === "depth" && own(fragment.params, name) === undefined) depth = depthFrom(text, place);
    else changed = withValue(changed, name, text, issues);
  }
  throwIssues(issues);
  return { fragment: changed, ...(depth === undefined ? {} : { depth }) };
}

function withValue(fragment: AnyFragment, name: string, text: string, issues: Issue[]): AnyFragment {
  let refused: unknown;
  for (const candidate of candidatesFor(text)) {
    try {
      return fragment.with({ [name]: candidate });
    } catch (error) {
      refused ??= error;
    }
  }
  issues.push(...CommandError.from(refused).issues);
  return fragment;
}
