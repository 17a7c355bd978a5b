import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Copies, CopyDrift, CopyFile, CopyGroup } from "@personakit/core/copies";
import { nearest } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import { type CopyReport, driftLines, reportAsFindings, reportAsMarkdown, reportAsText } from "../copies/describe.ts";
import { type LastEdit, lastEditOf, MOST_DATED } from "../copies/edited-when.ts";
import { type Reworded, type Taken, wordingsOf } from "../copies/take.ts";
import { repositoryAt } from "../detect/repository.ts";
import { unifiedDiff } from "../disk/file-diff.ts";
import { commit, commitAround, type Held } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { LOCKFILE } from "../disk/lockfile.ts";
import { fileOf } from "../disk/paths.ts";
import type { FragmentForm } from "../extract/draft.ts";
import { type Facts, factsOf } from "../extract/facts.ts";
import { MARKDOWN, moduleForm, refuseUninstalled } from "../extract/fragment-text.ts";
import { type Once, sayOnce } from "../extract/say-once.ts";
import { undoCommand } from "../extract/undo.ts";
import { notCommitted } from "../files/committed.ts";
import { readText } from "../files/text.ts";
import { commitProved, compareAgain } from "../import/prove.ts";
import { type ExitCode, failure } from "../issues/command-error.ts";
import { canAsk, chosen, chosenSome, confirmed } from "../output/confirm.ts";
import { FORMATS, writeReport } from "../output/formats.ts";
import { count, shorten, writeJson, writeLine, writeLines, writeWarning } from "../output/terminal.ts";
import { writeChanges } from "../project/write-changes.ts";
import { onOneLine } from "../sources/add-entries.ts";
import { findConfig } from "../sources/config.ts";
import { loadReader } from "../sources/reader.ts";
import { moduleEnding } from "../typed/ending.ts";
import { defineCommand } from "../usage/define-command.ts";
import { choice, dryRun, flag, folder, text, timeout, yes } from "../usage/options.ts";

/** Finds what stands in two or more instruction files, and makes it one text. */
export default defineCommand({
  name: "extract",
  group: "change",
  summary: "Find what several instruction files say, and say it once",
  details: "Every file that a tool reads keeps its bytes. With --dry-run, it only reports, and needs no configuration.",
  arguments: [["[group...]", "groups of copies, by name (default: all; in a terminal you choose)"]],
  options: {
    ...timeout,
    ...folder,
    ...dryRun,
    ...yes,
    take: text("file", "for texts that have drifted apart: the file whose wording the others get"),
    typescript: flag("write fragments as typed modules instead of Markdown"),
    force: flag("also change files that git does not have as they are"),
    all: flag("also show what saves only 20 to 39 tokens"),
    format: choice(FORMATS, "format", "how to print the report", "f"),
    markdown: flag("print the report as Markdown, for a pull request", "m"),
  },
  async run(names, options): Promise<ExitCode> {
    const { out, dryRun, all, take, json } = options;
    const { findCopies, differingParts } = await import("@personakit/core/copies");
    const { readInstructionFiles } = await import("../copies/instruction-files.ts");
    const files = readInstructionFiles(out);
    const copies = chosenOf(findCopies(files, { tokens: countTokens, least: all ? 20 : 40 }), names);
    const report = () => ({ ...aboutFiles(copies, files, out), compare: differingParts });
    if (take !== undefined) return takeWording([oneDrift(copies, names, take)], files, options);
    const isAsked = canAsk() && !(options.yes || json);
    const isNothing = copies.groups.length === 0 && !(isAsked && copies.drifts.length > 0);
    if (dryRun || (isNothing && names.length === 0)) {
      print(report(), names, options);
      return 0;
    }
    const meant = isAsked ? await ask(report(), names) : { ...copies, groups: worthIt(copies.groups, names) };
    const drifts = isAsked || names.length > 0 ? meant.drifts : [];
    if (drifts.length > 0) {
      if (!isAsked) throw driftedApart(drifts);
      return askForWordings(drifts, { report: report(), files, isLast: meant.groups.length === 0 }, options);
    }
    if (meant.groups.length === 0) {
      writeLine("Nothing was written.");
      return 0;
    }
    return write(meant.groups, files, options);
  },
});

interface Options {
  readonly out: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly yes: boolean;
  readonly force: boolean;
  readonly timeout: string;
  readonly typescript: boolean;
}

function driftedApart([drift]: readonly CopyDrift[]): Error {
  const hint = `Say which wording wins: personakit extract ${drift?.name} --take ${drift?.variants[0]?.places[0]?.path}`;
  return failure("drifted-apart", drift?.name, "the copies say different things", hint);
}

/** Without a name, only what can be one text in part at least. */
function worthIt(groups: readonly CopyGroup[], names: readonly string[]): readonly CopyGroup[] {
  return groups.filter(({ passages }) => names.length > 0 || passages?.length !== 0);
}

function print(
  report: CopyReport,
  names: readonly string[],
  {
    out,
    json,
    format,
    markdown,
  }: Pick<Options, "out" | "json"> & { readonly format: (typeof FORMATS)[number]; readonly markdown: boolean },
): void {
  if (json || format === "json") writeJson(documentOf(report));
  else if (markdown) for (const line of reportAsMarkdown(report)) writeLine(line);
  else if (format === "text") for (const line of reportAsText(report, names.length > 0)) writeLine(line);
  else writeReport(format, { kind: "findings", issues: reportAsFindings(report, resolve(out)) });
}

/** Shows what there is, and lets a person choose among it, unless it is named. */
async function ask(report: CopyReport, names: readonly string[]): Promise<Pick<Copies, "groups" | "drifts">> {
  const groups = worthIt(report.groups, names);
  if (names.length > 0) return { groups, drifts: report.drifts };
  for (const line of reportAsText(report, false)) writeLine(line);
  writeLine("");
  const choices = [
    ...groups.map(({ name, places, saves }) => ({
      value: name,
      hint: `${count(places.length, "place")}, saves ${saves} tokens`,
    })),
    ...report.drifts.map(({ name, variants }) => ({
      value: name,
      hint: `${count(variants.length, "wording")}: you choose one`,
    })),
  ];
  const answers = await chosenSome("Which of them should be one text?", choices);
  const isMeant = ({ name }: { readonly name: string }) => answers.includes(name);
  return { groups: groups.filter(isMeant), drifts: report.drifts.filter(isMeant) };
}

/** Asks for each text that has drifted apart which of its wordings wins. */
async function askForWordings(
  drifts: readonly CopyDrift[],
  {
    report,
    files,
    isLast,
  }: { readonly report: CopyReport; readonly files: readonly CopyFile[]; readonly isLast: boolean },
  options: Options,
): Promise<ExitCode> {
  const taken: Taken[] = [];
  for (const drift of drifts) {
    writeLine("");
    for (const line of driftLines(drift, report)) writeLine(line);
    const choices = drift.variants.map(({ places: [first, ...others] }) => ({
      value: first?.path ?? "",
      hint: others.length === 0 ? "its own wording" : `and ${count(others.length, "other place")}`,
    }));
    const from = await chosen(`Whose wording of ${drift.name} do all of them get?`, choices);
    if (from !== undefined) taken.push({ drift, from });
  }
  if (taken.length === 0) {
    writeLine("Nothing was written.");
    return 0;
  }
  const exitCode = await takeWording(taken, files, options);
  if (!isLast) writeLine("Run personakit extract again for the other groups.");
  return exitCode;
}

/** Writes one text for each group, and builds the project: all files that tools read are as they were. */
async function write(groups: readonly CopyGroup[], files: readonly CopyFile[], options: Options): Promise<ExitCode> {
  const { out, json, yes, force } = options;
  return exclusively(out, "extract", async (held): Promise<ExitCode> => {
    const once = await sayOnce(out, groups, files, await formOf(groups, options));
    const { config, texts, refused, left, facts } = once;
    const changes = [
      ...texts.map(({ text, ...rest }) => ({ ...rest, after: text })),
      { ...config, after: config.text },
    ];
    if (!force)
      refuseUncommitted(out, [
        ...once.groups.flatMap(({ places }) => places.map(({ path }) => path)),
        ...changed(changes),
      ]);
    if (!json) sayWhat(once);
    const isWanted = once.groups.length > 0 && (json || (await confirmed("Write this?", { yes })));
    const undo = undoOf(out, [...changes, { path: LOCKFILE, before: readText(join(out, LOCKFILE)) }]);
    const { lockfile, targets } = facts;
    if (isWanted)
      await commitProved(held, changes, { config: config.path, lockfile, targets }, Number(options.timeout));
    if (json) {
      const { config: _, facts: __, texts: ___, ...rest } = once;
      const said = texts.map(({ path, text }) => ({ path, text }));
      writeJson({
        ok: refused.length + left.length === 0,
        written: isWanted,
        ...rest,
        texts: said,
        config: config.path,
        undo,
      });
    } else sayWritten(isWanted, "Every file that a tool reads is as it was.", undo);
    return refused.length + left.length === 0 ? 0 : 1;
  });
}

/** How fragments are written. */
async function formOf(
  groups: readonly CopyGroup[],
  { out, typescript }: Pick<Options, "out" | "typescript">,
): Promise<FragmentForm> {
  if (!typescript) return MARKDOWN;
  refuseUninstalled(out, groups);
  return moduleForm(moduleEnding(out, repositoryAt(out)), await loadReader());
}

interface Change {
  readonly path: string;
  readonly before: string | undefined;
}

function changed(changes: readonly Change[]): string[] {
  return changes.flatMap(({ path, before }) => (before === undefined ? [] : [path]));
}

function undoOf(out: string, changes: readonly Change[]): string {
  return undoCommand(
    changes.map(({ path, before }) => ({ path: shorten(join(out, path)), isNew: before === undefined })),
  );
}

function sayWritten(isWritten: boolean, what: string, undo: string): void {
  writeLine(isWritten ? `Written. ${what}` : "Nothing was written.");
  if (isWritten) writeLine(`To undo it: ${undo}`);
}

/** What changes where. */
function sayWhat({ groups, texts, uses, entries, config, refused, left }: Once): void {
  for (const { name, places, saves } of groups)
    writeLine(`${name}: ${count(places.length, "place")}, saves ${saves} tokens`);
  for (const { place, source, line } of uses)
    writeLine(`  ${place.path}:${place.first}-${place.last} is ${line} in ${source}`);
  for (const { path, before } of texts) writeLine(`  ${before === undefined ? "new" : "changed"}: ${path}`);
  if (config.before === undefined && entries.length > 0) {
    writeLine(`  new: ${config.path} (${count(entries.length, "entry", "entries")})`);
    for (const entry of entries) writeLine(`    ${onOneLine(entry)}`);
  } else if (config.before !== undefined && config.before !== config.text) {
    writeLines(unifiedDiff(config.path, [config.before, "now"], [config.text, "then"]).trimEnd());
  }
  for (const { path, why } of refused) writeWarning(`${path} stays as it is: ${why}`, "stdout");
  for (const { name, why } of left) writeWarning(`${name} is not extracted: ${why}`, "stdout");
}

/** Throws for a file that git could not give back: one that changes, or becomes an output. */
function refuseUncommitted(out: string, paths: readonly string[]): void {
  const all = [...new Set(paths), ...(existsSync(join(out, LOCKFILE)) ? [LOCKFILE] : [])];
  const lost = notCommitted(
    out,
    all.map((path) => ({ path, text: readText(fileOf(out, path)) ?? "" })),
  );
  if (lost.length === 0) return;
  const problem = `${lost.length === 1 ? "is" : "are"} not committed as ${lost.length === 1 ? "it is" : "they are"}, so that git could not undo this`;
  throw failure("not-committed", lost.slice(0, 5).join(", "), problem, "Commit first, or use --force.");
}

/** The one text that `--take` is for. */
function oneDrift({ drifts: [drift, second] }: Copies, names: readonly string[], from: string): Taken {
  if (drift !== undefined && second === undefined && names.length === 1) return { drift, from };
  throw failure(
    "usage",
    "--take",
    "needs the name of one text that has drifted apart",
    "personakit extract --dry-run lists them.",
  );
}

/** Gives all copies of a text the wording that one file has, and builds what is made of them. */
async function takeWording(taken: readonly Taken[], files: readonly CopyFile[], options: Options): Promise<ExitCode> {
  const { out, dryRun, json, yes, force } = options;
  const changes = wordingsOf(taken, files);
  const config = findConfig(out);
  return exclusively(out, "extract", async (held): Promise<ExitCode> => {
    const facts = config === undefined ? undefined : await factsOf(out);
    const built = facts === undefined ? [] : builtFrom(facts, changes);
    const paths = [...changes.map(({ path }) => path), ...built];
    if (!(force || dryRun)) refuseUncommitted(out, paths);
    if (!json) {
      const label = taken.length === 1 ? `as in ${taken[0]?.from}` : "then";
      for (const { path, before, after } of changes) writeLines(unifiedDiff(path, [before, "now"], [after, label]));
      if (built.length > 0) writeLine(`Built from them: ${built.join(", ")}`);
    }
    const isWanted = !dryRun && (json || (await confirmed(`Change ${count(paths.length, "file")}?`, { yes })));
    if (isWanted && facts !== undefined)
      await commitAround(held, changes, (inside) => rebuild(inside, facts, config, options));
    else if (isWanted) commit(held, changes);
    const undo = undoOf(
      out,
      [...paths, ...(facts === undefined ? [] : [LOCKFILE])].map((path) => ({ path, before: "" })),
    );
    if (json) writeJson({ ok: true, written: isWanted, changed: paths, undo });
    else sayWritten(isWanted, "personakit extract makes it one text now.", undo);
    return 0;
  });
}

/** What is built from files that change. */
function builtFrom({ known, users }: Facts, changes: readonly Reworded[]): string[] {
  const sources = changes.flatMap(({ path }) => [path, ...(users.get(path) ?? [])]);
  return [...new Set(sources.flatMap((path) => known.get(path)?.outputs ?? []))].sort();
}

async function rebuild(
  held: Held,
  { folder, lockfile, targets }: Facts,
  config: string | undefined,
  options: Options,
): Promise<void> {
  if (config === undefined) return;
  const seconds = Number(options.timeout);
  await writeChanges(held, lockfile, await compareAgain(folder, config, { lockfile, targets, seconds }));
}

/** The groups and drifts with these names; all where there are none. Throws a CommandError for a name that nothing has. */
function chosenOf(copies: Copies, names: readonly string[]): Copies {
  if (names.length === 0) return copies;
  const known = [...copies.groups, ...copies.drifts].map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const hint = near === undefined ? "personakit extract --dry-run lists the groups." : `Did you mean "${near}"?`;
    throw failure("no-group", name, "there is no group of copies with this name", hint);
  }
  const isMeant = ({ name }: { readonly name: string }) => names.includes(name);
  return { groups: copies.groups.filter(isMeant), drifts: copies.drifts.filter(isMeant), numbers: [] };
}

function aboutFiles(copies: Copies, files: readonly CopyFile[], folder: string): Omit<CopyReport, "compare"> {
  const edits = new Map(
    copies.drifts.slice(0, MOST_DATED).flatMap((drift) => {
      const edit: LastEdit | undefined = lastEditOf(drift, folder);
      return edit === undefined ? [] : [[drift, edit] as const];
    }),
  );
  const tokens = files.reduce((sum, { text }) => sum + countTokens(text), 0);
  return { ...copies, files: files.length, tokens, edits };
}

function documentOf({ files, tokens, groups, drifts, numbers, edits }: CopyReport): object {
  const saves = groups.reduce((sum, group) => sum + group.saves, 0);
  const dated = drifts.map((drift) => ({ ...drift, ...(edits.has(drift) ? { lastEdit: edits.get(drift) } : {}) }));
  return { ok: true, files, tokens, saves, groups, drifts: dated, numbers };
}
