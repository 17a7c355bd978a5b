import type { Code } from "./codes.ts";
import { LIMITS } from "./limits.ts";
import { nearest } from "./nearest.ts";
import { said } from "./values.ts";

/** A problem as data: what is wrong, where, and what would be right. */
export interface Issue {
  /** What kind of problem it is, in kebab-case. Stays the same when the wording changes; `docs/errors.md` lists all. */
  readonly code: string;
  /** Where it stands, as a path a reader can follow: `persona "x", rules["rest-conventions"]`. Absent: nowhere in particular. */
  readonly place?: string;
  /** What is wrong, as one sentence without a full stop. */
  readonly problem: string;
  /** What was expected, or the nearest name that exists. */
  readonly hint?: string;
  /** What the system, or another program, said about it. */
  readonly cause?: string;
  /** What it is about, where a program should know it without reading the sentence: `security-checklist/csrf`. */
  readonly subject?: string;
}

/**
 * Formats an issue as one line: place, problem, cause, hint.
 *
 * @example
 * ```ts
 * import { formatIssue, PersonaKitError } from "@personakit/core";
 *
 * export function problemsOf(define: () => unknown): string[] {
 *   try {
 *     define();
 *     return [];
 *   } catch (error) {
 *     if (error instanceof PersonaKitError) return error.issues.map(formatIssue);
 *     throw error;
 *   }
 * }
 * ```
 */
export function formatIssue({ place, problem, cause, hint }: Issue): string {
  const where = place === undefined ? "" : `${place}: `;
  const why = cause === undefined ? "" : `: ${cause.replace(/\.$/, "")}`;
  return `${where}${problem}${why}.${hint === undefined ? "" : ` ${hint}`}`;
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

/** The issues of an error; undefined for any other error. By name, not by class: a module may bring its own copy of core. */
export function issuesOf(error: unknown): readonly Issue[] | undefined {
  return error instanceof Error && error.name === "PersonaKitError" && "issues" in error
    ? (error.issues as readonly Issue[])
    : undefined;
}

/** At most so many names are listed. */
const MOST_KNOWN = 50;

/** Beyond so many issues, no more names are proposed: each has to be compared with all that exist. */
const MOST_HINTS = 20;

/** Says which name was meant: the nearest of those that exist or, failing that, `otherwise`, or all of them. */
export function hintFor(name: string, known: readonly string[], otherwise?: string): string {
  const near = nearest(name, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (otherwise !== undefined) return otherwise;
  if (known.length === 0) return "There are none.";
  const more = known.length > MOST_KNOWN ? ` and ${known.length - MOST_KNOWN} more` : "";
  return `Known: ${known.slice(0, MOST_KNOWN).join(", ")}${more}.`;
}

type UnknownName = Extract<Code, `unknown-${string}`> extends `unknown-${infer What}` ? What : never;

/** Names that things had before, with those of now. */
export type OldNames = ReadonlyMap<string, string>;

/** Says which name was meant where an old one is nearer than those of now: `tries` for `trys`, if that is called `retries` now. */
function hintForOldName(name: string, known: readonly string[], old: OldNames): string | undefined {
  const near = old.size === 0 ? undefined : nearest(name, [...known, ...old.keys()]);
  const now = near === undefined || known.includes(near) ? undefined : old.get(near);
  return now === undefined ? undefined : `Did you mean "${near}"? It is called "${now}" now.`;
}

/** Collects issues, so that all mistakes are said at once. Each is filed at the collector's place. */
export class Issues {
  readonly #found: Issue[];
  readonly #parent: Issues | undefined;
  readonly #part: string;

  /** @param place Where the issues stand: `persona "x"`. */
  constructor(place: string, parent?: Issues) {
    this.#part = place;
    this.#parent = parent;
    this.#found = parent === undefined ? [] : parent.#found;
  }

  get place(): string {
    if (this.#parent === undefined) return this.#part;
    const separator = /^[.[]/.test(this.#part) ? "" : ", ";
    return `${this.#parent.place}${separator}${this.#part}`;
  }

  /** What was filed at all places. */
  get found(): readonly Issue[] {
    return this.#found;
  }

  /** The same collection at a place further in: `.csrf` and `[0]` follow directly, everything else after a comma. */
  at(part: string): Issues {
    return new Issues(part, this);
  }

  add(code: Code, problem: string, hint?: string): void {
    this.#found.push({ code, place: this.place, problem, ...(hint === undefined ? {} : { hint }) });
  }

  /**
   * A name that is not among those that exist. `subject` is the name in full, where `name` is only its end; `otherwise` is the
   * hint where no name is near.
   */
  unknown(
    what: UnknownName,
    name: string,
    known: readonly string[],
    subject = name,
    otherwise?: string,
    old?: () => OldNames,
  ): void {
    const problem = `there is no ${what.replaceAll("-", " ")} "${said(name)}"`;
    const hintOf = () => (old && hintForOldName(name, known, old())) ?? hintFor(name, known, otherwise);
    const hint = this.#found.length < MOST_HINTS ? { hint: hintOf() } : {};
    this.#found.push({ code: `unknown-${what}`, place: this.place, problem, ...hint, subject: said(subject) });
  }

  /** Keys that nothing reads: a misspelt option must not vanish. */
  unknownKeys(value: object, known: readonly string[]): void {
    for (const key in value) if (!known.includes(key)) this.unknown("option", key, known);
  }

  /** Texts that are missing, empty, too long or no texts at all. */
  wrongTexts(texts: { readonly [name: string]: unknown }): void {
    for (const name in texts) {
      const text = texts[name];
      if (typeof text !== "string" || !/\S/.test(text)) this.add("missing-text", `${name} is missing or empty`);
      else this.atMost("text", name, text.length);
    }
  }

  /** Something that is larger than its limit: `atMost("rows", "the table", rows.length)`. False where it is. */
  atMost(limit: keyof typeof LIMITS, what: string, found: number): boolean {
    const { most, of } = LIMITS[limit];
    if (found > most) this.add("over-limit", `${what} has ${found} ${of}, more than the ${most} that are allowed`);
    return found <= most;
  }

  /** Runs a step that throws issues of its own, and files them with these. */
  collect(step: () => void): void {
    try {
      step();
    } catch (error) {
      const found = issuesOf(error);
      if (found === undefined) throw error;
      for (const issue of found)
        this.#found.push({ ...issue, place: [this.place, issue.place ?? []].flat().join(", ") });
    }
  }

  /** Throws a {@link PersonaKitError} when there is any. */
  throw(): void {
    if (this.#found.length > 0) throw new PersonaKitError(this.#found);
  }
}
