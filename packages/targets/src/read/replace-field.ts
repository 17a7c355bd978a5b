import { isDeepStrictEqual } from "node:util";
import type { FieldValue } from "@personakit/core";
import { yamlLibrary } from "../format/yaml.ts";
import { failure } from "../issues/issue.ts";
import { firstEnd } from "./line-ends.ts";
import { type Head, readHead } from "./read-head.ts";
import type { Field } from "./read-yaml.ts";
import { plain, quoted } from "./spell.ts";
import { withoutMark } from "./split-head.ts";

/**
 * Gives one field of a file's front matter another value, or takes it out where the value is undefined. Returns the file's text; nothing
 * else in it changes. A field that is not there yet is added below the others. Throws a PersonaKitError where the result would not read
 * back: front matter that is no list of fields.
 *
 * @example
 * ```ts
 * import { replaceField } from "@personakit/targets";
 *
 * console.log(replaceField("---\nname: dev # ours\n---\n", "name", "reviewer")); // ---\nname: reviewer # ours\n---\n
 * ```
 */
export function replaceField(text: string, key: string, value: FieldValue | undefined): string {
  const head = read(text, key);
  const field = head.fields.find((each) => each.key === key);
  const changed = field === undefined ? added(text, head, key, value) : replaced(text, field, value);
  const after = read(changed, key);
  const back = after.fields.find((each) => each.key === key);
  const isRead = value === undefined ? back === undefined || isTwice(head, key) : isSame(back, value);
  if (isRead && isDeepStrictEqual(others(head, key), others(after, key))) return changed;
  throw failure(
    "not-read-back",
    key,
    "the front matter does not read back with this field changed",
    "Change it by hand.",
  );
}

function read(text: string, key: string): Head {
  return readHead("", text, (name) => name === key);
}

function isTwice({ fields }: Head, key: string): boolean {
  return fields.filter((each) => each.key === key).length > 1;
}

function isSame(field: Field | undefined, value: FieldValue): boolean {
  return field !== undefined && (isDeepStrictEqual(field.value, value) || field.text === value);
}

function others({ fields }: Head, key: string): unknown[] {
  return fields.filter((field) => field.key !== key).map((field) => [field.key, field.value]);
}

function replaced(text: string, field: Field, value: FieldValue | undefined): string {
  if (value === undefined) return text.slice(0, field.start) + text.slice(field.end);
  return text.slice(0, field.valueStart) + spell(value, field, firstEnd(text)) + text.slice(field.valueEnd);
}

function added(text: string, { rows }: Head, key: string, value: FieldValue | undefined): string {
  if (value === undefined) return text;
  const eol = firstEnd(text);
  const line = `${key}:${spell(value, undefined, eol)}${eol}`;
  if (rows !== undefined) return text.slice(0, rows.end) + line + text.slice(rows.end);
  const body = withoutMark(text);
  return `${text.slice(0, text.length - body.length)}---${eol}${line}---${eol}${eol}${body}`;
}

/** What stands behind the colon: the value on its line, or below it where a list stood there; as the old one was written, if it can be. */
function spell(value: FieldValue, field: Field | undefined, eol: string): string {
  if (typeof value === "object" && field?.style === "block") {
    const yaml = yamlLibrary().stringify(value, { lineWidth: 0 }).trimEnd();
    return `${eol}${yaml.replace(/^/gm, "  ").replaceAll("\n", eol)}`;
  }
  if (typeof value !== "string") return ` ${JSON.stringify(value)}`;
  const isPlainRaw = field?.style === "raw" && /^\S(?:.*\S)?$/.test(value);
  return ` ${(isPlainRaw ? value : undefined) ?? (field?.style === "plain" ? plain(value) : undefined) ?? quoted(value)}`;
}
