// A pattern is somebody's text, and may not cost more than its length times the path's: what compiles to a regular expression can.

/** A step of a pattern. */
interface Token {
  /** How many steps further one is behind a character; undefined where it does not fit. */
  next(character: string): number | undefined;
  /** How many steps may be left out here. */
  readonly skips?: number;
}

/** Longer patterns match nothing. */
const LONGEST = 500;

/**
 * Whether a path matches a glob: `*`, `**`, `?` and `[abc]`; braces are expanded before. Both are relative to one folder. Returns true where
 * it does.
 *
 * @example
 * ```ts
 * import { matchesGlob } from "@personakit/targets/context";
 *
 * console.log(matchesGlob("src/*.ts", "src/index.ts")); // true
 * ```
 */
export function matchesGlob(glob: string, path: string): boolean {
  if (glob.length > LONGEST) return false;
  const tokens = tokensOf(glob.replace(/^\.?\//, ""));
  const open = (states: Set<number>): Set<number> => {
    for (const state of states) {
      const skips = tokens[state]?.skips;
      if (skips !== undefined) states.add(state + skips);
    }
    return states;
  };
  let states = open(new Set([0]));
  for (const character of path) {
    const next = new Set<number>();
    for (const state of states) {
      const steps = tokens[state]?.next(character);
      if (steps !== undefined) next.add(state + steps);
    }
    if (next.size === 0) return false;
    states = open(next);
  }
  return states.has(tokens.length);
}

const ANY: Token = { next: () => 0, skips: 1 };
const NAME: Token = { next: (character) => (character === "/" ? undefined : 0), skips: 1 };

/** Folders, or none: where a folder's name begins, the rest of the pattern may, too; within a name, it may not. */
const FOLDERS: readonly Token[] = [
  { next: (character) => (character === "/" ? 0 : 1), skips: 2 },
  { next: (character) => (character === "/" ? -1 : 0) },
];

function tokensOf(glob: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < glob.length; at++) {
    const rest = glob.slice(at, at + 3);
    const isFirst = at === 0 || glob[at - 1] === "/";
    if (rest === "**/" && isFirst) {
      tokens.push(...FOLDERS);
      at += 2;
    } else if (rest.startsWith("**")) {
      tokens.push(ANY);
      at += 1;
    } else if (rest.startsWith("*")) tokens.push(NAME);
    else if (rest.startsWith("?")) tokens.push(one((character) => character !== "/"));
    else {
      const set = rest.startsWith("[") ? glob.indexOf("]", at + 2) : -1;
      if (set === -1) tokens.push(one((character) => character === glob[at]));
      else {
        tokens.push(one(isOneOf(glob.slice(at + 1, set))));
        at = set;
      }
    }
  }
  return tokens;
}

function one(accepts: (character: string) => boolean): Token {
  return { next: (character) => (accepts(character) ? 1 : undefined) };
}

function isOneOf(set: string): (character: string) => boolean {
  const isNot = /^[!^]/.test(set);
  const characters = isNot ? set.slice(1) : set;
  const isIn = (character: string) => {
    for (let at = 0; at < characters.length; at++) {
      const [from = "", dash, to] = characters.slice(at, at + 3);
      if (dash === "-" && to !== undefined) {
        if (character >= from && character <= to) return true;
        at += 2;
      } else if (character === from) return true;
    }
    return false;
  };
  return (character) => character !== "/" && isIn(character) !== isNot;
}
