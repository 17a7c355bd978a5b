import { compile, type Document, nearest } from "@personakit/core";
import { type Artifact, type Loss, type Target, targets } from "@personakit/targets";
import { CommandError } from "./command-error.ts";
import { loadPersonas } from "./load.ts";

/** A file to be written, and what it was made from. */
export interface PlannedArtifact extends Artifact {
  readonly persona: string;
  readonly version?: string;
  readonly target: string;
}

/** Something of a persona that a target could not say. */
export interface PlannedLoss extends Loss {
  readonly persona: string;
  readonly target: string;
}

/** A compiled persona with its files for each target. */
export interface PlannedPersona {
  readonly document: Document;
  readonly source: string;
  readonly artifacts: readonly PlannedArtifact[];
  readonly losses: readonly PlannedLoss[];
}

/**
 * Loads and compiles everything before anything is written.
 * Throws a CommandError with all that is wrong: sources, personas, targets, and paths that two files would share.
 */
export async function makePlan(
  sources: readonly string[],
  targetIds: readonly string[] | undefined,
): Promise<PlannedPersona[]> {
  const chosen = chooseTargets(targetIds);
  const errors: string[] = [];
  const plan: PlannedPersona[] = [];
  for (const { persona, source } of await loadPersonas(sources)) {
    try {
      const document = compile(persona);
      const compiled = chosen.map((target) => compileFor(target, document, source, errors));
      plan.push({
        document,
        source,
        artifacts: compiled.flatMap(({ artifacts }) => artifacts),
        losses: compiled.flatMap(({ losses }) => losses),
      });
    } catch (error) {
      errors.push(...CommandError.from(error, source).lines);
    }
  }
  errors.push(...sharedPaths(plan));
  if (errors.length > 0) throw new CommandError(errors);
  return plan;
}

/** An error for each path that two personas, or two targets, would write to. */
function sharedPaths(plan: readonly PlannedPersona[]): string[] {
  const owners = new Map<string, string>();
  const errors: string[] = [];
  for (const { document, source, artifacts } of plan) {
    for (const { path } of artifacts) {
      // File systems that ignore case would let one file overwrite the other.
      const key = path.toLowerCase();
      const name = `${document.id} (${source})`;
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, name);
      else errors.push(`${path}: both ${owner} and ${name} would be written here. Build one under another id.`);
    }
  }
  return errors;
}

function chooseTargets(ids: readonly string[] | undefined): readonly Target[] {
  if (ids === undefined) return targets;
  return ids.map((id) => {
    const target = targets.find((candidate) => candidate.id === id);
    if (target !== undefined) return target;
    const known = targets.map((candidate) => candidate.id);
    const near = nearest(id, known);
    const hint = near === undefined ? `Known: ${known.join(", ")}.` : `Did you mean "${near}"?`;
    throw new CommandError([`--target ${id}: there is no such target. ${hint}`]);
  });
}

function compileFor(
  target: Target,
  document: Document,
  source: string,
  errors: string[],
): Pick<PlannedPersona, "artifacts" | "losses"> {
  const version = document.version === undefined ? {} : { version: document.version };
  const made = { persona: document.id, ...version, target: target.id };
  try {
    const { artifacts, losses } = target.compile(document);
    return {
      artifacts: artifacts.map((artifact) => ({ ...artifact, ...made })),
      losses: losses.map((loss) => ({ ...loss, persona: document.id, target: target.id })),
    };
  } catch (error) {
    errors.push(...CommandError.from(error, source).lines);
    return { artifacts: [], losses: [] };
  }
}
