import { dirname, extname, join, resolve } from "node:path";
import { isRecord } from "@personakit/core/internal";
import type { TextChange } from "../disk/journal.ts";
import { pathInside, projectPath } from "../disk/paths.ts";
import { readText } from "../files/text.ts";
import type { Request } from "../plan/make-plan.ts";
import { editJson } from "../sources/edit-json.ts";
import { editModule, elsewhere, type PatchPlace } from "../sources/edit-module.ts";
import type { Setting } from "../sources/override.ts";

/** A project whose sources an override goes into. */
export interface SourcesOfProject {
  readonly folder: string;
  /** The configuration, from the current folder; undefined where sources were named. */
  readonly config: string | undefined;
}

/** The files that an override may go into, the likeliest first. */
interface Candidate extends PatchPlace {
  readonly file: string;
}

/** The change of a source that an override is; undefined where nobody but its author can tell where it belongs. */
export async function placeOverride(
  { folder, config }: SourcesOfProject,
  { source, entry }: Pick<Request, "source" | "entry">,
  id: string,
  settings: readonly Setting[],
): Promise<TextChange | undefined> {
  for (const { file, ...place } of await candidates(folder, config, source, entry, id)) {
    const path = placeIn(folder, file);
    const before = path === undefined ? undefined : readText(file);
    if (path === undefined || before === undefined) continue;
    const after = await edited(file, before, place, settings);
    if (after !== undefined) return { path, before, after };
  }
  return undefined;
}

async function edited(
  file: string,
  text: string,
  { id, index }: PatchPlace,
  settings: readonly Setting[],
): Promise<string | undefined> {
  if (extname(file) === ".json") return index === undefined ? undefined : editJson(text, index, id, settings);
  try {
    return await editModule(text, { id, ...(index === undefined ? {} : { index }) }, settings);
  } catch (error) {
    // A module that Node can load and this parser cannot.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The module in which the persona is extended, and then the configuration, which can extend any. */
async function candidates(
  folder: string,
  config: string | undefined,
  source: string,
  entry: number | undefined,
  id: string,
): Promise<Candidate[]> {
  if (config === undefined || entry === undefined) return isModule(source) ? [{ file: resolve(source), id }] : [];
  const file = resolve(config);
  const module = await moduleOf(file, folder, entry);
  return [...(module === undefined ? [] : [{ file: module, id }]), { file, id, index: entry }];
}

/** The module of the project that a configuration's persona comes from. */
async function moduleOf(config: string, folder: string, entry: number): Promise<string | undefined> {
  const text = readText(config) ?? "";
  if (extname(config) === ".json") {
    const item: unknown = JSON.parse(text.replace(/^\uFEFF/, "")).personas?.[entry];
    const path = isRecord(item) ? item.persona : item;
    return typeof path === "string" && isModule(path) ? resolve(folder, path) : undefined;
  }
  const other = await elsewhere(text, entry).catch(() => undefined);
  if (other === undefined) return undefined;
  const file = "path" in other ? resolve(folder, other.path) : resolve(dirname(config), other.importedFrom);
  return isModule(file) ? file : undefined;
}

function isModule(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}

/** A file as the project's journal has it; undefined for one outside, or behind a link. */
function placeIn(folder: string, file: string): string | undefined {
  try {
    const path = projectPath(folder, file);
    return pathInside(folder)(path) === join(resolve(folder), path) ? path : undefined;
  } catch {
    return undefined;
  }
}
