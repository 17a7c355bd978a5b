import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The files of a folder, as far as they may hold instructions. Paths are relative to it, with forward slashes. */
export interface Listing {
  readonly paths: readonly string[];
  /** Every file, of whatever kind. */
  readonly all: readonly string[];
  /** Whether git knows the folder: otherwise nothing is ignored, and nothing is committed. */
  readonly isRepository: boolean;
  /** Those that git has not, or has otherwise. */
  readonly uncommitted: ReadonlySet<string>;
  /** Those that git ignores. */
  readonly ignored: ReadonlySet<string>;
}

/** What instruction files are called, whatever tool they are for. */
const ENDING = /\.(?:md|mdc|markdown|toml)$/i;

/** Folders of other people's files, which git need not ignore. */
const OTHERS = /(?:^|\/)(?:node_modules|\.git|\.personakit\.tmp)\//;

/** Lists the files below a folder that may hold instructions, sorted: those that git does not ignore, or all where git does not know the folder. */
export function listFiles(folder: string): Listing {
  const tracked = filesOfGit(folder, ["ls-files", "-z"]);
  if (tracked === undefined) {
    const all = walk(folder);
    return {
      paths: all.filter(isCandidate).sort(),
      all,
      isRepository: false,
      uncommitted: new Set(),
      ignored: new Set(),
    };
  }
  const others = filesOfGit(folder, ["ls-files", "-z", "--others", "--exclude-standard"]) ?? [];
  const ignored = filesOfGit(folder, ["ls-files", "-z", "--others", "--ignored", "--exclude-standard"]) ?? [];
  const changed = filesOfGit(folder, [
    "diff",
    "-z",
    "--name-only",
    "--no-ext-diff",
    "--no-textconv",
    "--relative",
    "HEAD",
  ]);
  const candidates = (paths: readonly string[]) => paths.filter(isCandidate);
  return {
    paths: [...new Set(candidates([...tracked, ...others]))].sort(),
    all: [...new Set([...tracked, ...others])],
    isRepository: true,
    // Without a commit, all of them are.
    uncommitted: new Set(candidates([...others, ...(changed ?? tracked)])),
    ignored: new Set(candidates(ignored)),
  };
}

function isCandidate(path: string): boolean {
  return ENDING.test(path) && !OTHERS.test(path);
}

/** Paths that git prints; undefined where there is no git, no repository, or no such revision. */
function filesOfGit(folder: string, args: readonly string[]): string[] | undefined {
  const { spawnSync } = process.getBuiltinModule("node:child_process");
  // A repository may name programs of its own to watch files with, and a partial clone would fetch what it lacks.
  const options = [
    "-C",
    resolve(folder),
    "-c",
    "core.fsmonitor=false",
    "-c",
    "protocol.allow=never",
    "--no-optional-locks",
  ];
  const { status, stdout } = spawnSync("git", [...options, ...args], {
    // Windows looks for a program in the working directory first, where the project could plant one.
    cwd: dirname(process.execPath),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 2 ** 30,
  });
  return status === 0 ? stdout.split("\0").filter((path) => path !== "") : undefined;
}

/** All files below a folder. Links to folders are not followed. */
function walk(folder: string): string[] {
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
