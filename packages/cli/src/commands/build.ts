import { rmSync } from "node:fs";
import { join } from "node:path";
import { countTokens, verifyArtifact } from "@personakit/targets";
import type { ExitCode } from "../../index.ts";
import { withBlock } from "../block.ts";
import { CommandError } from "../command-error.ts";
import {
  formatManifest,
  hash,
  MANIFEST,
  type Manifest,
  type ManifestEntry,
  readManifest,
  readText,
} from "../manifest.ts";
import type { Options } from "../options.ts";
import { ALL_PERSONAS, describeFidelity, makePlan, type Plan, type PlannedArtifact } from "../plan.ts";
import { columns, count, shorten, writeJson, writeLine } from "../report.ts";
import { type Compared, compare, fileLimits, findOrphans, keyOf } from "../state.ts";
import { writeAtomically } from "../write.ts";

/** Compiles personas and writes their files. Where a hand has changed one of them, nothing is written. */
export async function build(sources: readonly string[], options: Options): Promise<ExitCode> {
  const { json, out } = options;
  const plan = await makePlan(sources, options);
  const manifest = readManifest(out);
  const compared = compare(out, plan.artifacts, manifest);
  const orphans = findOrphans(out, plan.artifacts, manifest);
  refuseLostMembers(plan.artifacts, manifest);
  refuseEdited([
    ...compared.filter(({ state }) => state === "edited"),
    ...orphans.filter(({ untouched }) => !untouched),
  ]);
  verify(compared.filter(({ state }) => state !== "current"));
  const tooLarge = fileLimits(compared);
  if (tooLarge.length > 0) throw new CommandError(tooLarge);

  const entries: Record<string, ManifestEntry> = { ...manifest.artifacts };
  try {
    for (const each of compared) {
      if (each.state !== "current") write(each);
      const key = keyOf(each.artifact);
      entries[key] = entryOf(each, manifest.artifacts[key]);
    }
    for (const { key, file } of orphans) {
      rmSync(file, { force: true });
      delete entries[key];
    }
  } finally {
    // Also after a failure: what was written so far is ours, and the next build must know it.
    const record = formatManifest(entries);
    if (readText(join(out, MANIFEST)) !== record) writeAtomically(join(out, MANIFEST), record);
  }
  const removed = orphans.filter(({ gone }) => !gone).map(({ file }) => file);
  report(plan, compared, removed, json);
  return 0;
}

/** A file of the whole set must not lose the personas that an earlier build put into it. */
function refuseLostMembers(artifacts: readonly PlannedArtifact[], manifest: Manifest): void {
  const combined = new Set(
    artifacts.filter(({ persona }) => persona === ALL_PERSONAS).flatMap(({ targets }) => targets),
  );
  const here = new Set(artifacts.map(({ persona }) => persona));
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

function refuseEdited(edited: readonly { readonly file: string }[]): void {
  if (edited.length === 0) return;
  const lines = edited.map(
    ({ file }) => `${shorten(file)}: was changed by hand, or is not a file of ours. Nothing was written.`,
  );
  const ways = "Run personakit check to see the changes; move or delete these files to build again.";
  throw new CommandError([...lines, ways], 1);
}

function verify(changed: readonly Compared[]): void {
  const lines = changed.flatMap(({ artifact }) => {
    try {
      verifyArtifact(artifact);
      return [];
    } catch (error) {
      return CommandError.from(error).lines;
    }
  });
  if (lines.length > 0) throw new CommandError(lines);
}

function write({ artifact: { path, block, text }, file }: Compared): void {
  writeAtomically(file, block === undefined ? text : withBlock(readText(file), block, text, path));
}

/** The record of a file. Targets that share it with those of this build are kept. */
function entryOf({ artifact: { text, targets, persona, version } }: Compared, earlier?: ManifestEntry): ManifestEntry {
  const sha256 = hash(text);
  const others = earlier?.sha256 === sha256 && earlier.persona === persona ? earlier.targets : [];
  const all = [...new Set([...others, ...targets])].sort();
  return { sha256, targets: all, persona, ...(version === undefined ? {} : { version }) };
}

function report(plan: Plan, compared: readonly Compared[], removed: readonly string[], json: boolean): void {
  const files = compared.map(({ artifact, file, state }) => ({
    persona: artifact.persona,
    targets: artifact.targets,
    path: artifact.path,
    file,
    tokens: countTokens(artifact.text),
    written: state !== "current",
  }));
  const fidelity = plan.personas.flatMap((persona) => persona.fidelity);
  if (json) {
    writeJson({ ok: true, files, removed, fidelity, warnings: plan.warnings });
    return;
  }
  const rows = files.map(({ persona, targets, file, tokens, written }) => [
    persona,
    targets.join(","),
    `${tokens} tokens`,
    written ? "written" : "unchanged",
    shorten(file),
  ]);
  for (const line of columns(rows, [2])) writeLine(line);
  for (const file of removed) writeLine(`removed: ${shorten(file)}`);
  for (const { line, lossy } of describeFidelity(fidelity)) writeLine(`${lossy ? "warning" : "fidelity"}: ${line}`);
  for (const warning of plan.warnings) writeLine(`warning: ${warning}`);
  writeLine(`\n${count(plan.personas.length, "persona")}, ${count(files.length, "file")}. Token counts are estimates.`);
}
