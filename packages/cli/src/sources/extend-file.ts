import type { PersonaData } from "@personakit/core";
import { CommandError, failure, issue } from "../issues/command-error.ts";
import type { OwnFile } from "./own-file.ts";

/** What a patch may change in a file: its text. */
const TEXT = ["id", "params", "rules", "addRules", "use"];

/** Throws for a patch that changes a file where its tool reads it, or settings that the file says itself. */
export function refuseSettings({ path, format, isInPlace }: OwnFile, patch: object, place: string): void {
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
export function renamedInFile(persona: PersonaData, before: string, { format }: OwnFile): PersonaData {
  const { id, source } = persona;
  return source === undefined || id === before ? persona : { ...persona, source: format.rename(source, id) };
}
