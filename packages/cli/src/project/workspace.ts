import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { isRecord } from "@personakit/core/internal";
import { foldersAbove, repositoryOf } from "../files/above.ts";
import { readText } from "../files/text.ts";
import { failure, messageOf } from "../issues/command-error.ts";
import { shorten } from "../output/terminal.ts";
import { type Signs, signOf } from "./find-project.ts";

const PNPM = "pnpm-workspace.yaml";

/** A workspace, seen from the current folder. */
export interface Workspace {
  readonly root: string;
  /** The folders of its projects: the root, where it is one, and then the packages that are, by path. */
  readonly projects: readonly string[];
}

/** The workspace that the current folder is in; undefined outside of one. Throws a CommandError for one that cannot be read. */
export async function findWorkspace(signs: Signs): Promise<Workspace | undefined> {
  const repository = repositoryOf(".");
  for (const root of foldersAbove(".")) {
    const patterns = await patternsIn(root);
    if (patterns !== undefined) return { root, projects: await projectsIn(root, patterns, signs) };
    if (root === repository) break;
  }
  return undefined;
}

/** The patterns of a workspace's packages; undefined where a folder is no workspace's root. */
async function patternsIn(folder: string): Promise<readonly string[] | undefined> {
  // yaml reads what pnpm writes: `targets` reads front matter with it too.
  const yaml = await parsed(join(folder, PNPM), async (text) => (await import("yaml")).parse(text));
  if (isRecord(yaml) && Array.isArray(yaml.packages)) return texts(yaml.packages);
  const manifest = await parsed(join(folder, "package.json"), async (text) => JSON.parse(text));
  const workspaces = isRecord(manifest) ? manifest.workspaces : undefined;
  // Yarn and Bun have further options beside the packages.
  const patterns = isRecord(workspaces) ? workspaces.packages : workspaces;
  if (Array.isArray(patterns)) return texts(patterns);
  return yaml === undefined ? undefined : [];
}

async function parsed(file: string, parse: (text: string) => Promise<unknown>): Promise<unknown> {
  const text = existsSync(file) ? readText(file) : undefined;
  if (text === undefined) return undefined;
  try {
    return (await parse(text.replace(/^\uFEFF/, ""))) ?? {};
  } catch (error) {
    throw failure("cannot-read", shorten(file), "cannot be read", { cause: messageOf(error) });
  }
}

function texts(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === "string");
}

async function projectsIn(root: string, patterns: readonly string[], signs: Signs): Promise<string[]> {
  // tinyglobby finds packages as package managers do: small, maintained, typed, no install script.
  const { glob } = await import("tinyglobby");
  const manifests = await glob(
    patterns.map((pattern) => `${pattern.replace(/^(!?)\.\//, "$1").replace(/\/+$/, "")}/package.json`),
    { cwd: root, ignore: ["**/node_modules/**"], expandDirectories: false, followSymbolicLinks: false },
  );
  const members = manifests.map((path) => dirname(path)).sort();
  return [...new Set([".", ...members])].map((path) => join(root, path)).filter((folder) => signOf(folder, signs));
}
