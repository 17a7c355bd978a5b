import { useState } from "preact/hooks";
import type { Edits, FormView, ParamShapeView, ParamView, RuleEdit, RuleView } from "../view/trial.ts";

/** What a reader has typed, by `fragment/name`. What it means is asked of the schema when it is sent. */
export interface Typed {
  /** Counts the changes. */
  readonly turn: number;
  readonly target?: string;
  readonly params: { readonly [path: string]: string };
  readonly rules: { readonly [path: string]: RuleEdit };
}

const NOTHING: Typed = { turn: 0, params: {}, rules: {} };

/** By persona: it stays while the page is open, whatever is looked at meanwhile, and whatever is saved. */
const kept = new Map<string, Typed>();

/** What is typed for a persona, and how to change it; without an argument, it is forgotten. */
export function useTyped(persona: string): readonly [Typed, (typed?: Typed) => void] {
  const [typed, setTyped] = useState(kept.get(persona) ?? NOTHING);
  const change = (given: Typed = NOTHING) => {
    const next = { ...given, turn: typed.turn + 1 };
    kept.set(persona, next);
    setTyped(next);
  };
  return [typed, change];
}

/** How many parameters and rules are changed. */
export function countOf({ params, rules }: Typed): number {
  return Object.keys(params).length + Object.keys(rules).length;
}

/** `fragment/rule` */
export function ruleIn({ fragment, rule }: RuleView): string {
  return `${fragment}/${rule}`;
}

/** What is most likely meant by a choice: to reword what is a text, to take out what is not, to bring back what is gone. */
export function firstEdit({ isText, text, strength, changed }: RuleView): RuleEdit {
  if (changed === "dropped") return { kind: "restore" };
  return isText ? reword(text, strength) : { kind: "drop", reason: "" };
}

/** Another text of a rule, or of what has no strength. */
export function reword(text: string, strength: string | undefined): RuleEdit {
  return { kind: "reword", text, ...(strength === undefined ? {} : { strength }) };
}

/** `fragment/parameter` */
export function pathOf({ fragment, name }: ParamView): string {
  return `${fragment}/${name}`;
}

/** What is typed, as the server takes it; undefined where it changes nothing. */
export function editsOf({ turn, target, params, rules }: Typed, form: FormView): Edits | undefined {
  const values = form.params.flatMap((param) => {
    const text = params[pathOf(param)];
    return text === undefined ? [] : [[param.fragment, param.name, meaningOf(param.shape, text)] as const];
  });
  const changes = form.rules.flatMap((rule) => {
    const edit = rules[ruleIn(rule)];
    return edit === undefined || isAsItStands(edit, rule) ? [] : [[rule.fragment, rule.rule, edit] as const];
  });
  if (values.length + changes.length === 0) return undefined;
  return { turn, ...(target === undefined ? {} : { target }), params: layers(values), rules: layers(changes) };
}

function isAsItStands(edit: RuleEdit, { text, strength, changed }: RuleView): boolean {
  return edit.kind === "reword" && edit.text === text && edit.strength === strength && changed !== "dropped";
}

function layers<Value>(values: readonly (readonly [fragment: string, name: string, value: Value])[]): {
  readonly [fragment: string]: { readonly [name: string]: Value };
} {
  const fragments = [...new Set(values.map(([fragment]) => fragment))];
  return Object.fromEntries(
    fragments.map((id) => [
      id,
      Object.fromEntries(values.flatMap(([fragment, name, value]) => (fragment === id ? [[name, value]] : []))),
    ]),
  );
}

/** How a parameter is typed: in a list of choices, as lines, as text. */
export function controlOf({ type, enum: choices, items }: ParamShapeView): "choice" | "choices" | "lines" | "text" {
  if (choices !== undefined || type === "boolean") return "choice";
  if (type !== "array") return "text";
  if (items?.enum !== undefined) return "choices";
  return items?.type === "string" ? "lines" : "text";
}

/** The choices of a parameter that has them. */
export function choicesOf({ enum: choices, items }: ParamShapeView): readonly unknown[] {
  return choices ?? items?.enum ?? [true, false];
}

/** A value as it is typed. */
export function textOf(shape: ParamShapeView, value: unknown): string {
  if (controlOf(shape) === "lines" && Array.isArray(value)) return value.join("\n");
  return typeof value === "string" && shape.type !== undefined ? value : JSON.stringify(value);
}

/** What a text means; where it is no such value, the text itself, which the schema refuses in its own words. */
export function meaningOf(shape: ParamShapeView, text: string): unknown {
  if (controlOf(shape) === "lines") return text.split("\n").filter((line) => line.trim() !== "");
  if (shape.type === "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
