import type { Check } from "@personakit/checks";
import type { FieldEdits, PersonaData, Wording } from "@personakit/core";
import type { Target } from "@personakit/targets";

/**
 * What a project builds. `personakit.config.ts`, `.mts`, `.js`, `.mjs` or `.json` in the project's folder. `language` and
 * `phrases` are for personas in code that have neither.
 */
export interface Config extends Wording {
  /** In the order in which they are listed and reported. Absent where there are only `checks`: then nothing is built. */
  readonly personas?: readonly (PersonaSource | PersonaEntry)[];
  /** Target ids, modules that export targets, or targets. Default: claude-agent and agent-skill. */
  readonly targets?: readonly (string | Target)[];
  /** The folder that files are written into, relative to the configuration. Default: its own. */
  readonly out?: string;
  /** Which checks `doctor` runs. With it, `check` runs them too, over the files that `build` has written. */
  readonly checks?: ChecksConfig;
}

/** Which checks run over instruction files. */
export interface ChecksConfig {
  /** Checks and groups that do not run, each with the reason: `{ "load/globs": "the files are made by a build" }`. */
  readonly off?: { readonly [check: string]: string };
  /** More checks: packages and modules that export them, with paths relative to the configuration, or checks. */
  readonly use?: readonly (string | Check)[];
}

/** An installed package's name, a path to a package, a module, a compiled document or a file of your own, or a persona itself. */
export type PersonaSource = string | PersonaData;

/** A persona with settings of its own. */
export interface PersonaEntry {
  readonly persona: PersonaSource;
  /** A patch, as `extend` takes it; in JSON a rule is `{ "must": "..." }` and a drop `{ "drop": "reason" }`. */
  readonly extend?: { readonly id: string; readonly fields?: FieldEdits; readonly [option: string]: unknown };
  /** Instead of the targets of all. A file of your own may have none: `[]` leaves it where it is, and builds its `copies` only. */
  readonly targets?: readonly (string | Target)[];
  /** Instead of the folder of all. */
  readonly out?: string;
  /** Of a file of your own that does not lie where its tool looks for it: the target whose format it has, such as `claude-agent`. */
  readonly format?: string;
  /** Paths that get the very bytes of a file of your own, relative to the configuration: `["CLAUDE.md"]`. */
  readonly copies?: readonly string[];
}

/** Gives a configuration its types: `export default defineConfig({ personas: [...] })`. Returns it as it is. */
export function defineConfig(config: Config): Config {
  return config;
}
