import type { Document, Rendered } from "@personakit/core";
import { own } from "@personakit/core/internal";

/** What Claude Code fills in when it loads a skill: values that it puts into the text, and nothing that it would run. */
const FILLED_IN = /\$(?:ARGUMENTS(?:\[\d+\])?|\d+|\{CLAUDE_\w*\}?)/g;

/** The words of a text for which Claude Code puts in a value when it loads a skill, each once: `$ARGUMENTS`, `$1`. */
export function filledInSkill(text: string): readonly string[] {
  return [...new Set(text.match(FILLED_IN))];
}

/**
 * Protects a skill's body from what Claude Code would run or substitute on load: `` !`command` ``, `$ARGUMENTS`, `$1`. What the persona
 * names as its substitutions stays as it is; a command never does. Substitution reaches into code, so code is guarded too.
 */
export function guardSkill(
  body: Rendered,
  { document, target }: { readonly document: Pick<Document, "substitutions">; readonly target: string },
): Rendered {
  if (!body.text.includes("$") && !body.text.includes("!")) return body;
  const named = own(document.substitutions, target) ?? [];
  const text = body.text
    .replace(FILLED_IN, (word) => (named.includes(word) ? word : `\\${word}`))
    .replace(/(^|\s)!(?=`)/gm, "$1! ")
    .replace(/(?<=`{3}|~{3})!/g, " !");
  return text === body.text ? body : { ...body, text };
}
