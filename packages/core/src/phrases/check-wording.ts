import type { Issues } from "../issues/issue.ts";
import { isRecord, said } from "../issues/values.ts";
import { settleBackticks } from "../markdown/code-spans.ts";
import { oneLine, startSafely } from "../markdown/escape.ts";
import { ENGLISH, LANGUAGES } from "./languages.ts";
import { PLACE } from "./phrases.ts";

/** Files what is wrong with a language and with phrases: they may come from JSON or JavaScript. */
export function checkWording(
  issues: Issues,
  { language, phrases }: { readonly language?: unknown; readonly phrases?: unknown },
): void {
  if (language !== undefined && !(typeof language === "string" && Object.hasOwn(LANGUAGES, language))) {
    issues.unknown("language", said(language), Object.keys(LANGUAGES), said(language), OTHERWISE);
  }
  if (phrases !== undefined) checkPhrases(issues.at("phrases"), phrases);
}

const OTHERWISE = `Known: ${Object.keys(LANGUAGES).join(", ")}. For another one, write its phrases yourself: phrases: { should, may, ... }.`;

/** Files what is wrong with phrases, all or some of them. */
export function checkPhrases(issues: Issues, phrases: unknown): void {
  if (!isRecord(phrases)) {
    issues.add("wrong-type", "these are no phrases", 'Expected { should: "...", may: "..." }.');
    return;
  }
  issues.unknownKeys(phrases, Object.keys(ENGLISH));
  for (const [name, english] of Object.entries(ENGLISH)) {
    if (phrases[name] !== undefined) checkPhrase(issues, name, phrases[name], english);
  }
}

function checkPhrase(issues: Issues, name: string, phrase: unknown, english: string): void {
  const isBetween = name.startsWith("between");
  if (typeof phrase !== "string" || (phrase.trim() === "" && name !== "betweenSentences")) {
    issues.add("missing-text", `${name} is missing or empty`);
    return;
  }
  if (!issues.atMost("cell", name, phrase.length)) return;
  if (/[\n\r]/.test(phrase)) {
    issues.add("line-break", `${name} has line breaks`, "Write it on one line.");
    return;
  }
  const [wanted, found] = [placesIn(english), placesIn(phrase)];
  if (wanted.join() !== found.join()) {
    const places = wanted.length === 0 ? "no places" : wanted.map((place) => `<${place}>`).join(" and ");
    issues.add(
      "wrong-place",
      `${name} must have ${places}${wanted.length === 0 ? "" : ", each once"}`,
      `In English: "${english}".`,
    );
    return;
  }
  // What fills a place is neutralised where it stands.
  const text = phrase.replace(PLACE, "x");
  if (settleBackticks(isBetween ? text : startSafely(oneLine(text))) !== text) {
    issues.add("unsafe-value", `${name} would not read as it is written`, `Write plain text, as in "${english}".`);
  }
}

/** The places of a phrase, sorted. */
function placesIn(phrase: string): string[] {
  return [...phrase.matchAll(PLACE)].map(([, place = ""]) => place).sort();
}
