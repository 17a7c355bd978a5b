import type { PersonaData } from "@personakit/core";
import { CommandError, failure, issue, messageOf } from "../issues/command-error.ts";
import { patchFromJson } from "./config-patch.ts";
import { type LoadedPersona, personaOf } from "./load-units.ts";
import type { OwnFile } from "./own-file.ts";

/** What a patch may change in a file: its text. */
const TEXT = ["id", "params", "rules", "addRules", "use"];

type Extended = Pick<LoadedPersona, "unit" | "file">;

/**
 * Extends a persona as a configuration says it, in code or in JSON; `place` is where. Returns the persona, and the file that it was read from,
 * which it no longer is word for word. Throws a CommandError for a patch that is wrong, and for what cannot be extended.
 */
export function extendPersona({ unit, file }: Extended, patch: { readonly id: string }, place: string): Extended {
  if (unit.kind === "document") throw failure("cannot-extend", place, "a compiled document cannot be extended");
  try {
    const at = `${place}: persona "${patch.id}", extend`;
    const { extend } = unit as PersonaData & { extend: (patch: object) => PersonaData };
    if (file === undefined) return { unit: personaOf(extend(patchFromJson(patch, at)), at) };
    refuseSettings(file, patch, at);
    const changed = personaOf(extend(patchFromJson(patch, at)), at);
    return { unit: renamedInFile(changed, unit.id, file), file: { ...file, isWhole: false } };
  } catch (error) {
    const cause = messageOf(error);
    throw CommandError.known(error, place) ?? failure("cannot-extend", place, "cannot be extended", { cause });
  }
}

/** Throws for a patch that changes a file where its tool reads it, or settings that the file says itself. */
function refuseSettings({ path, format, isInPlace }: OwnFile, patch: object, place: string): void {
  if (isInPlace) {
    const problem = `${format.tool} reads ${path} where it lies, so it cannot say anything else than it does`;
    throw failure("cannot-extend", place, problem, "Move the file, to personas/ for example, or change it itself.");
  }
  const others = Object.keys(patch).filter((key) => !TEXT.includes(key));
  if (others.length === 0) return;
  throw new CommandError(
    others.map((key) =>
      issue("own-settings", `${place}.${key}`, `the file says its own settings`, `Change it in ${path}.`),
    ),
  );
}

/** A persona that was extended, with its new id where its file says a name. */
function renamedInFile(persona: PersonaData, before: string, { format }: OwnFile): PersonaData {
  const { id, source } = persona;
  return source === undefined || id === before ? persona : { ...persona, source: format.rename(source, id) };
}
