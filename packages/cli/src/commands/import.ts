import { existsSync } from "node:fs";
import { join } from "node:path";
import { formatIssue, type Issue } from "@personakit/core";
import { noticesFor, readersOf } from "../context/notices.ts";
import { installCommand } from "../detect/package-manager.ts";
import { repositoryAt } from "../detect/repository.ts";
import { commit, type Held } from "../disk/journal.ts";
import { exclusively, settle } from "../disk/lock.ts";
import { fileOf } from "../disk/paths.ts";
import { summaryHere } from "../doctor/examine.ts";
import { type Found, type FoundFile, NOT_LOADED } from "../import/find-files.ts";
import { type Hint, hintsIn } from "../import/hints.ts";
import { type Proposed, propose } from "../import/propose.ts";
import { writeProved } from "../import/prove.ts";
import { entryLines, hintLines, hintsAsData, leftLines, reportAsData, reportLines } from "../import/report.ts";
import { CommandError, type ExitCode, failure } from "../issues/command-error.ts";
import { confirmed } from "../output/confirm.ts";
import { count, shorten, writeJson, writeLine, writeWarning } from "../output/terminal.ts";
import { projectFolder } from "../project/find-project.ts";
import { inCode, onOneLine } from "../sources/add-entries.ts";
import { findInstalled } from "../sources/persona-package.ts";
import { moduleEnding } from "../typed/ending.ts";
import { type ProposedModule, proposeTyped } from "../typed/propose-typed.ts";
import { moduleChange, type Replacement, replaceSources, writeReplaced } from "../typed/replace-sources.ts";
import { defineCommand } from "../usage/define-command.ts";
import { dryRun, flag, list, project, timeout, yes } from "../usage/options.ts";

/** Brings the instruction files of a repository under PersonaKit, without changing a byte of them. */
export default defineCommand({
  name: "import",
  group: "start",
  summary: "Bring in the instruction files that you have, unchanged",
  details: "Files stay where they are, byte for byte. Copies of one file become one source with several outputs.",
  arguments: [["[path...]", "files and folders (default: the whole project)"]],
  options: {
    ...timeout,
    ...project,
    ...yes,
    ...dryRun,
    only: list("formats", "only files of these formats, such as claude-agent"),
    force: flag("also import files that git ignores, or that are not committed"),
    hints: flag("also say which points a published rule says too, or nearly so"),
    typescript: flag("write the named files as typed modules instead, with the same text"),
    strengths: flag("with --typescript: a point with a word such as must, avoid or may gets that strength"),
  },
  async run(named, options) {
    const out = projectFolder(options);
    const given = { ...options, out };
    refuseTogether(options);
    const importThem = options.typescript ? importTyped : importFiles;
    if (!options.dryRun) return exclusively(out, "import", (held) => importThem(named, given, held));
    await settle(out, "import");
    return importThem(named, given);
  },
});

interface ImportOptions {
  readonly out: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly only: readonly string[] | undefined;
  readonly force: boolean;
  readonly timeout: string;
  readonly hints: boolean;
  readonly typescript: boolean;
  readonly strengths: boolean;
}

function refuseTogether({
  only,
  hints,
  typescript,
  strengths,
}: Pick<ImportOptions, "only" | "hints" | "typescript" | "strengths">): void {
  if (strengths && !typescript) {
    throw failure("usage", "--strengths", "only a typed module has strengths", "Add --typescript, and name the files.");
  }
  const problem = "these cannot be used together";
  if (typescript && only !== undefined)
    throw failure("conflicting-options", "--typescript and --only", problem, "Name the files that you mean.");
  if (typescript && hints)
    throw failure("conflicting-options", "--typescript and --hints", problem, "Ask for the hints first.");
}

/** Files as typed modules, which are proved before any is written. */
async function importTyped(named: readonly string[], options: ImportOptions, held?: Held): Promise<ExitCode> {
  const { out: folder, json, yes, strengths } = options;
  const ending = moduleEnding(folder, repositoryAt(folder));
  const modules = await proposeTyped(folder, named, { ending, strengths });
  const replacement = await replaceSources(folder, modules);
  const { change } = replacement;
  if (!json) for (const line of modules.flatMap((each) => typedLines(each, replacement))) writeLine(line);
  const what = modules.length === 1 ? `${modules[0]?.module}` : count(modules.length, "module");
  const question = change === undefined ? `Write ${what}?` : `Write ${what}, and change ${change.path}?`;
  const written = held !== undefined && (json || (await confirmed(question, { yes })));
  if (written && change === undefined) commit(held, modules.map(moduleChange));
  else if (written && change !== undefined) {
    await writeReplaced(held, modules, { ...replacement, change }, Number(options.timeout));
  }
  if (json) {
    const configuration = change === undefined ? {} : { configuration: { file: change.path, text: change.after } };
    writeJson({ ok: true, written, ...configuration, modules: modules.map((each) => typedAsData(each, replacement)) });
  } else for (const line of written ? afterTyped(modules, replacement) : ["Nothing was written."]) writeLine(line);
  return 0;
}

function typedLines(made: ProposedModule, { replaced, kept }: Replacement): string[] {
  const { source, module, configuredAt, typed, characters, differences } = made;
  const share = characters === 0 ? 100 : Math.floor((100 * typed) / characters);
  const entry = inCode(replaced.get(made)?.entry ?? made.entry);
  const reason = kept.get(made);
  return [
    `${source} as ${module}: ${share} % typed, the rest as Markdown; built, the text is the same`,
    ...differences.map((difference) => `  ${difference}`),
    ...(reason === undefined ? [] : [`  the configuration keeps the file: ${reason}`]),
    `  ${configuredAt === undefined ? "In your configuration" : `In ${configuredAt}, instead of the file`}: ${entry}`,
  ];
}

/** What there is to say once modules are written. */
function afterTyped(modules: readonly ProposedModule[], { change, replaced }: Replacement): string[] {
  if (change === undefined) return ["Written. The files themselves stay until you remove them."];
  const sources = [...replaced].flatMap(([{ source }, { built }]) => (source === built.path ? [] : [source]));
  const rest = modules.filter((each) => !replaced.has(each)).map(({ source }) => source);
  return [
    `Written. ${change.path} names the modules now, and a build changes no other file.`,
    ...(sources.length === 0
      ? []
      : [`Nothing reads these any more: ${sources.join(", ")}. Remove them when you like.`]),
    ...(rest.length === 0 ? [] : [`These are sources as before: ${rest.join(", ")}.`]),
  ];
}

function typedAsData(made: ProposedModule, { replaced, kept }: Replacement) {
  const { source, module, id, configuredAt, typed, characters, differences, text } = made;
  const entry = replaced.get(made)?.entry ?? made.entry;
  const reason = kept.get(made);
  const why = reason === undefined ? {} : { keptBecause: reason };
  return { source, module, id, entry, configuredAt, ...why, typed, characters, differences, text };
}

/** Without the lock, it only shows what it would write. */
async function importFiles(named: readonly string[], options: ImportOptions, held?: Held): Promise<ExitCode> {
  const { out: folder, json, yes, only, force, timeout } = options;
  const wanted = { named, only, force };
  const proposed = await propose(folder, wanted);
  const hints = options.hints ? await hintsIn(folder, wanted) : undefined;
  if (proposed.change === undefined) return sayNothing(proposed, json, hints);
  const { refused, files, change } = proposed;
  const exitCode = refused.length > 0 ? 1 : 0;
  const file = shorten(fileOf(folder, change.path));
  const warnings = [...proposed.warnings, ...(await notLoaded(folder, files))];
  if (!json) {
    const findings = await summaryHere();
    if (findings !== undefined) writeLine(findings);
    announce(file, proposed, warnings, hints);
  }
  const written = held !== undefined && (json || (await confirmed(`Write ${file}?`, { yes })));
  if (written) await writeProved(held, proposed, Number(timeout));
  const next = nextSteps(folder);
  if (json) {
    const found = { ...reportAsData(proposed), ...(hints === undefined ? {} : { hints: hintsAsData(hints) }) };
    writeJson({ ok: exitCode === 0, file, written, ...found, warnings, text: change.after, next });
  } else if (written) {
    const kept =
      files.length === 1
        ? "The file has the bytes that it had"
        : `All ${files.length} files have the bytes that they had`;
    writeLine(`Written. ${kept}. Next:`);
    for (const line of next) writeLine(`  ${line}`);
  } else writeLine("Nothing was written.");
  return exitCode;
}

/** What to say where nothing is left to import. Throws where that is not because everything is imported already. */
function sayNothing({ refused, left }: Found, json: boolean, hints?: readonly Hint[]): ExitCode {
  if (refused.length > 0) throw new CommandError(refused, { advice: "Nothing was written." });
  if (left.length === 0) {
    const hint = "Files that git ignores need --force. To start without any, run personakit init.";
    throw failure("no-instructions", undefined, "there is no instruction file to import", hint);
  }
  const said = hints === undefined ? {} : { hints: hintsAsData(hints) };
  if (json)
    writeJson({ ok: true, written: false, files: [], entries: [], near: [], apart: [], refused, left, ...said });
  else {
    writeLine("There is nothing to import:");
    for (const line of leftLines(left)) writeLine(line);
    const unread = left.find(({ reason }) => reason === NOT_LOADED);
    const [place] = unread?.path.split("/") ?? [];
    if (place !== undefined)
      writeLine(`To import such files all the same, name them or their folder: personakit import ${place}`);
    for (const line of hints === undefined ? [] : hintLines(hints)) writeLine(line);
  }
  return 0;
}

/** Says which files a tool does not load where they lie, because of another one. */
function notLoaded(folder: string, files: readonly FoundFile[]): Promise<readonly Issue[]> {
  return noticesFor(
    folder,
    files.map(({ path, place: { readable } }) => {
      const { readers } = readersOf([readable.id]);
      return { path: fileOf(folder, path), readers: readers.length > 0 ? readers : [readable.tool] };
    }),
  );
}

function announce(file: string, proposed: Proposed, warnings: readonly Issue[], hints?: readonly Hint[]): void {
  const { change, entries } = proposed;
  for (const line of reportLines(proposed)) writeLine(line);
  for (const line of hints === undefined ? [] : hintLines(hints)) writeLine(line);
  writeLine("");
  for (const warning of warnings) writeWarning(formatIssue(warning), "stdout");
  writeLine(change.before === undefined ? `${file}, a new configuration:` : `New in ${file}:`);
  for (const line of entryLines(entries, file.endsWith(".json") ? onOneLine : inCode)) writeLine(line);
  writeLine("");
  writeLine(`Built from it, ${count(entries.length, "persona")} would change no byte of these files.`);
}

function nextSteps(folder: string): string[] {
  const isMissing = existsSync(join(folder, "package.json")) && findInstalled("personakit", folder) === undefined;
  return [...(isMissing ? [installCommand(folder, ["personakit"])] : []), "npx personakit check"];
}
