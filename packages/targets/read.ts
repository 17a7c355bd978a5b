// Files that were written by hand. What reads them is loaded when there is one to read.

export { type Readable, readableBy } from "./src/define/readable.ts";
export { splitGlobs } from "./src/read/globs.ts";
export { type FileHead, type FileRead, type FileText, type ReadTables, readFields } from "./src/read/read-file.ts";
export type { Head } from "./src/read/read-head.ts";
export type { Field as FileField } from "./src/read/read-yaml.ts";
export type { Recognised } from "./src/read/recognise.ts";
export { replaceField } from "./src/read/replace-field.ts";
export { expectedOf, type KeyMeaning, keyMeaning, knownKeys, type NamedTools, namedTools } from "./src/read/said.ts";
export { quoted } from "./src/read/spell.ts";
export { type HeadRows, type NoHead, splitHead } from "./src/read/split-head.ts";
export type { ReadDocument } from "./src/read/verbatim.ts";
export type { Restored } from "./src/read/verbatim-file.ts";
export { unreadFormat } from "./src/readables/unread.ts";
export { type RecognisedFile, readables, recognise } from "./src/readables.ts";
