import { isDeepStrictEqual } from "node:util";
import { type Document, type Origin, originOfDocument, PersonaKitError, type Rendered } from "@personakit/core";
// gray-matter finds the block; `yaml` reads and writes it, because gray-matter's own YAML 1.1 reader turns `no` into false.
import matter from "gray-matter";
import { parse, stringify } from "yaml";
import type { z } from "zod";
import type { Artifact } from "./target.ts";

/** Front matter is data: gray-matter would evaluate a `---js` block. */
const refuse = {
  parse(): never {
    throw new Error("JavaScript front matter is not read.");
  },
};

const OPTIONS = {
  language: "yaml",
  engines: {
    yaml: { parse, stringify: writeYaml },
    javascript: refuse,
    js: refuse,
    coffee: refuse,
    coffeescript: refuse,
  },
};

/** One double-quoted line for each key: the form that every tool's reader takes, simplified ones included. */
function writeYaml(data: object): string {
  const yaml = stringify(data, {
    lineWidth: 0,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
  // Some readers split the file at any `---`, also inside a value.
  return yaml.replace(/-(?=--)/g, "\\x2d");
}

/** Reads a file with front matter. The options object matters: without one gray-matter caches by content. */
export function readFrontMatter(text: string): { readonly data: object; readonly body: string } {
  const { data, content } = matter(text.replaceAll("\r\n", "\n"), { ...OPTIONS });
  return { data, body: content };
}

/**
 * A file of front matter and body. `schema` is the target's whitelist.
 * The file is parsed back before it is returned; throws a PersonaKitError when a value is refused or does not survive.
 */
export function withFrontMatter<Data extends object>(
  target: string,
  document: Document,
  path: string,
  schema: z.ZodType<Data>,
  data: Data,
  body: Rendered,
): Artifact {
  const place = `persona "${document.id}", target ${target}`;
  const checked = schema.safeParse(data);
  if (!checked.success) {
    throw new PersonaKitError(
      checked.error.issues.map((issue) => ({ place: `${place}, ${issue.path.join(".")}`, problem: issue.message })),
    );
  }
  const head = headOf(checked.data, place);
  const text = `${head}${body.text}`;
  return { path, text, origins: withHead(document, text, body) };
}

/** What was written and read back before: a persona's targets often say the same. */
const heads = new Map<string, string>();

/** Front matter and a blank line. The body follows as it is: only what stands above it is written and read by others. */
function headOf(data: object, place: string): string {
  const key = JSON.stringify(data);
  const known = heads.get(key);
  if (known !== undefined) return known;
  const head = matter.stringify("\n", data, { ...OPTIONS });
  const back = readFrontMatter(`${head}# Body\n`);
  if (!isDeepStrictEqual(back.data, data) || back.body !== "\n# Body\n") {
    throw new PersonaKitError([{ place, problem: "the front matter does not read back as it was written" }]);
  }
  heads.set(key, head);
  return head;
}

/** Puts one more line into the front matter of a file, for a tool that does not read YAML there. */
export function withPlainLine(document: Document, { path, text }: Artifact, line: string, body: Rendered): Artifact {
  const added = text.replace(/\n---\n/, () => `\n${line}\n---\n`);
  return { path, text: added, origins: withHead(document, added, body) };
}

/** The origins of a file whose body is at its end: what stands above is the persona's own. */
function withHead(document: Document, text: string, body: Rendered): Origin[] {
  const lines = text.slice(0, text.length - body.text.length).split("\n").length - 1;
  const origin = originOfDocument(document);
  return [...Array.from({ length: lines }, () => origin), ...body.origins];
}
