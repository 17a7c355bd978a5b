import { isDeepStrictEqual } from "node:util";
import type { FieldValue, SourceFile } from "@personakit/core";
import { yamlLibrary } from "../format/yaml.ts";
import { failure } from "../issues/issue.ts";
import { firstEnd } from "./line-ends.ts";
import { withoutMark } from "./mark.ts";
import { type Head, isCommonField, readHead } from "./read-head.ts";
import { readTomlHead } from "./read-toml.ts";
import type { Field } from "./read-yaml.ts";
import { plain, quoted } from "./spell.ts";

/**
 * Gives one field of a file's front matter another value, or takes it out where the value is undefined. Returns the file's text; nothing
 * else in it changes. A field that is not there yet is added below the others. Throws a PersonaKitError where the result would not read
 * back: front matter that is no list of fields.
 *
 * @example
 * ```ts
 * import { replaceField } from "@personakit/targets/read";
 *
 * console.log(replaceField("---\nname: dev # ours\n---\n", "name", "reviewer")); // ---\nname: reviewer # ours\n---\n
 * ```
 */
export function replaceField(text: string, key: string, value: FieldValue | undefined): string {
  const head = read(text, key);
  const field = head.fields.find((each) => each.key === key);
  if (value === undefined && field === undefined) return text;
  for (const spelled of value === undefined ? [""] : spellings(value, field, firstEnd(text))) {
    const changed =
      field === undefined ? added(text, head, `${key}:${spelled}`) : replaced(text, field, value, spelled);
    if (isRight(head, read(changed, key), key, value)) return changed;
  }
  throw failure("not-read-back", key, "the front matter does not read back with this field changed", "Do it by hand.");
}

/**
 * What stands around the body of a file, with another name in the field that says it, and nothing else changed; the same where no field
 * does.
 *
 * @param toml The key of the text, in a file of TOML.
 */
export function renamed(source: SourceFile, name: string, toml: string | undefined): SourceFile {
  const { head, tail } = source;
  if (toml === undefined) {
    return /^name:/m.test(head) ? { ...source, head: replaceField(head, "name", name) } : source;
  }
  // Without its body, the file is TOML all the same.
  const field = readTomlHead("", head + tail, toml).fields.find(({ key }) => key === "name");
  if (field === undefined) return source;
  const spell = (text: string, offset: number) => {
    const [start, end] = [field.valueStart - offset, field.valueEnd - offset];
    const value = text.slice(start, end);
    // An id has nothing in it that quotes of any kind would not hold.
    const [space = "", quote = '"'] = [/^\s*/.exec(value)?.[0], /^\s*("|')(?!\1\1)/.exec(value)?.[1]];
    return `${text.slice(0, start)}${space}${quote}${name}${quote}${text.slice(end)}`;
  };
  if (field.valueEnd <= head.length) return { ...source, head: spell(head, 0) };
  return { ...source, tail: spell(tail, head.length) };
}

function read(text: string, key: string): Head {
  return readHead("", text, { isKnown: (name) => name === key || isCommonField(name) });
}

/** Whether the field reads as it was meant, and everything else as before. */
function isRight(before: Head, after: Head, key: string, value: FieldValue | undefined): boolean {
  const fields = after.fields.filter((field) => field.key === key);
  const isRead = fields.some((field) => isDeepStrictEqual(field.value, value) || field.text === value);
  const isGone = fields.length < before.fields.filter((field) => field.key === key).length;
  const others = ({ fields: all }: Head) =>
    all.flatMap((field) => (field.key === key ? [] : [[field.key, field.value]]));
  return (
    (value === undefined ? isGone : isRead) &&
    isDeepStrictEqual(others(before), others(after)) &&
    after.issues.length <= before.issues.length &&
    !after.issues.some(({ code }) => code === "no-fields" || !before.issues.some((issue) => issue.code === code))
  );
}

function replaced(text: string, field: Field, value: FieldValue | undefined, spelled: string): string {
  if (value === undefined) return text.slice(0, field.start) + text.slice(field.end);
  return text.slice(0, field.valueStart) + spelled + text.slice(field.valueEnd);
}

function added(text: string, { rows }: Head, line: string): string {
  const eol = firstEnd(text);
  if (rows !== undefined) return `${text.slice(0, rows.end)}${line}${eol}${text.slice(rows.end)}`;
  const body = withoutMark(text);
  return `${text.slice(0, text.length - body.length)}---${eol}${line}${eol}---${eol}${eol}${body}`;
}

/** What may stand behind the colon, the nearest to what stood there first: the value on its line, or below it where a list stood. */
function spellings(value: FieldValue, field: Field | undefined, eol: string): string[] {
  if (typeof value === "string") {
    const isRaw = field?.style === "raw" && /^\S(?:.*\S)?$/.test(value);
    const bare = isRaw ? value : field?.style === "plain" ? plain(value) : undefined;
    return bare === undefined ? [` ${quoted(value)}`] : [` ${bare}`, ` ${quoted(value)}`];
  }
  const flow = ` ${JSON.stringify(value)}`;
  if (typeof value !== "object" || field?.style !== "block") return [flow];
  const yaml = yamlLibrary().stringify(value, { lineWidth: 0 }).trimEnd();
  return [`${eol}${yaml.replace(/^/gm, "  ").replaceAll("\n", eol)}`, flow];
}
