import { writeSync } from "node:fs";
import { relative, sep } from "node:path";

// A user's module shares the process: what it writes to standard output must not come between what we write.
const { stdout } = process;
const ownWrite = stdout.write.bind(stdout);

/** Writes one line to stdout. */
export function writeLine(line: string): void {
  ownWrite(`${line}\n`);
}

/** Sends to stderr what others write to stdout, and tells `told` of it. */
export function keepStdout(told: () => void): void {
  stdout.write = ((...args: Parameters<typeof ownWrite>) => {
    told();
    return process.stderr.write(...args);
  }) as typeof ownWrite;
}

/** Gives stdout back to everybody, while a question is asked. */
export async function withStdout<Result>(step: () => Promise<Result>): Promise<Result> {
  const { write } = stdout;
  stdout.write = ownWrite;
  try {
    return await step();
  } finally {
    stdout.write = write;
  }
}

/** Waits until all that was written has left the process. */
export async function flushed(): Promise<void> {
  await new Promise<void>((done) => ownWrite("", () => done()));
  await new Promise<void>((done) => process.stderr.write("", () => done()));
}

/** How often a full pipe is tried again, ten milliseconds apart: a reader that has gone away must not hold us. */
const TRIES = 200;

/** Writes lines at once, for a process that will not come back to its event loop. */
export function writeAtOnce(file: 1 | 2, lines: readonly string[]): void {
  let rest = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  for (let tries = 0; rest.length > 0 && tries < TRIES; tries++) {
    try {
      rest = rest.subarray(writeSync(file, rest));
    } catch (error) {
      if ((error as { code?: string }).code !== "EAGAIN") return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
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
