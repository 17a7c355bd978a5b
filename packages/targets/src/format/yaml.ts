import { isRecord, isSame } from "@personakit/core/internal";
import { hidesNothing } from "../guard/visible.ts";
import { load } from "./load.ts";

// Nearly all front matter is a handful of texts. That much YAML is written and read here, byte for byte and value for value as
// `yaml` does it, which takes longer to load than a persona to compile. Everything else is left to `yaml`.

/** Reads and writes YAML 1.2; gray-matter's own reader is one of 1.1, which turns `no` into false. Loaded on demand. */
export function yamlLibrary(): typeof import("yaml") {
  // To find a library that is loaded already takes as long as to read a file's front matter.
  library ??= load("yaml") as typeof import("yaml");
  return library;
}

let library: typeof import("yaml") | undefined;

/** Starts with a letter, and holds nothing that a reader could split the file at. */
const KEY = "[A-Za-z](?:\\w|-(?!-)){0,99}";

/** A text in double quotes, a switch or a whole number. */
const SCALAR = '(?:"(?:[^"\\\\\\t\\n]|\\\\(?:["\\\\nt ]|x2d))*"|true|false|0|-?[1-9]\\d{0,14})';

/** A key with what it says, or with a list or a map below it. */
const ENTRY = new RegExp(
  `(${KEY}):(?: (${SCALAR})\\n|\\n((?: {2}- ${SCALAR}\\n)+|(?: {2}${KEY}: ${SCALAR}\\n)+))`,
  "y",
);

const IS_KEY = new RegExp(`^${KEY}$`);

/** Words that are no texts, in one version of YAML or another. */
const IS_WORD = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** Text that stands in quotes as it is: no quotes, no backslashes, no fence. */
const IS_PLAIN = /^(?:[ !#-,./0-[\]-~]|-(?!--))*$/;

function isKey(key: string): boolean {
  return IS_KEY.test(key) && !IS_WORD.test(key);
}

/** Any data, by the library: one double-quoted line for each text, which every tool's reader takes, simplified ones included. */
export function writeAny(data: object): string {
  const { Document, isScalar, visit } = yamlLibrary();
  const document = new Document(data);
  visit(document, {
    Pair(_, { key }) {
      // Anything may be a key of what is nested: a file could be split at it, and not every reader would take it for a text.
      if (isScalar(key) && !isKey(String(key.value))) key.type = "QUOTE_DOUBLE";
    },
  });
  const yaml = document.toString({
    lineWidth: 0,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
  return withoutFences(yaml);
}

/** Some readers split the file at any `---`, also inside a value. */
function withoutFences(yaml: string): string {
  return yaml.replace(/-(?=--)/g, "\\x2d");
}

/** What {@link writeAny} writes, read back; undefined where the data is not simple, or none, or does not read back as it was. */
export function writeSimple(data: object): string | undefined {
  const containers: unknown[] = [];
  let yaml = "";
  for (const key of Object.keys(data)) {
    const value: unknown = data[key as keyof typeof data];
    if (typeof value === "object") {
      // What stands there twice is written as an alias.
      if (containers.includes(value)) return undefined;
      containers.push(value);
    }
    const entry = entryOf(key, value);
    if (entry === undefined) return undefined;
    yaml += entry;
  }
  return yaml === "" ? undefined : yaml;
}

/** What was last written under each key, and read back: targets of a persona mostly say the same, and many personas do. */
const entries = new Map<string, { readonly value: unknown; readonly entry: string }>();

/** A key with its value. Entries are read one by one, so each reads back beside others as it does alone. */
function entryOf(key: string, value: unknown): string | undefined {
  const last = entries.get(key);
  if (last !== undefined && isAlike(last.value, value)) return last.entry;
  const data = { [key]: value };
  const entry = writeMap(data, "", writeBelow);
  if (entry === undefined || !isSame(readSimple(entry), data)) return undefined;
  // A list of the user's may change.
  const copy = Array.isArray(value) ? [...value] : isRecord(value) ? { ...value } : value;
  entries.set(key, { value: copy, entry });
  return entry;
}

/** Whether two values are written alike: the same scalar, or the same ones under the same keys in the same order. */
function isAlike(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return Object.is(one, other);
  const keys = Object.keys(one);
  const others = Object.keys(other);
  if (Array.isArray(one) !== Array.isArray(other) || keys.length !== others.length) return false;
  return keys.every((key, index) => {
    const value: unknown = one[key as keyof typeof one];
    return key === others[index] && typeof value !== "object" && Object.is(value, other[key as keyof typeof other]);
  });
}

type Write = (value: unknown) => string | undefined;

function writeMap(data: object, indent: string, writeOther: Write): string | undefined {
  let yaml = "";
  for (const key of Object.keys(data)) {
    const value = data[key as keyof typeof data];
    const scalar = writeScalar(value);
    const written = scalar === undefined ? writeOther(value) : ` ${scalar}\n`;
    if (written === undefined || !isKey(key)) return undefined;
    yaml += `${indent}${key}:${written}`;
  }
  return yaml === "" ? undefined : yaml;
}

/** A list or a map of texts, below its key. */
function writeBelow(value: unknown): string | undefined {
  const below = Array.isArray(value)
    ? writeList(value)
    : isRecord(value)
      ? writeMap(value, "  ", () => undefined)
      : undefined;
  return below === undefined ? undefined : `\n${below}`;
}

function writeList(list: readonly unknown[]): string | undefined {
  const items = list.map(writeScalar);
  if (items.length === 0 || items.includes(undefined)) return undefined;
  return items.map((item) => `  - ${item}\n`).join("");
}

function writeScalar(value: unknown): string | undefined {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return isWhole(value) ? String(value) : undefined;
  if (typeof value !== "string") return undefined;
  if (IS_PLAIN.test(value)) return `"${value}"`;
  // What a version of YAML does not take as it is, a reader does not see.
  if (!hidesNothing(value)) return undefined;
  return withoutFences(JSON.stringify(value).replaceAll(" \\n", "\\ \\n"));
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

/** What {@link writeSimple} writes, read; undefined for any other text, which may be YAML all the same. */
export function readSimple(yaml: string): { readonly [key: string]: unknown } | undefined {
  return hidesNothing(yaml) ? readMap(yaml) : undefined;
}

function readMap(yaml: string): { readonly [key: string]: unknown } | undefined {
  const data: Record<string, unknown> = {};
  for (let at = 0; at < yaml.length; ) {
    ENTRY.lastIndex = at;
    const [all = "", key = "", scalar, below = ""] = ENTRY.exec(yaml) ?? [];
    at += all.length;
    if (all === "" || IS_WORD.test(key) || Object.hasOwn(data, key)) return undefined;
    const value = scalar === undefined ? readBelow(below) : readScalar(scalar);
    if (value === undefined) return undefined;
    data[key] = value;
  }
  return yaml === "" ? undefined : data;
}

function readBelow(below: string): unknown {
  const lines = below.split("\n").slice(0, -1);
  if (below.startsWith("  - ")) return lines.map((line) => readScalar(line.slice("  - ".length)));
  return readMap(lines.map((line) => `${line.slice("  ".length)}\n`).join(""));
}

/** Escapes of ours that JSON does not have. */
const OTHER_ESCAPES: { readonly [written: string]: string } = { "\\x2d": "-", "\\ ": " " };

function readScalar(scalar: string): unknown {
  if (!scalar.includes("\\")) return scalar.startsWith('"') ? scalar.slice(1, -1) : JSON.parse(scalar);
  return JSON.parse(scalar.replace(/\\(?:x2d|.)/g, (written) => OTHER_ESCAPES[written] ?? written));
}
