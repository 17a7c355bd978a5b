import { formatIssue } from "@personakit/core";
import { type Found, findFiles } from "../import/find-files.ts";
import type { ExitCode } from "../issues/command-error.ts";
import { CommandError, failure } from "../issues/command-error.ts";
import { columns, count, writeJson, writeLine } from "../output/terminal.ts";
import { projectFolder } from "../project/find-project.ts";
import { defineCommand } from "../usage/define-command.ts";
import { dryRun, flag, list, project, yes } from "../usage/options.ts";

/** Brings the instruction files of a repository under PersonaKit, without changing a byte of them. */
export default defineCommand({
  name: "import",
  group: "start",
  summary: "Bring the instruction files of this repository under PersonaKit, unchanged",
  details: "Files stay where they are, byte for byte. Copies of one file become one source with several outputs.",
  arguments: [["[path...]", "files and folders (default: the whole project)"]],
  options: {
    ...project,
    ...yes,
    ...dryRun,
    only: list("formats", "only files of these formats, such as claude-agent"),
    force: flag("import files that git ignores, and files that are not committed, too"),
  },
  run: (named, options) => importFiles(named, { ...options, out: projectFolder(options) }),
});

interface ImportOptions {
  readonly out: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly only: readonly string[] | undefined;
  readonly force: boolean;
}

async function importFiles(named: readonly string[], { out, json, only, force }: ImportOptions): Promise<ExitCode> {
  const found = await findFiles(out, { named, only, force, isKnown: () => undefined });
  refuseNothing(found);
  if (json) writeJson(documentOf(found));
  else print(found);
  return found.refused.length > 0 ? 1 : 0;
}

/** Throws where nothing is left to import. */
function refuseNothing({ files, refused }: Found): void {
  if (files.length > 0) return;
  if (refused.length > 0) throw new CommandError(refused, { advice: "Nothing was written." });
  const hint = "Write one, or run personakit init for a persona that fits this repository.";
  throw failure("no-instructions", undefined, "there is no instruction file here", hint);
}

function documentOf({ files, refused, left }: Found): object {
  return {
    ok: refused.length === 0,
    files: files.map(({ path, place, tokens, warnings, loaded: { unit } }) => ({
      path,
      format: place.readable.id,
      tool: place.readable.tool,
      name: unit.id,
      tokens,
      warnings,
    })),
    refused,
    left,
    written: false,
  };
}

function print({ files, refused, left }: Found): void {
  writeLine(`Found ${count(files.length, "instruction file")}:`);
  for (const line of columns(
    files.map(({ path, place, tokens }) => [`  ${path}`, place.readable.id, `${tokens} tokens`]),
  ))
    writeLine(line);
  for (const each of [...files.flatMap(({ warnings }) => warnings), ...refused]) writeLine(formatIssue(each));
  for (const { path, reason } of left) writeLine(`${path}: ${reason}`);
}
