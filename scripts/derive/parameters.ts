import { type AnyFragment, compile, type PersonaData } from "@personakit/core";
import { fragmentsOf } from "@personakit/core/internal";
import { z } from "zod";
import type { FragmentUnit, PersonaUnit } from "../units.ts";

/** A parameter of a fragment, with what it may be. */
export interface Parameter {
  readonly fragment: string;
  readonly name: string;
  readonly value: unknown;
  /** In words: names to choose from, or a range. Empty: anything of its type. */
  readonly choices: string;
  readonly meaning: string;
  /** Another value that its schema takes; absent where none follows from the schema. */
  readonly other?: unknown;
}

/** The parts of a JSON Schema that say what a parameter may be. */
interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly { readonly const?: unknown }[];
  readonly items?: Shape;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** All parameters of a fragment. */
export function parametersOf(fragment: AnyFragment): Parameter[] {
  return Object.entries(fragment.params).map(([name, schema]) => {
    const shape = z.toJSONSchema(schema, { io: "input" }) as Shape;
    const value = (fragment.values as { readonly [name: string]: unknown })[name];
    const other = otherValue(shape, value);
    return {
      fragment: fragment.id,
      name,
      value,
      choices: choicesIn(shape),
      meaning: (schema as { readonly description?: string }).description ?? "",
      ...(other === undefined ? {} : { other }),
    };
  });
}

/** The parameters of all fragments of a persona, each fragment once. */
export function parametersOfPersona(persona: PersonaData): Parameter[] {
  const fragments = new Map(fragmentsOf(persona).map((fragment) => [fragment.id, fragment]));
  return [...fragments.values()].flatMap(parametersOf);
}

/** Other values for up to two parameters of a fragment, as code. Throws when the fragment refuses them. */
export function withSnippet({ fragment, exportName }: FragmentUnit): string {
  const chosen = parametersOf(fragment).filter(({ other }) => other !== undefined);
  if (chosen.length === 0) return exportName;
  const values = Object.fromEntries(chosen.slice(0, 2).map(({ name, other }) => [name, other]));
  fragment.with(values);
  return `${exportName}.with(${codeOf(values)})`;
}

/** In which teams differ most; the others follow in document order. */
const OFTEN_SET = ["packageManager", "linter", "coverage"];

/** What `extend` sets in the example, in every fragment that asks it. Throws when it does not compile. */
export function extendParams({ persona }: PersonaUnit): string {
  const all = parametersOfPersona(persona).filter(({ other }) => other !== undefined);
  const names = [...OFTEN_SET, ...all.map(({ name }) => name)];
  const chosen = names.filter((name) => all.some((each) => each.name === name)).slice(0, OFTEN_SET.length);
  const params: Record<string, Record<string, unknown>> = {};
  for (const { fragment, name, other } of all) {
    if (chosen.includes(name)) params[fragment] = { ...params[fragment], [name]: other };
  }
  compile((persona as ExtendablePersona).extend({ id: `my-${persona.id}`, params }));
  return codeOf(params, "  ");
}

/** A persona that a package exports carries its methods. */
interface ExtendablePersona extends PersonaData {
  extend(patch: { readonly id: string; readonly params: object }): PersonaData;
}

function choicesIn({ enum: values, anyOf, items, minimum, maximum }: Shape): string {
  const named = values ?? anyOf?.map((each) => each.const);
  if (named !== undefined) return named.map((value) => `\`${JSON.stringify(value)}\``).join(", ");
  if (items?.enum !== undefined) return `a list of ${choicesIn(items)}`;
  return minimum === undefined || maximum === undefined ? "" : `${minimum} to ${maximum}`;
}

function otherValue({ enum: values, anyOf, items, type, maximum }: Shape, value: unknown): unknown {
  const named = values ?? anyOf?.map((each) => each.const);
  if (named !== undefined) return named.find((each) => each !== value);
  if (items?.enum !== undefined) {
    const other = items.enum.filter((each) => JSON.stringify([each]) !== JSON.stringify(value));
    return other.slice(0, Math.max(1, other.length - 1));
  }
  // Any text would do, and none can be made up: the value shows the form.
  if (type === "string") return value;
  if (Array.isArray(value)) return value.slice(0, 2);
  if (type === "integer" && typeof value === "number")
    return value + 10 <= (maximum ?? Number.POSITIVE_INFINITY) ? value + 10 : value - 1;
  return undefined;
}

/** As TypeScript, on one line where it is short. */
function codeOf(value: unknown, indent = ""): string {
  if (Array.isArray(value)) return `[${value.map((each) => codeOf(each)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${keyOf(key)}: ${codeOf(each, `${indent}  `)}`);
  const short = `{ ${entries.join(", ")} }`;
  if (short.length + indent.length <= 90) return short;
  return `{\n${entries.map((entry) => `${indent}  ${entry},`).join("\n")}\n${indent}}`;
}

function keyOf(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
}
