// What the types of fields refuse. test/type-errors.test.ts compares each error with the comment above its line.
import { definePersona, must, section } from "@personakit/core";
import type { FieldTypes } from "../../index.ts";

const use = [section({ id: "own", title: "Own", rules: { a: must("A.") } })];
const spec = { id: "a", title: "A", role: "R.", description: { does: "D.", when: "W.", notFor: "N." }, use } as const;
const persona = definePersona(spec);
export type Known = keyof FieldTypes;

// A misspelt field.
// error TS2561: Object literal may only specify known properties, but 'maxTurn' does not exist in type 'ClaudeAgentFields'. Did you mean to write 'maxTurns'?
definePersona({ ...spec, fields: { "claude-agent": { maxTurn: 20 } } });
// A wrong word.
// error TS2820: Did you mean '"plan"'?
definePersona({ ...spec, fields: { "claude-agent": { permissionMode: "pln" } } });
// A wrong type.
// error TS2322: Type 'string' is not assignable to type 'number'
definePersona({ ...spec, fields: { "claude-agent": { maxTurns: "20" } } });
// A field of another tool.
// error TS2353: 'permissionMode' does not exist in type 'GeminiAgentFields'
definePersona({ ...spec, fields: { "gemini-agent": { permissionMode: "plan" } } });
// A misspelt target.
// error TS2353: '"claude-agnt"' does not exist in type
definePersona({ ...spec, fields: { "claude-agnt": { maxTurns: 20 } } });
// The same in a patch, where null takes a field out.
// error TS2561: Did you mean to write 'maxTurns'?
persona.extend({ id: "b", fields: { "claude-agent": { maxTurn: null } } });
// error TS2322: Type 'null' is not assignable to type 'number | undefined'
definePersona({ ...spec, fields: { "claude-agent": { maxTurns: null } } });
