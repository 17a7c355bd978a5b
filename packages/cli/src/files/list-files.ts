import { readdirSync } from "node:fs";
import { join } from "node:path";
import { failure, messageOf } from "../issues/command-error.ts";
import { repositoryOf } from "./above.ts";
import { gitPaths } from "./git.ts";

/** The files of a folder. Paths are relative to it, with forward slashes. */
export interface Listing {
  /** Those that may hold instructions, sorted. */
  readonly paths: readonly string[];
  /** Every file, of whatever kind. */
  readonly all: readonly string[];
  /** Those that git has not, or has otherwise. */
  readonly uncommitted: ReadonlySet<string>;
  /** Those that git ignores, as far as they do not lie in a folder that it ignores. */
  readonly ignored: readonly string[];
}

/** What instruction files are called, whatever tool they are for. */
const ENDING = /\.(?:md|mdc|markdown|toml|cursorrules|windsurfrules|clinerules)$/i;

/** Folders of other people's files, which git need not ignore. */
const OTHERS = /(?:^|\/)(?:node_modules|\.git|\.personakit\.tmp)\//;

/**
 * The paths of the files below a folder that git has, or would have if they were added; of all files where no git is in use, where
 * it cannot say, and in a folder that it ignores as a whole.
 */
export function listPaths(folder: string): string[] {
  const known = knownTo(folder);
  if (known === undefined || "cause" in known) return walk(folder);
  const paths = [...known.tracked, ...known.others];
  return paths.length === 0 ? walk(folder) : paths;
}

/**
 * Lists the files below a folder, and says what git has of them; all of them where no git is in use. With `force`, those that git
 * ignores are among them. Throws a CommandError where git is in use and cannot say it.
 */
export function listFiles(folder: string, { force }: { readonly force: boolean }): Listing {
  const known = knownTo(folder);
  if (known !== undefined && "cause" in known && !force) throw unreadable(known.cause);
  if (known === undefined || "cause" in known) return listingOf(walk(folder), [], []);
  const { tracked, others } = known;
  const git = gitIn(folder);
  const collapsed = force ? [] : ["--directory"];
  const ignored = pathsOf(git(["ls-files", "-z", "--others", "--ignored", "--exclude-standard", ...collapsed])) ?? [];
  const plain = ["--name-only", "--no-ext-diff", "--no-textconv", "--relative"];
  // Without a commit, nothing is committed.
  const changed = pathsOf(git(["diff", "-z", ...plain, "HEAD"])) ?? tracked;
  const all = [...new Set([...tracked, ...others, ...(force ? ignored : [])])];
  return listingOf(all, [...others, ...changed], force ? [] : ignored);
}

/** Whether git ignores a path. */
export function isIgnored(folder: string, path: string): boolean {
  // It fails for a path that is not ignored.
  return "paths" in gitIn(folder)(["check-ignore", "--quiet", "--", path]);
}

/** What git has of a folder, and what it does not ignore besides: one process, one letter before each path. */
function knownTo(
  folder: string,
):
  | { readonly tracked: readonly string[]; readonly others: readonly string[] }
  | { readonly cause: string }
  | undefined {
  if (repositoryOf(folder) === undefined) return undefined;
  const answer = gitIn(folder)(["ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard"]);
  if ("cause" in answer) return answer;
  const [tracked, others] = [new Set<string>(), new Set<string>()];
  for (const line of answer.paths) (line.startsWith("? ") ? others : tracked).add(line.slice(2));
  return { tracked: [...tracked], others: [...others] };
}

function listingOf(all: readonly string[], uncommitted: readonly string[], ignored: readonly string[]): Listing {
  const candidates = (paths: readonly string[]) => paths.filter(isCandidate);
  return {
    paths: candidates(all).sort(),
    all,
    uncommitted: new Set(candidates(uncommitted)),
    ignored: candidates(ignored).sort(),
  };
}

function isCandidate(path: string): boolean {
  return ENDING.test(path) && !OTHERS.test(path);
}

function unreadable(cause: string) {
  const hint = "Mend that, or add --force: then it does not matter which files git ignores, and which are committed.";
  return failure("no-revision", undefined, "git cannot read this repository", { cause, hint });
}

type Answer = { readonly paths: readonly string[] } | { readonly cause: string };

function pathsOf(answer: Answer): readonly string[] | undefined {
  return "paths" in answer ? answer.paths : undefined;
}

/** Asks git for paths in a folder. */
function gitIn(folder: string): (args: readonly string[]) => Answer {
  return (args) => {
    try {
      return { paths: gitPaths(folder, args) };
    } catch (error) {
      const { status, stderr } = error as { readonly status?: number | null; readonly stderr?: Buffer | null };
      // Where git has not run at all, it has said nothing.
      return { cause: typeof status === "number" ? (String(stderr).split("\n")[0] ?? "") : messageOf(error) };
    }
  };
}

/** All files below a folder, sorted in no way. Links to folders are not followed. */
export function walk(folder: string): string[] {
  const found: string[] = [];
  const visit = (below: string): void => {
    for (const entry of entriesOf(join(folder, below))) {
      const path = `${below}${entry.name}`;
      if (!entry.isDirectory()) found.push(path);
      else if (!OTHERS.test(`${path}/`)) visit(`${path}/`);
    }
  };
  visit("");
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // What cannot be opened holds nothing that tools read either.
    return [];
  }
}
