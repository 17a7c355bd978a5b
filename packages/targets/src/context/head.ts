import { readHead } from "../read/read-head.ts";

/** What a tool finds in a file's front matter. */
export interface Head {
  readonly isThere: boolean;
  /** Whether YAML refuses it. */
  readonly isBad: boolean;
  /** Whether all that YAML refuses is a colon in a text. */
  readonly isColon: boolean;
  readonly body: string;
  /** A field's value; undefined where there is none. */
  value(key: string): unknown;
  /** Whether YAML refuses this field. */
  isRefused(key: string): boolean;
  /** A field as a text; undefined where it is none, or empty. */
  text(key: string): string | undefined;
}

const any = { isKnown: () => true };

/** The front matter of a file's text, read as leniently as possible. */
export function headOf(text: string): Head {
  const { rows, fields, body, issues } = readHead("", text, any);
  const field = (key: string) => fields.find((each) => each.key === key);
  const refused = fields.filter((each) => each.refused !== undefined);
  return {
    isThere: rows !== undefined,
    isBad: issues.some(({ code }) => code === "invalid-yaml"),
    isColon: refused.length > 0 && refused.every((each) => /^[^[{"'&*!|>%@`][^\n]*: /.test(each.text ?? "")),
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
