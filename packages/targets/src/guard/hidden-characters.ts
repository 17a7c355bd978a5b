import type { Origin, Rendered } from "@personakit/core";
import { issue, throwIssues } from "../issues/issue.ts";

/** Emoji that people send each other, and a sign with its text or emoji form: what else is suspicious belongs to them. */
const EMOJI = /\p{RGI_Emoji}|\p{Extended_Pictographic}[\u{FE0E}\u{FE0F}]/gv;

/** Control (but for tabs), bidirectional, zero-width, tag, private-use and variation characters: what a reviewer does not see. */
const HIDDEN =
  /(?:\u{34F}|(?!\t)[\p{Cc}\u{AD}\u{61C}\u{115F}\u{1160}\u{17B4}\u{17B5}\p{VS}\u{180E}\u{2028}\u{2029}\u{2800}\u{FFF9}-\u{FFFB}\p{Cs}\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2060}-\u{206F}\u{3164}\u{FEFF}\u{FFA0}\p{Co}\u{E0000}-\u{E0FFF}])+/gu;

/** Whether a text holds any character that is worth the slow look. */
const SUSPECT =
  /[^\t\n\x20-\x7E\u{A1}-\u{AC}\u{AE}-\u{2FF}\u{370}-\u{600}\u{2010}-\u{2027}\u{2030}-\u{205E}\u{20A0}-\u{2BFF}\u{3001}-\u{3163}\u{3165}-\u{D7A3}\u{F900}-\u{FAFF}]/u;

/** Throws when a text holds characters that a reader does not see; the error shows what they say. Emoji sequences pass. */
export function refuseHiddenCharacters(place: string, { text, origins }: Pick<Rendered, "text" | "origins">): void {
  if (!SUSPECT.test(text)) return;
  const issues = text.split("\n").flatMap((line, index) => {
    const visible = line.replace(EMOJI, "");
    const where = `${place}, line ${index + 1}${describeOrigin(origins[index])}`;
    return [...visible.matchAll(HIDDEN)].map(([run]) => {
      const problem = `there are characters that a reader does not see: ${decode(run)}`;
      return issue("hidden-characters", where, problem, "Take them out.");
    });
  });
  throwIssues(issues);
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
