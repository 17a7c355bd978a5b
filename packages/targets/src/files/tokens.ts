// tokenx estimates from character classes: 2 KB and no table, where an exact tokenizer brings megabytes for one vendor's models.
import { estimateTokenCount } from "tokenx";

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
  return estimateTokenCount(text);
}
