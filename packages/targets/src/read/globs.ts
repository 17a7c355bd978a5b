import { GLOB } from "@personakit/core/internal";

/** So many globs may come of one with braces. Real: 6. */
const MOST = 100;

/** Longer ones are left as they are. */
const LONGEST = 500;

/** Globs for all files say nothing. */
const ALL = new Set(["**", "**/*", "*", "**/*.*", "/**", "./**"]);

/** The globs in a value: a list, or one text with commas. Undefined where one cannot be said; empty where all files are meant. */
export function globsIn(value: unknown): readonly string[] | undefined {
  const globs = splitGlobs(value);
  if (globs === undefined) return undefined;
  if (globs.some((glob) => ALL.has(glob))) return [];
  return globs.every((glob) => GLOB.test(glob)) ? [...new Set(globs)] : undefined;
}

/**
 * The globs in a value as they stand, one for each choice in braces. Returns undefined for what is no list of texts.
 *
 * @example
 * ```ts
 * import { splitGlobs } from "@personakit/targets/read";
 *
 * console.log(splitGlobs("src/*.{ts,tsx}, test/*")); // ["src/*.ts", "src/*.tsx", "test/*"]
 * ```
 */
export function splitGlobs(value: unknown): readonly string[] | undefined {
  return wholeGlobs(value)?.flatMap(expand);
}

/** The globs in a value as they stand, with their braces. Undefined for what is no list of texts. */
export function wholeGlobs(value: unknown): readonly string[] | undefined {
  const texts = Array.isArray(value) ? value : value === null ? [] : [value];
  if (!texts.every((text) => typeof text === "string")) return undefined;
  const parts = texts.flatMap((text: string) => splitAtCommas(text)).map((part) => unquote(part.trim()));
  return parts.filter((part) => part !== "");
}

/** A comma in braces is no separator. */
function splitAtCommas(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "{") depth++;
    if (character === "}") depth = Math.max(0, depth - 1);
    if (character === "," && depth === 0) parts.push("");
    else parts.push(`${parts.pop()}${character}`);
  }
  return parts;
}

function unquote(text: string): string {
  return /^(?:"[^"]*"|'[^']*')$/.test(text) ? text.slice(1, -1).trim() : text;
}

/** A glob for each choice in braces: commas keep globs apart where tools read them from one line. */
function expand(glob: string): string[] {
  if (glob.length > LONGEST) return [glob];
  let globs = [glob];
  for (;;) {
    const next = globs.flatMap((each) => {
      const [whole, choices] = /\{([^{}]*,[^{}]*)\}/.exec(each) ?? [];
      if (whole === undefined || choices === undefined) return [each];
      return choices.split(",").map((choice) => each.replace(whole, () => choice.trim()));
    });
    if (next.length === globs.length || next.length > MOST) return next.length > MOST ? [glob] : next;
    globs = next;
  }
}
