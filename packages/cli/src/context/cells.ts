import type { Assembly } from "./assembly.ts";

/** What a tool does with a file, in a word; the first that holds. */
export const CELLS = {
  yes: "sent at the start",
  cut: "its beginning is sent at the start",
  part: "named in a list, shortened or by name only",
  list: "named in a list, such as those of skills and agents",
  read: "sent when the file is read that you asked about",
  call: "sent when it is called",
  later: "sent when it is needed: when a file that it is for is read, or the model asks for it",
  no: "left out",
} as const;

/** One of those words. */
export type Cell = keyof typeof CELLS;

/** The words, the first that holds first. */
export const ORDER = Object.keys(CELLS) as Cell[];

/**
 * What a tool does with each file, by path. Skills and agents are one entry for their folder, with a slash at its end, unless `isEach` is set.
 */
export function cellsOf({ parts, agent = [], leftOut }: Assembly, isEach = false): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  const set = (path: string, cell: Cell) => {
    const before = cells.get(path);
    if (before === undefined || ORDER.indexOf(cell) < ORDER.indexOf(before)) cells.set(path, cell);
  };
  const listed = new Set<string>();
  for (const { kind, sources, imports = [], items, when, cut } of [...parts, ...agent]) {
    const whole = cut === undefined ? "yes" : "cut";
    const cell = when === "start" ? whole : when === "read" ? "read" : "call";
    const files = items === undefined ? [...sources, ...imports.map(({ source }) => source)] : [];
    for (const path of files) set(path, cell);
    const isFolder = !isEach && (kind === "skills" || kind === "agents");
    for (const { source, shown } of items ?? []) {
      if (isFolder) listed.add(folderOf(source));
      set(isFolder ? folderOf(source) : source, shown === "whole" ? "list" : "part");
    }
  }
  for (const { path, code } of leftOut) {
    const folder = folderOf(path);
    const isLater = code === "other-files" || code === "on-demand";
    if (code !== "not-read")
      set(!isEach && (listed.has(folder) || isSkill(path)) ? folder : path, isLater ? "later" : "no");
  }
  return cells;
}

function isSkill(path: string): boolean {
  return /\/SKILL\.md$/i.test(path);
}

/** The folder of skills or agents that a file is in, with a slash at its end. */
function folderOf(path: string): string {
  const file = isSkill(path) ? path.slice(0, path.lastIndexOf("/")) : path;
  return file.slice(0, file.lastIndexOf("/") + 1);
}
