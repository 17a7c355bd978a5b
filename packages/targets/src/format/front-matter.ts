import { isDeepStrictEqual } from "node:util";
import { PersonaKitError, type Rendered } from "@personakit/core";
// gray-matter finds the block; `yaml` reads and writes it, because gray-matter's own YAML 1.1 reader turns `no` into false.
import matter from "gray-matter";
import { parse, stringify } from "yaml";
import type { Said } from "../features/say.ts";
import { failure, issue } from "../issues/issue.ts";
import type { Context } from "../model/context.ts";
import { dataOf, type FrontMatter } from "./keys.ts";

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
  // The options object matters: without one gray-matter caches by content.
  const { data, content } = matter(text.replaceAll("\r\n", "\n"), { ...OPTIONS });
  return { data, body: content };
}

/**
 * A file of front matter and body. It is parsed back before it is returned; throws a PersonaKitError when the target's
 * schema refuses a value, or when one does not survive.
 */
export function withFrontMatter(
  { schema, keys }: FrontMatter<object>,
  said: Said,
  body: Rendered,
  { place, origin }: Context,
): Rendered {
  const checked = schema.safeParse(dataOf(keys, said));
  if (!checked.success) {
    throw new PersonaKitError(
      checked.error.issues.map(({ path, message }) =>
        issue("invalid-front-matter", `${place}, ${path.join(".")}`, message),
      ),
    );
  }
  const head = headOf(checked.data, place);
  const above = head.split("\n").slice(1);
  return { text: `${head}${body.text}`, origins: [...above.map(() => origin), ...body.origins] };
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
    throw failure("not-read-back", place, "the front matter does not read back as it was written");
  }
  heads.set(key, head);
  return head;
}
