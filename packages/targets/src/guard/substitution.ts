import type { Rendered } from "@personakit/core";

/**
 * Spares a skill's body what Claude Code would run or substitute when it loads it: `` !`command` ``, `$ARGUMENTS`, `$1`.
 * Substitution reaches into code, so code is guarded too.
 */
export function guardSkill(body: Rendered): Rendered {
  const text = body.text
    .replace(/\$(?=ARGUMENTS|\d|\{CLAUDE_)/g, "\\$")
    .replace(/(^|\s)!(?=`)/gm, "$1! ")
    .replace(/(?<=`{3}|~{3})!/g, " !");
  return text === body.text ? body : { ...body, text };
}
