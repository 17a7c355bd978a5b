import type { DeferredSchemas } from "@personakit/core/internal";
import { z } from "zod";
import "../../packages/cli/src/disk/read-lockfile.ts";
import { schemas as ofCommand } from "../../packages/cli/src/issues/schema.ts";
import "../../packages/cli/src/sources/config.ts";
import "../../packages/cli/src/sources/packed-document.ts";
import { schemas as ofTargets } from "../../packages/targets/src/format/schema.ts";
import { targetIds } from "./registry.ts";
import { codeOf, type JsonSchema } from "./schema-code.ts";

// A new target is not in the registry that is loaded now.
for (const id of targetIds()) await import(`../../packages/targets/src/targets/${id}.ts`);

type Schemas = DeferredSchemas["schemas"];

/** The schemas of each package that has some, by the file of what is derived from them. */
export const SCHEMAS: { readonly [path: string]: Schemas } = {
  "packages/cli/src/issues/derived-tests.ts": ofCommand,
  "packages/targets/src/format/derived-tests.ts": ofTargets,
};

/** What says yes to a value in the place of zod. */
export function schemaFiles(): [path: string, text: string][] {
  return Object.entries(SCHEMAS).map(([path, schemas]) => {
    const derived = [...schemas]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { zod }]) => [name, derivedFrom(zod)]);
    return [path, codeOf(Object.fromEntries(derived))];
  });
}

/** The JSON Schema of a schema. Throws for one that it would not say whole. */
export function derivedFrom(schema: z.ZodType): JsonSchema {
  refuseUnsaid(schema);
  const { $schema: _, ...derived } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return derived as JsonSchema;
}

/** What JSON Schema says whole. Each other type and check would be left out without a word, or change the value. */
const TYPES = [
  "string",
  "number",
  "boolean",
  "literal",
  "enum",
  "unknown",
  "never",
  "object",
  "record",
  "array",
  "tuple",
  "union",
  "optional",
  "custom",
];
const CHECKS = ["min_length", "max_length", "greater_than", "less_than", "number_format", "string_format"];
const FORMATS = [undefined, "regex", "safeint"];

interface Def {
  readonly type: string;
  readonly checks?: readonly { readonly _zod: { readonly def: CheckDef } }[];
  readonly [key: string]: unknown;
}

interface CheckDef {
  readonly check: string;
  readonly format?: string;
  readonly pattern?: RegExp;
}

function refuseUnsaid(schema: z.ZodType): void {
  const { type, checks = [], ...parts } = schema._zod.def as unknown as Def;
  if (!TYPES.includes(type)) throw new Error(`JSON Schema does not say ${type}`);
  if (type === "object" && parts.catchall === undefined) {
    throw new Error("JSON Schema does not say an object that drops keys: is it strict, or loose?");
  }
  let refinements = type === "custom" ? 1 : 0;
  for (const { _zod } of checks) {
    const { check, format, pattern } = _zod.def;
    if (check === "custom") refinements++;
    else if (!CHECKS.includes(check) || !FORMATS.includes(format)) {
      throw new Error(`JSON Schema does not say ${format ?? check}`);
    }
    if (pattern !== undefined && !["", "u"].includes(pattern.flags)) throw new Error(`${pattern} has flags`);
  }
  const declared = schema.meta()?.check === undefined ? 0 : 1;
  if (refinements !== declared) throw new Error(`${refinements} refinements of a ${type}, and ${declared} declared`);
  for (const part of Object.values(parts)) for (const inner of schemasIn(part)) refuseUnsaid(inner);
}

/** The schemas in a part of another's definition: one, a list of them, or a shape. */
function schemasIn(part: unknown): z.ZodType[] {
  if (part instanceof z.ZodType) return [part];
  return typeof part === "object" && part !== null ? Object.values(part).flatMap(schemasIn) : [];
}
