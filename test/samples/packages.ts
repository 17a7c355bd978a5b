import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../scripts/workspace.ts";

const SOURCE = join(ROOT, "test/samples");
const FILES = ["package.json", "package-lock.json"];
const BUILD = join(ROOT, ".build");
/** A folder of an earlier lockfile goes when there is a new one. */
const INSTALLED = /^samples-[0-9a-f]{16}$/;

/**
 * The folder in which the packages are installed that samples use. They are no part of the workspace, so that nobody
 * waits for them who only wants to see the product: the first run of these tests installs them, later ones need no network.
 */
export function installedPackages(): string {
  const lockfile = readFileSync(join(SOURCE, "package-lock.json"));
  const hash = createHash("sha256").update(lockfile).digest("hex").slice(0, 16);
  const folder = join(BUILD, `samples-${hash}`);
  mkdirSync(BUILD, { recursive: true });
  while (!existsSync(folder)) {
    if (!locked(folder)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    else install(folder);
  }
  return folder;
}

/** Whether this thread is the one that installs. A lock is taken over from a run that was killed. */
function locked(folder: string): boolean {
  const lock = `${folder}.lock`;
  const { mtimeMs = Number.POSITIVE_INFINITY } = statSync(lock, { throwIfNoEntry: false }) ?? {};
  if (Date.now() - mtimeMs > 300_000) rmSync(lock, { recursive: true, force: true });
  return mkdirSync(lock, { recursive: true }) !== undefined;
}

function install(folder: string): void {
  // Installed beside its place and renamed, so that an interrupted run leaves nothing that looks complete.
  const staging = mkdtempSync(join(BUILD, "samples-new-"));
  try {
    // Another thread may have finished just before this one took the lock.
    if (existsSync(folder)) return;
    for (const name of FILES) copyFileSync(join(SOURCE, name), join(staging, name));
    const options = ["--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--prefer-offline"];
    const { status, stdout, stderr } = spawnSync("npm", ["ci", ...options], {
      cwd: staging,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    if (status !== 0) throw new Error(`npm ci failed in test/samples. It needs the network once.\n${stdout}${stderr}`);
    for (const name of readdirSync(BUILD).filter((each) => INSTALLED.test(each))) {
      rmSync(join(BUILD, name), { recursive: true, force: true });
    }
    renameSync(staging, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
    rmSync(`${folder}.lock`, { recursive: true, force: true });
  }
}

/** Imports one of those packages, of which the compiler knows no types here. */
// biome-ignore lint/suspicious/noExplicitAny: The types are in a folder that a checkout does not have yet.
export type Load = (name: string) => Promise<any>;

/**
 * What loads the packages stands beside them, because a module finds only what is installed above it.
 * GitHub's parser imports JSON as only bundlers do.
 */
const LOADER = `
  import { readFileSync } from "node:fs";
  import { registerHooks } from "node:module";
  registerHooks({
    load: (url, context, next) =>
      url.includes("/@actions/workflow-parser/") && url.endsWith(".json")
        ? { format: "module", shortCircuit: true, source: "export default " + readFileSync(new URL(url), "utf8") }
        : next(url, context),
  });
  export const load = (name) => import(name);
`;

/** Imports one of the installed packages. */
export async function loaderIn(packages: string): Promise<Load> {
  const path = join(packages, "load.mjs");
  writeFileSync(path, LOADER);
  const { load } = await import(pathToFileURL(path).href);
  return load;
}
