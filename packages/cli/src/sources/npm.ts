import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isRecord, nearest } from "@personakit/core/internal";
import { loadCatalogue } from "../catalogue/catalogue.ts";
import { timeLimit } from "../guard/user-code.ts";
import { CommandError, failure, messageOf } from "../issues/command-error.ts";
import { count, writeWarning } from "../output/terminal.ts";
import { openTarball, type PackageContents } from "./package-contents.ts";
import type { RemoteSpec } from "./package-spec.ts";

/** Whether a package could not be had because it was never published. */
function isUnpublished(error: unknown): boolean {
  return error instanceof CommandError && error.issues.some(({ code }) => code === "not-published");
}

/** How packages are fetched. */
export interface FetchOptions {
  /** What npm has in its cache: `first`, and the registry is asked for the rest; or `only`, and no network is asked. */
  readonly cache?: "first" | "only";
  /** Whether a git repository may be named, for which npm runs git. */
  readonly allowGit?: boolean;
}

/** In milliseconds: after which time it is said what is waited for. */
const SILENCE = 1000;

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
    const call = () => npm(["pack", ...options], specs, allowGit);
    // A cache is no wait.
    await (cache === "only" ? call() : sayWaits(specs, call));
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

/** Fetches those of some packages that there are. Throws where the registry cannot say. */
export async function fetchPublished(
  specs: readonly RemoteSpec[],
  options: FetchOptions = {},
): Promise<PackageContents[]> {
  if (specs.length === 0) return [];
  try {
    return await fetchPackages(specs, options);
  } catch (error) {
    if (!isUnpublished(error)) throw error;
    if (specs.length === 1) return [];
    const found: PackageContents[] = [];
    for (const spec of specs) found.push(...(await fetchPublished([spec], options)));
    return found;
  }
}

/** Opens what npm has fetched for a spec: its name says which version the registry holds to be meant. */
async function openFetched(folder: string, fetched: readonly string[], asked: RemoteSpec): Promise<PackageContents> {
  const { valid, eq } = (await import("semver")).default;
  const start = asked.kind === "git" ? "" : `${asked.name.replace(/^@/, "").replace("/", "-")}-`;
  const versionIn = (file: string) => file.slice(start.length).replace(/\.tgz$/, "");
  const files = fetched.filter(
    (name) => asked.kind === "git" || (name.startsWith(start) && valid(versionIn(name)) !== null),
  );
  // Two versions of one package may be asked for at once.
  const file = files.find((name) => asked.kind === "registry" && versionIn(name) === asked.wanted) ?? files[0];
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

/** What the registry has of a package. */
export interface PublishedVersions {
  readonly versions: readonly string[];
  /** What its author calls the newest. */
  readonly latest: string;
}

/** How many programs of npm run at once. */
const AT_ONCE = 4;

/**
 * Asks which versions of packages there are, by name; a package that was never published is left out. Throws a CommandError where
 * the registry cannot say.
 */
export async function publishedVersions(specs: readonly RemoteSpec[]): Promise<Map<string, PublishedVersions>> {
  const found = new Map<string, PublishedVersions>();
  await sayWaits(specs, () =>
    inTurns(specs, async (spec) => {
      const versions = await versionsOf(spec);
      if (versions !== undefined) found.set(spec.spec, versions);
    }),
  );
  return found;
}

async function versionsOf(spec: RemoteSpec): Promise<PublishedVersions | undefined> {
  try {
    const answer: unknown = JSON.parse(
      (await npm(["view", "--json"], [spec], false, ["versions", "dist-tags"])) || "null",
    );
    const { versions, "dist-tags": tags } = isRecord(answer) ? answer : {};
    const found = (Array.isArray(versions) ? versions : [versions]).filter((each) => typeof each === "string");
    const latest = isRecord(tags) && typeof tags.latest === "string" ? tags.latest : found.at(-1);
    return latest === undefined ? undefined : { versions: found, latest };
  } catch (error) {
    if (isUnpublished(error)) return undefined;
    throw error;
  }
}

/** Takes a step for each item, a few at once. */
export async function inTurns<Item>(items: readonly Item[], step: (item: Item) => Promise<void>): Promise<void> {
  for (let index = 0; index < items.length; index += AT_ONCE) {
    await Promise.all(items.slice(index, index + AT_ONCE).map(step));
  }
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

/** Says what is waited for, once that has taken a second. */
async function sayWaits<Result>(specs: readonly RemoteSpec[], step: () => Promise<Result>): Promise<Result> {
  const limit = `at most ${count(timeLimit(), "second")}`;
  const say = () => writeWarning(`still waiting for the registry: ${namesOf(specs)}; ${limit}`);
  const timer = setTimeout(say, SILENCE);
  try {
    return await step();
  } finally {
    clearTimeout(timer);
  }
}

/** How many packages are named before the rest are counted. */
const MOST_NAMES = 3;

function namesOf(specs: readonly RemoteSpec[]): string {
  const names = specs.slice(0, MOST_NAMES).map(({ spec }) => spec);
  const more = specs.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/**
 * npm may start no program: neither a package's scripts, nor git, which a registry can name as the place of a tarball and an
 * .npmrc can replace. Versions that do not know an option pass over it.
 */
function optionsFor(allowGit: boolean): string[] {
  const git = allowGit
    ? ["--allow-git=all", "--git=git"]
    : ["--allow-git=none", `--git=${join(tmpdir(), "personakit-runs-no-git")}`];
  return ["--ignore-scripts", "--allow-file=none", "--allow-directory=none", "--loglevel=error", ...git, ...patience()];
}

/** npm tries again for minutes. It has to give up before we do, so that it can say why. */
function patience(): string[] {
  const each = Math.max(500, (timeLimit() * 1000 - 4000) / 2);
  const options = { "fetch-retries": 1, "fetch-retry-mintimeout": 500, "fetch-retry-maxtimeout": 1000 };
  return Object.entries({ ...options, "fetch-timeout": Math.round(each) }).map(([name, value]) => `--${name}=${value}`);
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
  const options = { timeout: timeLimit() * 1000, killSignal: "SIGKILL", maxBuffer: MAX_OUTPUT } as const;
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
    throw await npmFailure(error as NpmError, specs);
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

const SLOW = "Check the network and the proxy, or wait longer with --timeout <seconds>.";

/** What is wrong, and the way out, by npm's own code. */
const ANSWERS: readonly (readonly [codes: RegExp, problem: string, hint: string])[] = [
  [
    /^(?:E401|E403|ENEEDAUTH|EOTP)$/,
    "the registry refuses access",
    "Log in with npm login, or set the token for this registry in .npmrc.",
  ],
  [
    /^(?:ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ENET|EPIPE|.*CERT|.*SIGNATURE)/,
    "the registry cannot be reached",
    "Check the network, the proxy, and the address that npm config get registry prints.",
  ],
  [/^(?:FETCH_ERROR|ETIMEDOUT|ERR_SOCKET_TIMEOUT)$/, "the registry has not answered in time", SLOW],
  [/^ENOTCACHED$/, "is not in npm's cache", "Run npm cache add with it while you are online."],
];

async function npmFailure(error: NpmError, specs: readonly RemoteSpec[]): Promise<CommandError> {
  const { stderr = "", code, message, killed } = error;
  if (code === "ENOENT") {
    const hint = "Install it: it comes with Node.js.";
    return failure("cannot-fetch", namesOf(specs), "npm is not installed, through which packages are fetched", hint);
  }
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") {
    return failure("cannot-fetch", namesOf(specs), `npm printed more than ${MAX_OUTPUT} bytes`);
  }
  if (killed) {
    const problem = `the registry has not answered in ${count(timeLimit(), "second")}`;
    return failure("cannot-fetch", namesOf(specs), problem, SLOW);
  }
  const lines = stderr
    .split("\n")
    .filter((line) => /^npm (?:error|ERR!) (?!code|errno|syscall|type|A complete log|\s*$)/.test(line));
  const reasons = lines
    .map((line) => line.replace(/^npm (?:error|ERR!)(?: (?:\d+|notarget|network))? ?/, "").trim())
    .filter(Boolean);
  const cause = (reasons.slice(0, 2).join(" ") || message).slice(0, MAX_REASON);
  const [, npmCode = ""] = /^npm (?:error|ERR!) code (\S+)/m.exec(stderr) ?? [];
  // npm asks for all, and names the one that it fails at.
  const said = reasons.join(" ").replaceAll(/%2f/gi, "/");
  const named = specs.filter((each) => said.includes(each.kind === "git" ? each.spec : each.name));
  const asked = named.length > 0 ? named : specs;
  const place = namesOf(asked);
  if (npmCode === "E404") {
    return failure("not-published", place, "is not published under this name", { cause, ...(await ownName(asked)) });
  }
  if (npmCode === "ETARGET") {
    const hint = `npm view ${asked[0]?.kind === "registry" ? asked[0].name : place} versions prints those that there are.`;
    return failure("not-published", place, "no such version is published", { cause, hint });
  }
  const [, problem, hint] = ANSWERS.find(([codes]) => codes.test(npmCode)) ?? [
    undefined,
    "could not be fetched",
    `npm pack ${place} --loglevel verbose says more.`,
  ];
  return failure("cannot-fetch", place, problem, { cause, hint });
}

/** The nearest name of a package of ours, by the package's name or by the persona's. */
async function ownName(specs: readonly RemoteSpec[]): Promise<{ readonly hint?: string }> {
  const [asked] = specs;
  if (asked?.kind !== "registry") return {};
  // Only a name that is wrong needs the list.
  const { personas, fragments } = await loadCatalogue();
  const published = [...personas, ...fragments];
  const found = nearest(
    asked.name,
    published.flatMap((each) => [each.id, each.package]),
  );
  const meant = published.find((each) => found === each.id || found === each.package);
  return meant === undefined ? {} : { hint: `Did you mean ${meant.package}?` };
}
