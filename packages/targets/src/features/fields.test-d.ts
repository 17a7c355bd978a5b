// What the types of fields know. `tsc` checks this file; what they refuse stands in fields.errors.test-d.ts.
import { definePersona, type FieldEdits, type Fields, must, section } from "@personakit/core";
import { expectTypeOf } from "vitest";
import type { FieldTypes } from "../../index.ts";

const use = [section({ id: "own", title: "Own", rules: { a: must("A.") } })];
const spec = { id: "a", title: "A", role: "R.", description: { does: "D.", when: "W.", notFor: "N." }, use } as const;

expectTypeOf<keyof Fields>().toEqualTypeOf<keyof FieldTypes>();
expectTypeOf<NonNullable<Fields["claude-agent"]>["maxTurns"]>().toEqualTypeOf<number | undefined>();
expectTypeOf<NonNullable<FieldEdits["claude-agent"]>["maxTurns"]>().toEqualTypeOf<number | null | undefined>();

const persona = definePersona({
  ...spec,
  exactTools: { "claude-agent": ["Read", "WebSearch"] },
  fields: { "claude-agent": { maxTurns: 20, permissionMode: "plan", mcpServers: ["docs", { own: { command: "x" } }] } },
  uncheckedFields: { "claude-agent": { anything: [{ goes: true }] }, "acme-agent": { turns: 1 } },
});
persona.extend({
  id: "b",
  exactTools: { "claude-agent": null, "gemini-agent": ["read_file"] },
  fields: { "claude-agent": { permissionMode: null, effort: "high" } },
  uncheckedFields: { "acme-agent": { turns: null } },
});
