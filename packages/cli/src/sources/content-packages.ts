import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "@personakit/core/internal";
import { readText } from "../files/text.ts";
import { failure, messageOf } from "../issues/command-error.ts";
import { openFolder, type PackageContents, parseJson } from "./package-contents.ts";
import { API_EXPORT, DOCUMENT_EXPORT } from "./package-files.ts";
import { findInstalled } from "./persona-package.ts";

/** A package of a persona or a fragment that is installed in a project. */
export interface ContentPackage {
  readonly contents: PackageContents;
  /** The range in the manifest that asks for it. */
  readonly range: string;
  /** Where it really is: what it needs is looked for from there. */
  readonly folder: string;
}

/** What a manifest asks for, by name. */
export type Ranges = { readonly [name: string]: string };

/** What a project's package.json asks for; nothing where there is none. Throws a CommandError for one that is not JSON. */
export function rangesOfProject(folder: string): Ranges {
  const path = join(folder, "package.json");
  if (!existsSync(path)) return {};
  try {
    // Some editors put a byte order mark before it.
    return rangesIn(JSON.parse(readText(path)?.replace(/^\uFEFF/, "") ?? "null"));
  } catch (error) {
    throw failure("not-a-package", "package.json", "is not JSON", { cause: messageOf(error) });
  }
}

/** What a package needs, whoever wrote it. */
export async function rangesOfPackage(contents: PackageContents): Promise<Ranges> {
  const text = (await contents.read(["package.json"])).get("package.json") ?? "null";
  return rangesIn(parseJson(text, `${contents.name}/package.json`));
}

function rangesIn(manifest: unknown): Ranges {
  const { dependencies, devDependencies } = isRecord(manifest) ? manifest : {};
  const all = {
    ...(isRecord(devDependencies) ? devDependencies : {}),
    ...(isRecord(dependencies) ? dependencies : {}),
  };
  return Object.fromEntries(
    Object.entries(all).filter((each): each is [string, string] => typeof each[1] === "string"),
  );
}

/** The packages of content among what a manifest asks for, as they are installed. */
export async function contentPackages(ranges: Ranges, folder: string): Promise<ContentPackage[]> {
  const found = await Promise.all(
    Object.entries(ranges).map(async ([name, range]): Promise<ContentPackage[]> => {
      const place = findInstalled(name, folder);
      if (place === undefined) return [];
      const contents = await openFolder(place, name).catch(() => undefined);
      // Under an alias, another package is installed than the name says.
      if (contents === undefined || contents.name !== name || !isOfContent(contents)) return [];
      return [{ contents, range, folder: realpathSync(place) }];
    }),
  );
  return found.flat();
}

function isOfContent({ exports }: PackageContents): boolean {
  return [DOCUMENT_EXPORT, API_EXPORT].some((name) => typeof exports[name] === "string");
}
