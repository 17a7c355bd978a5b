import { existsSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Check } from "@personakit/checks";
import { isRecord } from "@personakit/core/internal";
import { withSlashes } from "../context/paths.ts";
import { foldersAbove } from "../files/above.ts";
import { CommandError, failure } from "../issues/command-error.ts";
import { configFilesIn, readConfig } from "../sources/config.ts";
import type { ChecksConfig } from "../sources/define-config.ts";
import { checkOf } from "../sources/foreign-check.ts";
import { readJson } from "../sources/import-module.ts";
import { loadChecks } from "../sources/load-units.ts";

type Package = typeof import("@personakit/checks");

/** Which checks run. */
export interface Settings {
  readonly checks: readonly Check[];
  readonly off: { readonly [id: string]: string };
  /** A configuration that is code, and that nobody has allowed to run. */
  readonly notRun: string | undefined;
}

/** What is asked for. */
export interface SettingsOptions {
  /** Modules and packages with more checks. */
  readonly checks: readonly string[] | undefined;
  /** Whether the configuration may run. */
  readonly config: boolean;
}

/** The folder whose configuration counts for another one: the nearest that has one, up to the root of the repository. */
export function configuredFolder(root: string, folder = "."): string {
  for (const here of foldersAbove(realpathSync.native(resolve(folder)))) {
    if (configFilesIn(here).length > 0) return here;
    if (withSlashes(here) === root) break;
  }
  return root;
}

/**
 * The checks that run, by the configuration in a folder and the command line. A configuration in JSON only switches checks off: modules are
 * loaded where they are asked for. Throws a CommandError for what is wrong with it, and for a module without checks.
 */
export async function settingsFor(
  { checks, defineCheck }: Package,
  folder: string,
  { checks: named = [], config }: SettingsOptions,
): Promise<Settings> {
  const [file] = configFilesIn(folder);
  const isData = file?.endsWith(".json") === true;
  const said = file === undefined ? {} : config ? await whole(folder, file) : isData ? offIn(folder, file) : {};
  const load = async (source: string | Check, from: string, place: string): Promise<Check[]> => {
    if (typeof source !== "string") return [checkOf(source, place, defineCheck)];
    try {
      return (await loadChecks(source, from)).map((copy) => checkOf(copy, source, defineCheck));
    } catch (error) {
      throw CommandError.from(error, place);
    }
  };
  const used = config ? (said.use ?? []) : [];
  const more = await Promise.all([
    ...[...new Set(named)].map((source) => load(source, ".", `--checks ${source}`)),
    ...[...new Set(used)].map((source, index) => load(source, folder, `${file}, checks.use[${index}]`)),
  ]);
  // One that both name is the same.
  const all = [...new Set([...checks, ...more.flat()])];
  const off = Object.entries(said.off ?? {});
  // What is not loaded need not be switched off.
  const isOfOthers = (id: string) =>
    !config && said.use !== undefined && all.every((check) => check.id !== id && check.group !== id);
  return {
    checks: all,
    off: Object.fromEntries(off.filter(([id]) => !isOfOthers(id))),
    notRun: file === undefined || config || isData ? undefined : file,
  };
}

async function whole(folder: string, file: string): Promise<ChecksConfig> {
  return (await readConfig(join(folder, file))).checks ?? {};
}

/** The checks of a configuration in JSON, of which only what is switched off is looked at. Everything else in it is for other commands. */
function offIn(folder: string, file: string): ChecksConfig {
  const path = join(folder, file);
  if (!existsSync(path)) return {};
  const data: unknown = JSON.parse(readJson(path, path));
  const checks = isRecord(data) && isRecord(data.checks) ? data.checks : {};
  const { off = {} } = checks;
  const isRight =
    isRecord(off) && Object.values(off).every((reason) => typeof reason === "string" && reason.trim() !== "");
  if (isRight) return { ...checks, off: off as { readonly [id: string]: string } };
  const problem = "checks.off has a check without a reason";
  throw failure("invalid-configuration", file, problem, 'Write: "off": { "load/front-matter": "the reason" }.');
}
