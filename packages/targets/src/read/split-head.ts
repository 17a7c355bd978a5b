/** Where the parts of a file stand: a head between two rows of dashes, and the body. Offsets in its text. */
export interface HeadRows {
  /** Where the fields begin and end, both rows left out. */
  readonly start: number;
  readonly end: number;
  /** Where the body begins. */
  readonly body: number;
  /** Set where the closing row has more than three dashes. */
  readonly isLong: boolean;
}

/** A file without a head, and why a reader could think that it has one. */
export interface NoHead {
  readonly reason: "none" | "open" | "language" | "plus" | "late";
}

/** A byte order mark; editors write one, and tools do not expect it. */
export const BOM = "\u{FEFF}";

/** A text without its byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith(BOM) ? text.slice(BOM.length) : text;
}

const OPENING = /^---[ \t]*(?:\r\n|\n|\r)/;
const LINE = /([^\r\n]*)(\r\n|\n|\r|$)/y;

/**
 * Finds a file's head: `---` on its first line, and the next `---` or a longer row of dashes. `isHead` says whether what stands
 * above a longer row can be one, where `---` follows later.
 */
export function splitHead(text: string, isHead: (start: number, end: number) => boolean): HeadRows | NoHead {
  const first = text.startsWith(BOM) ? BOM.length : 0;
  const opening = OPENING.exec(text.slice(first, first + 200))?.[0];
  if (opening === undefined) return { reason: reasonOf(text.slice(first, first + 2000)) };
  const start = first + opening.length;
  let long: HeadRows | undefined;
  LINE.lastIndex = start;
  for (let at = start; at < text.length; at = LINE.lastIndex) {
    const [whole, line = ""] = LINE.exec(text) ?? [""];
    const isLong = /^-{4,}[ \t]*$/.test(line);
    const rows = { start, end: at, body: at + whole.length, isLong };
    if (/^---[ \t]*$/.test(line)) return long !== undefined && isHead(long.start, long.end) ? long : rows;
    if (isLong) long ??= rows;
  }
  return long ?? { reason: "open" };
}

function reasonOf(opening: string): NoHead["reason"] {
  if (/^---[ \t]*[A-Za-z][\w-]*[ \t]*[\r\n]/.test(opening)) return "language";
  if (/^\+\+\+[ \t]*[\r\n]/.test(opening)) return "plus";
  return /^\s+---[ \t]*[\r\n][ \t]*[\w-]+:/.test(opening) ? "late" : "none";
}
