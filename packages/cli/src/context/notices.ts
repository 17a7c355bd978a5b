import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Issue } from "@personakit/core";
import { targets } from "@personakit/targets";
import type { ContextFiles, ContextTool, LeftOutCode, ToolContext } from "@personakit/targets/context";
import { repositoryOf } from "../files/above.ts";
import { issue } from "../issues/command-error.ts";
import { shorten } from "../output/terminal.ts";
import { isCalled, loadEngine } from "./engine.ts";
import { isInside, withSlashes } from "./paths.ts";
import { namesOfToolsIn } from "./place.ts";
import { ScopedFiles } from "./scoped-files.ts";
import { DISK } from "./source.ts";

/** A file that is new, or will be. */
export interface NewFile {
  /** Absolute. */
  readonly path: string;
  /** Its whole text; absent where it is on the disk already. */
  readonly text?: string;
  /** The tools that claim to read it. */
  readonly readers: readonly string[];
  /** Those that it is made for: they are in use from now on. */
  readonly owners?: readonly string[];
}

/** A file that is left out for one of these reasons is loaded all the same: later, or under another path. */
const LOADED: readonly LeftOutCode[] = ["other-files", "on-demand", "same-file", "same-text"];

/**
 * Says which of the tools that should read new files will not, or only in part: those in use where the file is, started in the
 * folder that it is for. Returns a warning for each. For no files, nothing is loaded.
 */
export async function noticesFor(folder: string, files: readonly NewFile[]): Promise<Issue[]> {
  if (files.length === 0) return [];
  const { contextOf, contextTools } = await loadEngine();
  const project = withSlashes(realpathSync.native(resolve(folder)));
  const root = withSlashes(repositoryOf(project) ?? project);
  const owners = files.flatMap((file) => file.owners ?? []);
  const start = { upTo: root, files: withNew(new ScopedFiles({ root, isOpen: false }, DISK), files) };
  const byFolder = new Map<string, NewFile[]>();
  for (const file of files) {
    const cwd = folderOf(project, withSlashes(file.path));
    byFolder.set(cwd, [...(byFolder.get(cwd) ?? []), file]);
  }
  const places = [...byFolder].map(([cwd, there]) => {
    const gitRoot = repositoryOf(cwd);
    const names = [...namesOfToolsIn({ root, cwd }), ...owners];
    return {
      there,
      names,
      start: { ...start, cwd, gitRoot: gitRoot === undefined ? undefined : withSlashes(gitRoot) },
    };
  });
  return contextTools.flatMap((tool) =>
    places.flatMap(({ there, names, start }) => {
      const isInUse = names.some((name) => isCalled(tool.name, name));
      const own = isInUse ? there.filter((file) => isReader(tool, file)) : [];
      const context = own.length === 0 ? undefined : contextOf(tool.id, start);
      if (context === undefined) return [];
      return own.flatMap(({ path }) => noticesOf(tool, context, withSlashes(path), start.files));
    }),
  );
}

/** The folder that a file is for: the one that it is in, or that holds the tool's own folder, such as `.claude`. */
function folderOf(project: string, path: string): string {
  if (!isInside(project, path)) return project;
  const names = path.slice(project.length + 1).split("/");
  const hidden = names.findIndex((name) => name.startsWith("."));
  return [project, ...names.slice(0, hidden === -1 ? -1 : hidden)].join("/");
}

function isReader({ name }: ContextTool, { readers }: NewFile): boolean {
  return readers.some((reader) => isCalled(name, reader));
}

/** The tools that read what some targets make, and those that own them. */
export function readersOf(ids: readonly string[]): Pick<NewFile, "readers" | "owners"> {
  const chosen = targets.filter(({ id }) => ids.includes(id));
  return { readers: chosen.flatMap(({ readers }) => readers), owners: chosen.map(({ tool }) => tool) };
}

function noticesOf({ name }: ContextTool, { parts, leftOut }: ToolContext, path: string, files: ContextFiles): Issue[] {
  const warn = (problem: string) => issue("not-loaded", shorten(path), problem);
  const out = leftOut.find((each) => each.path === path && !LOADED.includes(each.code));
  if (out !== undefined) {
    // Nothing is lost where the other file says the same: it is a link to this one, or a copy.
    if (out.by !== undefined && sayTheSame(files, path, out.by)) return [];
    if (out.by !== undefined) return [warn(`${name} ignores it here, because of ${shorten(out.by)}`)];
    const reason = out.reason.replace(/\.$/, "");
    return [warn(reason.startsWith(`${name} `) ? reason : `${name} ignores it here: ${reason}`)];
  }
  const cut = parts.find(({ sources, cut: each }) => each !== undefined && sources.includes(path))?.cut;
  if (cut !== undefined) return [warn(`${name} reads only ${cut.kept} of its ${cut.of} ${cut.unit} here`)];
  const item = parts.flatMap(({ items = [] }) => items).find(({ source }) => source === path);
  if (item?.shown === "name")
    return [warn(`${name} lists it by its name only, because its list of descriptions is full`)];
  return [];
}

function sayTheSame(files: ContextFiles, path: string, other: string): boolean {
  const [text, its] = [files.file(path)?.bytes, files.file(other)?.bytes];
  return text !== undefined && its !== undefined && Buffer.compare(text, its) === 0;
}

/** The files of a folder, with those that are not written yet. */
function withNew(files: ContextFiles, added: readonly NewFile[]): ContextFiles {
  const texts = new Map(added.flatMap(({ path, text }) => (text === undefined ? [] : [[withSlashes(path), text]])));
  if (texts.size === 0) return files;
  const names = new Map<string, Map<string, boolean>>();
  for (const path of texts.keys()) {
    for (let at = path, isFolder = false; at.includes("/"); isFolder = true) {
      const end = at.lastIndexOf("/");
      const folder = at.slice(0, end);
      names.set(folder, (names.get(folder) ?? new Map()).set(at.slice(end + 1), isFolder));
      at = folder;
    }
  }
  return {
    file: (path) => {
      const text = texts.get(path);
      return text === undefined ? files.file(path) : { realPath: path, bytes: Buffer.from(text) };
    },
    folder: (path) => {
      const there = files.folder(path);
      const more = names.get(path);
      if (more === undefined) return there;
      const { realPath, entries } = there ?? { realPath: path, entries: [] };
      const known = new Set(entries.map(({ name }) => name));
      const all = [...entries, ...[...more].flatMap(([name, isFolder]) => (known.has(name) ? [] : { name, isFolder }))];
      return { realPath, entries: all.sort((a, b) => (a.name < b.name ? -1 : 1)) };
    },
  };
}
