/** The folder of a path; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** A path that a tool's context names, relative to the root; as it is where it lies outside. */
export function relativeTo(root: string, path: string): string {
  const start = root === "/" ? root : `${root}/`;
  return path.startsWith(start) ? path.slice(start.length) : path;
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A path as it is written in a file of a folder, relative to the root; undefined where it leads out of the repository. */
export function resolvePath(folder: string, written: string): string | undefined {
  const parts = written.startsWith("/") || folder === "" ? [] : folder.split("/");
  for (const part of written.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** Whether a path is one in a template, or one of an example. */
export function isPlaceholder(path: string): boolean {
  return (
    /[<>{}$*|?"'`…\s,;!=[\]]|\.\.\.|%[sd]|:\w/.test(path) ||
    /(?:^|[/._-])(?:path|to|your|my|some|foo|bar|baz|example|examples?|sample|xxx+|yyy+|name|new|dummy|placeholder|todo|nnn+|dir|folder|file|filename|module|feature|component|mycomponent)(?=$|[/._-])/i.test(
      path,
    )
  );
}
