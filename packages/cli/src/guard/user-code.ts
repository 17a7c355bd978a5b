import { formatIssue, type Issue } from "@personakit/core";
import { CommandError, debugLines, failure, issue, messageOf, stackOf } from "../issues/command-error.ts";
import { callers, ownFrame, userFrame } from "../issues/stack.ts";
import { type Format, goesToStderr, linesOf, writeReportAtOnce } from "../output/formats.ts";
import { flushed, hasLostMessages, keepStdout, shorten, writeAtOnce, writeWarning } from "../output/terminal.ts";
import { leaveWith, refuseEnds } from "./process-ends.ts";
import { watchMainThread } from "./watchdog.ts";

// A user's modules run in our process: personas are functions. What they do to the process is done to the command.

/** How a command is guarded: how long a module may take, and how what it does wrong is said. */
export interface GuardOptions {
  readonly seconds: number;
  readonly format: Format;
}

let options: GuardOptions = { seconds: 30, format: "text" };
let hasUserCode = false;
let hasEnded = false;
/** What a module did that it may not do, and may have caught itself. */
let refused: CommandError | undefined;
/** Modules that are being loaded, and what gives up one. */
const loading = new Map<symbol, { readonly name: string; readonly giveUp: (error: CommandError) => void }>();
const printed = new Set<string>();

/** Says how what follows is guarded. Costs nothing until a module is loaded. */
export function guardUserCode(given: GuardOptions): void {
  options = given;
  for (const event of ["uncaughtException", "unhandledRejection"] as const) process.on(event, onStray);
}

/** How long anything that is not ours may take, in seconds. */
export function timeLimit(): number {
  return options.seconds;
}

/** Loads one of the user's modules, and gives up when it takes too long, or waits for something that never happens. */
export async function loadUserCode<Result>(name: string, load: () => Promise<Result>): Promise<Result> {
  if (!hasUserCode) begin();
  const { seconds } = options;
  const key = Symbol(name);
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new Promise<never>((_, giveUp) => {
    loading.set(key, { name, giveUp });
    const late = () => giveUp(failure("time-limit", name, `is still loading after ${seconds} seconds`, MORE_TIME));
    timer = setTimeout(late, seconds * 1000).unref();
  });
  try {
    const result = await Promise.race([load(), givenUp]);
    // A promise that nobody waits for fails only now.
    await new Promise((done) => setImmediate(done));
    throwRefused();
    return result;
  } finally {
    clearTimeout(timer);
    loading.delete(key);
  }
}

/** What a module of one project did is not the affair of the next one. */
export function forgetRefused(): void {
  refused = undefined;
}

/** Throws what a module did that it may not do, where it has caught that itself. */
export function throwRefused(): void {
  if (refused !== undefined) throw refused;
}

/**
 * Ends a process in which a module has run, with our exit code and not with the module's, once all is written. Open timers
 * and servers would keep it alive. Returns the code where there was no module.
 */
export async function leave<Code extends number>(code: Code): Promise<Code | 2> {
  if (!hasUserCode) return codeAfter(code);
  for (const name of printed) writeWarning(formatIssue(printedBy(name)));
  hasEnded = true;
  await flushed();
  return leaveWith(codeAfter(code));
}

/** The exit code that a command ends with, once all is written. */
export async function written<Code extends number>(code: Code): Promise<Code | 2> {
  await flushed();
  return codeAfter(code);
}

function codeAfter<Code extends number>(code: Code): Code | 2 {
  return hasLostMessages() ? 2 : code;
}

function begin(): void {
  hasUserCode = true;
  refuseEnds((called) => {
    refused = failure("ended-process", placeNow(), `called ${called}`, "Throw an error instead.");
    return refused;
  });
  keepStdout(() => printed.add(placeNow() ?? "a module"));
  process.on("beforeExit", () => {
    for (const { name, giveUp } of loading.values()) {
      giveUp(failure("time-limit", name, "never finishes loading: it waits for something that will never happen"));
    }
  });
  const report = (issues: readonly Issue[]) => ({ kind: "errors", issues }) as const;
  const last = report([overtime(undefined)]);
  watchMainThread(options.seconds, (place) => writeReportAtOnce(options.format, report([overtime(place)])), {
    file: goesToStderr(options.format, last) ? 2 : 1,
    text: `${linesOf(options.format, last).join("\n")}\n`,
  });
}

const MORE_TIME = "If it needs longer, set --timeout.";

function overtime(at: string | undefined): Issue {
  const place = at === undefined ? namesNow() : placeOf(at);
  return issue("time-limit", place, `did not finish within ${options.seconds} seconds`, MORE_TIME);
}

function printedBy(place: string): Issue {
  const problem = "printed to standard output, which belongs to the command; it went to standard error instead";
  return issue("printed", place, problem);
}

/** An error that was thrown where no step of a command could catch it: in a timer, or in a promise that nobody waits for. */
function onStray(error: unknown): void {
  if (hasEnded) return;
  hasEnded = true;
  const { issues, exitCode } = CommandError.known(error) ?? strayError(error);
  writeReportAtOnce(options.format, { kind: "errors", issues });
  writeAtOnce(2, debugLines(error));
  leaveWith(exitCode);
}

function strayError(error: unknown): CommandError {
  const stack = stackOf(error);
  const at = userFrame(stack);
  if (!hasUserCode || (at === undefined && ownFrame(stack) !== undefined)) return CommandError.internal(error);
  const place = at === undefined ? (namesNow() ?? "a module") : placeOf(at);
  return failure("cannot-load", place, "threw an uncaught error", { cause: messageOf(error) });
}

/** Where the user's code is now: its line, or the modules that are being loaded. */
function placeNow(): string | undefined {
  const at = userFrame(callers());
  return at === undefined ? namesNow() : placeOf(at);
}

function namesNow(): string | undefined {
  return loading.size === 0 ? undefined : [...loading.values()].map(({ name }) => name).join(", ");
}

function placeOf(at: string): string {
  const [, file = at, line = ""] = /^(.*?)(:\d+):\d+$/.exec(at) ?? [];
  return `${shorten(file)}${line}`;
}
