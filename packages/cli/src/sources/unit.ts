import {
  type AnyFragment,
  compile,
  type Document,
  type Issue,
  type PersonaData,
  type Snapshot,
  snapshot,
  snapshotOfFragment,
} from "@personakit/core";
import { issuesOf, NEWEST_SCHEMA, plainCopy, said } from "@personakit/core/internal";
import type { Target } from "@personakit/targets";
import { CommandError, failure, messageOf, plainIssues } from "../issues/command-error.ts";
import { checkedDocument } from "./document-schema.ts";

/** Whether a source is named as a file of a tool's own format: a module or a document has other endings. */
export function isOwnFile(source: string): boolean {
  return /\.(?:md|mdc|markdown|toml|cursorrules|windsurfrules|clinerules)$/i.test(source);
}

/** A persona, or one that is compiled already, checked when it was loaded. */
export type PersonaUnit = PersonaData | Document;

/** What a package of content exports. */
export type AnyUnit = PersonaUnit | AnyFragment;

/** What every unit has. */
export interface UnitHead {
  readonly kind: string;
  readonly schemaVersion: number;
  readonly id: string;
}

/**
 * A persona's document, compiled if necessary: plain data of a bounded size, whoever made the persona. `warn` gets what its
 * author should look at. Throws a CommandError if that fails, whatever the author's functions throw.
 */
export function documentOf(unit: PersonaUnit, warn?: (warning: Issue) => void): Document {
  if (unit.kind === "document") return unit;
  const place = `persona "${unit.id}"`;
  if (asTheyStand.has(unit)) return made(place, () => compile(unit));
  // A module may only make a warning look like one.
  const told = warn && ((warning: Issue) => plainIssues([warning])?.forEach(warn));
  return made(place, () => checkedDocument(compile(unit, told === undefined ? {} : { warn: told }), place));
}

/** What a unit promises. Throws as `documentOf` does. */
export function snapshotOf(unit: AnyUnit): Snapshot {
  if (unit.kind !== "fragment") return snapshot(documentOf(unit));
  const place = `fragment "${unit.id}"`;
  return made(place, () => plainCopy(snapshotOfFragment(unit), place) as Snapshot);
}

/** Personas that are texts of the user's alone: no code of anybody's has had a say, and a fence that is left open is their end. */
const asTheyStand = new WeakSet<PersonaData>();

/** Takes a persona as it stands. */
export function asItStands(persona: PersonaData): PersonaData {
  asTheyStand.add(persona);
  return persona;
}

function made<Result>(place: string, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    throw (
      CommandError.known(error) ??
      failure("cannot-compile", place, "could not be compiled", { cause: messageOf(error) })
    );
  }
}

/** Whether a target can express what restricts a persona; otherwise it makes no file. */
export function canRestrict(target: Pick<Target, "restricts" | "compile">, document: Document): boolean {
  const { tools, exactTools, fields } = document;
  if (exactTools === undefined && fields === undefined) return target.restricts || tools === undefined;
  try {
    target.compile(document);
    return true;
  } catch (error) {
    if (issuesOf(error)?.some(({ code }) => code === "lost-restriction") !== true) throw error;
    return false;
  }
}

/** Throws for a unit without an id, and for one from a newer version of the model, or of its own kind. */
export function refuseNewer(
  place: string,
  { kind, id, schemaVersion }: UnitHead,
  newest: number = NEWEST_SCHEMA,
): void {
  if (typeof id !== "string") throw failure("no-unit", place, `this is not a ${kind}: its id is not text`);
  if (Number.isInteger(schemaVersion) && schemaVersion >= 1 && schemaVersion <= newest) return;
  const known = newest === 1 ? "1" : `1 to ${newest}`;
  const problem = `${kind} "${said(id)}" has schema version ${said(schemaVersion)}; this version of personakit reads ${known}`;
  throw failure("newer-schema", place, problem, "It needs a newer personakit: npm i -D personakit@latest");
}
