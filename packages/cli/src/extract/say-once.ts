import { join } from "node:path";
import type { CopyFile, CopyGroup } from "@personakit/core/copies";
import { readText } from "../files/text.ts";
import { failure } from "../issues/command-error.ts";
import { inCode, newConfiguration, withPersonas } from "../sources/add-entries.ts";
import { withChanges } from "../sources/change-entries.ts";
import { loadReader } from "../sources/reader.ts";
import { type ConfigEntry, type Draft, draftOf, type FragmentForm, type NewText } from "./draft.ts";
import { type Facts, factsOf } from "./facts.ts";
import { unproved } from "./prove.ts";

/** How copies become one text each. */
export interface Once extends Pick<Draft, "groups" | "uses" | "left"> {
  /** Fragments and sources, new and changed. */
  readonly texts: readonly NewText[];
  /** The personas of the configuration that are new, or say something else. */
  readonly entries: readonly ConfigEntry[];
  /** The configuration, as it will be. */
  readonly config: NewText;
  /** Files that stay as they are, and why. */
  readonly refused: readonly { readonly path: string; readonly why: string }[];
  readonly facts: Facts;
}

/** A new configuration is data, so that it can be edited again. */
const NEW_CONFIG = "personakit.config.json";

/**
 * Makes one text of each group: a source with several outputs of equal files, and a fragment of a passage, with sources that use it. Each output
 * is compiled and compared with the file that is there; one that would differ stays as it is. Writes nothing below the folder.
 * Throws a CommandError for a project that is not up to date, and for a configuration that cannot be edited.
 */
export async function sayOnce(
  folder: string,
  groups: readonly CopyGroup[],
  files: readonly CopyFile[],
  form: FragmentForm,
): Promise<Once> {
  const [reader, facts] = [await loadReader(), await factsOf(folder)];
  const refused = new Map<string, string>();
  for (const { path } of groups.flatMap(({ places }) => places)) {
    const other = facts.projectOf(path);
    if (other !== undefined) refused.set(path, `it belongs to the project in ${other}`);
    const source = facts.built.get(path);
    if (source !== undefined) refused.set(path, `it is built from ${source} already`);
  }
  for (;;) {
    const draft = draftOf(facts, { groups, files }, refused, { reader, form });
    const more = draft.refused.size > 0 ? draft.refused : await unproved(facts, draft, files);
    if (more.size > 0) {
      const known = refused.size;
      for (const [path, why] of more) refused.set(path, why);
      if (refused.size === known) throw failure("internal", undefined, "the copies could not be made one text");
      continue;
    }
    const entries = draft.entries.flatMap(({ entry }) => entry ?? []);
    return {
      ...{ groups: draft.groups, uses: draft.uses, left: draft.left, texts: draft.texts, entries, facts },
      config: await configWith(facts, draft),
      refused: [...refused].map(([path, why]) => ({ path, why })).sort((a, b) => (a.path < b.path ? -1 : 1)),
    };
  }
}

/** The configuration with other personas. Throws a CommandError, with what to write, for code whose list is not written out. */
async function configWith({ folder, config }: Facts, { entries, changes }: Draft): Promise<NewText> {
  const added = entries.flatMap(({ entry, index }) => (entry === undefined || index !== undefined ? [] : [entry]));
  if (config === undefined) return { path: NEW_CONFIG, before: undefined, text: newConfiguration(added) };
  const before = readText(join(folder, config)) ?? "";
  const changed = changes.length === 0 ? before : await withChanges(config, before, changes);
  const text = changed === undefined || added.length === 0 ? changed : await withPersonas(config, changed, added);
  if (text !== undefined) return { path: config, before, text };
  const wanted = [...added, ...changes.flatMap(({ entry }) => entry ?? [])].map(inCode).join(", ");
  const gone = changes.filter(({ entry }) => entry === undefined).map(({ index }) => `personas[${index}]`);
  const hint = `Write into its personas: ${wanted}${gone.length === 0 ? "" : `. Take out: ${gone.join(", ")}`}`;
  throw failure("not-editable", config, "its list of personas is not written out", hint);
}
