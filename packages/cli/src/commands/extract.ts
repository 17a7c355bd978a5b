import { resolve } from "node:path";
import type { Copies, CopyFile } from "@personakit/core/copies";
import { nearest } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import { type CopyReport, reportAsFindings, reportAsMarkdown, reportAsText } from "../copies/describe.ts";
import { type LastEdit, lastEditOf } from "../copies/edited-when.ts";
import { readInstructionFiles } from "../copies/instruction-files.ts";
import { type ExitCode, failure } from "../issues/command-error.ts";
import { FORMATS, writeReport } from "../output/formats.ts";
import { writeJson, writeLine } from "../output/terminal.ts";
import { defineCommand } from "../usage/define-command.ts";
import { choice, dryRun, flag, folder } from "../usage/options.ts";

/** Finds what stands in two or more instruction files, and makes it one text. */
export default defineCommand({
  name: "extract",
  group: "start",
  summary: "Find what several instruction files say, and say it once",
  details: "Looks at the Markdown that agents read below the folder, and needs no configuration.",
  arguments: [["[group...]", "the groups of copies that are meant, by name (default: all)"]],
  options: {
    ...folder,
    ...dryRun,
    format: choice(FORMATS, "format", "how to print the report", "f"),
    markdown: flag("print Markdown, for a pull request", "m"),
    all: flag("also show what saves only 20 to 39 tokens"),
  },
  async run(names, { out, format, json, markdown, all }): Promise<ExitCode> {
    const { findCopies, differingParts } = await import("@personakit/core/copies");
    const files = readInstructionFiles(out);
    const copies = chosenOf(findCopies(files, { tokens: countTokens, least: all ? 20 : 40 }), names);
    const report = { ...aboutFiles(copies, files, out), compare: differingParts };
    if (json || format === "json") writeJson(documentOf(report));
    else if (markdown) for (const line of reportAsMarkdown(report)) writeLine(line);
    else if (format === "text") for (const line of reportAsText(report, names.length > 0)) writeLine(line);
    else writeReport(format, { kind: "findings", issues: reportAsFindings(report, resolve(out)) });
    return 0;
  },
});

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
