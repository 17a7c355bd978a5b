import { type KeyMeaning, keyMeaning } from "@personakit/targets/read";
import type { InstructionFile } from "../model/file.ts";

/** A field of a file's front matter, with its place. */
export type FileField = InstructionFile["head"]["fields"][number];

/** The field of a file that says something, whatever the tool calls it. */
export function fieldFor({ tables, head }: InstructionFile, meaning: KeyMeaning): FileField | undefined {
  return head.fields.find(({ key }) => keyMeaning(tables, key) === meaning);
}

/** The fields of a file that belong to its kind: a page beside a skill has none of them. */
export function fieldsOf({ isReference, head }: InstructionFile): readonly FileField[] {
  return isReference ? [] : head.fields;
}

/** Where the front matter begins, or the file where it has none. */
export function headStart({ head }: InstructionFile): number {
  return head.rows?.start ?? 0;
}

/** Whether the file has front matter that no tool finds: then nothing else about its fields is worth saying. */
export function hasLostHead({ head }: InstructionFile): boolean {
  return head.issues.some(({ code }) => ["unread-front-matter", "no-fields", "unparsable-file"].includes(code));
}
