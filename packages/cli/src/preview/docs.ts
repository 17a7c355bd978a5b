import { existsSync, statSync } from "node:fs";
import { relative, sep } from "node:path";
import { isRecord } from "@personakit/core/internal";
import type { SiteSource } from "@personakit/preview";
import { listPaths } from "../files/list-files.ts";
import { readText } from "../files/text.ts";
import { failure } from "../issues/command-error.ts";
import { readPackage } from "../sources/load-units.ts";

const MARKDOWN = /\.(?:md|markdown)$/i;

/** Reads the documents of a site: Markdown files in the order in which they are named, and those of folders, each README first. */
export function readDocs(paths: readonly string[]): SiteSource["docs"] {
  const files = new Set(paths.flatMap(filesAt).map(withinProject));
  return [...files].map((path) => ({ path, text: readText(path) ?? "" }));
}

function filesAt(path: string): readonly string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw failure("not-found", path, "there is no such file or folder");
  if (!stat.isDirectory()) {
    if (MARKDOWN.test(path)) return [path];
    throw failure("usage", "--docs", `${path} is no Markdown file, and no folder of them`);
  }
  const found = listPaths(path).filter((each) => MARKDOWN.test(each));
  if (found.length === 0) throw failure("not-found", path, "there is no Markdown file in this folder");
  return found.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).map((each) => `${path}/${each}`);
}

/** A folder's README stands before what lies beside it. */
function rank(path: string): string {
  return path.replace(/(^|\/)README(?=\.\w+$)/i, "$1\0");
}

function withinProject(path: string): string {
  const inside = relative(".", path).split(sep).join("/");
  if (!inside.startsWith("../")) return inside;
  const hint = "Run the command in a folder above it: its links may lead to files beside it.";
  throw failure("outside-project", path, "lies outside of the current folder", hint);
}

const GITHUB =
  /^(?:github:|(?:git\+)?(?:https:\/\/|ssh:\/\/git@|git:\/\/)github\.com\/)?([\w.-]+\/[\w.-]+?)(?:\.git)?$/;

/** Where files of the repository can be read: on GitHub, if its package.json says that it is there. */
export function repositoryAddress(): SiteSource["addressOf"] {
  const { repository } = existsSync("package.json") ? readPackage(".", ".") : {};
  const said = isRecord(repository) ? repository.url : repository;
  const [, name] = (typeof said === "string" && GITHUB.exec(said)) || [];
  return (path) => {
    if (name === undefined || !existsSync(path)) return undefined;
    return `https://github.com/${name}/blob/HEAD/${path.split("/").map(encodeURIComponent).join("/")}`;
  };
}
