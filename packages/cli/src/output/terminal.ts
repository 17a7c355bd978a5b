import { relative, sep } from "node:path";

/** Writes one line to stdout. */
export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes to stderr what the user should know and nothing fails on. */
export function writeWarning(text: string): void {
  process.stderr.write(`warning: ${text}\n`);
}

/** Writes the one JSON document of a command. */
export function writeJson(value: unknown): void {
  writeLine(JSON.stringify(value, null, 2));
}

/** Rows as aligned columns, two spaces apart; the columns in `right` are aligned to the right. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, index) =>
        right.includes(index) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}

/** A number and its noun: "1 file", "2 files". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** A path as a reader of this terminal would type it, with forward slashes on every platform. */
export function shorten(path: string): string {
  return relative(process.cwd(), path).split(sep).join("/") || ".";
}
