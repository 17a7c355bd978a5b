import type { Issue, Origin } from "@personakit/core";
import { issue } from "../issues/issue.ts";
import { hiddenRuns } from "./visible.ts";

/** At most this many are reported for a text, each up to so many characters. */
const MOST_RUNS = 20;
const LONGEST_RUN = 1000;

/** Reports the invisible characters in a text; the problem shows what they say. */
export function hiddenCharacters(place: string, text: string, origins: readonly Origin[] = []): Issue[] {
  const runs = hiddenRuns(text, MOST_RUNS + 1);
  if (runs.length === 0) return [];
  let [line, from] = [1, 0];
  return runs.slice(0, MOST_RUNS).map(({ index, run }, count) => {
    line += text.slice(from, index).split("\n").length - 1;
    from = index;
    const where = `${place}, line ${line}${describeOrigin(origins[line - 1])}`;
    const more = count + 1 === MOST_RUNS && runs.length > MOST_RUNS ? ", and more further down" : "";
    const problem = `there are invisible characters: ${describeHidden(run)}${more}`;
    return issue("hidden-characters", where, problem, "Remove them.");
  });
}

function describeOrigin(origin: Origin | undefined): string {
  if (origin === undefined) return "";
  return ` (${origin.unit}${origin.rule === undefined ? "" : `/${origin.rule}`})`;
}

/**
 * Says what is in a run of invisible characters: code points by number, and tag characters also as the ASCII text that they smuggle. Of a
 * long run it returns the beginning.
 *
 * @example
 * ```ts
 * import { describeHidden } from "@personakit/targets";
 *
 * console.log(describeHidden("\u{200B}\u{E0061}")); // U+200B U+E0061, which say "a"
 * ```
 */
export function describeHidden(run: string): string {
  const points = [...run.slice(0, LONGEST_RUN)].map((character) => character.codePointAt(0) ?? 0);
  const numbers = points.map((point) => `U+${point.toString(16).toUpperCase().padStart(4, "0")}`);
  const more = run.length > LONGEST_RUN ? "many" : numbers.length - 4;
  const shown = numbers.length > 4 ? `${numbers.slice(0, 4).join(" ")} and ${more} more` : numbers.join(" ");
  const tags = points.filter((point) => point >= 0xe0020 && point <= 0xe007e);
  if (tags.length === 0) return shown;
  return `${shown}, which say "${String.fromCharCode(...tags.map((point) => point - 0xe0000))}"`;
}
