import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
// Reads what `npm pack` has fetched: maintained by unjs, typed, no dependencies, no install script.
import { parseTarGzip } from "nanotar";
import { CommandError, failure, messageOf } from "../issues/command-error.ts";
import { openWith, type PackageContents } from "./package-contents.ts";

/** Whether a package could not be had because it was never published. */
export function isUnpublished(error: unknown): boolean {
  return error instanceof CommandError && error.issues.some(({ code }) => code === "not-published");
}

/** What may stand in a package's name and version: nothing that a shell would read. */
const SPEC = /^(?!-)(?:@[\w.~-]+\/)?[\w.~-]+(?:@[\w.~^<>=*+|-]+)?$|^(?!-)[\w./\\: @+~-]+\.tgz$/;

/** How packages are fetched. */
export interface FetchOptions {
  /** Takes what npm has in its cache, and asks the registry only for the rest. */
  readonly offline?: boolean;
}

/** Fetches packages with one call of npm, which costs as much as the fetching. Throws where one of them cannot be had. */
export async function fetchPackages(
  specs: readonly string[],
  { offline = false }: FetchOptions = {},
): Promise<PackageContents[]> {
  for (const spec of specs) {
    if (SPEC.test(spec)) continue;
    const problem = "this is neither a folder nor a package's name, such as @acme/persona@1.2.0";
    throw failure("cannot-fetch", spec, problem);
  }
  const folder = mkdtempSync(join(tmpdir(), "personakit-"));
  try {
    const options = ["--ignore-scripts", "--pack-destination", folder, ...(offline ? ["--prefer-offline"] : [])];
    await npm(["pack", ...options, "--", ...specs], specs);
    const tarballs = readdirSync(folder).map((name) => join(folder, name));
    return await Promise.all(tarballs.map(readTarball));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw failure("cannot-fetch", specs.join(", "), "could not be fetched", { cause: messageOf(error) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readTarball(path: string): Promise<PackageContents> {
  const files = await parseTarGzip(readFileSync(path));
  const texts = new Map(files.map((file) => [file.name.replace(/^[^/]+\//, ""), file]));
  return openWith((name) => texts.get(name)?.text, basename(path));
}

async function npm(args: readonly string[], specs: readonly string[]): Promise<void> {
  const { npm_execpath: running = "" } = process.env;
  try {
    // Under npx this is npm itself, which needs no shell on any platform.
    if (/np[mx]-cli\.js$/.test(running)) {
      const cli = running.replace(/npx-cli\.js$/, "npm-cli.js");
      await promisify(execFile)(process.execPath, [cli, ...args]);
    } else await promisify(execFile)("npm", [...args], { shell: process.platform === "win32" });
  } catch (error) {
    throw npmFailure(error as Error & { stderr?: string; code?: unknown }, specs);
  }
}

function npmFailure(error: Error & { stderr?: string; code?: unknown }, specs: readonly string[]): CommandError {
  const { stderr = "", code, message } = error;
  if (code === "ENOENT") {
    return failure("cannot-fetch", undefined, "npm is not installed, through which packages are fetched");
  }
  const lines = stderr.split("\n").filter((line) => /^npm (?:error|ERR!) (?!code|A complete log|\s*$)/.test(line));
  const reasons = lines
    .map((line) => line.replace(/^npm (?:error|ERR!)(?: (?:\d+|notarget))? ?/, "").trim())
    .filter(Boolean);
  const isMissing = /^npm (?:error|ERR!) code (?:E404|ETARGET)/m.test(stderr);
  const problem = `npm pack ${specs.join(" ")} failed`;
  const cause = reasons.slice(0, 2).join(" ") || message;
  return failure(isMissing ? "not-published" : "cannot-fetch", undefined, problem, { cause });
}
