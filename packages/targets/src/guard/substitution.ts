import type { Rendered } from "@personakit/core";

/**
 * Protects a skill's body from what Claude Code would run or substitute on load: `` !`command` ``, `$ARGUMENTS`, `$1`.
 * Substitution reaches into code, so code is guarded too.
 */
export function guardSkill(body: Rendered): Rendered {
  if (!body.text.includes("$") && !body.text.includes("!")) return body;
  const text = body.text
    .replace(/\$(?=ARGUMENTS|\d|\{CLAUDE_)/g, "\\$")
    .replace(/(^|\s)!(?=`)/gm, "$1! ")
    .replace(/(?<=`{3}|~{3})!/g, " !");
  return text === body.text ? body : { ...body, text };
}
