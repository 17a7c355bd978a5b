import { dirname, resolve } from "node:path";
import { failure } from "../issues/command-error.ts";

/** A repository may name programs of its own to watch files with, and a partial clone would fetch what it lacks. */
const SETTINGS = ["core.fsmonitor=false", "protocol.allow=never"].flatMap((each) => ["-c", each]);

/**
 * What git prints in a folder. Throws where there is no git, no repository, or nothing that was asked for. Uses no network, and runs
 * no program that the repository names.
 *
 * @param input What it is given to read.
 */
export function git(folder: string, args: readonly string[], input?: string): Buffer {
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  return execFileSync("git", ["-C", resolve(folder), ...SETTINGS, "--no-optional-locks", ...args], {
    // Windows looks for a program in the working directory first, where the project could plant one.
    cwd: dirname(process.execPath),
    stdio: ["pipe", "pipe", "pipe"],
    maxBuffer: 2 ** 30,
    ...(input === undefined ? {} : { input }),
  });
}

/** The paths that git prints: those of a command with `-z`. Throws as `git` does. */
export function gitPaths(folder: string, args: readonly string[]): string[] {
  return git(folder, args)
    .toString("utf8")
    .split("\0")
    .filter((path) => path !== "");
}

/**
 * Reads many files with one process: the bytes of each, in their order; undefined for one that is missing. Throws as `git` does.
 *
 * @param names Of blobs, without line ends: ids, or `<revision>:./<path>`.
 */
export function gitBlobs(folder: string, names: readonly string[]): (Buffer | undefined)[] {
  if (names.length === 0) return [];
  const all = git(folder, ["cat-file", "--batch"], names.map((name) => `${name}\n`).join(""));
  let at = 0;
  return names.map(() => {
    const start = all.indexOf(0x0a, at) + 1;
    // Of what is missing, git says no size.
    const [, type, size] = / (\w+) (\d+)$/.exec(all.toString("utf8", at, start - 1)) ?? [];
    at = start;
    if (size === undefined) return undefined;
    const end = start + Number(size);
    at = end + 1;
    return type === "blob" ? all.subarray(start, end) : undefined;
  });
}

/** What git answers of a revision. Throws a CommandError where there is no such revision. */
export function askOfRevision<Answer>(revision: string, ask: () => Answer): Answer {
  // A leading dash would be an option of git.
  if (revision.startsWith("-")) throw failure("no-revision", revision, "this is not a revision");
  try {
    return ask();
  } catch {
    const hint = "Fetch it first (git fetch origin main), and not only the last commit (fetch-depth: 0).";
    throw failure("no-revision", revision, "there is no such revision in this repository", hint);
  }
}
