import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isRecord } from "@personakit/core/internal";
import { CommandError, failure, messageOf } from "../issues/command-error.ts";
import { openTarball, type PackageContents } from "./package-contents.ts";
import type { RemoteSpec } from "./package-spec.ts";

/** Whether a package could not be had because it was never published. */
export function isUnpublished(error: unknown): boolean {
  return error instanceof CommandError && error.issues.some(({ code }) => code === "not-published");
}

/** How packages are fetched. */
export interface FetchOptions {
  /** What npm has in its cache: `first`, and the registry is asked for the rest; or `only`, and no network is asked. */
  readonly cache?: "first" | "only";
  /** Whether a git repository may be named, for which npm runs git. */
  readonly allowGit?: boolean;
}

/** Milliseconds for each package that npm is asked for. */
const TIMEOUT = 30_000;

/** Bytes that npm may say, and characters of it that are said again. */
const MAX_OUTPUT = 2 ** 20;
const MAX_REASON = 300;

const CACHE_OPTIONS = { first: ["--prefer-offline"], only: ["--offline"], none: [] } as const;

/**
 * Fetches packages with one call of npm, which costs as much as the fetching; in the order of their specs. Throws where one
 * cannot be had, or is not the one that was asked for.
 */
export async function fetchPackages(
  specs: readonly RemoteSpec[],
  { cache, allowGit = false }: FetchOptions = {},
): Promise<PackageContents[]> {
  const folder = mkdtempSync(join(tmpdir(), "personakit-"));
  try {
    const options = ["--pack-destination", folder, ...CACHE_OPTIONS[cache ?? "none"]];
    await npm(["pack", ...options], specs, allowGit);
    const fetched = readdirSync(folder);
    return await Promise.all(specs.map((each) => openFetched(folder, fetched, each)));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const names = specs.map(({ spec }) => spec).join(", ");
    throw failure("cannot-fetch", names, "could not be fetched", { cause: messageOf(error) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens what npm has fetched for a spec: its name says which version the registry holds to be meant. */
async function openFetched(folder: string, fetched: readonly string[], asked: RemoteSpec): Promise<PackageContents> {
  const { valid, eq } = (await import("semver")).default;
  const start = asked.kind === "git" ? "" : `${asked.name.replace(/^@/, "").replace("/", "-")}-`;
  const versionIn = (file: string) => file.slice(start.length).replace(/\.tgz$/, "");
  const file = fetched.find(
    (name) => asked.kind === "git" || (name.startsWith(start) && valid(versionIn(name)) !== null),
  );
  if (file === undefined) {
    const problem = fetched.length === 0 ? "npm has fetched nothing" : `npm has fetched ${fetched.join(", ")} instead`;
    throw failure("another-package", asked.spec, problem);
  }
  const contents = await openTarball(join(folder, file), asked.spec);
  if (asked.kind === "git") return contents;
  const { name, wanted } = asked;
  refuseOtherName(asked.spec, name, contents);
  const exact = wanted !== undefined && valid(wanted) !== null ? wanted : versionIn(file);
  for (const version of [exact, versionIn(file)]) {
    if (eq(contents.version, version)) continue;
    const problem = `the registry has it as version ${version}, and the package says that it is ${contents.version}`;
    throw failure(
      "another-package",
      asked.spec,
      problem,
      "Do not use it: a package that lies about itself is not safe.",
    );
  }
  return contents;
}

/** Refuses a package that has another name than it was asked for by. */
export function refuseOtherName(spec: string, name: string, contents: PackageContents): void {
  if (contents.name === name) return;
  const hint = `Where that is the package that you mean, name it: personakit add ${contents.name}.`;
  throw failure("another-package", spec, `the package says that it is ${contents.name}`, hint);
}

/** The message with which a package's author has deprecated a version; undefined where there is none, or npm cannot say. */
export async function deprecationOf(spec: RemoteSpec): Promise<(version: string) => string | undefined> {
  try {
    const found: unknown = JSON.parse(await npm(["view", "--json"], [spec], false, ["version", "deprecated"]));
    const versions = (Array.isArray(found) ? found : [found]).filter(isRecord);
    return (version) => {
      const { deprecated } = versions.find((each) => each.version === version) ?? {};
      return typeof deprecated === "string" && deprecated !== "" ? deprecated.slice(0, MAX_REASON) : undefined;
    };
  } catch {
    return () => undefined;
  }
}

/**
 * npm may start no program: neither a package's scripts, nor git, which a registry can name as the place of a tarball and an
 * .npmrc can replace. Versions that do not know an option pass over it.
 */
function optionsFor(allowGit: boolean): string[] {
  const git = allowGit
    ? ["--allow-git=all", "--git=git"]
    : ["--allow-git=none", `--git=${join(tmpdir(), "personakit-runs-no-git")}`];
  return ["--ignore-scripts", "--allow-file=none", "--allow-directory=none", "--loglevel=error", ...git];
}

/** Runs npm on packages, and returns what it prints. `last` goes after their names. */
async function npm(
  [command = "", ...args]: readonly string[],
  specs: readonly RemoteSpec[],
  allowGit: boolean,
  last: readonly string[] = [],
): Promise<string> {
  const names = specs.map(({ spec }) => spec);
  const all = [command, ...args, ...optionsFor(allowGit), "--", ...names, ...last];
  const timeout = TIMEOUT * specs.length;
  const options = { timeout, killSignal: "SIGKILL", maxBuffer: MAX_OUTPUT } as const;
  const cli = npmModule();
  const [{ execFile }, { promisify }] = await Promise.all([import("node:child_process"), import("node:util")]);
  try {
    // A module needs no shell, on any platform. A shell reads nothing in quotes that a spec may have.
    const { stdout } =
      cli !== undefined
        ? await promisify(execFile)(process.execPath, [cli, ...all], options)
        : process.platform === "win32"
          ? await promisify(execFile)(
              "npm",
              all.map((each) => `"${each}"`),
              { ...options, shell: true },
            )
          : await promisify(execFile)("npm", all, options);
    return stdout;
  } catch (error) {
    throw npmFailure(error as NpmError, `npm ${command} ${names.join(" ")}`, timeout);
  }
}

/** The module of npm that is running, under npx, or that came with Node on Windows. */
function npmModule(): string | undefined {
  const { npm_execpath: running = "" } = process.env;
  if (/np[mx]-cli\.js$/.test(running)) return running.replace(/npx-cli\.js$/, "npm-cli.js");
  const beside = join(dirname(process.execPath), "node_modules/npm/bin/npm-cli.js");
  return process.platform === "win32" && existsSync(beside) ? beside : undefined;
}

type NpmError = Error & { readonly stderr?: string; readonly code?: unknown; readonly killed?: boolean };

function npmFailure({ stderr = "", code, message, killed }: NpmError, call: string, timeout: number): CommandError {
  if (code === "ENOENT") {
    return failure("cannot-fetch", undefined, "npm is not installed, through which packages are fetched");
  }
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") {
    return failure("cannot-fetch", undefined, `${call} printed more than ${MAX_OUTPUT} bytes`);
  }
  if (killed) return failure("cannot-fetch", undefined, `${call} did not end in ${timeout / 1000} seconds`);
  const lines = stderr.split("\n").filter((line) => /^npm (?:error|ERR!) (?!code|A complete log|\s*$)/.test(line));
  const reasons = lines
    .map((line) => line.replace(/^npm (?:error|ERR!)(?: (?:\d+|notarget))? ?/, "").trim())
    .filter(Boolean);
  const isMissing = /^npm (?:error|ERR!) code (?:E404|ETARGET)/m.test(stderr);
  const cause = (reasons.slice(0, 2).join(" ") || message).slice(0, MAX_REASON);
  return failure(isMissing ? "not-published" : "cannot-fetch", undefined, `${call} failed`, { cause });
}
