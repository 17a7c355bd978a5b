import type { Document, Issue, PersonaData } from "@personakit/core";
import { hintFor } from "@personakit/core/internal";
import { type Artifact, SDK_IDS, type Target, targets } from "@personakit/targets";
import { throwRefused } from "../guard/user-code.ts";
import { CommandError, issue, messageOf, throwIssues } from "../issues/command-error.ts";
import { documentOf } from "../sources/unit.ts";
import { describeFidelity, type PlannedFidelity } from "./fidelity.ts";
import { doubleLoading, sharedLimits } from "./shared.ts";

/** The persona of a file of the whole set. */
export const ALL_PERSONAS = "*";

/** A file to be written, and what it was made from. */
export interface PlannedArtifact extends Artifact {
  readonly persona: string;
  readonly version?: string;
  /** One, or several that share a reference. */
  readonly targets: readonly string[];
  /** Where the persona was loaded from. */
  readonly source: string;
}

/** A compiled persona with its files for each target. */
export interface PlannedPersona {
  readonly document: Document;
  readonly request: Request;
  readonly artifacts: readonly PlannedArtifact[];
  readonly fidelity: readonly PlannedFidelity[];
}

/** A file that the personas of a folder share, such as a catalogue. */
export interface PlannedCombined {
  readonly target: Target;
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** What it says of each persona. */
  readonly members: { readonly [persona: string]: unknown };
}

/** Everything that a command line would write. */
export interface Plan {
  readonly personas: readonly PlannedPersona[];
  readonly artifacts: readonly PlannedArtifact[];
  /** The files that personas share, as far as these personas are in them. */
  readonly combined: readonly PlannedCombined[];
  /** What the user should know and nothing fails on. */
  readonly warnings: readonly Issue[];
}

/** A persona that is to be compiled: for which targets, and into which folder of the project. */
export interface Request {
  readonly unit: PersonaData | Document;
  /** Where it was loaded from, as the user wrote it. */
  readonly source: string;
  readonly targets: readonly Target[];
  /** Relative to the project, with forward slashes; "" for the project itself. */
  readonly out: string;
}

/** How a plan is made. */
export interface PlanOptions {
  /** Every loss is an error. */
  readonly strict?: boolean;
  /** What has gone wrong before: it is thrown together with what goes wrong here. */
  readonly issues?: readonly Issue[];
}

/**
 * Compiles everything before anything is written. Throws a CommandError with all that is wrong: personas, shared limits,
 * paths that two files would share.
 */
export function makePlan(requests: readonly Request[], { strict = false, issues = [] }: PlanOptions = {}): Plan {
  const compiled = requests.map(compilePersona);
  throwRefused();
  const personas = compiled.flatMap(({ persona }) => persona ?? []);
  const chosen = [...new Set(requests.flatMap((request) => request.targets))];
  const combined = chosen.flatMap((target) => combine(target, personas));
  const artifacts = personas.flatMap((persona) => persona.artifacts);
  const limits = sharedLimits(chosen, personas);
  throwIssues([
    ...issues,
    ...compiled.flatMap((each) => each.issues),
    ...limits.errors,
    ...sharedPaths([...artifacts, ...combined.map(ofAllPersonas)]),
    ...(strict ? losses(personas) : []),
  ]);
  const double = new Map(
    requests.flatMap(({ targets: both }) => doubleLoading(both)).map((each) => [each.place, each]),
  );
  return { personas, artifacts, combined, warnings: [...double.values(), ...limits.warnings] };
}

/** The files of a target for all personas of a folder together. */
function combine(target: Target, personas: readonly PlannedPersona[]): PlannedCombined[] {
  const { combined } = target;
  if (combined === undefined) return [];
  const folders = new Map<string, Record<string, unknown>>();
  for (const { document, request } of personas) {
    if (!request.targets.includes(target)) continue;
    const members = folders.get(request.out) ?? {};
    members[document.id] = combined.member(document);
    folders.set(request.out, members);
  }
  return [...folders].map(([out, members]) => ({ target, path: placed(out, combined.path), members }));
}

/** What a file is, whose personas are all those of its folder. */
export function ofAllPersonas({ path }: Pick<PlannedCombined, "path">) {
  return { path, persona: ALL_PERSONAS, source: "all personas" };
}

function placed(out: string, path: string): string {
  return out === "" ? path : `${out}/${path}`;
}

interface CompiledRequest {
  /** Absent when it could not be compiled at all. */
  readonly persona?: PlannedPersona;
  readonly issues: readonly Issue[];
}

function compilePersona(request: Request): CompiledRequest {
  const { unit, source, targets: chosen, out } = request;
  const issues: Issue[] = [];
  const attempt = <Result>(step: () => Result): Result | undefined => {
    try {
      return step();
    } catch (error) {
      issues.push(...compileIssues(error, request));
      return undefined;
    }
  };
  const document = attempt(() => documentOf(unit));
  if (document === undefined) return { issues };
  const artifacts: PlannedArtifact[] = [];
  const fidelity: PlannedFidelity[] = [];
  const version = document.version === undefined ? {} : { version: document.version };
  for (const target of chosen) {
    const compiled = attempt(() => target.compile(document));
    const made = { persona: document.id, targets: [target.id], ...version, source };
    for (const artifact of compiled?.artifacts ?? [])
      artifacts.push({ ...artifact, path: placed(out, artifact.path), ...made });
    const about = { persona: document.id, target: target.id };
    fidelity.push(...(compiled?.fidelity ?? []).map((entry) => ({ ...entry, ...about })));
  }
  const persona = { document, request, artifacts: mergeShared(artifacts), fidelity };
  return { persona, issues: [...issues, ...unknownModels(document, source)] };
}

/** What kept a persona from being compiled: its own issues, or an error of a function that its author wrote. */
function compileIssues(error: unknown, { unit, source }: Request): readonly Issue[] {
  const known = CommandError.known(error, source);
  if (known !== undefined) return known.issues;
  const problem = `persona "${unit.id}" could not be compiled`;
  return [issue("cannot-compile", source, problem, { cause: messageOf(error) })];
}

/** An exact model id for a target that there is not would be lost without a word. */
function unknownModels({ id, model }: Document, source: string): Issue[] {
  const known = [...targets.map((target) => target.id), ...SDK_IDS];
  return Object.keys(typeof model === "object" ? model.exact : {}).flatMap((target) => {
    if (known.includes(target)) return [];
    const place = `${source}: persona "${id}", model.exact`;
    const details = { hint: hintFor(target, known), subject: target };
    return [issue("unknown-target", place, `there is no target "${target}"`, details)];
  });
}

function losses(personas: readonly PlannedPersona[]): Issue[] {
  const lossy = describeFidelity(personas.flatMap(({ fidelity }) => fidelity)).filter((each) => each.lossy);
  return lossy.map(({ place, outcome }) => issue("fidelity-loss", place, `${outcome}, refused by --strict`));
}

/** Two targets may share a persona's references: a file of the same path and text is one file, of both. */
function mergeShared(artifacts: readonly PlannedArtifact[]): PlannedArtifact[] {
  const merged: PlannedArtifact[] = [];
  for (const artifact of artifacts) {
    const same = merged.findIndex(
      ({ path, block, text }) => path === artifact.path && block === artifact.block && text === artifact.text,
    );
    const other = merged[same];
    if (other === undefined) merged.push(artifact);
    else merged[same] = { ...other, targets: [...other.targets, ...artifact.targets] };
  }
  return merged;
}

/** An issue for each path that two files would be written to. */
function sharedPaths(artifacts: readonly Pick<PlannedArtifact, "path" | "block" | "persona" | "source">[]): Issue[] {
  const owners = new Map<string, string>();
  return artifacts.flatMap(({ path, block, persona, source }) => {
    // File systems that ignore case would let one file overwrite the other.
    const key = `${path.toLowerCase()}#${block ?? ""}`;
    const name = `${persona} (${source})`;
    const owner = owners.get(key);
    owners.set(key, owner ?? name);
    if (owner === undefined) return [];
    const problem = `both ${owner} and ${name} would be written here`;
    return [issue("shared-path", path, problem, "Build one under another id.")];
  });
}
