import type { TextChange } from "../disk/journal.ts";
import { fileOf } from "../disk/paths.ts";
import { readText } from "../files/text.ts";
import { CommandError, issue } from "../issues/command-error.ts";
import { inCode, newConfiguration, withPersonas } from "../sources/add-entries.ts";
import { type Source, sourcesOf } from "./copies.ts";
import { type Entry, entryFor } from "./entries.ts";
import { type FindOptions, type Found, findFiles } from "./find-files.ts";
import { type NearCopy, nearCopies } from "./near.ts";
import { lookBefore, type Proof, type Proposal, prove } from "./prove.ts";

/** What an import would do, proved in memory. */
export interface Proposed extends Found, Proposal, Proof {
  readonly sources: readonly Source[];
  readonly near: readonly NearCopy[];
  /** How the configuration changes. */
  readonly change: TextChange;
}

/** Data, so that it can be edited again. */
const NEW_CONFIG = "personakit.config.json";

/**
 * Finds what there is to import in a project, and proves that building it would change nothing. Returns only what was found where
 * nothing is left to import. Throws a CommandError where a build would fail or change a file, and for a configuration that cannot be edited.
 */
export async function propose(
  folder: string,
  options: Pick<FindOptions, "named" | "only" | "force">,
): Promise<Proposed | (Found & { readonly change?: never })> {
  const before = await lookBefore(folder);
  const found = await findFiles(folder, { ...options, whyKnown: before.whyKnown });
  const { files } = found;
  if (files.length === 0) return found;
  const sources = sourcesOf(folder, files, before.isTaken);
  const entries = sources.map((each) => entryFor(each, before.shared));
  const proposal: Proposal = { folder, before, entries, files };
  return {
    ...found,
    ...proposal,
    ...(await prove(proposal)),
    sources,
    near: await nearCopies(sources.map(({ file }) => file)),
    change: await changeOf(folder, before.config, entries),
  };
}

/** How the configuration changes. Throws for one in code whose list of personas cannot be edited, with what belongs there. */
async function changeOf(folder: string, config: string | undefined, entries: readonly Entry[]): Promise<TextChange> {
  if (config === undefined) return { path: NEW_CONFIG, before: undefined, after: newConfiguration(entries) };
  const before = readText(fileOf(folder, config)) ?? "";
  const after = await withPersonas(config, before, entries);
  if (after !== undefined) return { path: config, before, after };
  const problem = "no list of personas was found in it that can be edited";
  const keep = ["Add these to its personas:", "", ...entries.map((each) => `  ${inCode(each)},`)];
  const found = { ...issue("not-editable", config, problem), file: fileOf(folder, config), line: 1, diff: "", keep };
  throw new CommandError([found], { advice: "Nothing was written." });
}
