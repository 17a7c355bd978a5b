import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectPath } from "../disk/paths.ts";
import { readText } from "../files/text.ts";
import { attempt, CommandError, failure, issue } from "../issues/command-error.ts";
import { findConfig } from "../sources/config.ts";
import { loadOwnFile, type OwnFile } from "../sources/own-file.ts";
import { type TypedModule, type TypedOptions, typedModule } from "./typed-persona.ts";

/** A module that is to be written, and the file that it says. */
export interface ProposedModule extends TypedModule {
  /** Of the file, relative to the project, with forward slashes. */
  readonly source: string;
  /** Of the module. */
  readonly module: string;
  /** What belongs into the configuration, and the line that names the file now. */
  readonly entry: { readonly persona: string; readonly targets: readonly string[] };
  readonly configuredAt?: string;
  /** The file as it was read. */
  readonly file: OwnFile;
}

/** How the modules are written. */
export interface ProposeOptions extends TypedOptions {
  /** "ts", "js" or "mjs". */
  readonly ending: string;
}

/**
 * Says files as typed modules, in memory. Throws a CommandError for files that cannot be said so, all of them at once, and for a
 * module that is there already.
 */
export async function proposeTyped(
  folder: string,
  named: readonly string[],
  { ending, strengths }: ProposeOptions,
): Promise<ProposedModule[]> {
  if (named.length === 0) {
    throw failure("usage", "--typescript", "no file is named", "Name the files: import --typescript <file.md>");
  }
  const modules: ProposedModule[] = [];
  const issues: CommandError["issues"][number][] = [];
  for (const name of named) {
    const made = await attempt(async () => [await proposeOne(folder, resolve(name), { ending, strengths })]);
    issues.push(...made.issues);
    for (const each of made.results) {
      const isTaken = modules.some(({ module }) => module === each.module) || existsSync(join(folder, each.module));
      if (isTaken) issues.push(issue("file-exists", each.module, "is there already"));
      else modules.push(each);
    }
  }
  if (issues.length > 0) throw new CommandError(issues, { advice: "Nothing was written." });
  return modules;
}

async function proposeOne(
  folder: string,
  file: string,
  { ending, strengths }: ProposeOptions,
): Promise<ProposedModule> {
  const source = projectPath(folder, file);
  const loaded = await loadOwnFile(source, folder, { isGuessed: true }, noFragments);
  if (!loaded.file.isWhole) throw usesFragments(source, loaded.file.text);
  const made = await typedModule(loaded.file, loaded.file.format, { strengths });
  const module = `personas/${made.id}.${ending}`;
  const configuredAt = lineInConfig(folder, loaded.file);
  return {
    ...made,
    source,
    module,
    entry: { persona: `./${module}`, targets: [made.target.id] },
    file: loaded.file,
    ...(configuredAt === undefined ? {} : { configuredAt }),
  };
}

/** Nothing is loaded: such a file is refused, whatever its fragments are. */
const noFragments = async () => [];

/** A module imports its fragments by name; which of them a line means is its author's to say. */
function usesFragments(source: string, text: string): CommandError {
  const line = text.split(/\r\n|\n|\r/).findIndex((each) => each.startsWith("::use[")) + 1;
  const problem = "a file that takes fragments by a line cannot be written as a module";
  const hint = "Keep the Markdown source, or take the line out and name the fragment in the module's use.";
  return failure("not-typed", `${source}:${line}`, problem, hint);
}

/** The line of the configuration that names a file. */
function lineInConfig(folder: string, { path }: OwnFile): string | undefined {
  const config = findConfig(folder);
  const text = config === undefined ? undefined : readText(join(folder, config));
  const names = [`"${path}"`, `"./${path}"`, `'${path}'`, `'./${path}'`];
  const line = text?.split("\n").findIndex((each) => names.some((name) => each.includes(name))) ?? -1;
  return line === -1 ? undefined : `${config}:${line + 1}`;
}
