// A pattern is somebody's text, and may not cost more than its length times the path's: what compiles to a regular expression can.

/** A step of a pattern: a character, or a set of them; `any` repeats. */
interface Token {
  readonly accepts: (character: string) => boolean;
  readonly repeats: boolean;
}

/** Longer patterns match nothing. */
const LONGEST = 500;

const isAny = () => true;
const isInName = (character: string) => character !== "/";

/** Whether a path matches a glob: `*`, `**`, `?` and `[abc]`; braces are expanded before. Both are relative to one folder. */
export function matchesGlob(glob: string, path: string): boolean {
  if (glob.length > LONGEST) return false;
  const tokens = tokensOf(glob.replace(/^\.?\//, ""));
  let states = new Set([0]);
  const open = (all: Set<number>): Set<number> => {
    // A token that repeats may also be left out.
    for (const state of all) if (tokens[state]?.repeats === true) all.add(state + 1);
    return all;
  };
  open(states);
  for (const character of path) {
    const next = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token?.accepts(character) === true) next.add(token.repeats ? state : state + 1);
    }
    if (next.size === 0) return false;
    states = open(next);
  }
  return states.has(tokens.length);
}

function tokensOf(glob: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < glob.length; at++) {
    const rest = glob.slice(at, at + 3);
    const isFirst = at === 0 || glob[at - 1] === "/";
    if (rest === "**/" && isFirst) {
      // Folders, or none: `src/**/a.ts` is also `src/a.ts`.
      tokens.push({ accepts: isAny, repeats: true });
      at += 2;
    } else if (rest.startsWith("**")) {
      tokens.push({ accepts: isAny, repeats: true });
      at += 1;
    } else if (rest.startsWith("*")) tokens.push({ accepts: isInName, repeats: true });
    else if (rest.startsWith("?")) tokens.push({ accepts: isInName, repeats: false });
    else {
      const set = rest.startsWith("[") ? glob.indexOf("]", at + 2) : -1;
      if (set === -1) tokens.push(one(glob[at] ?? ""));
      else {
        tokens.push(oneOf(glob.slice(at + 1, set)));
        at = set;
      }
    }
  }
  return tokens;
}

function one(character: string): Token {
  return { accepts: (other) => other === character, repeats: false };
}

function oneOf(set: string): Token {
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
  return { accepts: (character) => isInName(character) && isIn(character) !== isNot, repeats: false };
}
