import { existsSync } from "node:fs";
import { join } from "node:path";
import { formatIssue } from "@personakit/core";
import { installCommand } from "../detect/package-manager.ts";
import type { Held, TextChange } from "../disk/journal.ts";
import { exclusively, settle } from "../disk/lock.ts";
import { fileOf } from "../disk/paths.ts";
import { readText } from "../files/text.ts";
import { sourcesOf } from "../import/copies.ts";
import { type Entry, entryFor } from "../import/entries.ts";
import { type Found, findFiles } from "../import/find-files.ts";
import { nearCopies } from "../import/near.ts";
import { lookBefore, type Proof, prove, writeProved } from "../import/prove.ts";
import { entryLines, reportAsData, reportLines } from "../import/report.ts";
import { CommandError, type ExitCode, failure, issue } from "../issues/command-error.ts";
import { confirmed } from "../output/confirm.ts";
import { count, shorten, writeJson, writeLine, writeWarning } from "../output/terminal.ts";
import { projectFolder } from "../project/find-project.ts";
import { inCode, newConfiguration, onOneLine, withPersonas } from "../sources/add-entries.ts";
import { findInstalled } from "../sources/persona-package.ts";
import { defineCommand } from "../usage/define-command.ts";
import { dryRun, flag, list, project, timeout, yes } from "../usage/options.ts";

/** Brings the instruction files of a repository under PersonaKit, without changing a byte of them. */
export default defineCommand({
  name: "import",
  group: "start",
  summary: "Bring the instruction files of this repository under PersonaKit, unchanged",
  details: "Files stay where they are, byte for byte. Copies of one file become one source with several outputs.",
  arguments: [["[path...]", "files and folders (default: the whole project)"]],
  options: {
    ...timeout,
    ...project,
    ...yes,
    ...dryRun,
    only: list("formats", "only files of these formats, such as claude-agent"),
    force: flag("also import files that git ignores, or that are not committed"),
  },
  async run(named, options) {
    const out = projectFolder(options);
    const given = { ...options, out };
    if (!options.dryRun) return exclusively(out, "import", (held) => importFiles(named, given, held));
    await settle(out, "import");
    return importFiles(named, given);
  },
});

interface ImportOptions {
  readonly out: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly only: readonly string[] | undefined;
  readonly force: boolean;
  readonly timeout: string;
}

/** Without the lock, it only shows what it would write. */
async function importFiles(named: readonly string[], options: ImportOptions, held?: Held): Promise<ExitCode> {
  const { out: folder, json, yes, only, force } = options;
  const before = await lookBefore(folder);
  const found = await findFiles(folder, { named, only, force, whyKnown: before.whyKnown });
  const exitCode = found.refused.length > 0 ? 1 : 0;
  if (found.files.length === 0) return sayNothing(found, json);
  const sources = sourcesOf(found.files, before.isTaken);
  const near = await nearCopies(sources.map(({ file }) => file));
  const entries = sources.map((each) => entryFor(each, before.shared));
  const proposal = { folder, before, entries, files: found.files };
  const shown = { ...found, sources, near, shared: before.shared };
  const proof = await prove(proposal);
  const change = await changeOf(folder, before.config, entries);
  const file = shorten(fileOf(folder, change.path));
  if (!json) {
    for (const line of reportLines(shown)) writeLine(line);
    announce(file, before.config, entries, proof);
  }
  const written = held !== undefined && (json || (await confirmed(`Write ${file}?`, { yes })));
  if (written) await writeProved(held, change, proposal, { ...proof, seconds: Number(options.timeout) });
  const next = nextSteps(folder);
  if (json) {
    const { warnings } = proof;
    writeJson({ ok: exitCode === 0, file, written, ...reportAsData(shown), warnings, text: change.after, next });
  } else if (written) {
    const kept = found.files.length === 1 ? "The file has" : `All ${found.files.length} files have`;
    writeLine(`Written. ${kept} the bytes that ${found.files.length === 1 ? "it" : "they"} had. Next:`);
    for (const line of next) writeLine(`  ${line}`);
  } else writeLine("Nothing was written.");
  return exitCode;
}

/** What to say where nothing is left to import. Throws where that is not because everything is imported already. */
function sayNothing({ refused, left }: Found, json: boolean): ExitCode {
  if (refused.length > 0) throw new CommandError(refused, { advice: "Nothing was written." });
  if (left.length === 0) {
    const hint = "Write one, or run personakit init for a persona that fits this repository.";
    throw failure("no-instructions", undefined, "there is no instruction file to import", hint);
  }
  if (json) writeJson({ ok: true, written: false, files: [], entries: [], near: [], apart: [], refused, left });
  else {
    for (const { path, reason } of left) writeLine(`${path}: ${reason}`);
    writeLine("There is nothing to import.");
  }
  return 0;
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

/** Data, so that it can be edited again. */
const NEW_CONFIG = "personakit.config.json";

function announce(file: string, config: string | undefined, entries: readonly Entry[], { warnings }: Proof): void {
  writeLine("");
  for (const warning of warnings) writeWarning(formatIssue(warning), "stdout");
  writeLine(config === undefined ? `${file}, a new configuration:` : `New in ${file}:`);
  const format = file.endsWith(".json") ? onOneLine : inCode;
  for (const line of entryLines(entries, format)) writeLine(line);
  writeLine("");
  writeLine(`Built from it, ${count(entries.length, "persona")} would change no byte of these files.`);
}

function nextSteps(folder: string): string[] {
  const isMissing = existsSync(join(folder, "package.json")) && findInstalled("personakit", folder) === undefined;
  return [...(isMissing ? [installCommand(folder, ["personakit"])] : []), "npx personakit check"];
}
