import { Recent } from "../model/recent.ts";
import { estimate } from "./estimate.ts";

/**
 * An estimate of a text's length in tokens, of whatever language: for prose, most texts are within a twentieth of what OpenAI's
 * tokenizer counts.
 *
 * @example
 * ```ts
 * import { countTokens } from "@personakit/targets";
 *
 * console.log(countTokens("You review changes.")); // 4
 * ```
 */
export function countTokens(text: string): number {
  // A body is counted once for all targets.
  const body = FRONT_MATTER.exec(text)?.[0].length ?? 0;
  const thousandths = (body === 0 ? 0 : estimate(text.slice(0, body))) + estimateBody(text.slice(body));
  return thousandths === 0 ? 0 : Math.max(1, Math.round(thousandths / 1000));
}

/**
 * The most that {@link countTokens} can say of a text, without a look at its words: a token for each character, or three where not all is ASCII.
 *
 * @example
 * ```ts
 * import { mostTokens } from "@personakit/targets";
 *
 * console.log(mostTokens("Review.")); // 7
 * ```
 */
export function mostTokens(text: string): number {
  return /[^\t\n\r -~]/.test(text) ? 3 * text.length : text.length;
}

/** Front matter and the empty lines below it: nothing in the body is estimated by what stands there. */
const FRONT_MATTER = /^---\n[\s\S]*?\n---\n+/;

const estimates = new Recent<number>();

function estimateBody(body: string): number {
  return estimates.get(body) ?? estimates.set(body, estimate(body));
}
