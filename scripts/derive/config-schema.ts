import { z } from "zod";
import { configJsonSchema } from "../../packages/cli/src/sources/config.ts";
import { knownTarget } from "../../packages/targets/src/features/known.ts";
import { fieldTargets } from "./fields.ts";

interface JsonObject {
  [key: string]: unknown;
}

/** The JSON Schema of `personakit.config.json`, in which an editor finds the fields of every target. */
export function configSchemaFile(): [path: string, text: string] {
  const schema = configJsonSchema(z);
  const extend = partAt(schema, [
    "properties",
    "personas",
    "items",
    "anyOf",
    "1",
    "properties",
    "extend",
    "properties",
  ]);
  const nothing = { type: "null", description: "takes out what the persona says" };
  const texts = { anyOf: [{ type: "array", items: { type: "string" }, minItems: 1 }, nothing] };
  extend.exactTools = byTarget("the tools of single targets, by their own names", texts);
  extend.uncheckedTools = byTarget("more tools of single targets, which PersonaKit does not know", texts);
  extend.substitutions = byTarget("what a target leaves in the text for its tool to fill in", texts);
  extend.fields = {
    type: "object",
    description: "fields that only one tool knows, by target",
    properties: Object.fromEntries(fieldTargets().map((id) => [id, fieldsOf(id, nothing)])),
  };
  extend.uncheckedFields = byTarget("fields that PersonaKit does not know, by target", { type: "object" });
  return ["packages/cli/config.schema.json", `${JSON.stringify(schema)}\n`];
}

function byTarget(description: string, value: object): object {
  return { type: "object", description, additionalProperties: value };
}

function fieldsOf(id: string, nothing: object): object {
  const fields = Object.entries(knownTarget(id)?.fields ?? {});
  const properties = fields.map(([name, { does, schema }]) => [name, { description: does, anyOf: [schema, nothing] }]);
  return { type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
}

function partAt(schema: object, path: readonly string[]): JsonObject {
  const found = path.reduce<unknown>((part, key) => (part as JsonObject | undefined)?.[key], schema);
  if (typeof found !== "object" || found === null) throw new Error(`the schema has no ${path.join(".")}`);
  return found as JsonObject;
}
