import type { Document } from "@personakit/core";
import {
  CAPABILITIES,
  COLORS,
  checkEntry,
  GLOB,
  Issues,
  LIST_STYLES,
  MODEL_ID,
  MODEL_TIERS,
  problemOfFileId,
  SERVER_NAME,
} from "@personakit/core/internal";
import { z } from "zod";
import { CommandError, issue } from "../issues/command-error.ts";

// A compiled document comes from a file that anybody may have written: its names become paths and front matter.

const text = z.string();
const line = z.string().regex(/^[^\n\r]*$/, { error: "expected one line" });
const fileId = z.string().superRefine((value, context) => {
  const problem = problemOfFileId(value);
  if (problem !== undefined) context.addIssue({ code: "custom", message: `it ${problem}` });
});
const origin = z.looseObject({
  unit: text,
  version: line.optional(),
  persona: line.optional(),
  editedBy: line.optional(),
});

const entry = z.looseObject({ origin: origin.extend({ rule: text }) }).superRefine((value, context) => {
  const issues = new Issues("entry");
  checkEntry(issues, value);
  for (const { problem } of issues.found) context.addIssue({ code: "custom", message: problem });
});

const section = z.looseObject({
  title: text,
  list: z.enum(LIST_STYLES),
  origin,
  entries: z.array(entry),
});

const schema = z.looseObject({
  kind: z.literal("document"),
  schemaVersion: z.literal(1),
  id: fileId,
  version: line.optional(),
  title: text,
  description: text,
  triggers: z.array(text),
  examples: z.array(z.looseObject({ context: text, user: text, assistant: text, commentary: text })),
  role: text,
  tools: z.array(z.enum(CAPABILITIES)).min(1).optional(),
  mcpServers: z.array(z.string().regex(SERVER_NAME, { error: "expected a server's name" })),
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
  paths: z.array(z.string().regex(GLOB, { error: "expected a glob" })).optional(),
  sections: z.array(section),
  references: z.array(
    z.looseObject({
      id: fileId,
      title: text,
      when: text,
      sections: z.array(section),
    }),
  ),
  decisions: z.record(z.string(), z.union([text, z.number(), z.boolean()])),
  dropped: z.array(z.looseObject({ path: text, reason: text, by: text })),
});

/** At most this many: a file that is none of ours would fail at every part. */
const MOST_ISSUES = 5;

/** A document as it was read. Throws a CommandError with everything in it that is not as the compiler writes it. */
export function checkedDocument(value: unknown, name: string): Document {
  const result = schema.safeParse(value);
  if (result.success) return value as Document;
  throw new CommandError(
    result.error.issues.slice(0, MOST_ISSUES).map(({ path, message }) => {
      const at = path.length === 0 ? "" : `, ${path.join(".")}`;
      return issue("invalid-document", name, `the compiled persona is not one${at}: ${message}`);
    }),
  );
}
