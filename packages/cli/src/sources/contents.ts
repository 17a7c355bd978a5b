import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { AnyFragment } from "@personakit/core";
import { attempt } from "../issues/command-error.ts";
import { importUnits, locate, readPackage } from "./load-units.ts";
import { isPackageName } from "./package-spec.ts";
import { type AnyUnit, isOwnFile } from "./unit.ts";

/** A fragment that a source exports. */
export interface NamedFragment {
  readonly fragment: AnyFragment;
  /** The npm package that others can install, if it is one. */
  readonly package: string | undefined;
}

/** What sources hold. */
export interface Contents {
  /** The sources among them that personas are loaded from, or that cannot be loaded at all. */
  readonly personas: readonly string[];
  readonly fragments: readonly NamedFragment[];
}

/** Tells sources of personas from those of fragments. A folder of packages may have both. */
export async function contentsOf(sources: readonly string[], folder: string): Promise<Contents> {
  const personas: string[] = [];
  const fragments: NamedFragment[] = [];
  for (const source of sources) {
    const isText = isOwnFile(source) || source.endsWith(".json");
    const located = isText ? [] : (await attempt(() => locate(source, folder))).results;
    // What is wrong with a source is said where its personas are loaded.
    if (located.length === 0) personas.push(source);
    for (const { name, url } of located) {
      const { results } = await attempt(() => importUnits<AnyUnit>(name, url, ["persona", "fragment", "document"]));
      const found = results.flatMap((unit) => (unit.kind === "fragment" ? unit : []));
      if (found.length === 0 || found.length < results.length) personas.push(name);
      fragments.push(...found.map((fragment) => ({ fragment, package: packageOf(name, folder) })));
    }
  }
  return { personas, fragments };
}

/** The npm package that a source is, where others can install it. */
export function packageOf(source: string, folder: string): string | undefined {
  const path = resolve(folder, source);
  if (!existsSync(path)) return isPackageName(source) ? source : undefined;
  if (!existsSync(join(path, "package.json"))) return undefined;
  const { name, private: isPrivate } = readPackage(path, source);
  return isPrivate === true ? undefined : name;
}
