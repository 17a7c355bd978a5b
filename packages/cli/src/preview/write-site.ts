import { copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isRecord, own } from "@personakit/core/internal";
import { type SiteFile, siteFiles } from "@personakit/preview";
import { exclusively } from "../disk/lock.ts";
import { pathInside } from "../disk/paths.ts";
import { walk } from "../files/list-files.ts";
import { hashOfFile, sha256 } from "../files/sha256.ts";
import { readText } from "../files/text.ts";
import { failure } from "../issues/command-error.ts";
import { count, shorten } from "../output/terminal.ts";
import type { ProjectOptions } from "../project/open-project.ts";
import { questionsOf } from "./answers.ts";
import { readDocs, repositoryAddress } from "./docs.ts";
import { seeProject } from "./seen-project.ts";

/** The file in a site that lists the others with their hashes: what is not in it is not ours. */
const LIST = "personakit-site.json";

/** Where a site goes, and what it has beside personas and fragments. */
export interface SiteOptions {
  readonly site: string;
  /** Markdown files, and folders of them. */
  readonly docs: readonly string[];
}

/**
 * Writes a static site of a project, and takes out what an earlier one had. Returns the paths of its files. Throws a CommandError where
 * the project cannot be compiled, or the folder has files that were not written so.
 */
export async function writeSite(
  sources: readonly string[],
  options: ProjectOptions,
  { site, docs }: SiteOptions,
): Promise<readonly string[]> {
  const project = await seeProject(sources, options);
  const files = await siteFiles({
    ...(await questionsOf(project)),
    docs: readDocs(docs),
    has: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
    addressOf: repositoryAddress(),
  });
  refuseTwice(files);
  await exclusively(site, "preview", ({ folder }) => replaceSite(folder, site, files));
  return files.map(({ path }) => path);
}

function refuseTwice(files: readonly SiteFile[]): void {
  const twice = files.find(({ path }, index) => files[index + 1]?.path === path);
  if (twice === undefined) return;
  throw failure("shared-path", twice.path, "two files of the site would be written here", "Rename the document.");
}

function replaceSite(folder: string, name: string, files: readonly SiteFile[]): void {
  const before = listedIn(folder);
  const present = walk(folder).filter((path) => path !== LIST);
  const foreign = present.filter((path) => own(before, path) !== hashOfFile(join(folder, path)));
  if (foreign.length > 0) {
    const [first = "", ...others] = foreign.sort();
    const more = others.length === 0 ? "" : ` and ${count(others.length, "other file")}`;
    const problem = `has ${first}${more}, which preview did not write so`;
    throw failure(
      "not-ours",
      shorten(name),
      problem,
      "Name a folder that is empty or not there yet, or delete this one.",
    );
  }
  const inside = pathInside(folder);
  const after: Record<string, string> = {};
  for (const { path, content } of files) {
    const file = inside(path);
    mkdirSync(dirname(file), { recursive: true });
    if ("copyOf" in content) copyFileSync(content.copyOf, file);
    else writeFileSync(file, content.text);
    after[path] = "copyOf" in content ? hashOfFile(file) : sha256(content.text);
  }
  for (const path of present) if (!Object.hasOwn(after, path)) rmSync(inside(path));
  writeFileSync(inside(LIST), `${JSON.stringify({ files: after }, null, 2)}\n`);
}

/** The hash of each file of the site that is in a folder, as the list there has them. */
function listedIn(folder: string): { readonly [path: string]: unknown } {
  const text = readText(join(folder, LIST));
  if (text === undefined) return {};
  try {
    const list: unknown = JSON.parse(text);
    return isRecord(list) && isRecord(list.files) ? list.files : {};
  } catch {
    return {};
  }
}
