import type { KnownFields } from "../../packages/targets/src/features/field.ts";
import { propertyName, typeOf } from "../../packages/targets/src/features/field-schema.ts";
import { knownTarget } from "../../packages/targets/src/features/known.ts";
import "../../packages/targets/src/sdk.ts";
import { targetIds } from "./registry.ts";

// A new target is not in the registry that is loaded now.
for (const id of targetIds()) await import(`../../packages/targets/src/targets/${id}.ts`);

/** Everything that a persona can set fields for. */
export function fieldTargets(): string[] {
  return [...targetIds(), "claude-agent-sdk"];
}

/** The types of every target's fields, which an editor completes in a persona. */
export function fieldTypesFile(): [path: string, text: string] {
  const all = fieldTargets().map((id) => [id, knownTarget(id)?.fields ?? {}] as const);
  const types = all.flatMap(([id, fields]) => typeLines(id, fields));
  const text = [
    "// Written by `pnpm sync` from the fields in ./targets.",
    'import type { FieldValue } from "@personakit/core";',
    "",
    ...types,
    "/** The fields of every target, by its id. */",
    "export interface FieldTypes {",
    ...all.map(([id]) => `  readonly ${propertyName(id)}: ${nameOf(id)};`),
    "}",
    "",
    "declare global {",
    "  namespace PersonaKit {",
    "    interface TargetFields extends FieldTypes {}",
    "  }",
    "}",
    "",
  ];
  return ["packages/targets/src/field-types.ts", text.join("\n")];
}

function nameOf(id: string): string {
  return `${id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Fields`;
}

function typeLines(id: string, fields: KnownFields): string[] {
  const name = nameOf(id);
  const entries = Object.entries(fields);
  if (entries.length === 0) return [`type ${name} = Record<string, never>;`, ""];
  const members = entries.flatMap(([field, { does, schema }]) => [
    `  /** ${does.replace(/^./, (letter) => letter.toUpperCase())}. */`,
    `  readonly ${propertyName(field)}?: ${typeOf(schema)};`,
  ]);
  // Not an interface: core takes fields by any name, and an interface has no index.
  return [`type ${name} = {`, ...members, "};", ""];
}
