import { resolve } from "node:path";
import type { Copies, CopyDrift, CopyFile, CopyGroup } from "@personakit/core/copies";
import { nearest } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import { type CopyReport, reportAsFindings, reportAsMarkdown, reportAsText } from "../copies/describe.ts";
import { type LastEdit, lastEditOf } from "../copies/edited-when.ts";
import { wordingOf } from "../copies/take.ts";
import { unifiedDiff } from "../disk/file-diff.ts";
import { commit, commitAround, type Held, type TextChange } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { fileOf } from "../disk/paths.ts";
import { commitWith } from "../files/committed.ts";
import { readText } from "../files/text.ts";
import { type ExitCode, failure } from "../issues/command-error.ts";
import { canAsk, chosen, confirmed } from "../output/confirm.ts";
import { FORMATS, writeReport } from "../output/formats.ts";
import { count, writeJson, writeLine, writeLines, writeWarning } from "../output/terminal.ts";
import { compareProject, openProject } from "../project/open-project.ts";
import { type Once, sayOnce } from "../project/say-once.ts";
import { writeChanges } from "../project/write-changes.ts";
import { defineCommand } from "../usage/define-command.ts";
import { choice, dryRun, flag, folder, text, yes } from "../usage/options.ts";

/** Finds what stands in two or more instruction files, and makes it one text. */
export default defineCommand({
  name: "extract",
  group: "change",
  summary: "Find what several instruction files say, and say it once",
  details: "Every file that a tool reads keeps its bytes. With --dry-run, it only reports, and needs no configuration.",
  arguments: [["[group...]", "groups of copies, by name (default: all; in a terminal you choose)"]],
  options: {
    ...folder,
    ...dryRun,
    ...yes,
    take: text("file", "for texts that have drifted apart: the file whose wording the others get"),
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
    if (take !== undefined) return takeWording(copies.drifts, names, take, files, options);
    if (dryRun || (copies.groups.length === 0 && names.length === 0)) {
      print({ ...aboutFiles(copies, files, out), compare: differingParts }, names, options);
      return 0;
    }
    const meant = names.length > 0 || options.yes || json || !canAsk() ? copies.groups : await ask(copies.groups);
    const [drift] = names.length > 0 ? copies.drifts : [];
    if (drift !== undefined) {
      const hint = `Say which wording wins: personakit extract ${drift.name} --take ${drift.variants[0]?.places[0]?.path}`;
      throw failure("drifted-apart", drift.name, "the copies say different things", hint);
    }
    if (meant.length === 0) {
      writeLine("Nothing was written.");
      return 0;
    }
    return write(meant, files, options);
  },
});

interface Options {
  readonly out: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly yes: boolean;
  readonly force: boolean;
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

const ALL = "all";

/** Lets a person choose a group, or all of them. */
async function ask(groups: readonly CopyGroup[]): Promise<readonly CopyGroup[]> {
  const choices = groups.map(({ name, places, saves }) => ({
    value: name,
    hint: `${count(places.length, "place")}, ${saves} tokens`,
  }));
  const answer = await chosen("Which copies should be one text?", [
    { value: ALL, hint: count(groups.length, "group") },
    ...choices,
  ]);
  return answer === undefined ? [] : groups.filter(({ name }) => answer === ALL || name === answer);
}

/** Writes one text for each group, and builds the project: all files that tools read are as they were. */
async function write(groups: readonly CopyGroup[], files: readonly CopyFile[], options: Options): Promise<ExitCode> {
  const { out, json, yes, force } = options;
  return exclusively(out, "extract", async (held): Promise<ExitCode> => {
    const once = await sayOnce(out, groups, files);
    if (!force)
      refuseUncommitted(
        out,
        once.groups.flatMap(({ places }) => places.map(({ path }) => path)),
      );
    if (!json) sayWhat(once);
    const isWanted = once.groups.length > 0 && (json || (await confirmed("Write this?", { yes })));
    if (isWanted) {
      const { path, before, text } = once.config;
      const changes = once.texts.map((each) => ({ path: each.path, before: undefined, after: each.text }));
      // What a build refuses, such as a name that the configuration has already, undoes all of it.
      await commitAround(held, [...changes, { path, before, after: text }], (inside) => build(inside, out));
    }
    if (json) {
      const { config, ...rest } = once;
      writeJson({ ok: once.refused.length === 0, written: isWanted, ...rest, config: config.path });
    } else writeLine(isWanted ? "Written. Every file that a tool reads is as it was." : "Nothing was written.");
    return once.refused.length === 0 ? 0 : 1;
  });
}

/** Records the outputs, so that build and check know them. */
async function build(held: Held, out: string): Promise<void> {
  const project = openProject([], { out });
  if (project === undefined) return;
  const comparison = await compareProject(project, { whole: true, hashes: true, tokens: false }, undefined, held);
  await writeChanges(held, project.lockfile, comparison);
}

function sayWhat({ groups, texts, entries, config, refused }: Once): void {
  for (const { name, places, saves } of groups)
    writeLine(`${name}: ${count(places.length, "place")}, saves ${saves} tokens`);
  for (const { path } of texts) writeLine(`  new: ${path}`);
  if (entries.length > 0)
    writeLine(
      `  ${config.before === undefined ? "new" : "changed"}: ${config.path} (${count(entries.length, "entry", "entries")})`,
    );
  for (const { path, why } of refused) writeWarning(`${path} stays as it is: ${why}`, "stdout");
}

/** Throws for a file that git could not give back. */
function refuseUncommitted(out: string, paths: readonly string[]): void {
  const lost = [...new Set(paths)].filter(
    (path) => commitWith(fileOf(out, path), readText(fileOf(out, path)) ?? "") === undefined,
  );
  if (lost.length === 0) return;
  const problem = `${lost.length === 1 ? "is" : "are"} not committed as ${lost.length === 1 ? "it is" : "they are"}, so that git could not undo this`;
  throw failure("not-committed", lost.slice(0, 5).join(", "), problem, "Commit first, or use --force.");
}

/** Gives all copies of a drift the wording that one file has. */
async function takeWording(
  drifts: readonly CopyDrift[],
  names: readonly string[],
  take: string,
  files: readonly CopyFile[],
  { out, dryRun, json, yes, force }: Options,
): Promise<ExitCode> {
  const [drift, second] = drifts;
  if (drift === undefined || second !== undefined || names.length !== 1) {
    throw failure(
      "usage",
      "--take",
      "needs the name of one text that has drifted apart",
      "personakit extract --dry-run lists them.",
    );
  }
  const changes = wordingOf(drift, take, files);
  return exclusively(out, "extract", async (held): Promise<ExitCode> => {
    if (!(force || dryRun))
      refuseUncommitted(
        out,
        changes.map(({ path }) => path),
      );
    if (!json)
      for (const { path, before, after } of changes)
        writeLines(unifiedDiff(path, [before, "now"], [after, `as in ${take}`]));
    const isWanted = !dryRun && (json || (await confirmed(`Change ${count(changes.length, "file")}?`, { yes })));
    if (isWanted) commit(held, changes satisfies readonly TextChange[]);
    if (json) writeJson({ ok: true, written: isWanted, changed: changes.map(({ path }) => path) });
    else writeLine(isWanted ? `Written. personakit extract makes it one text now.` : "Nothing was written.");
    return 0;
  });
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

/** Asking git when each was edited takes time: the longest ones are asked for. */
const MOST_DATED = 20;

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
