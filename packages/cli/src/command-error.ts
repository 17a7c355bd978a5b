import { formatIssue, type Issue } from "@personakit/core";
import type { ExitCode } from "./exit-code.ts";

/** What a command could not do, a line for each reason, and its exit code. */
export class CommandError extends Error {
  readonly lines: readonly string[];
  readonly code: ExitCode;

  constructor(lines: readonly string[], code: ExitCode = 2) {
    super(lines.join("\n"));
    this.lines = lines;
    this.code = code;
  }

  /**
   * An error of a command, of a definition or of the system, with the place it concerns. `fallback` introduces any other
   * error of the user's code; without it, such an error is a bug of ours and is thrown again.
   */
  static from(error: unknown, place?: string, fallback?: string): CommandError {
    if (error instanceof CommandError) return error;
    const prefix = place === undefined ? "" : `${place}: `;
    if (isPersonaKitError(error)) return new CommandError(error.issues.map((issue) => prefix + formatIssue(issue)));
    if (error instanceof Error && "syscall" in error) return new CommandError([prefix + error.message]);
    if (fallback === undefined) throw error;
    return new CommandError([`${fallback}. ${error instanceof Error ? error.message : String(error)}`]);
  }
}

/** By name, not by class: a persona may bring its own copy of core. */
function isPersonaKitError(error: unknown): error is { issues: readonly Issue[] } {
  return error instanceof Error && error.name === "PersonaKitError" && "issues" in error;
}
