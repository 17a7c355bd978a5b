import { nearest } from "./nearest.ts";

/** What is wrong, where, and what would have been right. */
export interface Issue {
  /** Where it stands, as a path a reader can follow: `persona "x", rules["rest-conventions"]`. */
  readonly place: string;
  /** What is wrong, as one sentence without a full stop. */
  readonly problem: string;
  /** What was expected, or the nearest name that exists. */
  readonly hint?: string;
}

/** Says an issue in one line: place, problem, hint. */
export function formatIssue({ place, problem, hint }: Issue): string {
  return hint === undefined ? `${place}: ${problem}.` : `${place}: ${problem}. ${hint}`;
}

/** Every error that a definition or a compilation throws; `issues` holds all that was found, not only the first. */
export class PersonaKitError extends Error {
  override readonly name = "PersonaKitError";
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(issues.map(formatIssue).join("\n"));
    this.issues = issues;
  }
}

/** Throws a {@link PersonaKitError} when there is any issue. */
export function throwIssues(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new PersonaKitError(issues);
}

/** An issue for a name that is not among those that exist, with the nearest of them or, failing that, the list. */
export function unknownName(place: string, what: string, name: string, known: readonly string[]): Issue {
  const near = nearest(name, known);
  const list = known.length === 0 ? "There are none." : `Known: ${known.join(", ")}.`;
  return {
    place,
    problem: `there is no ${what} "${name}"`,
    hint: near === undefined ? list : `Did you mean "${near}"?`,
  };
}

/** Issues for keys that nothing reads: a misspelt option must not vanish. */
export function unknownKeys(place: string, value: object, known: readonly string[]): Issue[] {
  const issues: Issue[] = [];
  for (const key in value) if (!known.includes(key)) issues.push(unknownName(place, "option", key, known));
  return issues;
}

/** An issue for each text that is missing, empty or no text at all. */
export function textIssues(place: string, texts: { readonly [name: string]: unknown }): Issue[] {
  const issues: Issue[] = [];
  for (const name in texts) {
    const text = texts[name];
    if (typeof text === "string" && /\S/.test(text)) continue;
    issues.push({ place, problem: `${name} is missing or empty` });
  }
  return issues;
}

/** A value that a map holds itself, not one that every object inherits. */
export function own<Value>(map: { readonly [key: string]: Value } | undefined, key: string): Value | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Whether a value can be read as an object with keys. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
