import type { Issue } from "@personakit/core";
import { hintFor } from "@personakit/core/internal";
import { type Target, targets } from "@personakit/targets";
import { type Attempts, attemptEach, CommandError, issue } from "../issues/command-error.ts";
import { targetOf } from "../sources/foreign-target.ts";
import { loadTargets } from "../sources/load-units.ts";

/** What is built when no target is named. */
export const DEFAULT_TARGETS = ["claude-agent", "agent-skill"];

/** Finds targets by id or module. `place` is where they were asked for: `--target`. */
export async function chooseTargets(
  given: readonly (string | Target)[],
  place: string,
  folder: string,
): Promise<Attempts<Target>> {
  if (given.length === 0) {
    const known = targets.map(({ id }) => id).join(", ");
    return { results: [], issues: [issue("unknown-target", place, "names no target", `Known: ${known}.`)] };
  }
  return attemptEach(new Set(given), async (item) => {
    if (typeof item === "string") return targetsNamed(item, place, folder);
    return [targetOf(item, place)];
  });
}

/** The targets of personakit that are named by id. Nothing is loaded for another one. */
export function builtInTargets(ids: readonly string[], place: string): Attempts<Target> {
  const found = ids.map((id) => targets.find((target) => target.id === id) ?? unknownTarget(id, place));
  return {
    results: found.flatMap((each) => ("code" in each ? [] : [each])),
    issues: found.flatMap((each) => ("code" in each ? [each] : [])),
  };
}

async function targetsNamed(name: string, place: string, folder: string): Promise<readonly Target[]> {
  const target = targets.find(({ id }) => id === name);
  if (target !== undefined) return [target];
  if (!isModule(name)) throw new CommandError([unknownTarget(name, place)]);
  try {
    return await loadTargets(name, folder);
  } catch (error) {
    throw CommandError.from(error, `${place} ${name}`);
  }
}

function unknownTarget(name: string, place: string): Issue {
  const ids = targets.map(({ id }) => id);
  return issue("unknown-target", `${place} ${name}`, "there is no such target", {
    hint: hintFor(name, ids),
    subject: name,
  });
}

/** Whether a name stands for a module or package, and so for a third-party target. */
function isModule(name: string): boolean {
  return /[./\\@]/.test(name);
}
