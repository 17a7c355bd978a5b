import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../workspace.ts";
import { execute, isolated, type Output, type Start } from "./command.ts";

/** What a client loaded of a project, by its own account. */
export interface Loaded {
  readonly agents: readonly string[];
  readonly skills: readonly string[];
  /** The client's errors and warnings about the project, and what it passed over without a word. */
  readonly problems: readonly string[];
}

/** How a client is started: in the project and a fresh home, unless something else is said. */
export interface RunOptions extends Pick<Start, "input" | "until"> {
  readonly cwd?: string;
  readonly home?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What a loader gets: two projects, and a way to start its client in them. */
export interface Session {
  /** The ids of the personas that were built. */
  readonly personas: readonly string[];
  /** A fresh git repository with the client's targets built into it. */
  readonly project: string;
  /** A fresh git repository without a file: what a client shows there, it brings along. */
  readonly empty: string;
  /** Makes a home folder that no client has seen, with files that it shall find there. */
  home(files?: { readonly [path: string]: string }): string;
  run(args: readonly string[], options?: RunOptions): Promise<Output>;
}

/** What of the personas is built into the project. */
export interface Built {
  readonly personas: readonly string[];
  /** Targets of which every persona is built. */
  readonly targets: readonly string[];
  /** A target that only one persona fits into. */
  readonly single: string | undefined;
}

/** Builds into a temporary folder, and starts the client there until the signal ends it. */
export function openSession(folder: string, binary: string, built: Built, signal: AbortSignal): Session {
  const project = makeRepository(folder, "project");
  const empty = makeRepository(folder, "empty");
  const home: Session["home"] = (files = {}) => {
    const made = mkdtempSync(join(folder, "home-"));
    for (const [path, text] of Object.entries(files)) writeBelow(made, path, text);
    return made;
  };
  build(project, built);
  return {
    personas: built.personas,
    project,
    empty,
    home,
    run: (args, { cwd = project, home: own = home(), env = {}, ...rest } = {}) =>
      execute(binary, args, { cwd, env: { ...isolated(own), ...env }, signal, ...rest }),
  };
}

function makeRepository(folder: string, name: string): string {
  const path = join(folder, name);
  execFileSync("git", ["init", "--quiet", path]);
  return path;
}

function writeBelow(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function build(project: string, { personas: [first = ""], targets, single }: Built): void {
  personakit("packages/personas", project, targets);
  if (single !== undefined) personakit(`packages/personas/${first}`, project, [single]);
}

function personakit(source: string, project: string, targets: readonly string[]): void {
  const args = ["packages/cli/bin.ts", "build", source, "--out", project, "--target", targets.join(",")];
  execFileSync(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "ignore", "pipe"] });
}
