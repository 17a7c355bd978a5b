import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Units } from "../units.ts";
import { importsOf, type Kind, type Package, packageOf, ROOT } from "../workspace.ts";

const REPOSITORY = "https://github.com/personakit/personakit";

const NAMES: { readonly [K in Kind]: (leaf: string) => string } = {
  core: () => "@personakit/core",
  targets: () => "@personakit/targets",
  checks: () => "@personakit/checks",
  preview: () => "@personakit/preview",
  cli: () => "personakit",
  fragment: (leaf) => `@personakit/${leaf}`,
  persona: (leaf) => `@personakit/persona-${leaf}`,
};

/** The modules that a package exports, where it is not its index alone. */
export const ENTRIES: { readonly [K in Kind]?: readonly string[] } = {
  core: ["index", "internal", "read", "copies"],
  targets: ["index", "read", "context"],
  cli: ["index", "changelog"],
};

/** The modules among them that packages of this repository share among themselves: no users read about them. */
export const SHARED: { readonly [K in Kind]?: readonly string[] } = { core: ["internal", "read"] };

function exportOf(entry: string): string {
  return entry === "index" ? "." : `./${entry}`;
}

function builtEntry(entry: string): object {
  return {
    import: { types: `./dist/${entry}.d.ts`, default: `./dist/${entry}.js` },
    require: { types: `./dist/${entry}.d.cts`, default: `./dist/${entry}.cjs` },
  };
}

/** A persona's compiled document, so that it can be installed without running code of its package. */
export const DOCUMENT = "document.json";

/** What a fragment's package promises, so that versions can be compared. */
export const API = "api.json";

/** The npm name that a package's kind and folder give it. */
export function packageName({ kind, leaf }: Pick<Package, "kind" | "leaf">): string {
  return NAMES[kind](leaf);
}

/** A package's manifest. Facts are its version and, for those that are not content, description and dependencies. */
export function manifestText(each: Package, units: Units): string {
  const { kind, folder, manifest } = each;
  const content = kind === "fragment" || kind === "persona";
  const entries = ENTRIES[kind] ?? ["index"];
  const published = {
    ...Object.fromEntries(entries.map((name) => [exportOf(name), builtEntry(name)])),
    ...(kind === "persona" ? { "./document.json": `./dist/${DOCUMENT}` } : {}),
    ...(kind === "fragment" ? { "./api.json": `./dist/${API}` } : {}),
    "./package.json": "./package.json",
  };
  const fields = {
    name: packageName(each),
    version: manifest.version,
    description: descriptionOf(each, units) ?? manifest.description,
    license: "MIT",
    repository: { type: "git", url: `git+${REPOSITORY}.git`, directory: folder },
    type: "module",
    sideEffects: false,
    engines: { node: ">=20.19" },
    exports: {
      ...Object.fromEntries(entries.map((name) => [exportOf(name), `./${name}.ts`])),
      "./package.json": "./package.json",
    },
    ...(kind === "cli" ? { bin: { personakit: "./bin.ts" } } : {}),
    files: ["dist", ...(kind === "persona" ? ["skills"] : []), ...(kind === "cli" ? ["config.schema.json"] : [])],
    publishConfig: {
      access: "public",
      exports: published,
      ...(kind === "cli" ? { bin: { personakit: "./dist/bin.js" } } : {}),
    },
    dependencies: content ? contentDependencies(each) : manifest.dependencies,
    ...(manifest.devDependencies === undefined ? {} : { devDependencies: manifest.devDependencies }),
  };
  return `${JSON.stringify(fields, null, 2)}\n`;
}

function descriptionOf({ folder }: Package, { fragments, personas }: Units): string | undefined {
  const fragment = fragments.find((unit) => unit.package.folder === folder);
  const persona = personas.find((unit) => unit.package.folder === folder);
  return fragment?.fragment.summary ?? persona?.persona.description.does;
}

/** What a content package imports. Fragments are pinned, so that a published persona is a frozen prompt. */
export function contentDependencies({ folder }: Pick<Package, "folder">): { [name: string]: string } {
  const source = readFileSync(join(ROOT, folder, "index.ts"), "utf8");
  const imported = importsOf(source).flatMap((specifier) => packageOf(specifier) ?? []);
  const ranges = [...new Set(imported)].sort().map((name): [string, string] => {
    if (name === "@personakit/core") return [name, "workspace:^"];
    return [name, name.startsWith("@personakit/") ? "workspace:*" : "catalog:"];
  });
  return Object.fromEntries(ranges);
}
