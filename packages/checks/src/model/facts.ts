import type { ContextFiles, ContextTool, LeftOutCode, ToolContext } from "@personakit/targets/context";
import type { InstructionFile } from "./file.ts";

/** A repository as checks are given it. */
export interface Repository {
  /** Its folder: an absolute path with forward slashes. */
  readonly root: string;
  /** Every file in it, relative to the root, with forward slashes. */
  readonly paths: readonly string[];
  /** What is in them. */
  readonly files: ContextFiles;
  /** Whether the root is one of git's. Absent: it is. */
  readonly isGit?: boolean;
}

/** What a tool does with the instructions of a folder. */
export interface FolderContext extends ToolContext {
  /** The tool. */
  readonly tool: ContextTool;
  /** The folder that the tool is started in, relative to the root; empty for the root. */
  readonly folder: string;
}

/** A tool that does not send a file, and why. */
export interface FileLeftOut {
  /** The tool. */
  readonly tool: ContextTool;
  /** The folder that the tool is started in. */
  readonly folder: string;
  /** Why, as a word. */
  readonly code: LeftOutCode;
  /** Why, in one sentence. */
  readonly reason: string;
  /** The file because of which it is left out, relative to the root. */
  readonly by?: string;
}

/** What was looked up in a repository, once for all checks. What takes time is looked up when it is asked for. */
export interface Facts {
  /** What was given. */
  readonly repository: Repository;
  /** The instruction files, by path. */
  readonly files: readonly InstructionFile[];
  /** The paths of all other files. */
  readonly others: readonly string[];
  /** The tools that the repository shows signs of; all that are known where it shows none. */
  readonly tools: readonly ContextTool[];
  /** The folders that have instructions of their own, the root first. */
  readonly folders: readonly string[];
  /** The instruction file at a path. */
  file(path: string): InstructionFile | undefined;
  /** Whether there is a file or a folder at a path, relative to the root. */
  has(path: string): boolean;
  /** The text of any file; undefined where there is none. */
  textOf(path: string): string | undefined;
  /** The scripts of the package.json in a folder or the nearest above it; undefined where there is no package.json. */
  scriptsIn(folder: string): { readonly [name: string]: string } | undefined;
  /** Whether a file of the repository matches a glob, which is relative to a folder. */
  matches(glob: string, folder: string): boolean;
  /** What a tool puts before its model in a folder. */
  contextIn(tool: ContextTool, folder: string): FolderContext;
  /** The same for every tool in use and every folder with instructions of its own. */
  contexts(): readonly FolderContext[];
  /** Who leaves a file out, and why. */
  leftOut(path: string): readonly FileLeftOut[];
}
