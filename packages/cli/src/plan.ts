import { compile, type Document, nearest } from "@personakit/core";
import { type Artifact, type Fidelity, type Target, targets } from "@personakit/targets";
import { CommandError } from "./command-error.ts";
import { type LoadedPersona, loadPersonas, loadTargets } from "./load.ts";
import type { Options } from "./options.ts";

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
  readonly source: string;
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

/**
 * Loads and compiles everything before anything is written.
 * Throws a CommandError with all that is wrong: sources, personas, targets, shared limits, paths that two files would share.
 */
export async function makePlan(sources: readonly string[], options: Pick<Options, "target" | "strict">): Promise<Plan> {
  const errors: string[] = [];
  const chosen = await chooseTargets(options.target, errors);
  const loaded = await loadPersonas(sources, errors);
  const personas = loaded.flatMap((persona) => compilePersona(persona, chosen, errors));
  const documents = personas.map(({ document }) => document);
  const combined = chosen.flatMap((target) =>
    (target.combine?.(documents) ?? []).map((artifact) => ({
      ...artifact,
      persona: ALL_PERSONAS,
      targets: [target.id],
      source: "all personas",
    })),
  );
  const artifacts = [...personas.flatMap((persona) => persona.artifacts), ...combined];
  const warnings = doubleLoading(chosen);
  for (const { severity, text } of sharedLimits(chosen, personas))
    (severity === "error" ? errors : warnings).push(text);
  errors.push(...sharedPaths(artifacts));
  const lossy = describeFidelity(personas.flatMap((persona) => persona.fidelity)).filter((each) => each.lossy);
  if (options.strict) errors.push(...lossy.map(({ line }) => `${line}, refused by --strict`));
  if (errors.length > 0) throw new CommandError(errors);
  return { personas, artifacts, warnings };
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

async function chooseTargets(given: readonly string[] | undefined, errors: string[]): Promise<readonly Target[]> {
  const known = targets.map((candidate) => candidate.id);
  const ids = [...new Set(given ?? DEFAULT_TARGETS)];
  if (ids.length === 0) errors.push(`--target names no target. Known: ${known.join(", ")}.`);
  const chosen: Target[] = [];
  for (const id of ids) {
    const target = targets.find((candidate) => candidate.id === id);
    if (target !== undefined) chosen.push(target);
    // A target of somebody else is named by its module or its package.
    else if (/[./\\@]/.test(id)) chosen.push(...(await loadTargets(id, errors)));
    else {
      const near = nearest(id, known);
      const hint = near === undefined ? `Known: ${known.join(", ")}.` : `Did you mean "${near}"?`;
      errors.push(`--target ${id}: there is no such target. ${hint}`);
    }
  }
  return chosen;
}

function compilePersona(
  { persona, source }: LoadedPersona,
  chosen: readonly Target[],
  errors: string[],
): PlannedPersona[] {
  const where = `${source}: persona "${persona.id}" could not be compiled`;
  const attempt = <Result>(step: () => Result): Result | undefined => {
    try {
      return step();
    } catch (error) {
      errors.push(...CommandError.from(error, source, where).lines);
      return undefined;
    }
  };
  const document = attempt(() => compile(persona));
  if (document === undefined) return [];
  const version = document.version === undefined ? {} : { version: document.version };
  const artifacts: PlannedArtifact[] = [];
  const fidelity: PlannedFidelity[] = [];
  for (const target of chosen) {
    const compiled = attempt(() => target.compile(document));
    const made = { persona: document.id, targets: [target.id], ...version, source };
    artifacts.push(...(compiled?.artifacts ?? []).map((artifact) => ({ ...artifact, ...made })));
    const about = { persona: document.id, target: target.id };
    fidelity.push(...(compiled?.fidelity ?? []).map((entry) => ({ ...entry, ...about })));
  }
  errors.push(...unknownModels(document, source));
  return [{ document, source, artifacts: mergeShared(artifacts), fidelity }];
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
      if (both.length === 0) return [];
      const tools = both.length === 1 ? `${both[0]} loads` : `${both.join(", ")} load`;
      return [`${a.id} and ${b.id}: ${tools} both, so each persona is there twice. Build one of them.`];
    }),
  );
}

function sharedLimits(chosen: readonly Target[], personas: readonly PlannedPersona[]) {
  return chosen.flatMap(({ id, limits = [] }) =>
    limits.flatMap(({ what, unit, max, beyond, measure, severity }) => {
      const sizes = personas.map(({ document, artifacts }) => ({
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
