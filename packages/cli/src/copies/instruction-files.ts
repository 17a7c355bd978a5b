import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { CopyFile } from "@personakit/core/copies";
import { recognise, splitHead } from "@personakit/targets/read";
import { placeOf } from "../disk/artifact-key.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { askOfRevision, gitBlobs, gitPaths } from "../files/git.ts";
import { listPaths } from "../files/list-files.ts";
import { readText } from "../files/text.ts";
import { CommandError } from "../issues/command-error.ts";

/** Folders whose Markdown is written for agents, whichever tool reads it: `agents`, `sub-agents`, `claude-skills`. */
const FOLDER =
  /^(?:.*[-_.])?(?:agents?|subagents?|skills?|commands?|rules?|prompts?|instructions?|personas?|chatmodes?|fragments)$/i;

/** What is written for people, wherever it lies. */
const FOR_PEOPLE = /^(?:readme|changelog|license|licence|contributing|code_of_conduct|security|notice)\b/i;

/** A report or a log, which says what was once: nobody edits it again. */
const RECORD = /(?:^|\D)20\d\d-?[01]\d-?[0-3]\d(?:\D|$)/;

const SKIPPED = new Set(["node_modules", ".git", "vendor", "dist"]);

/** Whether a path may be that of an instruction file, by what it says alone. Paths have forward slashes. */
export function mayInstruct(path: string): boolean {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  return (
    /\.(?:md|mdc)$/i.test(name) &&
    !parts.some((part) => SKIPPED.has(part)) &&
    !FOR_PEOPLE.test(name) &&
    !RECORD.test(name)
  );
}

/** Fields that only an agent's Markdown has. */
const FIELDS = /^(?:globs|alwaysApply|applyTo|allowed-tools|argument-hint|tools):/m;

/** Whether a file is Markdown for an agent: by where it lies, or by its front matter. */
function instructs({ path, text, body = 0 }: CopyFile): boolean {
  if (
    path
      .split("/")
      .slice(0, -1)
      .some((part) => FOLDER.test(part)) ||
    recognise(path) !== undefined
  )
    return true;
  const head = text.slice(0, body);
  return FIELDS.test(head) || (/^name:/m.test(head) && /^description:/m.test(head));
}

/**
 * The instruction files below a folder, those that git ignores and those that a build has written left out. Files that are not UTF-8
 * or too large are left out too.
 */
export function readInstructionFiles(folder: string): CopyFile[] {
  const built = new Set(
    Object.keys(readLockfile(folder).artifacts).flatMap((key) => {
      const { path, block } = placeOf(key);
      return block === undefined ? [path] : [];
    }),
  );
  return listPaths(folder)
    .filter((path) => mayInstruct(path) && !built.has(path))
    .sort()
    .flatMap((path) => {
      try {
        // A link is its target, and no copy of it.
        if (!lstatSync(join(folder, path)).isFile()) return [];
        const text = readText(join(folder, path));
        return text === undefined ? [] : [copyFile(path, text)];
      } catch (error) {
        if (CommandError.known(error) === undefined) throw error;
        return [];
      }
    })
    .filter(instructs);
}

/** The instruction files below a folder as they were at a revision. Throws a CommandError where git has none. */
export function instructionFilesAt(folder: string, revision: string): CopyFile[] {
  const blobs = askOfRevision(revision, () => gitPaths(folder, ["ls-tree", "-r", "-z", revision])).flatMap((line) => {
    // A link is its target, and no copy of it.
    const [, id, path] = /^100\d+ blob (\w+)\t(.*)$/s.exec(line) ?? [];
    return id !== undefined && path !== undefined && mayInstruct(path) ? [{ id, path }] : [];
  });
  const texts = askOfRevision(revision, () =>
    gitBlobs(
      folder,
      blobs.map(({ id }) => id),
    ),
  );
  return blobs
    .flatMap(({ path }, index) => {
      const text = texts[index]?.toString("utf8");
      return text === undefined ? [] : [copyFile(path, text)];
    })
    .filter(instructs);
}

function copyFile(path: string, text: string): CopyFile {
  const head = splitHead(text, () => true);
  return { path, text, body: "body" in head ? head.body : 0 };
}
