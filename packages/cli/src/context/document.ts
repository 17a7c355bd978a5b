import type { ContextTool } from "@personakit/targets/context";
import { type Assembly, alwaysOn, type MeasuredPart, sumOf } from "./assembly.ts";
import type { Change } from "./compare.ts";

/** What a tool puts before its model, as a program reads it: all of it, the texts included. */
export function documentOf({ tool, parts, agent, leftOut, notes }: Assembly): object {
  const when = (time: MeasuredPart["when"]) => parts.filter((part) => part.when === time);
  return {
    ...factsOf(tool),
    sums: {
      start: sumOf(when("start")),
      read: sumOf(when("read")),
      called: sumOf([...when("called"), ...(agent ?? [])]),
    },
    parts,
    ...(agent === undefined ? {} : { agent }),
    leftOut,
    notes,
  };
}

/** What has changed of what a tool always puts before its model, as a program reads it. */
export function documentOfChange({ tool, before, after, files }: Change): object {
  return { ...factsOf(tool), before: sumOf(alwaysOn(before)), after: sumOf(alwaysOn(after)), files };
}

/** A tool's description also has what only the engine needs. */
function factsOf({ id, name, version, observed, documented, known }: ContextTool): ContextTool {
  return { id, name, version, observed, documented, known };
}
