import type { Capability, FieldValue, Issue } from "@personakit/core";
import { acceptor, hintFor, nearest, own, type Test } from "@personakit/core/internal";
import { failure, issue, throwIssues } from "../issues/issue.ts";
import type { Fidelity } from "../model/compiled.ts";
import type { Context } from "../model/context.ts";
import { capabilitiesOf } from "./features.ts";
import { type Concern, type Field, isRestricting, type KnownFields } from "./field.ts";
import { itemsOf, wordsFor, wordsIn } from "./field-schema.ts";
import { type Known, knownTarget } from "./known.ts";

/** Fields as they are written, in their order. */
export type SaidFields = { readonly [name: string]: FieldValue };

/** What a target knows of fields. */
export interface FieldsOfTarget {
  /** Those that a persona may set. */
  readonly fields?: KnownFields | undefined;
  /** Those that PersonaKit writes, with what to say instead; undefined where the format has no fields at all. */
  readonly owned: () => { readonly [name: string]: string } | undefined;
}

const NONE: SaidFields = {};

/** What became of the fields. */
interface Outcome {
  readonly value: SaidFields;
  readonly account: readonly Fidelity[];
}

/**
 * A persona's fields for a target. Throws for a field that the tool does not know, a value that it does not take, and a restriction of
 * another target that this one does not say.
 */
export function sayFields(target: FieldsOfTarget, context: Context, tools: readonly Capability[] | undefined): Outcome {
  const { fields = {}, uncheckedFields = {} } = context.document;
  const known = own(fields, context.target) ?? NONE;
  const unchecked = own(uncheckedFields, context.target) ?? NONE;
  throwIssues(problemsOfFields(target, context));
  const others = [...otherFields(context)];
  const looser: string[] = [];
  throwIssues(others.flatMap((other) => lostRestriction(target, other, known, tools, context, looser)));
  const order = [...Object.keys(target.fields ?? {}).filter((name) => own(known, name) !== undefined)];
  const value = Object.fromEntries([
    ...order.filter((name) => own(unchecked, name) === undefined).map((name) => [name, known[name]] as const),
    ...Object.keys(unchecked)
      .sort()
      .map((name) => [name, unchecked[name]] as const),
  ]) as SaidFields;
  return {
    value,
    account: [
      ...(looser.length > 0 ? [{ ...ABOUT, status: "degraded", reason: looser.join(", ") } as const] : []),
      ...(looser.length === 0 && Object.keys(value).length > 0 ? [{ ...ABOUT, status: "kept" } as const] : []),
      ...(others.length > 0 ? [{ ...ABOUT, status: "elsewhere", reason: elsewhere(others) } as const] : []),
    ],
  };
}

const ABOUT = { feature: "fields" } as const;

/** Everything that is wrong with a persona's fields for a target. */
export function problemsOfFields(target: FieldsOfTarget, context: Context): Issue[] {
  const { fields, uncheckedFields } = context.document;
  return [
    ...Object.entries(own(fields, context.target) ?? NONE).flatMap(([name, value]) =>
      checkField(target, name, value, context),
    ),
    ...Object.entries(own(uncheckedFields, context.target) ?? NONE).flatMap(([name, value]) =>
      checkUnchecked(target, name, value, context),
    ),
  ];
}

/** A field that is set for another target. */
interface Other {
  readonly target: string;
  readonly known: Known;
  readonly name: string;
  readonly value: FieldValue;
}

function* otherFields({ document: { fields = {} }, target, place }: Context): Iterable<Other> {
  for (const [id, values] of Object.entries(fields)) {
    if (id === target) continue;
    const known = knownTarget(id);
    // Nobody could tell whether it restricts.
    if (known === undefined) {
      throw failure("unknown-field", `${place}, fields`, `there is no target "${id}"`, "Is its module loaded?");
    }
    for (const [name, value] of Object.entries(values)) yield { target: id, known, name, value };
  }
}

function elsewhere(others: readonly Other[]): string {
  const targets = [...new Set(others.map(({ target }) => target))];
  const parts = targets.map((id) => {
    const names = others.filter(({ target }) => target === id).map(({ name }) => name);
    return `${names.join(", ")} only for ${id}`;
  });
  return parts.join("; ");
}

const tests = new WeakMap<Field, Test>();

function accepts(field: Field, value: FieldValue): boolean {
  const test = tests.get(field) ?? acceptor(field.schema);
  tests.set(field, test);
  return test(value);
}

function placeOfField({ place, target }: Context, name: string, word = "fields"): string {
  return `${place}, ${word}["${target}"].${name}`;
}

function checkField(
  { fields = {}, owned }: FieldsOfTarget,
  name: string,
  value: FieldValue,
  context: Context,
): Issue[] {
  const at = placeOfField(context, name);
  const about = (found: Issue): Issue[] => [{ ...found, subject: name }];
  const field = own(fields, name);
  const written = owned();
  if (written === undefined) {
    const hint = "Its file has no front matter. Set the field for another target.";
    return about(issue("unknown-field", at, "the format has no fields", hint));
  }
  if (field === undefined) {
    const instead = own(written, name);
    if (instead !== undefined) return about(issue("owned-field", at, "PersonaKit writes this field itself", instead));
    const other = "To write it all the same, unchecked: uncheckedFields.";
    const near = nearest(name, Object.keys(fields));
    const hint = near === undefined ? other : `${hintFor(name, [near])} ${other}`;
    return about(issue("unknown-field", at, `the tool has no field "${name}"`, hint));
  }
  if (accepts(field, value)) return [];
  const near = typeof value === "string" ? nearest(value, wordsIn(field.schema)) : undefined;
  const hint = `${near === undefined ? "" : `Did you mean "${near}"? `}Expected ${wordsFor(field.schema)}.`;
  return about(issue("invalid-field", at, `the tool does not take ${JSON.stringify(value)}`, hint));
}

/** What is known must be said where it is checked. A value that the tool takes by now, and PersonaKit does not know yet, may be unchecked. */
function checkUnchecked(target: FieldsOfTarget, name: string, value: FieldValue, context: Context): Issue[] {
  const at = placeOfField(context, name, "uncheckedFields");
  const [found] = checkField(target, name, value, context);
  if (found === undefined) {
    return [
      { ...issue("owned-field", at, "this field is known", "Move it to fields, where it is checked."), subject: name },
    ];
  }
  return found.code === "owned-field" || target.owned() === undefined ? [{ ...found, place: at }] : [];
}

/** A restriction of another target that this one would lose. */
function lostRestriction(
  { fields = {} }: FieldsOfTarget,
  { target, known, name, value }: Other,
  here: SaidFields,
  tools: readonly Capability[] | undefined,
  { place, target: id, document }: Context,
  looser: string[],
): Issue[] {
  const field = own(known.fields, name);
  if (field === undefined || !isRestricting(field, value)) return [];
  const about = field.restricts?.about;
  if (about === undefined) return [];
  const answers = Object.entries(fields).filter(([, each]) => each.restricts?.about === about);
  const said = answers.flatMap(([answer, each]) => (own(here, answer) === undefined ? [] : [[answer, each] as const]));
  if (said.length > 0) {
    const isSaid = said.some(([answer, each]) => isRestricting(each, here[answer] as FieldValue));
    if (!isSaid)
      looser.push(
        `${name} restricts ${target}, and ${said.map(([answer]) => answer).join(", ")} does not restrict here`,
      );
    return [];
  }
  if (about === "tools" && own(document.exactTools, id) !== undefined) return [];
  const takes = takenBy(field, value, known);
  if (takes !== undefined && tools !== undefined && !takes.some((capability) => tools.includes(capability))) return [];
  const problem = `${target} restricts the persona by ${name}, which this target does not say, so the restriction would be lost`;
  return [issue("lost-restriction", `${place}, fields["${target}"].${name}`, problem, hintForLost(id, answers, about))];
}

function hintForLost(id: string, answers: readonly (readonly [string, Field])[], about: Concern): string {
  const names = answers.map(([name]) => name).join(" or ");
  const own = names === "" ? "" : `Say it by the tool's own field: fields["${id}"].${names}. Or `;
  const others = about === "tools" ? `set exactTools["${id}"], restrict \`tools\` for all targets, ` : "";
  const rest = `${others}build for another target, or remove the field.`;
  return own === "" ? rest.replace(/^./, (letter) => letter.toUpperCase()) : `${own}${rest}`;
}

/** The capabilities that a value takes away, where nothing else is taken; undefined where nobody knows. */
function takenBy({ restricts }: Field, value: FieldValue, { features }: Known): readonly Capability[] | undefined {
  if (restricts?.order === "levels") return restricts.takes?.[String(value)];
  if (restricts?.order !== "taken" || !("tools" in features.tools)) return undefined;
  const found = itemsOf(value).map((word) => capabilitiesOf(features.tools, word.replace(/\(.*$/, "")));
  return found.some((each) => each.length === 0) ? undefined : found.flat();
}
