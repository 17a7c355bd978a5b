import { type Origin, PersonaKitError, type Rendered } from "@personakit/core";
import { isSame } from "@personakit/core/internal";
import type { Said } from "../features/say.ts";
import { failure, issue } from "../issues/issue.ts";
import type { Artifact } from "../model/compiled.ts";
import type { Context } from "../model/context.ts";
import { withFields } from "./fields.ts";
import { dataOf, type FrontMatter } from "./keys.ts";
import { load } from "./load.ts";
import { readSimple, writeAny, writeSimple, yamlLibrary } from "./yaml.ts";

/** Front matter is data: gray-matter would evaluate a `---js` block. */
const refuse = {
  parse(): never {
    throw new Error("JavaScript front matter is not read.");
  },
};

// gray-matter finds the block, and `yaml` reads and writes it; both are loaded where front matter is not simple.
const library = (): typeof import("gray-matter") => load("gray-matter");

/** The options object matters: without one gray-matter caches by content. */
const options = () => ({
  language: "yaml",
  engines: {
    yaml: { parse: yamlLibrary().parse, stringify: writeAny },
    javascript: refuse,
    js: refuse,
    coffee: refuse,
    coffeescript: refuse,
  },
});

/** Front matter that is simple; undefined for any other, and for none. */
function readPlain(text: string): { readonly data: object; readonly content: string } | undefined {
  const end = text.startsWith(FENCE) ? text.indexOf(`\n${FENCE}`) : -1;
  if (end === -1) return undefined;
  const data = readSimple(text.slice(FENCE.length, end + 1));
  return data && { data, content: text.slice(end + 1 + FENCE.length) };
}

/** Above front matter, and below it. */
const FENCE = "---\n";

/**
 * Reads a file with front matter. Returns its data, and its body as it is; both line ends are read. Throws when the YAML is
 * broken, and for front matter in JavaScript, which is never run.
 *
 * @example
 * ```ts
 * import { readFrontMatter } from "@personakit/targets";
 *
 * const { data, body } = readFrontMatter('---\nname: "reviewer"\n---\n\n# Reviewer\n');
 * console.log(data, body);
 * ```
 */
export function readFrontMatter(text: string): { readonly data: object; readonly body: string } {
  const lines = text.replaceAll("\r\n", "\n");
  const { data, content } = readPlain(lines) ?? library()(lines, options());
  return { data, body: content };
}

/**
 * A file of front matter and body; the body alone where no key has anything to say. It is parsed back before it is returned; throws a
 * PersonaKitError when the target's schema refuses a value, or when one does not survive.
 */
export function withFrontMatter(
  { schema, keys, plain = {} }: FrontMatter<object>,
  said: Said,
  body: Rendered,
  { place, origin }: Context,
): Rendered & Pick<Artifact, "parts"> {
  const checked = schema.safeParse(dataOf(keys, said));
  if (!checked.success) {
    throw new PersonaKitError(
      checked.error.issues.map(({ path, message }) =>
        issue("invalid-front-matter", `${place}, ${path.join(".")}`, message),
      ),
    );
  }
  const data = { ...withFields(checked.data, said.fields, keys, place) };
  const lines = linesOf(dataOf(plain, said));
  if (Object.keys(data).length === 0 && lines === "") return body;
  const head = withLines(headOf(data, place), lines);
  const { text } = body;
  return {
    text: `${head}${text}`,
    origins: originsOf(linesIn(head), origin, body.origins),
    parts: { head, page: text },
  };
}

/** Keys with their values as they are, each on a line. */
function linesOf(data: Data): string {
  let lines = "";
  for (const key of Object.keys(data)) lines += `${key}: ${data[key]}\n`;
  return lines;
}

/** Front matter with more lines at its end. */
function withLines(head: string, lines: string): string {
  return lines === "" ? head : head.replace(`\n${FENCE}`, () => `\n${lines}${FENCE}`);
}

/** The last ones: the targets of a persona mostly write as many lines above the same body. */
let last = { lines: 0, above: {} as Origin, below: [] as readonly Origin[], all: [] as readonly Origin[] };

/** The origins of so many lines of one origin, and of those below. */
function originsOf(lines: number, above: Origin, below: readonly Origin[]): readonly Origin[] {
  const isSame = last.lines === lines && last.above === above && last.below === below;
  if (!isSame) last = { lines, above, below, all: new Array<Origin>(lines).fill(above).concat(below) };
  return last.all;
}

function linesIn(text: string): number {
  let lines = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) lines++;
  return lines;
}

type Data = { readonly [key: string]: unknown };

/** Front matter and a blank line. The body follows as it is: only what stands above it is written and read by others. */
function headOf(data: Data, place: string): string {
  const simple = writeSimple(data);
  if (simple !== undefined) return `${FENCE}${simple}${FENCE}\n`;
  const head = writeFrontMatter(data);
  if (isReadBack(head, data)) return head;
  throw failure("not-read-back", place, "the front matter does not read back as it was written");
}

/** Whether front matter says what it was written from, and ends where it should. */
function isReadBack(head: string, data: object): boolean {
  const back = readFrontMatter(`${head}# Body\n`);
  return isSame(back.data, data) && back.body === "\n# Body\n";
}

/** Any front matter and a blank line, by the libraries. */
export function writeFrontMatter(data: object): string {
  return library().stringify("\n", data, options());
}
