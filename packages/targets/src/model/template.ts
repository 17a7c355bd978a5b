/** Templates taken apart: texts, and between them names of placeholders. There are few, and each is filled for every file. */
const known = new Map<string, readonly string[]>();

/** Puts values into a template: `<name>` is replaced by the value of that name. */
export function fill(template: string, values: { readonly [placeholder: string]: string }): string {
  const parts = known.get(template) ?? template.split(/<(\w+)>/);
  known.set(template, parts);
  let filled = parts[0] ?? "";
  for (let at = 1; at < parts.length; at += 2) {
    const placeholder = parts[at] as string;
    filled += `${values[placeholder] ?? `<${placeholder}>`}${parts[at + 1]}`;
  }
  return filled;
}

/**
 * The folder that a main file has to itself, as a skill has: files beside it are its persona's. Undefined for a main file that stands
 * among others.
 *
 * @param main The target's path, with `<name>` for the persona's.
 *
 * @example
 * ```ts
 * import { ownFolder } from "@personakit/targets";
 *
 * console.log(ownFolder(".claude/skills/<name>/SKILL.md")); // .claude/skills/<name>
 * ```
 */
export function ownFolder(main: string): string | undefined {
  return /^(.*\/<name>)\/[^/<>]+$/.exec(main)?.[1];
}
