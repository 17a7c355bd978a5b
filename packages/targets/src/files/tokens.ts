// tokenx estimates from character classes: 2 KB and no table, where an exact tokenizer brings megabytes for one vendor's models.
import { estimateTokenCount } from "tokenx";
import { Recent } from "../model/recent.ts";

/**
 * An estimate of a text's length in tokens.
 *
 * @example
 * ```ts
 * import { countTokens } from "@personakit/targets";
 *
 * console.log(countTokens("You review changes."));
 * ```
 */
export function countTokens(text: string): number {
  // A body is counted once for all targets. The estimate reads no further than a line end that a word follows.
  const body = FRONT_MATTER.exec(text)?.[0].length ?? 0;
  return (body === 0 ? 0 : estimateTokenCount(text.slice(0, body))) + countBody(text.slice(body));
}

/** Front matter and the blank lines below it. */
const FRONT_MATTER = /^---\n[\s\S]*?\n---\n\s*(?=[!-~])/;

const counts = new Recent<number>();

function countBody(body: string): number {
  return counts.get(body) ?? counts.set(body, estimateTokenCount(body));
}
