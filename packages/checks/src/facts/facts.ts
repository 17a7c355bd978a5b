import { isRecord } from "@personakit/core/internal";
import { targets } from "@personakit/targets";
import { type ContextTool, contextOf, contextTools } from "@personakit/targets/context";
import { type RecognisedFile, recognise } from "@personakit/targets/read";
import type { Facts, FileLeftOut, FolderContext, Repository } from "../model/facts.ts";
import type { InstructionFile } from "../model/file.ts";
import { decode, fileOf, keepLast, once } from "./file.ts";
import { globMatcher } from "./globs.ts";
import { relativeTo } from "./paths.ts";

/** In so many folders tools are started, to see what they send there: a monorepo has as many that matter. */
const MOST_FOLDERS = 24;

/** Of so many files what is in them is kept; of another one, it is looked up again. */
const MOST_KEPT = 8;

/** Looks up what checks want to know of a repository. */
export function factsOf(repository: Repository): Facts {
  const { root, paths, files, isGit = true } = repository;
  const all = new Set(paths);
  const folders = once(() => foldersOf(paths));
  const has = (path: string) => all.has(path) || folders().has(path);
  const tools = toolsIn(has);
  const sorted = once(() => [...paths].sort());
  const recognised = once(() => recognisedIn(sorted()));
  const found = once(() => instructionFiles(repository, recognised(), tools));
  const byPath = once(() => new Map(found().map((file) => [file.path, file])));
  const others = once(() => sorted().filter((path) => !recognised().has(path)));
  const starts = once(() => foldersWithInstructions(found()));
  const contexts = new Map<string, FolderContext>();
  const contextIn = (tool: ContextTool, folder: string): FolderContext => {
    const key = `${tool.id}\n${folder}`;
    const known = contexts.get(key);
    if (known !== undefined) return known;
    const cwd = absolute(root, folder);
    const start = { files, cwd, upTo: root, ...(isGit ? { gitRoot: root } : {}) };
    const context = contextOf(tool.id, start) ?? { parts: [], leftOut: [], notes: [] };
    const made = { ...context, tool, folder };
    contexts.set(key, made);
    return made;
  };
  const allContexts = once(() => starts().flatMap((folder) => tools.map((tool) => contextIn(tool, folder))));
  const leftOut = once(() => leftOutIn(root, allContexts()));
  const textOf = (path: string) => {
    const file = all.has(path) ? files.file(absolute(root, path)) : undefined;
    return file === undefined ? undefined : decode(file.bytes);
  };
  return {
    repository,
    tools,
    has,
    textOf,
    get files() {
      return found();
    },
    get others() {
      return others();
    },
    get folders() {
      return starts();
    },
    matches: globMatcher(sorted),
    file: (path) => byPath().get(path),
    scriptsIn: (folder) => scriptsIn(folder, textOf),
    contextIn,
    contexts: allContexts,
    leftOut: (path) => leftOut().get(path) ?? [],
  };
}

/** A path as the engine wants it. */
function absolute(root: string, path: string): string {
  return path === "" ? root : root === "/" ? `/${path}` : `${root}/${path}`;
}

function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>([""]);
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

/** The tools that a repository shows signs of; all where it shows none of any. */
function toolsIn(has: (path: string) => boolean): readonly ContextTool[] {
  const names = targets.flatMap(({ tool, signs = [] }) => (signs.some(has) ? [tool] : []));
  const found = contextTools.filter(({ name }) => names.some((each) => isCalled(name, each)));
  return found.length > 0 ? found : contextTools;
}

/** Whether a tool goes by a name: "GitHub Copilot CLI" by "GitHub Copilot". */
function isCalled(tool: string, name: string): boolean {
  return tool === name || tool.startsWith(`${name} `);
}

/** What instruction files end in: only such names are compared with all places. */
const ENDING = /\.(?:md|mdc|toml)$/;

/** The files that a tool may read, by path. */
function recognisedIn(paths: readonly string[]): ReadonlyMap<string, RecognisedFile> {
  const found = new Map<string, RecognisedFile>();
  for (const path of paths) {
    const recognised = ENDING.test(path) ? recognise(path) : undefined;
    // What explains a folder to people lies among the files of a tool, and is none.
    if (recognised !== undefined && !/^readme$/i.test(recognised.name)) found.set(path, recognised);
  }
  return found;
}

function instructionFiles(
  { root, files }: Repository,
  all: ReadonlyMap<string, RecognisedFile>,
  tools: readonly ContextTool[],
): InstructionFile[] {
  const keep = keepLast(MOST_KEPT);
  return [...all].flatMap(([path, recognised]) => {
    const { bytes, realPath = "" } = files.file(absolute(root, path)) ?? {};
    if (bytes === undefined || bytes.includes(0)) return [];
    const real = realPath.slice(absolute(root, "").length).replace(/^\//, "");
    const file = fileOf(path, { realPath: real, bytes }, recognised, readersOf(recognised, tools), keep);
    // By its name alone, any Markdown in a folder "agents" would be one.
    const isOne = recognised.isLoaded || file.head.fields.some(({ key }) => key === "description");
    return isOne ? [file] : [];
  });
}

function readersOf({ readable: { id, tool } }: RecognisedFile, tools: readonly ContextTool[]): readonly string[] {
  const { readers = [tool] } = targets.find((target) => target.id === id) ?? {};
  const used = readers.filter((reader) => tools.some(({ name }) => isCalled(name, reader)));
  return used.length > 0 ? used : [tool];
}

/** The folders that have a file for all that is in them, the root first. */
function foldersWithInstructions(files: readonly InstructionFile[]): readonly string[] {
  // Nobody starts a tool in a tool's own folder, in a skill, or in what is made for another repository.
  const skills = new Set(files.filter(({ path }) => path.endsWith("/SKILL.md")).map(({ path }) => path.slice(0, -9)));
  const folders = files.filter(({ isLoaded }) => isLoaded).map(({ folder }) => folder);
  const places = folders.filter(
    (folder) => !/(?:^|\/)(?:\.|(?:templates?|examples?|fixtures?)(?:\/|$))/.test(folder) && !skills.has(folder),
  );
  return [...new Set(["", ...places])].sort().slice(0, MOST_FOLDERS);
}

function leftOutIn(root: string, contexts: readonly FolderContext[]): ReadonlyMap<string, readonly FileLeftOut[]> {
  const found = new Map<string, FileLeftOut[]>();
  const relative = (path: string) => relativeTo(root, path);
  for (const { tool, folder, leftOut } of contexts) {
    for (const { path, code, reason, by } of leftOut) {
      const each = { tool, folder, code, reason, ...(by === undefined ? {} : { by: relative(by) }) };
      const known = found.get(relative(path));
      if (known === undefined) found.set(relative(path), [each]);
      else known.push(each);
    }
  }
  return found;
}

function scriptsIn(folder: string, textOf: (path: string) => string | undefined) {
  for (let at = folder; ; at = at.includes("/") ? at.slice(0, at.lastIndexOf("/")) : "") {
    const text = textOf(at === "" ? "package.json" : `${at}/package.json`);
    const { scripts = {} } = (text === undefined ? undefined : jsonOf(text)) ?? {};
    if (text !== undefined && isRecord(scripts)) return scripts as { readonly [name: string]: string };
    if (at === "") return undefined;
  }
}

function jsonOf(text: string): { readonly scripts?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
