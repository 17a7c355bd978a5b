import { type Issue, PersonaKitError } from "@personakit/core";
import type { Code } from "./codes.ts";

/** An issue of this package. */
export function issue(code: Code, place: string, problem: string, hint?: string): Issue {
  return { code, place, problem, ...(hint === undefined ? {} : { hint }) };
}

/** Throws a {@link PersonaKitError} when there is any issue. */
export function throwIssues(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new PersonaKitError(issues);
}
