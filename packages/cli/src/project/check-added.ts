import type { Issue } from "@personakit/core";
import { LOCKFILE, type Lockfile } from "../disk/lockfile.ts";
import { CommandError, issue } from "../issues/command-error.ts";
import { makePlan, type Request } from "../plan/make-plan.ts";
import type { PersonaPackage } from "../sources/persona-package.ts";
import { type AddedPersona, addedPersonas, notFollowed, readAdded, requestFor } from "./added-personas.ts";
import { comparePlan, type DiskComparison } from "./compare-project.ts";

/** How what was added compares with the documents that it was written from, as far as they are on this machine. */
export interface AddedComparison {
  /** The files of those personas, compared with what their documents compile to; absent where there are none. */
  readonly comparison?: DiskComparison;
  /** Those personas. */
  readonly compiled: ReadonlySet<string>;
  /** Personas whose packages hold another document than the recorded one. */
  readonly other: readonly Issue[];
  /** Personas whose documents are not on this machine: their files can be compared by their recorded hashes alone. */
  readonly unverified: readonly AddedPersona[];
}

/** Codes of a package that is not on this machine. */
const ABSENT: readonly string[] = ["cannot-fetch", "not-published", "not-found"];

/** Compiles the added personas again and compares. Asks no network: npm gives what is in its cache. */
export async function compareAdded(
  folder: string,
  lockfile: Lockfile,
  isConfigured: (id: string) => boolean,
): Promise<AddedComparison> {
  const requests: Request[] = [];
  const other: Issue[] = [];
  const unverified: AddedPersona[] = [];
  for (const added of addedPersonas(lockfile).filter(({ id }) => !isConfigured(id))) {
    const found = await readOffline(folder, added);
    if (found === undefined) unverified.push(added);
    else if ("code" in found) other.push(found);
    else requests.push(requestFor(added.id, found, lockfile));
  }
  const compiled = new Set(requests.map(({ unit }) => unit.id));
  if (requests.length === 0) return { compiled, other, unverified };
  return { comparison: comparePlan(folder, makePlan(requests), lockfile), compiled, other, unverified };
}

/** The package that a persona was written from; undefined where it is not here, or what is wrong with the one that is. */
async function readOffline(folder: string, added: AddedPersona): Promise<PersonaPackage | Issue | undefined> {
  if (added.document === undefined || notFollowed(folder, added) !== undefined) return undefined;
  try {
    const found = await readAdded(folder, added, { cache: "only" });
    return found.sha256 === added.document ? found : otherDocument(added, "its document has another hash");
  } catch (error) {
    const { issues } = CommandError.from(error, added.package);
    if (issues.every(({ code }) => ABSENT.includes(code))) return undefined;
    return otherDocument(added, issues[0]?.problem ?? "");
  }
}

function otherDocument({ id, package: from }: AddedPersona, cause: string): Issue {
  const problem = `${from} is not the package that this persona was written from, according to ${LOCKFILE}`;
  return issue("other-document", id, problem, { cause, hint: "personakit update builds from what is there now." });
}
