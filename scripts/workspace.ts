import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The repository's root folder: pnpm runs every script there. */
export const ROOT = process.cwd();

/** What a package is for. The folder says it. */
export type Kind = "core" | "targets" | "checks" | "preview" | "cli" | "fragment" | "persona";

/** A published package. */
export interface Package {
  readonly kind: Kind;
  /** Relative to the root, with forward slashes. */
  readonly folder: string;
  /** The folder's own name: the id of the fragment or persona. */
  readonly leaf: string;
  readonly manifest: Manifest;
}

/** What we read of a `package.json`. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: { readonly [name: string]: string };
  readonly [key: string]: unknown;
}

const SINGLE: readonly Kind[] = ["core", "targets", "checks", "preview", "cli"];
const MANY: { readonly [folder: string]: Kind } = { fragments: "fragment", personas: "persona" };

/** Every published package, in the order core, targets, checks, preview, cli, fragments, personas, and by name within. */
export function packages(): Package[] {
  const found = SINGLE.map((kind) => readPackage(kind, `packages/${kind}`, kind));
  for (const [folder, kind] of Object.entries(MANY)) {
    const parent = join(ROOT, "packages", folder);
    if (!existsSync(parent)) continue;
    for (const leaf of readdirSync(parent).sort()) {
      if (existsSync(join(parent, leaf, "package.json")))
        found.push(readPackage(kind, `packages/${folder}/${leaf}`, leaf));
    }
  }
  return found;
}

function readPackage(kind: Kind, folder: string, leaf: string): Package {
  return { kind, folder, leaf, manifest: JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) };
}

/** Docstrings show examples, which import what a user would. */
const DOCSTRING = /\/\*\*[\s\S]*?\*\//g;

const FIRST_DECLARATION = /^(?:export )?(?:default|const|let|interface|function|class|type|async) /m;

/** What a module imports or exports from, relative paths included. Imports stand first; examples in strings do not count. */
export function importsOf(source: string): string[] {
  const head = source.replace(DOCSTRING, "").split(FIRST_DECLARATION, 1)[0] ?? "";
  return [...head.matchAll(/(?:from|^import) "([^"]+)"/gm)].map(([, specifier = ""]) => specifier);
}

/** What a module imports while it runs. */
export function dynamicImportsOf(source: string): string[] {
  return [...source.matchAll(/\bimport\("([^"]+)"\)/g)].map(([, specifier = ""]) => specifier);
}

/** The package that a specifier names: "zod" for "zod/v4/core"; undefined for a relative path or a part of Node. */
export function packageOf(specifier: string): string | undefined {
  if (/^(?:\.|node:)/.test(specifier)) return undefined;
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
