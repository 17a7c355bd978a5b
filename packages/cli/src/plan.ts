import { type Document, nearest, type PersonaData } from "@personakit/core";
import { type Artifact, type Fidelity, type Target, targets } from "@personakit/targets";
import { CommandError } from "./command-error.ts";
import { documentOf } from "./comparison.ts";

/** What is built when no target is named. */
export const DEFAULT_TARGETS = ["claude-agent", "agent-skill"];

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

/** What became of a feature of a persona in a target. */
export interface PlannedFidelity extends Fidelity {
  readonly persona: string;
  readonly target: string;
}

/** A compiled persona with its files for each target. */
export interface PlannedPersona {
  readonly document: Document;
  readonly request: Request;
  readonly artifacts: readonly PlannedArtifact[];
  readonly fidelity: readonly PlannedFidelity[];
}

/** Everything that a command line would write. */
export interface Plan {
  readonly personas: readonly PlannedPersona[];
  /** Those of the personas, and those of the whole set. */
  readonly artifacts: readonly PlannedArtifact[];
  /** What the user should know and nothing fails on. */
  readonly warnings: readonly string[];
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

/**
 * Compiles everything before anything is written. `errors` is what has gone wrong before.
 * Throws a CommandError with all that is wrong: personas, shared limits, paths that two files would share.
 */
export function makePlan(requests: readonly Request[], strict: boolean, errors: string[] = []): Plan {
  const personas = requests.flatMap((request) => compilePersona(request, errors));
  const chosen = [...new Set(requests.flatMap(({ targets }) => targets))];
  const combined = chosen.flatMap((target) => combine(target, requests, personas));
  const artifacts = [...personas.flatMap((persona) => persona.artifacts), ...combined];
  const warnings = [...new Set(requests.flatMap((request) => doubleLoading(request.targets)))];
  for (const { severity, text } of sharedLimits(chosen, personas))
    (severity === "error" ? errors : warnings).push(text);
  errors.push(...sharedPaths(artifacts));
  if (strict) {
    const lossy = describeFidelity(personas.flatMap((persona) => persona.fidelity)).filter((each) => each.lossy);
    errors.push(...lossy.map(({ line }) => `${line}, refused by --strict`));
  }
  if (errors.length > 0) throw new CommandError(errors);
  return { personas, artifacts, warnings };
}

function combine(target: Target, requests: readonly Request[], personas: readonly PlannedPersona[]): PlannedArtifact[] {
  if (target.combine === undefined) return [];
  const folders = [...new Set(requests.filter(({ targets }) => targets.includes(target)).map(({ out }) => out))];
  return folders.flatMap((out) => {
    const members = personas.filter(({ request }) => request.out === out && request.targets.includes(target));
    return (target.combine?.(members.map(({ document }) => document)) ?? []).map((artifact) => ({
      ...artifact,
      path: placed(out, artifact.path),
      persona: ALL_PERSONAS,
      targets: [target.id],
      source: "all personas",
    }));
  });
}

function placed(out: string, path: string): string {
  return out === "" ? path : `${out}/${path}`;
}

/** What became of a persona in a target, in one line; whether anything was lost. */
export interface FidelityLine {
  readonly line: string;
  readonly lossy: boolean;
}

/** One line for each persona and target. */
export function describeFidelity(fidelity: readonly PlannedFidelity[]): FidelityLine[] {
  const groups = new Map<string, PlannedFidelity[]>();
  for (const entry of fidelity) {
    const key = `${entry.persona}, ${entry.target}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups].map(([key, entries]) => {
    const kept = entries.filter(({ status }) => status === "kept").length;
    const rest = entries.filter(({ status }) => status !== "kept");
    const changes = rest.map(({ feature, status, reason }) => `${feature} ${status} (${reason})`);
    return { line: `${key}: ${[`${kept} kept`, ...changes].join(", ")}`, lossy: entries.some(isLoss) };
  });
}

function isLoss({ status }: Fidelity): boolean {
  return status === "dropped" || status === "degraded";
}

function compilePersona(request: Request, errors: string[]): PlannedPersona[] {
  const { unit, source, targets: chosen, out } = request;
  const where = `${source}: persona "${unit.id}" could not be compiled`;
  const attempt = <Result>(step: () => Result): Result | undefined => {
    try {
      return step();
    } catch (error) {
      errors.push(...CommandError.from(error, source, where).lines);
      return undefined;
    }
  };
  const document = attempt(() => documentOf(unit));
  if (document === undefined) return [];
  const version = document.version === undefined ? {} : { version: document.version };
  const artifacts: PlannedArtifact[] = [];
  const fidelity: PlannedFidelity[] = [];
  for (const target of chosen) {
    const compiled = attempt(() => target.compile(document));
    const made = { persona: document.id, targets: [target.id], ...version, source };
    for (const artifact of compiled?.artifacts ?? [])
      artifacts.push({ ...artifact, path: placed(out, artifact.path), ...made });
    const about = { persona: document.id, target: target.id };
    fidelity.push(...(compiled?.fidelity ?? []).map((entry) => ({ ...entry, ...about })));
  }
  errors.push(...unknownModels(document, source));
  return [{ document, request, artifacts: mergeShared(artifacts), fidelity }];
}

/** Programs that take a persona in code, with ids for exact models as targets have. */
const SDK_IDS = ["claude-agent-sdk", "openai-agents-sdk", "vercel-ai-sdk"];

/** An exact model id for a target that there is not would be lost without a word. */
function unknownModels({ id, model }: Document, source: string): string[] {
  const known = [...targets.map((target) => target.id), ...SDK_IDS];
  return Object.keys(typeof model === "object" ? model.exact : {}).flatMap((target) => {
    if (known.includes(target)) return [];
    const near = nearest(target, known);
    const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
    return [`${source}: persona "${id}", model.exact: there is no target "${target}".${hint}`];
  });
}

/** A warning for each two targets whose files one tool loads both. */
function doubleLoading(chosen: readonly Target[]): string[] {
  return chosen.flatMap((a, index) =>
    chosen.slice(index + 1).flatMap((b) => {
      const both = a.readers.filter((reader) => b.readers.includes(reader));
      // An agent and a skill: what is built by default, for tools that read only one of them.
      if (both.length === 0 || [a.id, b.id].every((id) => DEFAULT_TARGETS.includes(id))) return [];
      const tools = both.length === 1 ? `${both[0]} loads` : `${both.join(", ")} load`;
      return [`${a.id} and ${b.id}: ${tools} both, so each persona is there twice. Build one of them.`];
    }),
  );
}

function sharedLimits(chosen: readonly Target[], personas: readonly PlannedPersona[]) {
  return chosen.flatMap(({ id, limits = [] }) =>
    limits.flatMap(({ what, unit, max, beyond, measure, severity }) => {
      const members = personas.filter(({ request }) => request.targets.some((target) => target.id === id));
      const sizes = members.map(({ document, artifacts }) => ({
        name: document.id,
        size: measure(
          document,
          artifacts.filter(({ targets }) => targets.includes(id)),
        ),
      }));
      const total = sizes.reduce((sum, { size }) => sum + size, 0);
      if (total <= max) return [];
      const largest = sizes.sort((a, b) => b.size - a.size).slice(0, 3);
      const names = largest.map(({ name, size }) => `${name} (${size})`).join(", ");
      const text = `${id}: ${what} takes ${total} ${unit}; above ${max} the tool ${beyond}. Largest: ${names}.`;
      return [{ severity, text }];
    }),
  );
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

/** An error for each path that two files would be written to. */
function sharedPaths(artifacts: readonly PlannedArtifact[]): string[] {
  const owners = new Map<string, string>();
  return artifacts.flatMap(({ path, block, persona, source }) => {
    // File systems that ignore case would let one file overwrite the other.
    const key = `${path.toLowerCase()}#${block ?? ""}`;
    const name = `${persona} (${source})`;
    const owner = owners.get(key);
    owners.set(key, owner ?? name);
    if (owner === undefined) return [];
    return [`${path}: both ${owner} and ${name} would be written here. Build one under another id.`];
  });
}
