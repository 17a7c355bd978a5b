import { readHead } from "../read/read-head.ts";

/** What a tool finds in a file's front matter. */
export interface Head {
  readonly isThere: boolean;
  /** Whether YAML refuses it. */
  readonly isBad: boolean;
  /** Whether all that YAML refuses is a colon in a text. */
  readonly isColon: boolean;
  /** Whether the row that closes it has more than three dashes. */
  readonly hasLongRow: boolean;
  /** Whether a field is there twice. */
  readonly isRepeated: boolean;
  readonly body: string;
  /** A field's value; undefined where there is none. */
  value(key: string): unknown;
  /** Whether YAML refuses this field. */
  isRefused(key: string): boolean;
  /** A field as a text; undefined where it is none, or empty. */
  text(key: string): string | undefined;
}

const any = { isKnown: () => true };

/** A field with a text that means the same in every version of YAML, and nothing else: a letter first, no marks. */
const PLAIN = /^([A-Za-z][\w-]*): ([A-Za-z][^\n:#"'{}[\]&*!|>%@`\r]*[^\s:#"'{}[\]&*!|>%@`])$/;
/** One in double quotes, without a mark that YAML gives a meaning there. */
const QUOTED = /^([A-Za-z][\w-]*): "([^"\\\p{Cc}]*[^"\\\p{Cc}\s])"$/u;
const WORD = /^(?:true|false|null|yes|no|on|off|[yn])$/i;

/** The fields of a head of plain texts; undefined for any other. A thousand skills are read without loading a parser. */
function plainFields(
  text: string,
): { readonly fields: ReadonlyMap<string, string>; readonly body: string } | undefined {
  if (!text.startsWith("---\n")) return undefined;
  const fields = new Map<string, string>();
  for (let at = 4, end = text.indexOf("\n", at); end !== -1; at = end + 1, end = text.indexOf("\n", at)) {
    const line = text.slice(at, end);
    if (line === "---") return { fields, body: text.slice(end + 1) };
    const plain = PLAIN.exec(line);
    const [, key = "", value = ""] = plain ?? QUOTED.exec(line) ?? [];
    if (key === "" || (plain !== null && WORD.test(value)) || fields.has(key)) return undefined;
    fields.set(key, value);
  }
  return undefined;
}

/** The front matter of a file's text, read as leniently as possible. Of a field that is there twice, the first counts, or else the last. */
export function headOf(text: string, isLastTaken = false): Head {
  const plain = plainFields(text);
  if (plain !== undefined) {
    const field = (key: string) => plain.fields.get(key);
    return {
      isThere: true,
      isBad: false,
      isColon: false,
      hasLongRow: false,
      isRepeated: false,
      body: plain.body,
      value: field,
      isRefused: () => false,
      text: field,
    };
  }
  const { rows, fields, body, issues } = readHead("", text, any);
  const field = (key: string) => {
    const isIt = (each: (typeof fields)[number]) => each.key === key;
    return isLastTaken ? fields.findLast(isIt) : fields.find(isIt);
  };
  const refused = fields.filter((each) => each.refused !== undefined);
  return {
    isThere: rows !== undefined,
    isBad: issues.some(({ code }) => code === "invalid-yaml"),
    isColon: refused.length > 0 && refused.every((each) => /^[^[{"'&*!|>%@`][^\n]*: /.test(each.text ?? "")),
    hasLongRow: issues.some(({ code }) => code === "long-closing-row"),
    isRepeated: issues.some(({ code }) => code === "duplicate-field"),
    body: text.slice(body),
    value: (key) => field(key)?.value,
    isRefused: (key) => field(key)?.refused !== undefined,
    text: (key) => {
      const found = field(key);
      const value = typeof found?.value === "string" ? found.value : found?.text;
      return value === undefined || value.trim() === "" ? undefined : value;
    },
  };
}
