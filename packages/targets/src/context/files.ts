/** A file as the tool would find it. */
export interface ContextFile {
  /** The path after all links are followed. */
  readonly realPath: string;
  /** What is in it, as it stands. */
  readonly bytes: Uint8Array;
}

/** What is in a folder. */
export interface ContextFolder {
  /** The path after all links are followed. */
  readonly realPath: string;
  /** In the order in which the file system gives them. Links are followed: a link to a folder is one. */
  readonly entries: readonly { readonly name: string; readonly isFolder: boolean }[];
}

/**
 * The files that there are. Paths are absolute, with forward slashes. The engine asks only for what the tool itself would look for, so
 * that nobody has to know it beforehand: an import names any file.
 */
export interface ContextFiles {
  /** A file, links followed. Returns undefined where there is none, and where it cannot be read. */
  file(path: string): ContextFile | undefined;
  /** What is in a folder. Returns undefined where there is none. */
  folder(path: string): ContextFolder | undefined;
}

/** Where a tool starts, and with what. */
export interface ContextStart {
  /** The files that there are. */
  readonly files: ContextFiles;
  /** The folder that the tool is started in. */
  readonly cwd: string;
  /** The nearest folder at or above `cwd` with a `.git`. */
  readonly gitRoot?: string | undefined;
  /** The user's home folder. Without it, no file of the user is asked for. */
  readonly home?: string | undefined;
  /** The outermost folder that may be read. Without it, all folders above `cwd` are. */
  readonly upTo?: string | undefined;
  /** A file that the tool reads after the start. Adds what is sent then. */
  readonly reads?: string | undefined;
  /** An agent that is called, by name. The parts become those of the agent's own request. */
  readonly agent?: string | undefined;
  /** A skill that is called, by name. Adds what is sent then. */
  readonly skill?: string | undefined;
  /** Environment variables, some of which move a tool's folder out of the home folder. */
  readonly variables?: { readonly [name: string]: string | undefined } | undefined;
  /**
   * What the user has agreed to: imports from outside of `cwd`, and agents of the folder itself. Absent: the latter, and the former
   * where a file in the home folder says so.
   */
  readonly approvals?: readonly Approval[] | undefined;
}

/** What a tool asks its user for, once. */
export type Approval = "external-imports" | "trust";
