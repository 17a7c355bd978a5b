import { nearest } from "@personakit/core";
import { apply } from "../apply.ts";
import { CommandError } from "../command-error.ts";
import { findConfig } from "../config.ts";
import type { ExitCode } from "../exit-code.ts";
import { readManifest } from "../manifest.ts";
import type { Options } from "../options.ts";
import { count, shorten, writeJson, writeLine } from "../report.ts";
import { recorded } from "../state.ts";

interface RemoveOptions extends Options {
  /** Also what a hand has changed. */
  readonly force: boolean;
}

/** Takes away the files of personas, exactly those that were written. Refuses what a hand has changed. */
export async function remove(names: readonly string[], { out = ".", json, force }: RemoveOptions): Promise<ExitCode> {
  const manifest = readManifest(out);
  const ids = names.flatMap((name) => idsOf(name, manifest.personas));
  const files = recorded(out, manifest, (_, { persona }) => ids.includes(persona));
  const edited = files.filter(({ state }) => state === "edited");
  if (edited.length > 0 && !force) {
    const lines = edited.map(({ file }) => `${shorten(file)}: was changed by hand.`);
    const ways = "Keep it with personakit eject, or remove it with --force. Nothing was removed.";
    throw new CommandError([...lines, ways], 1);
  }
  const keep = <Value>(map: { readonly [key: string]: Value }, gone: (key: string, value: Value) => boolean) =>
    Object.fromEntries(Object.entries(map).filter(([key, value]) => !gone(key, value)));
  apply(out, manifest, {
    writes: [],
    removals: files,
    manifest: {
      ...manifest,
      personas: keep(manifest.personas, (id) => ids.includes(id)),
      artifacts: keep(manifest.artifacts, (_, { persona }) => ids.includes(persona)),
    },
  });
  const removed = files.filter(({ state }) => state !== "gone").map(({ file }) => file);
  const config = findConfig(out);
  const built = ids.filter((id) => manifest.personas[id]?.package === undefined);
  if (json) writeJson({ ok: true, removed });
  else {
    for (const file of removed) writeLine(`removed: ${shorten(file)}`);
    writeLine(`${count(removed.length, "file")} removed.`);
    if (config !== undefined && built.length > 0)
      writeLine(`${built.join(", ")}: the next build writes it again, unless you take it out of ${config}.`);
  }
  return 0;
}

/** The ids that a persona's or a package's name stands for. */
function idsOf(name: string, personas: { readonly [id: string]: { readonly package?: string } }): string[] {
  if (Object.hasOwn(personas, name)) return [name];
  const ids = Object.entries(personas).flatMap(([id, record]) => (record.package === name ? [id] : []));
  if (ids.length > 0) return ids;
  const known = [...Object.keys(personas), ...Object.values(personas).flatMap((record) => record.package ?? [])];
  const near = nearest(name, known);
  const list = known.length === 0 ? "None was written here." : `Written here: ${[...new Set(known)].join(", ")}.`;
  throw new CommandError([
    `${name}: no such persona was written here. ${near === undefined ? list : `Did you mean "${near}"?`}`,
  ]);
}
