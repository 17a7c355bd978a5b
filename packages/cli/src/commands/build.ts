import { join, relative } from "node:path";
import { countTokens } from "@personakit/targets";
import type { ExitCode } from "../../index.ts";
import { CommandError } from "../command-error.ts";
import { formatManifest, hash, MANIFEST, type ManifestEntry, readManifest, readText } from "../manifest.ts";
import type { Options } from "../options.ts";
import { makePlan } from "../plan.ts";
import { columns, count, writeJson, writeLine } from "../report.ts";
import { compare } from "../state.ts";
import { writeAtomically } from "../write.ts";

/** Compiles personas and writes their files; all or, where a hand has changed one, none. */
export async function build(sources: readonly string[], { target, json, out }: Options): Promise<ExitCode> {
  const plan = await makePlan(sources, target);
  const manifest = readManifest(out);
  const compared = compare(
    out,
    plan.flatMap((persona) => persona.artifacts),
    manifest,
  );
  const edited = compared.filter(({ state }) => state === "edited");
  if (edited.length > 0) {
    const lines = edited.map(
      ({ file }) => `${file}: was changed by hand, or is not a file of ours. Nothing was written.`,
    );
    throw new CommandError(
      [...lines, "Run personakit check to see the changes; move or delete these files to build again."],
      1,
    );
  }

  const entries: Record<string, ManifestEntry> = { ...manifest.artifacts };
  for (const { artifact, file, state } of compared) {
    if (state !== "current") writeAtomically(file, artifact.text);
    const { path, persona, version, target } = artifact;
    entries[path] = { sha256: hash(artifact.text), target, persona, ...(version === undefined ? {} : { version }) };
  }
  const record = formatManifest(entries);
  if (readText(join(out, MANIFEST)) !== record) writeAtomically(join(out, MANIFEST), record);

  const files = compared.map(({ artifact, file, state }) => ({
    persona: artifact.persona,
    target: artifact.target,
    path: artifact.path,
    file,
    tokens: countTokens(artifact.text),
    written: state !== "current",
  }));
  const losses = plan.flatMap((persona) => persona.losses);
  if (json) writeJson({ ok: true, files, losses });
  else {
    const rows = files.map(({ persona, target, file, tokens, written }) => [
      persona,
      target,
      `${tokens} tokens`,
      written ? "written" : "unchanged",
      relative(process.cwd(), file),
    ]);
    for (const line of columns(rows, [2])) writeLine(line);
    for (const { persona, target, what, why } of losses)
      writeLine(`note: ${persona}, ${target}: without ${what}; ${why}`);
    writeLine(`\n${count(plan.length, "persona")}, ${count(files.length, "file")}. Token counts are estimates.`);
  }
  return 0;
}
