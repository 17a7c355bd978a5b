import { Issues } from "../issues/issue.ts";
import { own } from "../issues/values.ts";
import { type Block, split } from "./split.ts";

/** The parameters that a Markdown fragment declares. One whose default is undefined has none: each use must set it. */
export interface DeclaredParameters {
  readonly [parameter: string]: string | undefined;
}

const PLACEHOLDER = /\{\{[ \t]*([A-Za-z][\w-]*)[ \t]*\}\}/g;

/**
 * A text of Markdown with its placeholders filled in: `{{name}}` stands for a value only where a parameter of that name is
 * declared, and is text otherwise. Values are written as they stand. Throws a PersonaKitError for a value that no parameter takes, that is missing,
 * has line breaks, or would make other blocks of the text.
 *
 * @param place Where the values stand.
 */
export function fillIn(
  text: string,
  declared: DeclaredParameters,
  values: { readonly [parameter: string]: string },
  place: string,
): string {
  const issues = new Issues(place);
  const names = Object.keys(declared);
  for (const [name, value] of Object.entries(values)) {
    if (!names.includes(name)) issues.unknown("parameter", name, names);
    else if (/[\r\n]/.test(value))
      issues.add("line-break", `the value of "${name}" has line breaks`, "Write it on one line.");
  }
  for (const name of names) {
    if ((own(values, name) ?? own(declared, name)) !== undefined) continue;
    issues.add("missing-value", `"${name}" has no value and no default`, `Set it: {${name}="..."}.`);
  }
  issues.throw();
  const set = (some: { readonly [parameter: string]: string }) => fill(text, { ...declared, ...some });
  const filled = set(values);
  if (keepsBlocks(text, declared, values, filled)) return filled;
  const guilty = Object.entries(values).filter(([name, value]) => {
    const alone = { [name]: value };
    return !keepsBlocks(text, declared, alone, set(alone));
  });
  for (const [name] of guilty.length === 0 ? Object.entries(values) : guilty) {
    const hint = "Choose a value that is part of a sentence: no heading, list, code fence or empty text.";
    issues.add("changed-blocks", `the value of "${name}" makes other blocks of the fragment`, hint);
  }
  issues.throw();
  return filled;
}

/** Whether a filled text has the blocks that it has with defaults, or where a placeholder stands for any word. */
function keepsBlocks(text: string, declared: DeclaredParameters, values: object, filled: string): boolean {
  const shape = shapeOf(filled);
  const unset = Object.fromEntries(Object.entries(declared).filter(([name]) => !Object.hasOwn(values, name)));
  return shape === shapeOf(fill(text, declared)) || shape === shapeOf(fill(text, unset));
}

function fill(text: string, values: DeclaredParameters): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) => own(values, name) ?? placeholder);
}

/** The kinds of all blocks of a text, and their lines. */
function shapeOf(text: string): string {
  return split(text).blocks.map(shapeOfBlock).join(" ");
}

function shapeOfBlock({ kind, first, last, depth, items, blocks }: Block): string {
  const inside = [
    ...items.map((item) => `item(${item.blocks.map(shapeOfBlock).join(" ")})`),
    ...blocks.map(shapeOfBlock),
  ];
  return `${kind}${depth} ${first}-${last}(${inside.join(" ")})`;
}
