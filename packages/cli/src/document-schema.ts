import { CAPABILITIES, COLORS, type Document, MODEL_TIERS, STRENGTHS } from "@personakit/core";
import { z } from "zod";
import { CommandError } from "./command-error.ts";

// A compiled document comes from a file that anybody may have written: its names become paths and front matter.

/** What becomes the name of a file or a folder. */
const id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: "expected kebab-case" })
  .max(64);
const text = z.string();
const line = z.string().regex(/^[^\n\r]*$/, { error: "expected one line" });
const origin = z.looseObject({
  unit: text,
  version: line.optional(),
  persona: line.optional(),
  editedBy: line.optional(),
});

const entry = z
  .looseObject({
    kind: z.enum(["rule", "prose", "table", "example"]),
    strength: z.enum(STRENGTHS).optional(),
    text: text.optional(),
    language: z
      .string()
      .regex(/^[^\s`]*$/)
      .optional(),
    code: text.optional(),
    columns: z.array(text).optional(),
    rows: z.array(z.array(text)).optional(),
    origin: origin.extend({ rule: text }),
  })
  .refine((each) => isWhole(each), { error: "the entry lacks what its kind needs" });

function isWhole(each: { readonly kind: string; readonly [part: string]: unknown }): boolean {
  if (each.kind === "rule") return each.strength !== undefined && line.safeParse(each.text).success;
  if (each.kind === "prose") return each.text !== undefined;
  if (each.kind === "example") return each.code !== undefined && each.language !== undefined;
  return each.columns !== undefined && each.rows !== undefined;
}

const section = z.looseObject({
  title: text,
  list: z.enum(["bullets", "checklist", "steps"]),
  origin,
  entries: z.array(entry),
});

const modelId = z.string().regex(/^[\w.:/@-]+$/, { error: "expected a model's id" });

const schema = z.looseObject({
  kind: z.literal("document"),
  schemaVersion: z.literal(1),
  id,
  version: line.optional(),
  title: text,
  description: text,
  triggers: z.array(text),
  examples: z.array(z.looseObject({ context: text, user: text, assistant: text, commentary: text })),
  role: text,
  tools: z.array(z.enum(CAPABILITIES)).min(1).optional(),
  mcpServers: z.array(z.string().regex(/^[\w-]+$/, { error: "expected a server's name" })),
  model: z
    .union([
      z.enum(MODEL_TIERS),
      z.strictObject({ tier: z.enum(MODEL_TIERS).optional(), exact: z.record(z.string(), modelId) }),
    ])
    .optional(),
  color: z.enum(COLORS).optional(),
  paths: z.array(z.string().regex(/^[^\s,'"]+$/, { error: "expected a glob" })).optional(),
  sections: z.array(section),
  references: z.array(z.looseObject({ id, title: text, when: text, sections: z.array(section) })),
  decisions: z.record(z.string(), z.union([text, z.number(), z.boolean()])),
  dropped: z.array(z.looseObject({ path: text, reason: text, by: text })),
});

/** A document as it was read. Throws a CommandError with everything in it that is not as the compiler writes it. */
export function checkedDocument(value: unknown, name: string): Document {
  const result = schema.safeParse(value);
  if (result.success) return value as Document;
  throw new CommandError(
    result.error.issues.slice(0, 5).map((issue) => {
      const at = issue.path.length === 0 ? "" : `, ${issue.path.join(".")}`;
      return `${name}: the compiled persona is not one${at}: ${issue.message}.`;
    }),
  );
}

/** Whether a text can be the id of a persona. */
export function isPersonaId(value: string): boolean {
  return id.safeParse(value).success;
}
