import { type Origin, PersonaKitError } from "@personakit/core";
import { startsIn } from "@personakit/core/internal";
import type { Nodes } from "mdast";
import { failure, issue, throwIssues } from "../issues/issue.ts";
import type { Artifact } from "../model/compiled.ts";
import { Recent } from "../model/recent.ts";
import { readFrontMatter } from "./front-matter.ts";
import { load } from "./load.ts";
import { hiddenInArtifact } from "./seen.ts";
import { readToml } from "./toml.ts";

/**
 * Reads an artifact with a parser of its format. Throws a PersonaKitError when that fails, or when the Markdown reads
 * otherwise than it was meant: a rule that opens a heading, a fence that runs into other rules, HTML, Markdown of an author's
 * that runs into what stands around it; or when there are characters that a reader does not see. Returns nothing.
 *
 * @example
 * ```ts
 * import type { Document } from "@personakit/core";
 * import { targets, verifyArtifact } from "@personakit/targets";
 *
 * export function verifyAll(document: Document): void {
 *   for (const target of targets) {
 *     for (const artifact of target.compile(document).artifacts) verifyArtifact(artifact);
 *   }
 * }
 * ```
 */
export function verifyArtifact(artifact: Artifact): void {
  const { path, text } = artifact;
  // A target of another package may be made without our `defineTarget`.
  throwIssues(hiddenInArtifact(artifact, path));
  try {
    if (path.endsWith(".json")) JSON.parse(text);
    else if (path.endsWith(".toml")) verifyToml(artifact, readToml(text));
    else verifyMarkdown(artifact);
    verifySkillName(path, text);
  } catch (error) {
    if (error instanceof PersonaKitError) throw error;
    throw failure("unparsable-file", path, `the file does not parse: ${(error as Error).message}`);
  }
}

/** What a file of TOML says in several lines is Markdown. */
function verifyToml({ path, text, origins }: Artifact, data: object): void {
  const lines = text.split("\n");
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== "string" || !value.includes("\n")) continue;
    const above = lines.findIndex((line) => line === `${key} = '''` || line === `${key} = """`) + 1;
    verifyBody(path, value, origins, above);
  }
}

/** A skill whose name is not its folder's is skipped without a word. */
function verifySkillName(path: string, text: string): void {
  if (!path.endsWith("/SKILL.md")) return;
  const folder = path.split("/").at(-2) ?? "";
  const { name } = readFrontMatter(text).data as { name?: unknown };
  if (name === folder) return;
  throw failure("wrong-skill-name", path, `the skill is named ${JSON.stringify(name)}, but its folder is "${folder}"`);
}

function verifyMarkdown({ path, text, origins }: Artifact): void {
  // Front matter was read back when it was written; here it only has to be found.
  const head = /^---\n[\s\S]*?\n---\n/.exec(text)?.[0] ?? "";
  if (head !== "" && origins[0]?.rule !== undefined) {
    const problem = "it begins with Markdown that tools read as front matter";
    throw failure("misread-markdown", `${path}, line 1 (${nameOf(origins[0])})`, problem, "Begin with other text.");
  }
  verifyBody(path, text.slice(head.length), origins, head.split("\n").length - 1);
}

/** The last bodies that read as they were meant, with the origins of their lines. */
const plainBodies = new Recent<readonly Origin[]>();

/** Reads Markdown that stands in a file below so many other lines. */
function verifyBody(path: string, body: string, origins: readonly Origin[], above: number): void {
  if (plainBodies.get(body)?.every((origin, index) => origin === origins[above + index])) return;
  const written = body.split("\n");
  const isAuthors = (index: number) => origins[above + index]?.verbatim === true;
  const hasAuthors = hasVerbatim(origins, above);
  const placeOf = (at: number) => `${path}, line ${above + at + 1} (${nameOf(origins[above + at])})`;
  if (hasAuthors) refuseRunning(body, written, origins.slice(above), placeOf);
  // Markdown of an author's may open anything, and goes on nowhere else.
  const lines = hasAuthors ? written.map((line, index) => (isAuthors(index) ? "" : line)) : written;
  const own = hasAuthors ? lines.join("\n") : body;
  const read = isSurelyPlain(own, lines, origins, above) ? [] : linesToRead(lines, origins.slice(above));
  if (read.length === 0) {
    plainBodies.set(body, origins.slice(above));
    return;
  }
  refuseCostly(read, placeOf);
  // The parser that remark uses: output of our own renderer is checked by a third-party parser.
  const { fromMarkdown }: typeof import("mdast-util-from-markdown") = load("mdast-util-from-markdown");
  const text = read.map((line) => line.text).join("\n");
  const issues = fromMarkdown(text, WITHOUT_EMPHASIS).children.flatMap((node) => {
    const lines = read.slice((node.position?.start.line ?? 1) - 1, node.position?.end.line ?? 1);
    const problem = problemOf(
      node,
      lines.flatMap(({ at }) => origins[above + at] ?? []),
    );
    const html = linesWithHtml(node).map((line) => {
      const problem = "there is HTML, which tools strip or show as text";
      return issue("misread-markdown", placeOf(read[line - 1]?.at ?? 0), problem, "Put it in a code span.");
    });
    return problem === undefined ? html : [...html, issue("misread-markdown", placeOf(lines[0]?.at ?? 0), problem)];
  });
  throwIssues(issues);
}

/** Throws where Markdown of an author's and what stands around it read as one block. */
function refuseRunning(
  body: string,
  lines: readonly string[],
  origins: readonly Origin[],
  placeOf: (at: number) => string,
): void {
  const starts = startsIn(body);
  let last: Origin | undefined;
  const issues = lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const origin = origins[index];
    const isNext = last !== undefined && (last.verbatim ?? origin?.verbatim) && nameOf(last) !== nameOf(origin);
    last = origin;
    if (!isNext || starts[index] !== undefined) return [];
    const hint = "Begin it at the start of its line, and close what stands above.";
    return [issue("misread-markdown", placeOf(index), "it reads as a part of what stands above it", hint)];
  });
  throwIssues(issues);
}

/** Whether text is emphasised changes nothing here, and takes the parser time by the square of the asterisks in a block. */
const WITHOUT_EMPHASIS = { extensions: [{ disable: { null: ["attention"] } }] };

/** What a parser looks for the end of through all of its block, again for each. */
const OPENINGS = /<[!?]|\]\[/g;

/** Openings times characters, of all blocks: half a second. Real files stay below a thousandth of it. */
const MOST_WORK = 10_000_000;

/** The characters that a parser has to read: up to five microseconds and two kilobytes for each. Real: 2,700. */
const MOST_READ = 30_000;

/** What may open a tag or an address in them. Real: 17. */
const MOST_TAGS = 200;

/** Throws where the parser would take seconds. */
function refuseCostly(read: readonly Line[], placeOf: (at: number) => string): void {
  let [size, tags, block, openings, work] = [0, 0, 0, 0, 0];
  for (const { at, text } of read) {
    size += text.length + 1;
    for (const _ of text.matchAll(TAGS)) tags++;
    if (size > MOST_READ || tags > MOST_TAGS) {
      const [found, most, of] = size > MOST_READ ? [size, MOST_READ, "characters"] : [tags, MOST_TAGS, '"<"'];
      const problem = `what may be HTML, a heading or a fence has ${found} ${of} up to here, more than the ${most} that are allowed`;
      throw failure("costly-markdown", placeOf(at), problem, "Put it in code spans, or use less of it.");
    }
    if (text === "") [block, openings] = [0, 0];
    work -= block * openings;
    block += text.length + 1;
    for (const _ of text.matchAll(OPENINGS)) openings++;
    work += block * openings;
    if (work <= MOST_WORK) continue;
    const problem = 'there are too many "<!", "<?" or "][" up to here to find the end of each';
    throw failure("costly-markdown", placeOf(at), problem, "Remove them.");
  }
}

/** A line of a body, and its index there. */
interface Line {
  readonly at: number;
  readonly text: string;
}

/** A line that may change what it is itself, or what its neighbours are: indented, a heading, a line below one, HTML. */
const STRUCTURAL = /^(?:[ \t]+[^ \t]|#{1,6}(?:[ \t]|$)|(?:-+|=+)[ \t]*$|<[A-Za-z/!?])/;

/**
 * Whether a line goes on within a list item, right below another of its rule: more text, or a point of its own. It begins with what
 * opens no block, and no code, because text goes on above it.
 */
function isWithinItem(line: string): boolean {
  // Patterns of letters of all scripts take a while to make: they stand where they are needed.
  return /^ +(?:(?:- (?:\[ \] )?|\d{1,9}\. )?[\p{L}"'(*_[]|`(?!``))/u.test(line);
}

/** A fence, and one of backticks at the start of a line, as we write it. */
const FENCE = /^ {0,3}(?:~{3}|(`{3,})[^`]*$)/;

/** What may open HTML or an address. */
const TAG = /<[A-Za-z/!?]/;
const TAGS = new RegExp(TAG, "g");

/** What may change a line or its neighbours, but for headings and HTML. */
const SUSPECT = /^(?:[ \t]+[^ \t]|(?:-+|=+)[ \t]*$| {0,3}(?:~{3}|`{3}))/;

/** Whether nothing in a body can be misread: most are so, and need not be taken apart. */
function isSurelyPlain(body: string, lines: readonly string[], origins: readonly Origin[], above: number): boolean {
  if (body.includes("<") && TAG.test(body)) return false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    if (line.startsWith("#") ? origins[above + index]?.rule !== undefined : SUSPECT.test(line)) return false;
  }
  return true;
}

/** Whether Markdown of an author's stands below so many lines. */
function hasVerbatim(origins: readonly Origin[], above: number): boolean {
  for (let index = above; index < origins.length; index++) if (origins[index]?.verbatim === true) return true;
  return false;
}

/**
 * The lines that only a parser can read; it takes a hundred times as long as writing did. Parts are left out in which no line
 * is structural, each fence is closed among the lines of its own rule, and `<` stands only in code spans.
 */
function linesToRead(lines: readonly string[], origins: readonly Origin[]): Line[] {
  const read: Line[] = [];
  let isMisreadable = false;
  for (const { start, end, isPlain } of partsOf(lines, origins)) {
    const texts = lines.slice(start, end);
    // What is a link, and so what is HTML, depends on definitions anywhere.
    if (isPlain && !texts.some((text) => text.includes("]:"))) continue;
    isMisreadable ||= !isPlain;
    for (const [index, text] of texts.entries()) read.push({ at: start + index, text });
    read.push({ at: end - 1, text: "" });
  }
  return isMisreadable ? read : [];
}

/** Lines from `start` up to `end`, outside of which no block of theirs goes on. */
interface Part {
  readonly start: number;
  readonly end: number;
  /** Whether it reads as it was meant, without a parser's help. */
  readonly isPlain: boolean;
}

/** Cuts a body below blank lines and fences, where a line is not indented, above fences, and between list items. */
function* partsOf(lines: readonly string[], origins: readonly Origin[]): Generator<Part> {
  let [start, isPlain, isAfterEnd, isAfterItem] = [0, true, true, false];
  let inline: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    const fence = FENCE.exec(line);
    const isItem = /^- [^ \t]/.test(line);
    if ((isItem && isAfterItem) || /^`{3,}[^`]*$/.test(line) || (isAfterEnd && /^[^ \t]/.test(line))) {
      if (index > start) yield { start, end: index, isPlain: isPlain && isPlainText(inline) };
      [start, isPlain, inline] = [index, true, []];
    }
    isAfterItem = isItem;
    isAfterEnd = fence !== null || /^[ \t]*$/.test(line);
    if (fence !== null) {
      const end = line.startsWith("`") ? endOfFence(lines, index, fence[1] as string) : -1;
      if (end === -1) {
        yield { start, end: lines.length, isPlain: false };
        return;
      }
      const rule = nameOf(origins[index]);
      isPlain &&= origins.slice(index, end + 1).every((origin) => nameOf(origin) === rule);
      index = end;
    } else {
      inline.push(line);
      const isOurs = line.startsWith("#") && origins[index]?.rule === undefined;
      isPlain &&= isOurs || !STRUCTURAL.test(line) || (isWithinItem(line) && isBelowText(lines, origins, index));
    }
  }
  yield { start, end: lines.length, isPlain: isPlain && isPlainText(inline) };
}

/** Whether a line stands right below text of its own rule: an item of a list, or a line within one. */
function isBelowText(lines: readonly string[], origins: readonly Origin[], index: number): boolean {
  const above = lines[index - 1] ?? "";
  return nameOf(origins[index - 1]) === nameOf(origins[index]) && (beginsItem(above) || isWithinItem(above));
}

function beginsItem(line: string): boolean {
  return /^(?:- (?:\[ \] )?|\d{1,9}\. )[\p{L}"'(*_[`]/u.test(line);
}

/** The line that closes a fence, or -1. */
function endOfFence(lines: readonly string[], start: number, fence: string): number {
  const isEnd = (line: string) => /^ {0,3}`{3,}[ \t]*$/.test(line) && line.trim().length >= fence.length;
  return lines.findIndex((line, index) => index > start && isEnd(line));
}

/** Whether `<` opens nothing in some lines: it stands only in code spans that end on their line. */
function isPlainText(lines: readonly string[]): boolean {
  if (!lines.some((line) => TAG.test(line))) return true;
  const text = lines.join("\n");
  // A span that is open at a line's end could end before what looks like code in another, and so could one in an address.
  if (/``|\\`/.test(text) || hasCodeAfterLink(text)) return false;
  return lines.every((line) => {
    const rest = line.replace(/`[^`]*`/g, "");
    return !rest.includes("`") && !TAG.test(rest);
  });
}

function hasCodeAfterLink(text: string): boolean {
  const link = text.search(/\][([]/);
  return link !== -1 && text.includes("`", link);
}

function problemOf(node: Nodes, origins: readonly Origin[]): string | undefined {
  if (node.type === "heading" && origins[0]?.rule !== undefined) return "a rule opens a heading";
  const rules = new Set(origins.map(nameOf));
  if (node.type === "code" && rules.size > 1) return "a code fence runs into other rules";
  return undefined;
}

/** The lines on which HTML begins, each once: a list has the lines of many rules. */
function linesWithHtml(node: Nodes): number[] {
  if (node.type === "html") return [node.position?.start.line ?? 1];
  return "children" in node ? [...new Set(node.children.flatMap(linesWithHtml))] : [];
}

function nameOf(origin: Origin | undefined): string {
  if (origin === undefined) return "nothing";
  return origin.rule === undefined ? origin.unit : `${origin.unit}/${origin.rule}`;
}
