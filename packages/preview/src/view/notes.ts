import type { Entry } from "@personakit/core";
import { describeDeprecation, kindOf } from "@personakit/core/internal";
import type { NotesView } from "./view.ts";

/** What an entry says, in one line. */
export function headline(entry: Entry): string {
  return kindOf(entry).headline(entry);
}

/** What is said about an entry of a unit. What replaces another one is as deprecated as `base`, which it replaced. */
export function notesOf(entry: Entry, unit: string, base: Entry = entry): NotesView {
  const { deprecated } = base.kind === "rule" ? base : {};
  const goes = deprecated === undefined ? {} : { deprecated: describeDeprecation(unit, deprecated) };
  if (entry.kind !== "rule") return goes;
  const { strength, why, enforcedBy, evidence, reviewed, endOfLife } = entry;
  return {
    ...(strength === undefined ? {} : { strength }),
    ...(why === undefined ? {} : { why }),
    ...(enforcedBy === undefined ? {} : { enforcedBy }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(reviewed === undefined ? {} : { reviewed }),
    ...(endOfLife === undefined ? {} : { ends: `${endOfLife.subject}, on ${endOfLife.date}` }),
    ...goes,
  };
}
