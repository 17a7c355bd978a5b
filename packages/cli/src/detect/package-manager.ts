import { existsSync } from "node:fs";
import { join } from "node:path";
import { foldersAbove, repositoryOf } from "../files/above.ts";
import { readText } from "../files/text.ts";

/** A program that installs packages. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

const LOCKFILES: readonly (readonly [file: string, manager: PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
];

const ADD = { npm: "npm install --save-dev", pnpm: "pnpm add -D", yarn: "yarn add -D", bun: "bun add -d" };

/** The parts of a `package.json` that are used here. */
export interface PackageJson {
  readonly name?: string;
  readonly type?: string;
  readonly packageManager?: string;
  readonly dependencies?: object;
  readonly devDependencies?: object;
  readonly peerDependencies?: object;
  readonly optionalDependencies?: object;
}

/** The package manager of a folder, by its lockfile, or else by its manifest; undefined where neither says it. */
export function packageManagerIn(folder: string, manifest: PackageJson | undefined): PackageManager | undefined {
  const [, manager] = LOCKFILES.find(([name]) => existsSync(join(folder, name))) ?? [];
  return manager ?? (/^(npm|pnpm|yarn|bun)@/.exec(manifest?.packageManager ?? "")?.[1] as PackageManager | undefined);
}

/** The command that adds packages to a project. */
export function addCommand(manager: PackageManager | undefined, packages: readonly string[]): string {
  return `${ADD[manager ?? "npm"]} ${packages.join(" ")}`;
}

/** The command that installs packages that are missing in a folder: adds those that no `package.json` around it names. */
export function installCommand(folder: string, packages: readonly string[]): string {
  const root = repositoryOf(folder);
  const declared = new Set<string>();
  let manager: PackageManager | undefined;
  for (const here of foldersAbove(folder)) {
    const manifest = manifestIn(here);
    const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest ?? {};
    const all = { ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies };
    for (const name of Object.keys(all)) declared.add(name);
    // In a workspace, the lockfile is at its root.
    manager ??= packageManagerIn(here, manifest);
    if (here === root) break;
  }
  const others = packages.filter((name) => !declared.has(name));
  return others.length === 0 ? `${manager ?? "npm"} install` : addCommand(manager, others);
}

function manifestIn(folder: string): PackageJson | undefined {
  try {
    return JSON.parse(readText(join(folder, "package.json"))?.replace(/^\uFEFF/, "") ?? "null") ?? undefined;
  } catch {
    // It only makes the advice better.
    return undefined;
  }
}
