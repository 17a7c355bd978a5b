import type { Document, ListStyle } from "@personakit/core";
import {
  CAPABILITIES,
  COLORS,
  checkEntry,
  checkPhrases,
  checkPlace,
  ENGLISH,
  FIELD_NAME,
  GLOB,
  Issues,
  isRecord,
  isShortJson,
  KEBAB_CASE,
  LIMITS,
  LIST_STYLES,
  MODEL_ID,
  MODEL_TIERS,
  MOST_BLANK,
  plainCopy,
  problemOfFileId,
  SERVER_NAME,
  toolName,
  VERSION,
  type Zod,
} from "@personakit/core/internal";
import type { z } from "zod";
import { CommandError, issue } from "../issues/command-error.ts";
import { schemaOf } from "../issues/schema.ts";

// A compiled document comes from a file that anyone may have written: its names become paths and front matter.

/** What the compiler knows about each kind of entry, wherever it stands: that depends on its section. */
function problemsOfEntry(value: unknown): string[] {
  const issues = new Issues("entry");
  checkEntry(issues, value, "asWritten");
  return issues.found.map(({ problem }) => problem);
}

/** What the compiler knows about phrases, of which a document has all. */
function problemsOfPhrases(value: unknown): string[] {
  const issues = new Issues("phrases");
  checkPhrases(issues, value);
  const missing = Object.keys(ENGLISH).filter((name) => isRecord(value) && value[name] === undefined);
  return [...issues.found.map(({ problem }) => problem), ...missing.map((name) => `${name} is missing or empty`)];
}

/** What keeps an entry from standing in a section that lists its rules like this. */
function problemsOfPlace(value: unknown, list: ListStyle): string[] {
  const issues = new Issues("entry");
  checkPlace(issues, value, list);
  return issues.found.map(({ problem }) => problem);
}

const CHECKS = {
  isPhrases: (value: unknown) => problemsOfPhrases(value).length === 0,
  isFileId: (value: unknown) => problemOfFileId(value) === undefined,
  isEntry(value: unknown) {
    const issues = new Issues("entry");
    checkEntry(issues, value, "asWritten");
    return issues.found.length === 0;
  },
  listsItsEntries(value: unknown) {
    const { list, entries } = value as { readonly list: ListStyle; readonly entries: readonly unknown[] };
    const issues = new Issues("entry");
    for (const entry of entries) checkPlace(issues, entry, list);
    return issues.found.length === 0;
  },
};

const schema = schemaOf("document", makeSchema, CHECKS);

function makeSchema(z: Zod) {
  const text = z.string();
  const line = z.string().regex(/^[^\n\r]*$/, { error: "expected one line" });
  const lineEnd = z.enum(["\n", "\r\n", "\r"]);
  const id = z.string().regex(KEBAB_CASE, { error: "expected kebab-case" });
  const version = z.string().regex(VERSION, { error: "expected a version" });
  const fileId = z
    .string()
    .superRefine((value, context) => {
      const problem = problemOfFileId(value);
      if (problem !== undefined) context.addIssue({ code: "custom", message: `it ${problem}` });
    })
    .meta({ check: "isFileId" });
  const origin = z.looseObject({
    unit: id,
    version: version.optional(),
    persona: line.optional(),
    editedBy: line.optional(),
    // Only rendering says so: what a rule opens would not be looked at.
    verbatim: z.never({ error: "a document does not say so" }).optional(),
  });

  const isEntry = <Schema extends z.ZodType>(schema: Schema): Schema =>
    schema
      .superRefine((value, context) => {
        for (const message of problemsOfEntry(value)) context.addIssue({ code: "custom", message });
      })
      .meta({ check: "isEntry" });
  const base = isEntry(z.looseObject({}));
  const placed = isEntry(z.looseObject({ origin: origin.extend({ rule: text }) }));
  const entry = isEntry(z.looseObject({ origin: origin.extend({ rule: text }), base: base.optional() }));

  const phrases = z
    .unknown()
    .superRefine((value, context) => {
      for (const message of problemsOfPhrases(value)) context.addIssue({ code: "custom", message });
    })
    .meta({ check: "isPhrases" });

  /** A list of no more than the compiler makes. */
  const list = <Item extends z.ZodType>(item: Item, limit: keyof typeof LIMITS): z.ZodArray<Item> => {
    const { most, of } = LIMITS[limit];
    const tooMany = (count: number) => `there are ${count} ${of}, more than the ${most} that are allowed`;
    return z.array(item).max(most, { error: ({ input }) => tooMany((input as unknown[]).length) });
  };

  const aroundBody = {
    head: text,
    eol: z.union([lineEnd, z.array(lineEnd)]),
    tail: text,
    raw: text.optional(),
  };

  const blank = z.number().int().min(0).max(MOST_BLANK).optional();
  const section = z
    .looseObject({
      title: text,
      depth: z.number().int().min(1).max(6).optional(),
      blank,
      blankWithin: blank,
      list: z.enum(LIST_STYLES),
      origin,
      entries: list(entry, "entries"),
    })
    .superRefine((value, context) => {
      for (const [index, each] of value.entries.entries()) {
        for (const message of problemsOfPlace(each, value.list)) {
          context.addIssue({ code: "custom", path: ["entries", index], message });
        }
      }
    })
    .meta({ check: "listsItsEntries" });

  const fields = z
    .record(id, z.record(z.string().regex(FIELD_NAME, { error: "expected the name of a field" }), z.unknown()))
    .optional();

  const tools = z
    .record(id, list(z.string().regex(toolName(), { error: "expected a tool's name" }), "names").min(1))
    .optional();

  return z.looseObject({
    kind: z.literal("document"),
    schemaVersion: z.literal([1, 2]),
    id: fileId,
    version: version.optional(),
    title: text,
    description: text,
    triggers: list(text, "names"),
    examples: list(z.looseObject({ context: text, user: text, assistant: text, commentary: text }), "names"),
    role: line,
    language: line.optional(),
    phrases: phrases.optional(),
    tools: list(z.enum(CAPABILITIES), "names").min(1).optional(),
    exactTools: tools,
    uncheckedTools: tools,
    substitutions: z.record(id, list(text, "names").min(1)).optional(),
    fields,
    uncheckedFields: fields,
    mcpServers: list(z.string().regex(SERVER_NAME, { error: "expected a server's name" }), "names"),
    model: z
      .union([
        z.enum(MODEL_TIERS),
        z.strictObject({
          tier: z.enum(MODEL_TIERS).optional(),
          exact: z.record(z.string(), z.string().regex(MODEL_ID, { error: "expected a model's id" })),
        }),
      ])
      .optional(),
    color: z.enum(COLORS).optional(),
    paths: list(z.string().regex(GLOB, { error: "expected a glob" }), "names").optional(),
    sections: list(section, "sections"),
    references: list(
      z.looseObject({
        id: fileId,
        title: line,
        when: line,
        sections: list(section, "sections"),
        source: z.looseObject(aroundBody).optional(),
      }),
      "references",
    ),
    decisions: z.record(z.string(), z.union([text, z.number(), z.boolean()])),
    dropped: z.array(z.looseObject({ path: text, reason: text, by: text, base: placed.optional() })),
    appliesTo: z.looseObject({ dependencies: z.array(text).optional(), files: z.array(text).optional() }).optional(),
    extends: z.looseObject({ id, version }).optional(),
    includes: list(z.looseObject({ id, version }), "sections").optional(),
    renamed: z.record(text, text).optional(),
    source: z
      .looseObject({
        target: id,
        ...aroundBody,
        carried: list(z.looseObject({ field: text, text, restricts: z.literal(true).optional() }), "names"),
      })
      .optional(),
  });
}

/** A copy of a document as plain data of a bounded size. Throws a CommandError if that is not possible. */
export function plainDocument(value: unknown, name: string): unknown {
  try {
    return plainCopy(value, name);
  } catch (error) {
    throw CommandError.from(error);
  }
}

/** At most this many, because an unrelated file would fail everywhere. */
const MOST_ISSUES = 5;

/**
 * A document as it was read from JSON of so many characters. Throws as {@link checkedDocument} does.
 */
export function documentFromJson(value: unknown, length: number, name: string): Document {
  const isCertain = isShortJson(length) && schema.accepts(value);
  return isCertain ? (value as Document) : checkedDocument(value, name);
}

/**
 * A document as it was read: a copy that is plain data, and no larger than the compiler writes. Throws a CommandError with
 * everything in it that is not as the compiler writes it.
 */
export function checkedDocument(value: unknown, name: string): Document {
  const document = plainDocument(value, name);
  const result = schema.accepts(document) ? undefined : schema.zod.safeParse(document);
  if (result?.error === undefined) return document as Document;
  throw new CommandError(
    result.error.issues.slice(0, MOST_ISSUES).map(({ path, message }) => {
      const at = path.length === 0 ? "" : `, ${path.join(".")}`;
      return issue("invalid-document", name, `this is not a valid compiled persona${at}: ${message}`);
    }),
  );
}
