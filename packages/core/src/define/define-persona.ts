import type { SchemaVersion } from "../entries/kind.ts";
import { isDrop } from "../entries/kinds.ts";
import { Issues } from "../issues/issue.ts";
import { plainCopy } from "../issues/plain.ts";
import { isRecord, keysOf, said } from "../issues/values.ts";
import { entrySince, targetsSince } from "../model/document.ts";
import type { TargetSettings } from "../model/fields.ts";
import type { AnyFragment } from "../model/fragment.ts";
import type { Persona } from "../model/patch.ts";
import {
  type AnyPersona,
  type FragmentIn,
  fragmentsOf,
  NO_DESCRIPTION,
  type PersonaData,
  type PersonaSpec,
  type ReferenceIn,
  type ReferenceSpec,
  type References,
  type UsedBy,
} from "../model/persona.ts";
import { compiledWording } from "../phrases/wording.ts";
import { applyPatch } from "./apply-patch.ts";
import { checkItem, checkPersona, checkReference, checkUse } from "./checks.ts";
import { checkRights, isPersona, recordOf, takeOver } from "./take-over.ts";

/**
 * Defines a persona. Throws on an invalid id, an empty text, a fragment used twice, a reference without fragments, and on
 * personas in `use` that say different things.
 *
 * @example
 * ```ts
 * import { definePersona, must, section } from "@personakit/core";
 *
 * export const reviewer = definePersona({
 *   id: "reviewer",
 *   title: "Reviewer",
 *   description: { does: "Reviews changes.", when: "Use it for a pull request.", notFor: "Not for writing code." },
 *   role: "You review changes.",
 *   tools: ["read", "search"],
 *   use: [section({ id: "review", title: "Review", rules: { cite: must("Cite file and line for each finding.") } })],
 * });
 * ```
 */
export function definePersona<
  const Id extends string,
  Item extends AnyFragment | AnyPersona,
  const Refs extends References = Record<never, never>,
>(
  spec: PersonaSpec<Id, Item, Refs>,
): Persona<FragmentIn<Item> | UsedBy<Refs>, ReferenceIn<Item> | (keyof Refs & string)> {
  const issues = new Issues(isRecord(spec) ? `persona "${said(spec.id)}"` : "definePersona");
  const references: [string, ReferenceSpec][] = isRecord(spec?.references) ? Object.entries(spec.references) : [];
  if (!isRecord(spec)) issues.add("wrong-type", "there is nothing to define");
  else checkSpec(issues, spec, references);
  issues.throw();
  const { use, mcpServers = [], decides = {} }: Spec = spec;
  const description = spec.description === false ? NO_DESCRIPTION : spec.description;
  const own = references.map(([id, { title, when, use }]) => ({ id, title, when, use }));
  const parts = takeOver(issues, { use, references: own, decides });
  const data: PersonaData = { kind: "persona", schemaVersion: 1, ...spec, description, mcpServers, ...parts };
  const personas = use.filter(isPersona);
  if (personas.length === 0) return makePersona(data) as never;
  checkRights(issues, personas, data, spec);
  issues.throw();
  return makePersona({ ...data, ...recordOf(personas) }) as never;
}

type Spec = PersonaSpec<string, AnyFragment | AnyPersona, References>;

const SPEC_KEYS = keysOf<Spec>({
  id: true,
  version: true,
  title: true,
  description: true,
  role: true,
  model: true,
  tools: true,
  exactTools: true,
  uncheckedTools: true,
  substitutions: true,
  fields: true,
  uncheckedFields: true,
  mcpServers: true,
  color: true,
  paths: true,
  decides: true,
  use: true,
  references: true,
  appliesTo: true,
  language: true,
  phrases: true,
});

/** What would keep the persona from being made at all. */
function checkSpec(issues: Issues, spec: Spec, references: readonly [string, ReferenceSpec][]): void {
  issues.unknownKeys(spec, SPEC_KEYS);
  for (const name of ["references", "decides"] as const) {
    if (spec[name] !== undefined && !isRecord(spec[name])) issues.at(name).add("wrong-type", "this is not an object");
  }
  checkUse(issues, spec.use, checkItem);
  if (!issues.atMost("references", "the persona", references.length)) return;
  for (const [id, reference] of references) checkReference(issues.at(`reference "${id}"`), reference);
}

/** The version of the model that can read a persona. */
function versionOf(data: PersonaData): SchemaVersion {
  const isNew = data.title === false || data.role === false || compiledWording(data).phrases !== undefined;
  let since: SchemaVersion = isNew ? 2 : targetsSince(data);
  for (const { schemaVersion } of fragmentsOf(data)) if (schemaVersion > since) since = schemaVersion;
  for (const edits of Object.values(data.edits)) {
    for (const { change } of Object.values(edits)) {
      if (typeof change !== "function" && !isDrop(change) && entrySince(change) > since) since = entrySince(change);
    }
  }
  return since;
}

/** Checks persona data and adds `extend`. A closure, so that personas of another copy of this package work alike. */
export function makePersona(data: PersonaData): PersonaData {
  const issues = new Issues(`persona "${said(data.id)}"`);
  checkPersona(data, issues);
  issues.throw();
  const home = { id: data.id, ...(data.version === undefined ? {} : { version: data.version }) };
  const stampHome = (fragment: AnyFragment) =>
    fragment.version === undefined && fragment.home === undefined ? { ...fragment, home } : fragment;
  const stamped = {
    ...data,
    schemaVersion: versionOf(data),
    use: data.use.map(stampHome),
    references: data.references.map((reference) => ({ ...reference, use: reference.use.map(stampHome) })),
    additions: data.additions.map((addition) => ({ ...addition, owner: stampHome(addition.owner) })),
    ...(targetsSince(data) === 1 ? {} : plainSettings(data)),
  };
  return { ...stamped, extend: (patch: never) => makePersona(applyPatch(stamped, patch)) } as PersonaData;
}

/** The settings of single targets as plain data, which nothing can change any more. */
function plainSettings(settings: TargetSettings): TargetSettings {
  const { exactTools, uncheckedTools, substitutions, fields, uncheckedFields } = settings;
  const all = { exactTools, uncheckedTools, substitutions, fields, uncheckedFields };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, plainCopy(value, name)]));
}
