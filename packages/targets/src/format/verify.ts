import { type Origin, PersonaKitError } from "@personakit/core";
import type { Nodes } from "mdast";
import { failure, issue, throwIssues } from "../issues/issue.ts";
import type { Artifact } from "../model/compiled.ts";
import { Recent } from "../model/recent.ts";
import { readFrontMatter } from "./front-matter.ts";
import { hiddenInArtifact } from "./seen.ts";
import { readToml } from "./toml.ts";

/**
 * Reads an artifact with a parser of its format. Throws a PersonaKitError when that fails, or when the Markdown reads
 * otherwise than it was meant: a rule that opens a heading, a fence that runs into other rules, HTML; or
 * when there are characters that a reader does not see. Resolves to nothing.
 *
 * @example
 * ```ts
 * import type { Document } from "@personakit/core";
 * import { targets, verifyArtifact } from "@personakit/targets";
 *
 * export async function verifyAll(document: Document): Promise<void> {
 *   for (const target of targets) {
 *     for (const artifact of target.compile(document).artifacts) await verifyArtifact(artifact);
 *   }
 * }
 * ```
 */
export async function verifyArtifact(artifact: Artifact): Promise<void> {
  const { path, text } = artifact;
  // A target of another package may be made without our `defineTarget`.
  throwIssues(hiddenInArtifact(artifact, path, plainBodies.texts));
  try {
    if (path.endsWith(".json")) JSON.parse(text);
    else if (path.endsWith(".toml")) await verifyToml(artifact, readToml(text));
    else await verifyMarkdown(artifact);
    verifySkillName(path, text);
  } catch (error) {
    if (error instanceof PersonaKitError) throw error;
    throw failure("unparsable-file", path, `the file does not parse: ${(error as Error).message}`);
  }
}

/** What a file of TOML says in several lines is Markdown. */
async function verifyToml({ path, text, origins }: Artifact, data: object): Promise<void> {
  const lines = text.split("\n");
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== "string" || !value.includes("\n")) continue;
    const above = lines.findIndex((line) => line === `${key} = '''` || line === `${key} = """`) + 1;
    await verifyBody(path, value, origins, above);
  }
}

/** A skill whose name is not its folder's is skipped without a word. */
function verifySkillName(path: string, text: string): void {
  const [, folder] = /([^/]+)\/SKILL\.md$/.exec(path) ?? [];
  if (folder === undefined) return;
  const { name } = readFrontMatter(text).data as { name?: unknown };
  if (name === folder) return;
  throw failure("wrong-skill-name", path, `the skill's name is ${JSON.stringify(name)}, its folder "${folder}"`);
}

async function verifyMarkdown({ path, text, origins }: Artifact): Promise<void> {
  // Front matter was read back when it was written; here it only has to be found.
  const head = /^---\n[\s\S]*?\n---\n/.exec(text)?.[0] ?? "";
  await verifyBody(path, text.slice(head.length), origins, head.split("\n").length - 1);
}

/** The last bodies that read as they were meant and hide nothing, with the origins of their lines. */
const plainBodies = new Recent<readonly Origin[]>();

/** Reads Markdown that stands in a file below so many other lines. */
async function verifyBody(path: string, body: string, origins: readonly Origin[], above: number): Promise<void> {
  if (plainBodies.get(body)?.every((origin, index) => origin === origins[above + index])) return;
  if (isPlain(body, origins, above)) {
    plainBodies.set(body, origins.slice(above));
    return;
  }
  refuseCostly(body, path);
  // The reader that remark and its users share. Our own renderer writes; what it wrote is read by somebody else's parser.
  const { fromMarkdown } = await import("mdast-util-from-markdown");
  const issues = fromMarkdown(body, WITHOUT_EMPHASIS).children.flatMap((node) => {
    const first = above + (node.position?.start.line ?? 1) - 1;
    const last = above + (node.position?.end.line ?? 1) - 1;
    const problem = problemOf(node, origins.slice(first, last + 1));
    const place = `${path}, line ${first + 1} (${nameOf(origins[first])})`;
    return problem === undefined ? [] : [issue("misread-markdown", place, problem)];
  });
  throwIssues(issues);
}

/** Whether text is emphasised changes nothing here, and takes the parser time by the square of the asterisks in a block. */
const WITHOUT_EMPHASIS = { extensions: [{ disable: { null: ["attention"] } }] };

/** What a parser looks for the end of through all of its block, again for each. */
const OPENINGS = /<[!?]|\]\[/g;

/** Openings times characters, of all blocks: half a second. Real files stay below a thousandth of it. */
const MOST_WORK = 10_000_000;

/** What may open a tag, or an address: a parser looks at each for a hundredth of a millisecond. Real files have some hundred. */
const MOST_TAGS = 20_000;

/** Throws where the parser would take minutes. */
function refuseCostly(body: string, path: string): void {
  let work = 0;
  for (const block of body.split("\n\n")) work += countOf(block, OPENINGS) * block.length;
  const tags = countOf(body, /<[A-Za-z/]/g);
  if (work <= MOST_WORK && tags <= MOST_TAGS) return;
  throw failure("misread-markdown", path, 'there are too many "<" or "][" to read them all', "Take them out.");
}

/** Without a list of them, which would fill the memory. */
function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count++;
  return count;
}

/** A line that cannot open anything: blank, or one of our markers and then a word, a code span or a table's bar. */
const PLAIN = /^(?:(?:- (?:\[ \] )?|\d+\. |#{1,2} )?(?:[A-Za-z\d*"'([]|`(?!``)|\|)|$)/;

/** The same where the word is of another script: made where there is one, because it takes a while to make. */
function startsWithLetter(line: string): boolean {
  return /^(?:- (?:\[ \] )?|\d+\. |#{1,2} )?[\p{L}\p{N}]/u.test(line);
}

/** What may open HTML or an address. */
const TAG = /<[A-Za-z/!?]/;

/** A fence at the start of a line, and the backticks that close it. */
const FENCE = /^(`{3,})[^`]*$/;

/**
 * Whether a body reads as it was meant without a parser's help, which is a hundred times as slow as writing: each line is
 * plain, `<` stands only in code spans that end on their line, and each fence is closed among the lines of its own rule.
 */
function isPlain(body: string, origins: readonly Origin[], above: number): boolean {
  const lines = body.split("\n");
  // A span that is open at a line's end could end before what looks like code in another line.
  let spansEnd = true;
  let tags = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    const [, fence] = FENCE.exec(line) ?? [];
    if (fence !== undefined) {
      const end = lines.indexOf(fence, index + 1);
      const rules = origins.slice(above + index, above + end + 1).map(nameOf);
      if (end === -1 || rules.some((rule) => rule !== rules[0])) return false;
      index = end;
      continue;
    }
    if (!PLAIN.test(line) && !startsWithLetter(line)) return false;
    if (line.startsWith("#") && origins[above + index]?.rule !== undefined) return false;
    const hasCode = line.includes("`");
    const rest = hasCode ? line.replace(/`[^`]*`/g, "") : line;
    if (TAG.test(rest)) return false;
    tags ||= line.includes("<");
    spansEnd &&= !hasCode || (!/``|\\`/.test(line) && !rest.includes("`"));
  }
  return spansEnd || !tags;
}

function problemOf(node: Nodes, origins: readonly Origin[]): string | undefined {
  if (containsHtml(node)) return "there is HTML, which tools strip or show; put it into a code span";
  if (node.type === "heading" && origins[0]?.rule !== undefined) return "a rule opens a heading";
  const rules = new Set(origins.map(nameOf));
  if (node.type === "code" && rules.size > 1) return "a code fence runs into other rules";
  return undefined;
}

function containsHtml(node: Nodes): boolean {
  if (node.type === "html") return true;
  return "children" in node && node.children.some(containsHtml);
}

function nameOf(origin: Origin | undefined): string {
  if (origin === undefined) return "nothing";
  return origin.rule === undefined ? origin.unit : `${origin.unit}/${origin.rule}`;
}
