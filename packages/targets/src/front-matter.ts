import { isDeepStrictEqual } from "node:util";
import { type Document, type Origin, PersonaKitError, type Rendered } from "@personakit/core";
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
  return yaml.replaceAll("---", "\\x2d--");
}

/** Reads a file with front matter. The options object matters: without one gray-matter caches by content. */
export function readFrontMatter(text: string): { readonly data: object; readonly body: string } {
  const { data, content } = matter(text, { ...OPTIONS });
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
  const text = matter.stringify(`\n${body.text}`, checked.data, { ...OPTIONS });
  const back = readFrontMatter(text);
  if (!isDeepStrictEqual(back.data, checked.data) || back.body !== `\n${body.text}`) {
    throw new PersonaKitError([{ place, problem: "the front matter does not read back as it was written" }]);
  }
  const origin: Origin = {
    unit: document.id,
    ...(document.version === undefined ? {} : { version: document.version }),
  };
  const headLines = text.slice(0, text.length - body.text.length).split("\n").length - 1;
  return { path, text, origins: [...Array.from({ length: headLines }, () => origin), ...body.origins] };
}
