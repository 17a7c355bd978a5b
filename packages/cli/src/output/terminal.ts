import { writeSync } from "node:fs";
import { relative, sep } from "node:path";
import { showHidden } from "@personakit/targets";
import { hasColors, isDevice, paintLabel, paintWordings, type Stream } from "./color.ts";

type Write = typeof process.stdout.write;

/** Called with standard output, should it have to be opened as a stream. */
export type Listen = (stream: typeof process.stdout) => void;

let listen: Listen | undefined;
let opened: typeof process.stdout | undefined;

/** For a process of our own: what can be written without a stream is. To open one takes 3 ms, and most commands write a line. */
export function writeWithoutStream(given: Listen): void {
  listen = given;
}

function stdoutStream(): typeof process.stdout {
  if (opened === undefined) {
    opened = process.stdout;
    listen?.(opened);
  }
  return opened;
}

// A user's module shares the process: what it prints must not end up in our output.
let realWrite: Write | undefined;
let ownWrite = (text: string, done?: () => void): void => {
  const rest = writtenAlready(text);
  if (rest.length > 0 || opened !== undefined) stdoutStream().write(rest, done);
  else done?.();
};

/** Writes to a pipe or a file, and returns what is left for a stream. */
function writtenAlready(text: string): string | Buffer {
  if (listen === undefined || opened !== undefined || isDevice(1)) return text;
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch {
    // A stream waits where a pipe is full, and says all else that is wrong.
  }
  return rest;
}

/** Redirects what others write to stdout to stderr, and calls `told`. */
export function keepStdout(told: () => void): void {
  const stdout = stdoutStream();
  const write = stdout.write.bind(stdout);
  realWrite = write;
  ownWrite = (text, done) => write(text, done);
  stdout.write = ((...args: Parameters<Write>) => {
    clearStatus();
    told();
    return stderrStream().write(...args);
  }) as Write;
}

/** Restores stdout while a question is asked. */
export async function withStdout<Result>(step: () => Promise<Result>): Promise<Result> {
  clearStatus();
  const stdout = stdoutStream();
  const { write } = stdout;
  stdout.write = realWrite ?? write;
  try {
    return await step();
  } finally {
    stdout.write = write;
  }
}

/** Waits until all output has left the process. */
export async function flushed(): Promise<void> {
  await new Promise<void>((done) => ownWrite("", () => done()));
  // Only asking for the stream takes time.
  if (hasLost !== undefined) await new Promise<void>((done) => stderrStream().write("", () => done()));
}

let hasLost: boolean | undefined;

/** Standard error, from the first message on: opening it takes time, and most commands have none. */
function stderrStream(): typeof process.stderr {
  if (hasLost !== undefined) return process.stderr;
  hasLost = false;
  return process.stderr.on("error", ({ code }: Error & { code?: string }) => {
    // The command goes on; who has closed a pipe wants to read no more.
    if (code === "EPIPE") return;
    hasLost = true;
    process.exitCode = 2;
  });
}

/** Whether messages could not be written, although someone may want to read them: the disk is full. */
export function hasLostMessages(): boolean {
  return hasLost === true;
}

/** How often to retry a full pipe, ten milliseconds apart, so that a reader that is gone cannot block us. */
const TRIES = 200;

/** Writes lines synchronously, for a process that will not return to its event loop. */
export function writeAtOnce(file: 1 | 2, lines: readonly string[]): void {
  clearStatus();
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

/**
 * What a build server reads as a command, at the start of a line or in it: `::error::` (GitHub, after any white space),
 * `##[error]` (GitHub's older form), `##vso[...]` (Azure), `##teamcity[...]`.
 */
const COMMAND = /^\s*:(?=:)|##(?=\w*\[)/g;

/**
 * Turns any text into one line that a terminal shows but does not obey: line ends, controls and invisible characters
 * become escapes, and a backslash breaks what a build server would read as a command. Doing it twice changes
 * nothing.
 */
export function oneSafeLine(text: string): string {
  const line = text.replace(/\r?\n|\r/g, (end) => (end === "\n" ? "\\n" : end === "\r" ? "\\r" : "\\r\\n"));
  return showHidden(line).replace(COMMAND, "$&\\");
}

/** Writes one line, whatever the text holds. */
export function writeLine(text: string, stream: Stream = "stdout"): void {
  writeRaw(oneSafeLine(text), stream);
}

/** Writes the lines of a text that we made ourselves. */
export function writeLines(text: string, stream: Stream = "stdout"): void {
  for (const line of text.split("\n")) writeLine(line, stream);
}

/** Writes lines about changes to stdout, with both wordings compared word by word where there are colours. */
export function writeWordings(lines: readonly string[]): void {
  const safe = lines.map(oneSafeLine);
  for (const line of hasColors("stdout") ? paintWordings(safe) : safe) writeRaw(line, "stdout");
}

/** Writes what the user should know and nothing fails on. */
export function writeWarning(text: string, stream: Stream = "stderr"): void {
  const line = oneSafeLine(`warning: ${text}`);
  writeRaw(hasColors(stream) ? paintLabel(line) : line, stream);
}

let hasStatus = false;

/** Shows one line in a terminal, until the next one is written. */
export function showStatus(text: string): void {
  const { isTTY, columns } = process.stderr;
  if (!isTTY) return;
  // Some terminals do not know their width, and say 0.
  const width = columns || 80;
  // A line that wraps could not be taken back.
  stderrStream().write(`\r\u001B[K${oneSafeLine(text).slice(0, width - 1)}`);
  hasStatus = true;
}

/** Takes back what {@link showStatus} has shown. */
export function clearStatus(): void {
  if (!hasStatus) return;
  hasStatus = false;
  stderrStream().write("\r\u001B[K");
}

/** Writes the one JSON document of a command. */
export function writeJson(value: unknown): void {
  writeRaw(JSON.stringify(value, null, 2), "stdout");
}

/**
 * The only place that writes to the process's streams, unchanged: for JSON, and for annotations whose data is
 * already escaped. Use {@link writeLine} for everything else.
 */
export function writeRaw(line: string, stream: Stream): void {
  clearStatus();
  if (stream === "stdout") ownWrite(`${line}\n`);
  else stderrStream().write(`${line}\n`);
}

/** Rows as aligned columns, two spaces apart; the columns in `right` are aligned to the right. */
export function columns(cells: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const rows = cells.map((row) => row.map(oneSafeLine));
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
export function count(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : nouns}`;
}

/** A path as you would type it in this terminal, with forward slashes on every platform. */
export function shorten(path: string): string {
  return relative(process.cwd(), path).split(sep).join("/") || ".";
}
