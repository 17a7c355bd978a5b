import { type Assembly, fileAt, leave, type Piece } from "./assembly.ts";
import type { Entry, FileEntry, Step, Wrap } from "./description.ts";
import type { ContextFile } from "./files.ts";
import type { PartKind } from "./parts.ts";
import { below, foldersOf, relativeTo } from "./paths.ts";
import { decode, escapeAs, fill, firstBytes, normalise } from "./text.ts";

/** A file that a tool found. */
export interface Found {
  readonly path: string;
  readonly entry: FileEntry;
  readonly file: ContextFile;
}

/** The pieces of all steps. */
export function memoryOf(assembly: Assembly): Piece[] {
  return assembly.tool.memory.flatMap((step, index) => stepOf(assembly, step, index));
}

function stepOf(assembly: Assembly, step: Step, index: number): Piece[] {
  const folders = foldersOf(step.at, assembly.chain, assembly.start);
  const kind = step.choose === "each folder" ? undefined : kindOf(assembly, step, folders);
  assembly.kinds.set(index, kind ?? 0);
  let left = step.limit;
  const pieces: Piece[] = [];
  for (const folder of folders) {
    const entries = step.sets[kind ?? kindOf(assembly, step, [folder])] ?? [];
    for (const entry of entries) {
      if ("rules" in entry) continue;
      const found = findIn(assembly, folder, entry);
      if (found === undefined) continue;
      const whole = found.file.bytes.length;
      const most = left;
      if (left !== undefined) left = Math.max(0, left - whole);
      const piece = pieceOf(assembly, found, "memory", step, most);
      if (piece !== undefined)
        pieces.push({ ...piece, ...(pieces.length === 0 && step.after !== undefined ? { after: step.after } : {}) });
    }
  }
  return pieces;
}

/** Which kind of files counts: the first one of which there is a file. */
function kindOf(assembly: Assembly, { sets, counts }: Step, folders: readonly string[]): number {
  const isThere = (entries: readonly Entry[]) =>
    folders.some((folder) =>
      entries.some((entry) => {
        if ("rules" in entry) return false;
        const found = findIn(assembly, folder, entry);
        return found !== undefined && (counts !== "files with text" || decode(found.file.bytes).trim() !== "");
      }),
    );
  const kind = sets.length === 1 ? 0 : sets.findIndex(isThere);
  return kind === -1 ? sets.length - 1 : kind;
}

function findIn(assembly: Assembly, folder: string, entry: FileEntry): Found | undefined {
  const path = below(folder, entry.path);
  const file = fileAt(assembly, path);
  return file === undefined ? undefined : { path, entry, file };
}

function pieceOf(assembly: Assembly, found: Found, kind: PartKind, step: Step, most?: number): Piece | undefined {
  const { path, file, entry } = found;
  const { tool } = assembly;
  const text = normalise({ ...tool.text, ...step.text }, file.bytes);
  if (text.trim() === "" && tool.text.blank === "skipped") {
    leave(assembly, path, "blank", "There is nothing in it.");
    return undefined;
  }
  if (most === 0) {
    leave(assembly, path, "over-limit", "The files above it take all the room that there is.");
    return undefined;
  }
  const isCut = most !== undefined && most < file.bytes.length;
  const wrap = tool.wraps[step.wrap ?? "memory"] ?? {};
  const sent = wrapped(assembly, wrap, path, isCut ? firstBytes(file.bytes, most) : text, entry.label);
  return {
    kind,
    topic: "memory",
    spot: step.spot,
    sources: [path],
    text: sent,
    order: "defined",
    ...(isCut ? { cut: { kept: most, of: file.bytes.length, unit: "bytes" as const } } : {}),
  };
}

/** A file's text with what the tool writes around it. */
export function wrapped({ start }: Assembly, wrap: Wrap, path: string, text: string, label = ""): string {
  const from =
    wrap.path === "from cwd" ? start.cwd : wrap.path === "from git root" ? (start.gitRoot ?? start.cwd) : undefined;
  const shown = from === undefined ? path : relativeTo(from, path);
  const around = (each = "") => fill(each, { path: shown, label });
  return around(wrap.before) + escapeAs(wrap.escape, text) + around(wrap.after);
}
