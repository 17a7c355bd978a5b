import type { Issue, Origin } from "@personakit/core";
import { issue } from "../issues/issue.ts";
import { hiddenRuns } from "./visible.ts";

/** Files each run of characters in a text that a reader does not see; the problem shows what they say. */
export function hiddenCharacters(place: string, text: string, origins: readonly Origin[] = []): Issue[] {
  return hiddenRuns(text).map(({ index, run }) => {
    const line = text.slice(0, index).split("\n").length;
    const where = `${place}, line ${line}${describeOrigin(origins[line - 1])}`;
    const problem = `there are characters that a reader does not see: ${decode(run)}`;
    return issue("hidden-characters", where, problem, "Take them out.");
  });
}

function describeOrigin(origin: Origin | undefined): string {
  if (origin === undefined) return "";
  return ` (${origin.unit}${origin.rule === undefined ? "" : `/${origin.rule}`})`;
}

/** Code points by number; tag characters also as the ASCII text that they smuggle. */
function decode(run: string): string {
  const points = [...run].map((character) => character.codePointAt(0) ?? 0);
  const numbers = points.map((point) => `U+${point.toString(16).toUpperCase().padStart(4, "0")}`);
  const shown =
    numbers.length > 4 ? `${numbers.slice(0, 4).join(" ")} and ${numbers.length - 4} more` : numbers.join(" ");
  const tags = points.filter((point) => point >= 0xe0020 && point <= 0xe007e);
  if (tags.length === 0) return shown;
  return `${shown}, which say "${String.fromCharCode(...tags.map((point) => point - 0xe0000))}"`;
}
