import { snapshot } from "@personakit/core";
import { verifyArtifact } from "@personakit/targets";
import { apply } from "./apply.ts";
import { CommandError } from "./command-error.ts";
import { difference } from "./difference.ts";
import { type AddedFrom, type ArtifactRecord, hash, type Manifest, type PersonaRecord, recordOf } from "./manifest.ts";
import { ALL_PERSONAS, type Plan } from "./plan.ts";
import { shorten } from "./report.ts";
import { type Compared, compare, fileLimits, type Recorded, recorded } from "./state.ts";

/** How a plan compares with what is on disk, and what would become of it. */
export interface Comparison {
  readonly compared: readonly Compared[];
  /** Files that were written and are not made any more. */
  readonly orphans: readonly Recorded[];
}

/** Compares a plan with a project. `whole`: the plan is all that the project builds, so that everything else is orphaned. */
export function comparePlan(folder: string, plan: Plan, manifest: Manifest, whole: boolean): Comparison {
  const compared = compare(folder, plan.artifacts, manifest);
  const planned = new Set(compared.map(({ key }) => key));
  const made = new Set(
    plan.artifacts.flatMap(({ persona, targets }) => targets.map((target) => `${persona} ${target}`)),
  );
  // What was added and is configured now is the configuration's.
  const ids = new Set(plan.personas.map(({ document }) => document.id));
  const orphans = recorded(folder, manifest, (key, { persona, targets }) => {
    if (planned.has(key)) return false;
    if (whole) return manifest.personas[persona]?.package === undefined || ids.has(persona);
    return targets.every((target) => made.has(`${persona} ${target}`));
  });
  return { compared, orphans };
}

/**
 * Brings a project to what a plan says. Throws a CommandError, and writes nothing, where a hand has changed a file, unless
 * `force`; where a file does not read as it was meant, or would be larger than its tool reads.
 */
export async function carryOut(
  folder: string,
  plan: Plan,
  manifest: Manifest,
  { compared, orphans }: Comparison,
  { force = false, source }: { readonly force?: boolean; readonly source?: AddedFrom } = {},
): Promise<void> {
  if (!force) refuseEdited(compared, orphans);
  const writes = compared.filter(({ state }) => state !== "current");
  await verify(writes);
  const tooLarge = fileLimits(compared);
  if (tooLarge.length > 0) throw new CommandError(tooLarge);

  const artifacts: Record<string, ArtifactRecord> = { ...manifest.artifacts };
  for (const { key } of orphans) delete artifacts[key];
  for (const each of compared) artifacts[each.key] = recordFor(each, manifest.artifacts[each.key]);
  apply(folder, manifest, {
    writes,
    removals: orphans,
    manifest: { ...manifest, artifacts, personas: personaRecords(plan, manifest, artifacts, source) },
  });
}

/** The record of a file. Targets that share it with those of this build are kept. */
function recordFor({ artifact: { text, targets, persona } }: Compared, earlier?: ArtifactRecord): ArtifactRecord {
  const sha256 = hash(text);
  const others = earlier?.sha256 === sha256 && earlier.persona === persona ? earlier.targets : [];
  const all = [...new Set([...others, ...targets])].sort();
  return { sha256, targets: all, persona, ...(earlier?.gap === undefined ? {} : { gap: earlier.gap }) };
}

/** The records of the plan's personas, and of those others that still have files. */
function personaRecords(
  plan: Plan,
  manifest: Manifest,
  artifacts: Manifest["artifacts"],
  source: AddedFrom | undefined,
): Manifest["personas"] {
  const personas: Record<string, PersonaRecord> = {};
  const standing = new Set(Object.values(artifacts).map(({ persona }) => persona));
  for (const [id, record] of Object.entries(manifest.personas)) if (standing.has(id)) personas[id] = record;
  for (const { document } of plan.personas) {
    // What was added has no overrides: all of it is the package's.
    const published = snapshot(document, { published: source === undefined });
    personas[document.id] = recordOf(document, published, source);
  }
  return personas;
}

function refuseEdited(compared: readonly Compared[], orphans: readonly Recorded[]): void {
  const edited = compared.filter(({ state }) => state === "edited");
  const files = [...edited, ...orphans.filter(({ state }) => state === "edited")];
  if (files.length === 0) return;
  const lines = files.map(({ file }) => `${shorten(file)}: was changed by hand, or is not a file of ours.`);
  throw new CommandError([...edited.map(difference), ...lines, `Nothing was written. ${waysOut(files.length)}`], 1);
}

/** What to do about files that a hand has changed. */
export function waysOut(files: number): string {
  const them = files === 1 ? "it" : "them";
  return [
    `Move the change into the persona's source, and delete the ${files === 1 ? "file" : "files"};`,
    `keep ${them} as your own with personakit eject;`,
    `or overwrite ${them} with --force.`,
  ].join(" ");
}

/** A file of the whole set must not lose the personas that an earlier build put into it. */
export function refuseLostMembers(plan: Plan, manifest: Manifest): void {
  const combined = new Set(
    plan.artifacts.filter(({ persona }) => persona === ALL_PERSONAS).flatMap(({ targets }) => targets),
  );
  const here = new Set(plan.artifacts.map(({ persona }) => persona));
  const missing = Object.values(manifest.artifacts)
    .filter(({ persona, targets }) => !here.has(persona) && targets.some((target) => combined.has(target)))
    .map(({ persona }) => persona);
  if (missing.length === 0) return;
  const names = [...new Set(missing)].join(", ");
  const all = [...combined].join(", ");
  throw new CommandError([
    `${all}: an earlier build also made ${names}. Build all its personas together, or delete their files and entries.`,
  ]);
}

async function verify(changed: readonly Compared[]): Promise<void> {
  const lines: string[] = [];
  for (const { artifact } of changed) {
    try {
      await verifyArtifact(artifact);
    } catch (error) {
      lines.push(...CommandError.from(error).lines);
    }
  }
  if (lines.length > 0) throw new CommandError(lines);
}
