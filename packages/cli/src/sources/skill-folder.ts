import { isUtf8 } from "node:buffer";
import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Issue } from "@personakit/core";
import { readRegular } from "../files/regular.ts";
import { failure, issue, messageOf } from "../issues/command-error.ts";
import type { Reader } from "./reader.ts";

/** A file in the folder of a skill. */
export interface FileBeside {
  /** Relative to that folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly isExecutable: boolean;
}

/** What lies in the folder of a skill besides its main file. */
export interface SkillFolder {
  readonly files: readonly FileBeside[];
  /** Those that other targets have a place for, too. */
  readonly references: readonly FileBeside[];
  /** What is not written elsewhere, and why. */
  readonly left: readonly Issue[];
  /** The links of the main file's text and of the references to files of the folder that are not there. */
  missingLinks(main: string, reader: Pick<Reader, "fileLinksIn">): Issue[];
}

/** A skill has a few dozen files; a folder of thousands holds something else. */
const MOST_FILES = 1000;

/** In bytes. */
const LARGEST = 4 * 1024 * 1024;

/**
 * Reads what lies in the folder of a skill besides its main file. Hidden files and `node_modules` are none of its files. Throws a
 * CommandError for a file that cannot be read, and for more files than a skill has.
 *
 * @param source The main file, as the user would type it.
 * @param main The same, absolute.
 * @param isPackage Whether its folder is a package's, where only the folders of a skill are its own.
 */
export function readSkillFolder(source: string, main: string, isPackage: boolean): SkillFolder {
  const folder = dirname(main);
  const files: FileBeside[] = [];
  const left: Issue[] = [];
  const said = (path: string) => source.replace(/[^/\\]*$/, () => path);
  const paths = [...filesIn(folder, main, source)].filter(
    ([path]) => !isPackage || /^(?:references|scripts|assets)\//.test(path),
  );
  for (const [path, isLink] of paths) {
    const read = isLink ? { not: "a link" } : textOf(join(folder, path), said(path));
    if ("text" in read) files.push({ path, ...read, isExecutable: (statSync(join(folder, path)).mode & 0o111) !== 0 });
    else {
      const problem = `it is ${read.not}, so build neither compares it nor writes it with the skill`;
      left.push(
        issue("left-behind", said(path), problem, "Copy it yourself to each folder that the skill is built to."),
      );
    }
  }
  const references = files.filter(({ path }) => /^references\/[^/]+\.md$/.test(path));
  return {
    files,
    references,
    left,
    missingLinks(text, { fileLinksIn }) {
      const pages = [{ path: relative(folder, main), text }, ...references];
      return pages.flatMap((page) => {
        const isMissing = (link: string) => {
          const path = join(dirname(page.path), decoded(link));
          return !path.startsWith("..") && !existsSync(join(folder, path));
        };
        return fileLinksIn(page.text, isMissing).map(({ path, line }) =>
          issue("missing-link", `${said(page.path)}:${line}`, `the text links to ${path}, and there is no such file`),
        );
      });
    },
  };
}

/** The files of a folder and of those in it, in the order of their paths; whether each is a link. */
function filesIn(folder: string, main: string, source: string): Map<string, boolean> {
  const found: [path: string, isLink: boolean][] = [];
  const visit = (here: string) => {
    for (const entry of readdirSync(here, { withFileTypes: true }) as Dirent[]) {
      const file = join(here, entry.name);
      if (entry.name.startsWith(".") || entry.name === "node_modules" || file === main) continue;
      if (!entry.isDirectory()) found.push([relative(folder, file).split(sep).join("/"), !entry.isFile()]);
      else visit(file);
      if (found.length <= MOST_FILES) continue;
      const problem = `its folder has more than ${MOST_FILES} files, and all of them would be the skill's`;
      throw failure("cannot-read", source, problem, "Give the skill a folder to itself.");
    }
  };
  visit(folder);
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A file's text, or what it is instead. */
function textOf(file: string, place: string): { readonly text: string } | { readonly not: string } {
  try {
    const bytes = readRegular(file, LARGEST);
    if (bytes === "irregular") return { not: "no regular file" };
    if (bytes === "too large") return { not: "larger than 4 MiB" };
    return isUtf8(bytes) && !bytes.includes(0) ? { text: bytes.toString("utf8") } : { not: "no text" };
  } catch (error) {
    throw failure("cannot-read", place, "cannot be read", { cause: messageOf(error) });
  }
}

function decoded(link: string): string {
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
}
