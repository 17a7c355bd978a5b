import type { Capability, PersonaKitError } from "@personakit/core";
import { CAPABILITIES, describeWithExamples, own } from "@personakit/core/internal";
import { failure, throwIssues } from "../issues/issue.ts";
import type { Fidelity } from "../model/compiled.ts";
import type { Context } from "../model/context.ts";
import { fill } from "../model/template.ts";
import { checkExactTools, checked, covered, exactToolsFor, type Part, unreached } from "./exact-tools.ts";
import { type Allowed, capabilitiesOf, type Denied, type Features, type ReadOnly } from "./features.ts";
import { type FieldsOfTarget, type SaidFields, sayFields } from "./say-fields.ts";

/** A persona's features in a tool's words. Undefined: there is nothing to say. */
export interface Said {
  /** The persona's id. */
  readonly id: string;
  /** With examples, where the tool takes them. */
  readonly description: string | undefined;
  /** An exact id, or the tool's word for a tier. */
  readonly model: { readonly word: string; readonly exact: boolean } | undefined;
  /** The tools that are left or taken away, as the target says it; MCP servers among those that are left. */
  readonly tools: readonly string[] | undefined;
  /** Set for a restricted persona, where the tool has one switch. */
  readonly readOnly: true | undefined;
  /** The tool's word for the colour. */
  readonly color: string | undefined;
  /** Globs of the files that it is for. */
  readonly paths: readonly string[] | undefined;
  /** The fields that only this tool knows, in the order in which they are written. */
  readonly fields: SaidFields;
}

/** What became of a feature; `value` is what is said. */
interface Outcome<Value = never> extends Omit<Fidelity, "feature"> {
  readonly value?: Value;
}

/** What a target knows of a persona's features and fields. */
export interface Speaker extends FieldsOfTarget {
  readonly features: Features;
}

/** Says a persona's features in a target's words, with an account of what became of each. Throws for a restriction that the target cannot say. */
export function say(speaker: Speaker, context: Context): { readonly said: Said; readonly fidelity: Fidelity[] } {
  const { features } = speaker;
  const allowance = allowanceFor(features, context);
  const outcomes = {
    description: sayDescription(features, context),
    examples: sayExamples(features, context),
    model: sayModel(features, context),
    tools: sayTools(features, allowance, context),
    mcpServers: sayServers(features, allowance, context),
    color: sayColor(features, context),
    paths: sayPaths(features, context),
  } satisfies { [Name in keyof Features]: Outcome<unknown> | undefined };
  const { description, model, tools, color, paths } = outcomes;
  const fields = isPlain(context) ? undefined : sayFields(speaker, context, allowance?.tools);
  const said: Said = {
    id: context.document.id,
    description: description?.value,
    model: model?.value,
    tools: tools?.value,
    readOnly: tools !== undefined && features.tools.kind === "readOnly" ? true : undefined,
    color: color?.value,
    paths: paths?.value,
    fields: fields?.value ?? {},
  };
  return { said, fidelity: [...accountOf(outcomes), ...(fields?.account ?? [])] };
}

/** Whether a persona sets no field of any tool, as nearly all. */
function isPlain({ document: { fields, uncheckedFields } }: Context): boolean {
  return fields === undefined && uncheckedFields === undefined;
}

function accountOf(outcomes: { readonly [Name in keyof Features]: Outcome<unknown> | undefined }): Fidelity[] {
  const fidelity: Fidelity[] = [];
  for (const feature of Object.keys(outcomes) as (keyof Features)[]) {
    const outcome = outcomes[feature];
    if (outcome === undefined) continue;
    const { status, reason } = outcome;
    fidelity.push(reason === undefined ? { feature, status } : { feature, status, reason });
  }
  return fidelity;
}

function sayDescription({ description, examples }: Features, { document }: Context): Outcome<string> | undefined {
  if (description.kind === "mapped") return { status: "mapped", reason: description.why };
  if (document.description === "") return undefined;
  return { status: "kept", value: examples.kind === "kept" ? describeWithExamples(document) : document.description };
}

function sayExamples({ examples }: Features, { document }: Context): Outcome | undefined {
  return document.examples.length === 0 ? undefined : keepOrDrop(examples);
}

function keepOrDrop(way: Features["examples"]): Outcome {
  return way.kind === "kept" ? { status: "kept" } : { status: "dropped", reason: way.why };
}

/** The model: an exact id for this target, else the tier in the tool's words, else nothing. */
function sayModel(
  { model: way }: Features,
  { document, target }: Context,
): Outcome<NonNullable<Said["model"]>> | undefined {
  const { model } = document;
  if (model === undefined) return undefined;
  if (way.kind === "dropped") return { status: "dropped", reason: way.why };
  const { exact = {}, tier } = typeof model === "string" ? { tier: model } : model;
  const id = own(exact, target);
  if (id !== undefined) return { status: "kept", value: { word: id, exact: true } };
  if (way.kind === "exactOnly") return { status: "dropped", reason: way.why };
  if (tier === undefined) return { status: "dropped", reason: "there is no exact id for this target, and no tier" };
  const word = way.words[tier];
  return { status: "mapped", reason: `${tier} is ${word}`, value: { word, exact: false } };
}

/** What a target may let a restricted persona do. */
interface Allowance {
  /** The tools that the persona names for it. */
  readonly exact: readonly string[] | undefined;
  readonly tools: readonly Capability[];
  /** Where this is more than another target is given: what. */
  readonly more: string | undefined;
}

/**
 * What a restricted persona may do in a target; undefined for an unrestricted one. A capability that another target is given in part goes
 * to this one only where the persona says so for all targets.
 */
function allowanceFor(features: Features, context: Context): Allowance | undefined {
  const { document, target, place } = context;
  const { tools, exactTools } = document;
  if (exactTools === undefined) return tools && { exact: undefined, tools, more: undefined };
  const { names: exact, of = target } = exactToolsFor(features, document, target) ?? {};
  if (exact !== undefined) {
    throwIssues(checkExactTools(features, checked(document, of, exact), `${place}, exactTools`));
    const names = exact.map((name) => name.replace(/\(.*\)$/, ""));
    const named = CAPABILITIES.filter((each) =>
      names.some((name) => capabilitiesOf(features.tools, name).includes(each)),
    );
    return { exact, tools: named, more: undefined };
  }
  const { whole, parts } = covered(document);
  if (tools === undefined) {
    if (parts.length > 0) throw inPart(parts, whole, context);
    if (whole.length > 0) return { exact, tools: whole, more: undefined };
    throw lost("the exact tools of the other targets cover no capability as a whole", context, sayAlso(whole, context));
  }
  const isMore = ({ capability }: Part) => capability === "mcpServers" || tools.includes(capability);
  const more = parts
    .filter(isMore)
    .map(({ capability, target: other, has }) => `${other} has only ${has.join(", ")} of ${capability}`);
  return { exact, tools, more: more.length === 0 ? undefined : more.join(", ") };
}

function inPart(parts: readonly Part[], whole: readonly Capability[], context: Context): PersonaKitError {
  const [part] = parts as readonly [Part];
  const { capability, target, has, lacks } = part;
  const problem = `${target} is given only part of ${capability}: ${has.join(", ")}, without ${lacks.join(", ")}`;
  return lost(problem, context, sayAlso(whole, context));
}

function sayAlso(whole: readonly Capability[], { target }: Context): string {
  const such = whole.length === 0 ? "[...]" : JSON.stringify(whole);
  return `Say what targets without a list of their own are given: tools: ${such}. Or say it for this one: exactTools["${target}"].`;
}

function sayTools(
  features: Features,
  allowance: Allowance | undefined,
  context: Context,
): Outcome<readonly string[]> | undefined {
  const way = features.tools;
  if (allowance === undefined) return undefined;
  const { exact, tools, more } = allowance;
  if (exact !== undefined && "tools" in way)
    return way.kind === "allowed" ? allowExact(exact) : denyOthers(way, exact, context);
  if (exact !== undefined) throw lost("the tool cannot be given tools by name", context);
  const outcome = sayCapabilities(features, tools, context);
  if (more === undefined) return outcome;
  return { ...outcome, status: "degraded", reason: [outcome.reason, more].filter(Boolean).join(", while ") };
}

function sayCapabilities(
  features: Features,
  tools: readonly Capability[],
  context: Context,
): Outcome<readonly string[]> {
  const way = features.tools;
  if (way.kind === "allowed") return allow(way, tools, features, context);
  if (way.kind === "denied") return deny(way, tools, context);
  if (way.kind === "readOnly") return onlyRead(way, tools, context);
  throw lost("this format cannot restrict tools, so the restriction would be lost", context);
}

function allowExact(names: readonly string[]): Outcome<readonly string[]> {
  return { status: "kept", value: [...new Set(names)] };
}

/** Every tool but those that are named. */
function denyOthers(
  { tools: vocabulary }: Denied,
  names: readonly string[],
  context: Context,
): Outcome<readonly string[]> {
  refuseLeft(
    CAPABILITIES.filter((capability) => vocabulary[capability].length === 0),
    context,
  );
  const value = [...new Set(CAPABILITIES.flatMap((capability) => vocabulary[capability]))].filter(
    (word) => !names.includes(word),
  );
  return { status: "mapped", reason: value.length === 0 ? "all of them" : `without ${value.join(", ")}`, value };
}

/** The tools that a restricted persona keeps, MCP servers among them. */
function allow(
  { tools: vocabulary }: Allowed,
  tools: readonly Capability[],
  { mcpServers }: Features,
  context: Context,
): Outcome<readonly string[]> {
  const names = tools.flatMap((capability) => vocabulary[capability]);
  const missing = tools.filter((capability) => vocabulary[capability].length === 0);
  if (names.length === 0) {
    throw lost(`the tools ${tools.join(", ")} resolve to nothing, which the tool takes for all tools`, context);
  }
  const servers =
    mcpServers.kind === "named"
      ? context.document.mcpServers.map((server) => fill(mcpServers.template, { server }))
      : [];
  const value = [...new Set(names), ...servers];
  if (missing.length === 0) return { status: "mapped", reason: names.join(", "), value };
  return { status: "degraded", reason: `the tool cannot name ${missing.join(", ")}`, value };
}

/** The tools that a restricted persona loses. */
function deny(
  { tools: vocabulary }: Denied,
  tools: readonly Capability[],
  context: Context,
): Outcome<readonly string[]> {
  const taken = CAPABILITIES.filter((capability) => !tools.includes(capability));
  refuseLeft(
    taken.filter((capability) => vocabulary[capability].length === 0),
    context,
  );
  const value = taken.flatMap((capability) => vocabulary[capability]);
  return { status: "mapped", reason: value.length === 0 ? "all of them" : `without ${value.join(", ")}`, value };
}

/** One switch: anything else that the persona denies would be granted. */
function onlyRead({ how, also }: ReadOnly, tools: readonly Capability[], context: Context): Outcome {
  if (tools.includes("edit") || tools.includes("shell")) {
    throw lost(`the tool can only make agents read-only, but this one may ${tools.join(", ")}`, context);
  }
  refuseLeft(
    CAPABILITIES.filter((name) => !["read", "search", "edit", "shell", ...also, ...tools].includes(name)),
    context,
  );
  return { status: "mapped", reason: how };
}

function refuseLeft(left: readonly Capability[], context: Context): void {
  if (left.length === 0) return;
  throw lost(`the tool cannot take away ${left.join(", ")}, so the restriction would be lost`, context);
}

function lost(problem: string, { place, document }: Context, hint?: string): PersonaKitError {
  const word = document.tools === undefined ? "exactTools" : "tools";
  return failure(
    "lost-restriction",
    `${place}, ${word}`,
    problem,
    hint ?? `Build for another target, or remove \`${word}\`.`,
  );
}

function sayServers(features: Features, allowance: Allowance | undefined, { document }: Context): Outcome | undefined {
  const { mcpServers } = features;
  if (document.mcpServers.length === 0) return undefined;
  const missing = allowance?.exact === undefined ? [] : unreached(features, document.mcpServers, allowance.exact);
  if (missing.length > 0) return { status: "degraded", reason: `the exact tools do not name ${missing.join(", ")}` };
  return mcpServers.kind === "dropped" ? keepOrDrop(mcpServers) : { status: "kept" };
}

function sayColor({ color: way }: Features, { document: { color } }: Context): Outcome<string> | undefined {
  if (color === undefined) return undefined;
  if (way.kind === "dropped") return { status: "dropped", reason: way.why };
  const value = way.words[color];
  return value === color ? { status: "kept", value } : { status: "mapped", reason: value, value };
}

function sayPaths({ paths: way }: Features, { document: { paths } }: Context): Outcome<readonly string[]> | undefined {
  if (paths === undefined) return undefined;
  return way.kind === "kept" ? { status: "kept", value: paths } : { status: "dropped", reason: way.why };
}
