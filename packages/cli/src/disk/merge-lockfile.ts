import { join } from "node:path";
import { own } from "@personakit/core/internal";
import { hash, normalise, readText } from "../files/text.ts";
import { CommandError, failure } from "../issues/command-error.ts";
import { count } from "../output/terminal.ts";
import { placeOf } from "./artifact-key.ts";
import { ourPart, placeInside } from "./file-status.ts";
import { commit, type Held } from "./journal.ts";
import { type ArtifactRecord, formatLockfile, LOCKFILE, type Lockfile, type PersonaRecord } from "./lockfile.ts";
import { parseLockfile } from "./read-lockfile.ts";

// Both sides of a conflict are data of strangers, like every lockfile: each has to pass the schema by itself, and a record only
// says what is ours. Whether a file may go is asked later, of its target.

/**
 * Resolves the merge conflict in a project's lockfile, and says how. What both sides say is kept; of what only one says, or each
 * says differently, the files on disk decide. Throws a CommandError where a side is no lockfile.
 */
export function resolveLockfile(held: Held): string {
  const text = readText(join(held.folder, LOCKFILE)) ?? "";
  const [ours, theirs] = sidesOf(text).map(sideFrom) as [Lockfile, Lockfile];
  const merge = new Merge(held.folder, ours, theirs);
  const after = formatLockfile(merge.lockfile());
  // What is written has to be readable.
  parseLockfile(after);
  commit(held, [{ path: LOCKFILE, before: text, after }]);
  const { agreed, decided } = merge;
  const how = `${count(agreed, "record")} the same on both sides, ${decided} taken from the side that the files on disk match`;
  return `resolved the merge conflict in ${LOCKFILE}: ${how}`;
}

/** Both versions of a text with conflicts: what was here, and what came in. */
function sidesOf(text: string): [ours: string, theirs: string] {
  const ours: string[] = [];
  const theirs: string[] = [];
  let part: Part = "both";
  for (const line of normalise(text).split("\n")) {
    const next = partAfter(part, line);
    if (next !== undefined) part = next;
    else {
      if (part === "both" || part === "ours") ours.push(line);
      if (part === "both" || part === "theirs") theirs.push(line);
    }
  }
  return [ours.join("\n"), theirs.join("\n")];
}

type Part = "both" | "ours" | "base" | "theirs";

/** The part that a line begins, where it is a marker of git's. */
function partAfter(part: Part, line: string): Part | undefined {
  if (part === "both") return /^<{7}(?: |$)/.test(line) ? "ours" : undefined;
  if (part === "theirs") return /^>{7}(?: |$)/.test(line) ? "both" : undefined;
  if (part === "ours" && /^\|{7}(?: |$)/.test(line)) return "base";
  return line === "=======" ? "theirs" : undefined;
}

function sideFrom(text: string, index: number): Lockfile {
  try {
    return parseLockfile(text);
  } catch (error) {
    const { issues } = CommandError.from(error);
    const side = index === 0 ? "your side" : "the other side";
    const hint = `Restore ${LOCKFILE} from one of the branches, and run personakit build.`;
    const cause = issues.map(({ problem, cause: why }) => why ?? problem).join("; ");
    throw failure("invalid-lockfile", LOCKFILE, `${side} of its merge conflict is no lockfile`, { cause, hint });
  }
}

/** The records of one side that are of a key. */
interface Sides<Record> {
  readonly ours: Record | undefined;
  readonly theirs: Record | undefined;
}

class Merge {
  readonly #ours: Lockfile;
  readonly #theirs: Lockfile;
  readonly #inside: ReturnType<typeof placeInside>;
  agreed = 0;
  decided = 0;

  constructor(folder: string, ours: Lockfile, theirs: Lockfile) {
    this.#ours = ours;
    this.#theirs = theirs;
    this.#inside = placeInside(folder);
  }

  lockfile(): Lockfile {
    const { ejected: here, folders } = this.#ours;
    const ejected = [...new Set([...here, ...this.#theirs.ejected])];
    const all = this.#each(this.#ours.artifacts, this.#theirs.artifacts, (key, sides) => this.#artifact(key, sides));
    // A file that somebody took for their own stays theirs.
    const artifacts = Object.fromEntries(Object.entries(all).filter(([key]) => !ejected.includes(key)));
    const personas = this.#each(this.#ours.personas, this.#theirs.personas, (id, sides) => this.#persona(id, sides));
    return {
      schemaVersion: 1,
      personas,
      artifacts,
      ejected,
      folders: [...new Set([...folders, ...this.#theirs.folders])],
    };
  }

  #each<Value>(
    ours: { readonly [key: string]: Value },
    theirs: { readonly [key: string]: Value },
    decide: (key: string, sides: Sides<Value>) => Value | undefined,
  ): { [key: string]: Value } {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
    const merged = keys.flatMap((key): [string, Value][] => {
      const sides = { ours: own(ours, key), theirs: own(theirs, key) };
      const isSame = JSON.stringify(sides.ours) === JSON.stringify(sides.theirs);
      if (isSame) this.agreed++;
      else this.decided++;
      const value = isSame ? sides.ours : decide(key, sides);
      return value === undefined ? [] : [[key, value]];
    });
    return Object.fromEntries(merged);
  }

  #artifact(key: string, { ours, theirs }: Sides<ArtifactRecord>): ArtifactRecord | undefined {
    const found = this.#found(key);
    if (found === undefined) return undefined;
    const records = [ours, theirs].filter((each) => each !== undefined);
    // Where a file of the user's was replaced, one side may be the only one to know its original.
    const original = records.find((each) => each.original !== undefined)?.original;
    const known = original === undefined ? {} : { original };
    const standing = records.find(({ sha256 }) => sha256 === hash(found));
    if (standing !== undefined) return { ...known, ...standing };
    const isOurs = (text: string) => records.some(({ sha256 }) => sha256 === hash(text));
    // A file in which both sides are what we wrote was changed by the merge, and by no hand.
    const isConflict = sidesOf(found).every(isOurs);
    const [first] = records;
    return first === undefined || !isConflict ? first : { ...known, ...first, sha256: hash(found) };
  }

  /** What stands on disk of an artifact. */
  #found(key: string): string | undefined {
    const place = placeOf(key);
    const text = readText(this.#inside(place));
    if (text === undefined) return undefined;
    try {
      return ourPart(text, place);
    } catch {
      // The markers of a block do not make a pair: building says so.
      return undefined;
    }
  }

  /** The record of the side whose files stand on disk. */
  #persona(id: string, { ours, theirs }: Sides<PersonaRecord>): PersonaRecord | undefined {
    if (ours === undefined || theirs === undefined) return ours ?? theirs;
    const standing = ({ artifacts }: Lockfile) =>
      Object.entries(artifacts).filter(([key, { persona, sha256 }]) => {
        const found = persona === id ? this.#found(key) : undefined;
        return found !== undefined && hash(found) === sha256;
      }).length;
    return standing(this.#theirs) > standing(this.#ours) ? theirs : ours;
  }
}
