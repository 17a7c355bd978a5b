import { describe, expect, test } from "vitest";
import { compile } from "../compile/compile.ts";
import { must } from "../entries/rule.ts";
import { section } from "./define-fragment.ts";
import { definePersona } from "./define-persona.ts";

const defined = (more: object = {}) =>
  definePersona({
    id: "dev",
    title: "Dev",
    description: { does: "D.", when: "W.", notFor: "" },
    role: "R.",
    use: [section({ id: "own", title: "Own", rules: { a: must("A.") } })],
    ...more,
  });

const settings = {
  exactTools: { "claude-agent": ["Read", "Bash(git log *)"], "gemini-agent": ["read_file"] },
  fields: { "claude-agent": { maxTurns: 20, permissionMode: "plan" }, "qwen-agent": { maxTurns: 3 } },
  uncheckedFields: { "claude-agent": { emoji: "x" } },
  substitutions: { "claude-skill": ["$ARGUMENTS", "$1"] },
};

describe("settings of single targets", () => {
  test("reach the document as they are, and only a command that knows them reads it", () => {
    expect(compile(defined(settings))).toMatchObject({ schemaVersion: 2, ...settings });
    const document = compile(defined());
    expect(document.schemaVersion).toBe(1);
    for (const name of Object.keys(settings)) expect(document).not.toHaveProperty(name);
  });

  test("are added to, replaced and taken out by a patch, one by one", () => {
    const patched = defined(settings).extend({
      id: "mine",
      exactTools: { "gemini-agent": null, "claude-agent": ["Read"] },
      substitutions: { "claude-skill": ["$1"] },
      fields: { "claude-agent": { permissionMode: null, effort: "high" }, "qwen-agent": { maxTurns: null } },
      uncheckedFields: { "claude-agent": { emoji: null } },
    } as never);
    const { exactTools, fields, substitutions, ...rest } = compile(patched);
    expect(substitutions).toEqual({ "claude-skill": ["$1"] });
    expect(exactTools).toEqual({ "claude-agent": ["Read"] });
    expect(fields).toEqual({ "claude-agent": { maxTurns: 20, effort: "high" } });
    expect(rest).not.toHaveProperty("uncheckedFields");
  });

  test("of a target that nothing else is said of stay without fields, because its name may be misspelt", () => {
    const patched = defined(settings).extend({
      id: "mine",
      fields: { "claude-agnt": {} },
      uncheckedFields: { "qwen-agnt": {} },
    } as never);
    expect(compile(patched)).toMatchObject({ fields: { "claude-agnt": {} }, uncheckedFields: { "qwen-agnt": {} } });
  });

  test("name tools that nobody knows apart, and stand with the others where they restrict", () => {
    const tools = { exactTools: { a: ["Read"] }, uncheckedTools: { a: ["Mine"], b: ["Theirs"] } };
    const { exactTools, uncheckedTools } = compile(defined(tools));
    expect(exactTools).toEqual({ a: ["Read", "Mine"], b: ["Theirs"] });
    expect(uncheckedTools).toEqual(tools.uncheckedTools);
    const patched = defined(tools).extend({ id: "mine", uncheckedTools: { a: null, b: null } });
    expect(compile(patched)).toMatchObject({ exactTools: { a: ["Read"] } });
    expect(compile(patched)).not.toHaveProperty("uncheckedTools");
  });

  test("stay when a patch says nothing of them", () => {
    expect(compile(defined(settings).extend({ id: "mine", title: "Mine" }))).toMatchObject(settings);
  });

  test.each<[object, string]>([
    [{ exactTools: { "claude-agent": [] } }, 'exactTools["claude-agent"]: it is not a list of tools'],
    [{ exactTools: { "claude-agent": ["Re\nad"] } }, "it is not a list of tools"],
    [{ exactTools: { "claude-agent": "Read" } }, "it is not a list of tools"],
    [{ uncheckedTools: { "claude-agent": [] } }, 'uncheckedTools["claude-agent"]: it is not a list of tools'],
    [{ substitutions: { "claude-skill": [" "] } }, 'substitutions["claude-skill"]: it is not a list of texts'],
    [{ exactTools: { "../x": ["Read"] } }, '"../x" is not the id of a target'],
    [{ fields: ["claude-agent"] }, "fields: this is not an object"],
    [{ fields: { "claude-agent": 3 } }, 'fields["claude-agent"]: these are no fields'],
    [{ fields: { "claude-agent": { "a: b": 1 } } }, "this is not the name of a field"],
    [{ fields: { "claude-agent": { a: { b: [null] } } } }, "null is no value of a field"],
    [{ fields: { "claude-agent": { a: JSON.parse('[{ "__proto__": 1 }]') } } }, "__proto__ is no key of a field"],
    [{ uncheckedFields: { "claude-agent": { a: () => 1 } } }, "this is no data"],
    [{ uncheckedFields: { "claude-agent": { a: Number.NaN } } }, "this is no data"],
  ])("are refused where they are none: %o", (more, message) => {
    expect(() => defined(more)).toThrow(message);
    expect(() => defined().extend({ id: "mine", ...more } as never)).toThrow(message);
  });

  test("hold null only in a patch", () => {
    expect(() => defined({ fields: { "claude-agent": { a: null } } })).toThrow("null is no value of a field");
  });

  test.each<[object, string]>([
    [
      { fields: { "claude-agent": { maxTurn: null } } },
      'fields["claude-agent"]: there is no "maxTurn" to take out. Did you mean "maxTurns"?',
    ],
    [
      { fields: { "codex-agent": { sandbox_mode: null } } },
      'fields["codex-agent"]: there is no "sandbox_mode" to take out. The persona sets none.',
    ],
    [{ exactTools: { "claude-agnt": null } }, 'exactTools: there is no "claude-agnt" to take out. Did you mean'],
  ])("cannot be taken out where they are not set: %j", (edits, message) => {
    expect(() => defined(settings).extend({ id: "mine", ...edits } as never)).toThrow(message);
  });

  test("are refused in a patch that has no form", () => {
    expect(() => defined().extend({ id: "mine", fields: { "claude-agent": null } } as never)).toThrow(
      "these are no fields",
    );
    expect(() => defined().extend({ id: "mine", exactTools: [] } as never)).toThrow("this is not an object");
  });
});
