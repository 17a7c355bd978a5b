import type { Issue } from "@personakit/core";
import { issuesOf } from "@personakit/core/internal";
import type { Code } from "./codes.ts";

/** 0 clean, 1 drift or findings, 2 bad input or usage. */
export type ExitCode = 0 | 1 | 2;

/** An issue in a file of the project. */
export interface Finding extends Issue {
  /** Absolute, or relative to the working directory. */
  readonly file: string;
  /** The first line that it is about, from 1. */
  readonly line: number;
  /** A unified diff; empty where there is nothing to show. */
  readonly diff: string;
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
    this.issues = issues;
    this.exitCode = exitCode;
    this.advice = advice;
  }

  /**
   * An error of a command, of a definition or of the system. `place` goes before the places of the latter two. An error
   * that is none of these is a bug of ours and is thrown again.
   */
  static from(error: unknown, place?: string): CommandError {
    if (error instanceof CommandError) return error;
    const issues = issuesOf(error);
    if (issues !== undefined) return new CommandError(issues.map((issue) => within(place, issue)));
    if (error instanceof Error && "syscall" in error) return failure("system", place, error.message);
    throw error;
  }
}

/** An issue of a source, with the source before its place: `p.mjs: persona "x", rules["y"]`. */
function within(source: string | undefined, issue: Issue): Issue {
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

/** What an error says, for an issue's `cause`. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What came of several steps: their results in order, and what was wrong with those that failed. */
export interface Attempts<Result> {
  readonly results: readonly Result[];
  readonly issues: readonly Issue[];
}

/** Runs a step for each item, one after the other, so that all that is wrong is said at once. */
export async function attemptEach<Item, Result>(
  items: Iterable<Item>,
  step: (item: Item) => Promise<readonly Result[]>,
): Promise<Attempts<Result>> {
  const results: Result[] = [];
  const issues: Issue[] = [];
  for (const item of items) {
    try {
      results.push(...(await step(item)));
    } catch (error) {
      issues.push(...CommandError.from(error).issues);
    }
  }
  return { results, issues };
}

/** Throws a CommandError when there is any issue. */
export function throwIssues(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new CommandError(issues);
}
