import type { Document, RuleNotes, SchemaVersion } from "@personakit/core";
import { isRecord, LIMITS } from "@personakit/core/internal";
import { sha256 } from "../files/sha256.ts";
import { type CommandError, failure } from "../issues/command-error.ts";
import { schemaOf } from "../issues/schema.ts";
import { checkedDocument, plainDocument } from "./document-schema.ts";
import { refuseNewer } from "./unit.ts";

/**
 * A compiled document in a package. Texts that the package's skill already contains are stored as `{ "$":
 * [file, gap, length] }`, a place in that file, counted from the end of the place before it. Notes that no file shows (why,
 * evidence) stay in the packages of the fragments; dates stay with the rule, so that `list` can say what is out of date.
 */
export interface PackedDocument {
  readonly kind: "packed-document";
  /** That of the document: what cannot read the one refuses the other. */
  readonly schemaVersion: SchemaVersion;
  /** Relative to the package. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** Of the document's JSON, without the notes that are left out. */
  readonly sha256: string;
  readonly document: unknown;
}

/** A file of a package, as text. */
export interface PackageFile {
  readonly path: string;
  readonly text: string;
}

/** Shorter texts take less room than a place. */
const SHORTEST = 24;

const LEFT_OUT: readonly string[] = ["why", "evidence", "enforcedBy"] satisfies (keyof RuleNotes)[];

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Packs a document over the files of a package's skill. */
export function packDocument(document: Document, files: readonly PackageFile[]): PackedDocument {
  const ends = files.map(() => 0);
  const placeOf = (text: string): Json => {
    for (const [index, file] of files.entries()) {
      const end = ends[index] as number;
      const next = file.text.indexOf(text, end);
      const at = next === -1 ? file.text.indexOf(text) : next;
      if (at === -1) continue;
      ends[index] = at + text.length;
      return { $: [index, at - end, text.length] };
    }
    return text;
  };
  const bare = withoutNotes(document);
  // An origin mostly repeats its section's: only the differences are kept.
  const packed = mapTexts(toJson(withShortOrigins(bare)), (text) => (text.length < SHORTEST ? text : placeOf(text)));
  return {
    kind: "packed-document",
    schemaVersion: document.schemaVersion,
    files: files.map(({ path, text }) => ({ path, sha256: sha256(text) })),
    sha256: fingerprint(bare),
    document: packed,
  };
}

function withoutNotes(document: Document): Document {
  return JSON.parse(JSON.stringify(document, (key, value) => (LEFT_OUT.includes(key) ? undefined : value)));
}

function toJson(document: Document): Json {
  return JSON.parse(JSON.stringify(document));
}

function mapTexts(value: Json, change: (text: string) => Json): Json {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change)]));
}

/** Unpacks a document. `read` gives the files of its package. Throws a CommandError when one of them is not as it was packed. */
export function unpackDocument(packed: PackedDocument, read: (path: string) => string, name: string): Document {
  if (packed?.kind !== "packed-document") throw failure("invalid-document", name, "this is not a packed document");
  refuseNewer(name, { kind: "packed document", id: name, schemaVersion: packed.schemaVersion });
  if (!packedSchema.safeParse(packed).success) throw broken(name, "this is not a packed document");
  const texts = packed.files.map(({ path, sha256: expected }) => {
    const text = read(path);
    if (sha256(text) === expected) return text;
    throw broken(name, `${path} is not as it was published`);
  });
  const ends = texts.map(() => 0);
  let characters = 0;
  const unpack = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(unpack);
    if (typeof value !== "object" || value === null) return value;
    if (!("$" in value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpack(inner)]));
    const place = placeSchema.safeParse(value.$);
    const [file, gap, length] = place.data ?? [-1, 0, 0];
    const from = (ends[file] ?? 0) + gap;
    if (from < 0 || from + length > (texts[file]?.length ?? -1)) {
      throw broken(name, "a text of the compiled persona is not where it says");
    }
    ends[file] = from + length;
    characters += length;
    if (characters > LIMITS.texts.most) {
      throw broken(name, `its texts have more than the ${LIMITS.texts.most} ${LIMITS.texts.of} that are allowed`);
    }
    return (texts[file] as string).slice(from, from + length);
  };
  // The functions below recurse, and turn each place into a text.
  const bounded = plainDocument(packed.document, name) as Json;
  const document = checkedDocument(withFullOrigins(unpack(bounded)), name);
  if (fingerprint(document) === packed.sha256) return document;
  throw broken(name, "the compiled persona is not as it was packed");
}

function broken(name: string, problem: string): CommandError {
  return failure("invalid-document", name, problem, "Install the package again.");
}

/** The hash of a document's JSON, whatever the order of its keys. */
export function fingerprint(document: Document): string {
  const sorted = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]): [string, Json] => [key, sorted(inner)]);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return sha256(JSON.stringify(sorted(toJson(document))));
}

const packedSchema = schemaOf("packed-document", (z) =>
  z.looseObject({
    // A path that leads out of the package could read the user's own files.
    files: z
      .array(z.looseObject({ path: z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/), sha256: z.string() }))
      // The body and each reference, one of them made of what did not fit.
      .max(LIMITS.references.most + 2),
    sha256: z.string(),
  }),
);

const placeSchema = schemaOf("place", (z) => z.tuple([z.int().min(0), z.int(), z.int().min(0)]));

type AnySection = Document["sections"][number];
type AnyEntry = AnySection["entries"][number];

function withShortOrigins(document: Document): Document {
  return mapEntries(document, ({ origin: { unit, version, persona, ...rest }, ...entry }, section) => {
    const same =
      unit === section.origin.unit && version === section.origin.version && persona === section.origin.persona;
    return { ...entry, origin: same ? rest : { unit, version, persona, ...rest } } as AnyEntry;
  });
}

/** Fills in origins if there are any; the schema checks whether there should be. */
function withFullOrigins(document: Json): Json {
  const inSection = (section: Json): Json => {
    if (!isRecord(section) || !isRecord(section.origin)) return section;
    const { origin } = section;
    return withEach(section, "entries", (entry) =>
      isRecord(entry) && isRecord(entry.origin) && entry.origin.unit === undefined
        ? { ...entry, origin: { ...origin, ...entry.origin } }
        : entry,
    );
  };
  const whole = withEach(document, "sections", inSection);
  return withEach(whole, "references", (reference) => withEach(reference, "sections", inSection));
}

/** A copy of an object with each item of one list changed; anything else unchanged. */
function withEach(value: Json, key: string, change: (item: Json) => Json): Json {
  const list = isRecord(value) ? value[key] : undefined;
  return isRecord(value) && Array.isArray(list) ? { ...value, [key]: list.map(change) } : value;
}

function mapEntries(document: Document, change: (entry: AnyEntry, section: AnySection) => AnyEntry): Document {
  const inSection = (section: AnySection) => ({
    ...section,
    entries: section.entries.map((entry) => change(entry, section)),
  });
  return {
    ...document,
    sections: document.sections.map(inSection),
    references: document.references.map((reference) => ({ ...reference, sections: reference.sections.map(inSection) })),
  };
}
