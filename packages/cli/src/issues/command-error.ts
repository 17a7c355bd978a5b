import type { Issue } from "@personakit/core";
import { issuesOf } from "@personakit/core/internal";
import type { Awaitable } from "./awaitable.ts";
import type { Code } from "./codes.ts";
import { ownFrame } from "./stack.ts";

/** 0 clean, 1 drift or findings, 2 bad input or usage. */
export type ExitCode = 0 | 1 | 2;

/** An issue in a file of the project. */
export interface Finding extends Issue {
  /** Absolute, or relative to the working directory. */
  readonly file: string;
  /** The first line that it is about, from 1. */
  readonly line: number;
  /** From 1. */
  readonly column?: number;
  /** A unified diff; empty where there is nothing to show. */
  readonly diff: string;
  /** Set where it is no error: a warning, or an offer, where nothing is wrong. */
  readonly level?: "warning" | "note";
  /** How a change by hand is kept, line by line. */
  readonly keep?: readonly string[];
}

/** What a command could not do, and its exit code. */
export class CommandError extends Error {
  readonly issues: readonly (Issue | Finding)[];
  readonly exitCode: ExitCode;
  /** What to do about all of them. */
  readonly advice: string | undefined;

  constructor(
    issues: readonly (Issue | Finding)[],
    { exitCode = 2, advice }: { exitCode?: ExitCode; advice?: string | undefined } = {},
  ) {
    super(issues.map(({ problem }) => problem).join("\n"));
    this.issues = issues.map(short);
    this.exitCode = exitCode;
    this.advice = advice;
  }

  /**
   * Turns an error of a command, a definition or the system into a CommandError. `place` goes before the places of the
   * latter two. Any other error is thrown again: if a function may throw anything, ask `known` first.
   */
  static from(error: unknown, place?: string): CommandError {
    const known = CommandError.known(error, place);
    if (known === undefined) throw error;
    return known;
  }

  /** The same, or undefined for any other error. Never throws, whatever a module has thrown. */
  static known(error: unknown, place?: string): CommandError | undefined {
    try {
      if (error instanceof CommandError) return error;
      const issues = plainIssues(issuesOf(error));
      if (issues !== undefined) return new CommandError(issues.map((issue) => within(place, issue)));
      if (error instanceof Error && "syscall" in error) return failure("system", place, messageOf(error));
    } catch {
      // An object may throw wherever it is touched.
    }
    return undefined;
  }

  /** An unexpected error as data: a bug in PersonaKit. */
  static internal(error: unknown): CommandError {
    const frame = ownFrame(stackOf(error));
    const cause = `${messageOf(error)}${frame === undefined ? "" : ` (${frame})`}`;
    const hint = `Please report it, with the output of --json: ${REPORT}. PERSONAKIT_DEBUG=1 prints the stack.`;
    return failure("internal", undefined, "PersonaKit itself failed", { cause, hint });
  }
}

const REPORT = "https://github.com/personakit/personakit/issues";

const TEXTS = ["place", "hint", "cause", "subject"] as const;

/** An issue short enough to read, whatever it quotes. */
function short<Each extends Issue>(issue: Each): Each {
  const texts = (["code", "problem", ...TEXTS] as const).map((key) => [key, issue[key]] as const);
  const long = texts.filter(([, text]) => text !== undefined && text.length > LONGEST);
  return long.length === 0
    ? issue
    : { ...issue, ...Object.fromEntries(long.map(([key, text = ""]) => [key, bounded(text)])) };
}

/** A copy of valid issues, or undefined if they only look like issues. */
export function plainIssues(issues: unknown): Issue[] | undefined {
  if (!Array.isArray(issues)) return undefined;
  const plain: Issue[] = [];
  for (const each of issues) {
    const { code, problem } = each;
    if (typeof code !== "string" || typeof problem !== "string") return undefined;
    const texts = TEXTS.flatMap((key) => (typeof each[key] === "string" ? [[key, each[key]]] : []));
    plain.push({ code, problem, ...Object.fromEntries(texts) });
  }
  return plain;
}

/** An issue of a source, with the source before its place: `p.mjs: persona "x", rules["y"]`. */
export function within(source: string | undefined, issue: Issue): Issue {
  if (source === undefined) return issue;
  return { ...issue, place: issue.place === undefined ? source : `${source}: ${issue.place}` };
}

type Details = Pick<Issue, "hint" | "cause" | "subject">;

/** An issue of the command's own. `place` is what the user wrote or would look for: a path, a package, an option. */
export function issue(code: Code, place: string | undefined, problem: string, details: string | Details = {}): Issue {
  const more = typeof details === "string" ? { hint: details } : details;
  return { code, ...(place === undefined ? {} : { place }), problem, ...more };
}

/** The error of a command that has one issue. */
export function failure(
  code: Code,
  place: string | undefined,
  problem: string,
  details?: string | Details,
): CommandError {
  return new CommandError([issue(code, place, problem, details)]);
}

/** An error's message, for an issue's `cause`. Never throws, and is never too long to read. */
export function messageOf(error: unknown): string {
  try {
    return bounded(String(error instanceof Error ? error.message : error));
  } catch {
    return "an error that cannot be read";
  }
}

/** The stack of an error, or an empty text if it cannot be read. */
export function stackOf(error: unknown): string {
  try {
    return error instanceof Error && typeof error.stack === "string" ? error.stack : "";
  } catch {
    return "";
  }
}

/** The stack of an error, if PERSONAKIT_DEBUG asks for it. */
export function debugLines(error: unknown): string[] {
  return process.env.PERSONAKIT_DEBUG === "1" ? [stackOf(error)] : [];
}

/** In characters. */
const LONGEST = 2000;

function bounded(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

/** The outcome of several steps: results in order, and what went wrong in those that failed. */
export interface Attempts<Result> {
  readonly results: readonly Result[];
  readonly issues: readonly Issue[];
}

/** Runs a step, and returns what went wrong instead of throwing it: at once, where the step ends at once. */
export function attempt<Result>(step: () => readonly Result[]): Attempts<Result>;
export function attempt<Result>(step: () => Awaitable<readonly Result[]>): Awaitable<Attempts<Result>>;
export function attempt<Result>(step: () => Awaitable<readonly Result[]>): Awaitable<Attempts<Result>> {
  const failed = (error: unknown) => ({ results: [], issues: CommandError.from(error).issues });
  try {
    const results = step();
    if (!(results instanceof Promise)) return { results, issues: [] };
    return results.then((results) => ({ results, issues: [] }), failed);
  } catch (error) {
    return failed(error);
  }
}

/** Runs a step for each item in turn, and collects everything that is wrong. */
export async function attemptEach<Item, Result>(
  items: Iterable<Item>,
  step: (item: Item) => Awaitable<readonly Result[]>,
): Promise<Attempts<Result>> {
  const results: Result[] = [];
  const issues: Issue[] = [];
  for (const item of items) {
    const attempted = await attempt(() => step(item));
    results.push(...attempted.results);
    issues.push(...attempted.issues);
  }
  return { results, issues };
}

/** Throws a CommandError when there is any issue. */
export function throwIssues(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new CommandError(issues);
}
