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
} from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../scripts/workspace.ts";

const FILES = ["package.json", "package-lock.json"];
const BUILD = join(ROOT, ".build");

/**
 * Installs the packages that a folder below `test` asks for, below `.build`. They are no part of the workspace, so that nobody waits for
 * them who only wants to see the product: the first run of the tests installs them, and later ones need no network. With `finish`, does
 * what is left to do once, in the folder that it returns. Throws where the registry cannot be reached.
 */
export function installOnce(source: string, finish: (folder: string) => void = () => {}): string {
  const lockfile = readFileSync(join(source, "package-lock.json"));
  const hash = createHash("sha256").update(lockfile).digest("hex").slice(0, 16);
  const folder = join(BUILD, `${basename(source)}-${hash}`);
  mkdirSync(BUILD, { recursive: true });
  while (!existsSync(folder)) {
    if (!locked(folder)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    else install(source, folder, finish);
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

function install(source: string, folder: string, finish: (folder: string) => void): void {
  const name = basename(source);
  // Installed beside its place and renamed, so that an interrupted run leaves nothing that looks complete.
  const staging = mkdtempSync(join(BUILD, `${name}-new-`));
  try {
    // Another thread may have finished just before this one took the lock.
    if (existsSync(folder)) return;
    for (const file of FILES) copyFileSync(join(source, file), join(staging, file));
    const options = ["--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--prefer-offline"];
    const { status, stdout, stderr } = spawnSync("npm", ["ci", ...options], {
      cwd: staging,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    if (status !== 0) throw new Error(`npm ci failed in test/${name}. It needs the network once.\n${stdout}${stderr}`);
    finish(staging);
    // A folder of an earlier lockfile goes when there is a new one.
    const earlier = new RegExp(`^${name}-[0-9a-f]{16}$`);
    for (const each of readdirSync(BUILD).filter((path) => earlier.test(path))) {
      rmSync(join(BUILD, each), { recursive: true, force: true });
    }
    renameSync(staging, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
    rmSync(`${folder}.lock`, { recursive: true, force: true });
  }
}
