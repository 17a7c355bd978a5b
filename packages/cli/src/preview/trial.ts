import { formatIssue, type Issue, type PersonaData } from "@personakit/core";
import { entriesOf, fragmentsOf, isRecord, kindOf, own, standingInWords, standingsOf } from "@personakit/core/internal";
import {
  type Edits,
  type FormView,
  type Outcome,
  type ParamView,
  type RuleView,
  type TrialIssue,
  type TrialView,
  type TriedChange,
  viewOf,
} from "@personakit/preview";
import { countTokens } from "@personakit/targets";
import { forgetRefused } from "../guard/user-code.ts";
import { CommandError, issue, messageOf } from "../issues/command-error.ts";
import { makePlan, type PlannedPersona, type Request } from "../plan/make-plan.ts";
import { worded } from "../project/open-project.ts";
import { extendPersona } from "../sources/extend-persona.ts";
import { paramsOfUnit } from "../sources/settings.ts";
import { type PersonaUnit, snapshotOf } from "../sources/unit.ts";
import { compareVersions, type JudgedChange } from "../versions/compare-versions.ts";
import { type PatchData, patchWith, stepsIn, type Tried, triedOf } from "./edits.ts";
import { personaIn, type SeenProject } from "./seen-project.ts";
import { overrideText } from "./written.ts";

/** What comes of the edits that are given, which may be anything; undefined where there is no such persona. Writes nothing. */
export function trialOf(project: SeenProject, id: string, given: unknown): TrialView | undefined {
  const persona = personaIn(project, id);
  if (persona === undefined) return undefined;
  const edits: Edits = isRecord(given) ? given : {};
  const turn = Number(edits.turn ?? 0);
  // What was tried before may have done what a module must not.
  forgetRefused();
  try {
    return { turn, issues: [], outcome: outcomeOf(project, persona, edits) };
  } catch (error) {
    const problem = `persona "${id}" could not be compiled`;
    const issues = CommandError.known(error)?.issues ?? [
      issue("cannot-compile", undefined, problem, { cause: messageOf(error) }),
    ];
    return { turn, issues: issues.map((each) => placed(each, edits)) };
  }
}

/** What can be tried with a persona; undefined where there is none of this id. */
export function formOf(project: SeenProject, id: string): FormView | undefined {
  const persona = personaIn(project, id);
  if (persona === undefined) return undefined;
  const [cannot, targets] = [whyNot(persona), targetsOf(persona)];
  if (cannot !== undefined) return { cannot, targets, params: [], rules: [] };
  return { targets, params: paramsIn(persona), rules: rulesIn(persona) };
}

function targetsOf({ artifacts }: PlannedPersona): string[] {
  return [...new Set(artifacts.flatMap(({ targets }) => targets))];
}

/** Why a persona cannot be extended. */
function whyNot(persona: PlannedPersona): string | undefined {
  try {
    extended(persona, patchWith(persona, { params: [], rules: [] }));
    return undefined;
  } catch (error) {
    const known = CommandError.known(error);
    return known === undefined
      ? messageOf(error)
      : known.issues.map((each) => formatIssue(withoutPlace(each))).join(" ");
  }
}

function withoutPlace({ place: _, ...rest }: Issue): Issue {
  return rest;
}

function paramsIn({ request: { unit } }: PlannedPersona): ParamView[] {
  return paramsOfUnit(unit as PersonaData).map(({ fragment, name, shape, value }) => {
    const { $schema: _, ...rest } = shape;
    return { fragment, name, shape: rest, value };
  });
}

/** The kinds of entries that are a text, which can be another one. */
const TEXTS: readonly string[] = ["rule", "prose", "markdown"];

function rulesIn({ document }: PlannedPersona): RuleView[] {
  const standing = entriesOf(document).map((entry) => ({ entry, changed: entry.base && ("reworded" as const) }));
  const dropped = document.dropped.flatMap(({ base }) =>
    base === undefined ? [] : [{ entry: base, changed: "dropped" as const }],
  );
  return [...standing, ...dropped].map(({ entry, changed }) => ({
    fragment: entry.origin.unit,
    rule: entry.origin.rule ?? "",
    kind: kindOf(entry).label(entry),
    text: "text" in entry ? entry.text : kindOf(entry).headline(entry),
    ...(entry.kind === "rule" ? { strength: entry.strength ?? "point" } : {}),
    isText: TEXTS.includes(entry.kind),
    ...(changed === undefined ? {} : { changed }),
  }));
}

function outcomeOf(project: SeenProject, persona: PlannedPersona, edits: Edits): Outcome {
  const tried = triedOf(persona, edits);
  const targets = targetsOf(persona);
  const target = targets.find((each) => each === edits.target) ?? targets[0] ?? "";
  const planned = makePlan([requestFor(persona, patchWith(persona, tried), target)]);
  const [after] = planned.personas;
  if (after === undefined) throw new Error("a plan of one persona has none");
  const { bump, changes } = compareVersions(snapshotOf(persona.document), snapshotOf(after.document));
  const known = new Set(project.warnings.map(formatIssue));
  const { entry } = persona.request;
  const isAlone = project.personas.filter(({ request }) => request.entry === entry).length === 1;
  return {
    ...compared(persona, after, target),
    ...(bump === undefined ? {} : { bump }),
    changes: changes.map((change) => triedChange(change, after.request.unit, tried)),
    warnings: planned.warnings.map(formatIssue).filter((each) => !known.has(each)),
    override: overrideText(persona, tried, { config: project.config, isAlone }),
  };
}

/** What a build would be asked for, with another `extend` and for one target. */
function requestFor(persona: PlannedPersona, patch: PatchData, target: string): Request {
  const { request } = persona;
  return { ...request, ...extended(persona, patch), targets: request.targets.filter(({ id }) => id === target) };
}

function extended({ request }: PlannedPersona, patch: PatchData): Pick<Request, "unit" | "file"> {
  const { unit, base = unit, file, extendedAt = request.source } = request;
  const made = extendPersona({ unit: base, ...(file === undefined ? {} : { file }) }, patch, extendedAt);
  return file === undefined && unit.kind === "persona" ? { unit: worded(made.unit, unit) } : made;
}

/** The files of a target, as they are and as they would be. */
function compared(before: PlannedPersona, after: PlannedPersona, target: string): Pick<Outcome, "after" | "sizes"> {
  const [was, is] = [before, after].map(({ artifacts }) => artifacts.filter(({ targets }) => targets.includes(target)));
  const texts = (files: typeof was = []) => new Map(files.map(({ path, text }) => [path, text]));
  const [earlier, later] = [texts(was), texts(is)];
  const { document, request, fidelity } = after;
  const artifacts = (is ?? []).filter(({ path, text }) => earlier.get(path) !== text);
  return {
    after: viewOf({ document, source: request.source, artifacts, fidelity }),
    sizes: [...new Set([...later.keys(), ...earlier.keys()])].map((path) => ({
      path,
      before: countTokens(earlier.get(path) ?? ""),
      after: countTokens(later.get(path) ?? ""),
    })),
  };
}

/** A change, and when its rule stands, if it has come or gone by itself. */
function triedChange(change: JudgedChange, unit: PersonaUnit, { rules }: Tried): TriedChange {
  const { kind, path } = change;
  const [fragment = "", rule = ""] = path.split("/");
  const isTried = rules.some((each) => each.path.join("/") === `rules/${path}`);
  const isByItself = (kind === "added" || kind === "removed") && !isTried;
  const stands = isByItself ? standsWhen(unit, fragment, rule) : undefined;
  return stands === undefined ? change : { ...change, stands };
}

/** The values of parameters with which a rule stands; undefined for one that always does. */
function standsWhen(unit: PersonaUnit, id: string, rule: string): string | undefined {
  const fragment = fragmentsOf(unit as PersonaData).find((each) => each.id === id);
  const standing = fragment && own(standingsOf(fragment), rule);
  return standing && standingInWords(standing);
}

/** An issue for the page, with the field that it is about. */
function placed(found: Issue, edits: Edits): TrialIssue {
  const { code, place = "", subject } = found;
  const isAbout = ({ path, names }: Field) => path === subject || names.some((name) => isNamed(place, name));
  const at = fieldsOf(edits).find(isAbout)?.path;
  return {
    ...{ code, text: formatIssue(withoutPlace(found)) },
    ...(place === "" ? {} : { place }),
    ...(at === undefined ? {} : { at }),
  };
}

/** What is tried, and how places of issues name it. */
interface Field {
  readonly path: string;
  readonly names: readonly string[];
}

function fieldsOf({ params, rules }: Edits): Field[] {
  return [
    ...stepsIn(params).map(([fragment, name]) => ({
      path: `${fragment}/${name}`,
      names: [`fragment "${fragment}", params.${name}`],
    })),
    ...stepsIn(rules).map(([fragment, rule]) => ({
      path: `${fragment}/${rule}`,
      names: [`rules["${fragment}"].${rule}`, `addRules.${rule}`, `${fragment}/${rule}`],
    })),
  ];
}

/** Whether a place names a field, and not one whose name begins alike. */
function isNamed(place: string, name: string): boolean {
  const at = place.indexOf(name);
  return at !== -1 && !/\w/.test(place[at + name.length] ?? "");
}
