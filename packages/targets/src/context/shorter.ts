import type { Budget, SkillRules } from "./description.ts";
import { bytesOf, fill } from "./text.ts";

/** What is left of an entry: its line, and how much of its description is there. Undefined: the whole entry is left out. */
export type Shortened = { readonly text: string; readonly isCut: boolean; readonly length: number } | undefined;

/** A line of a list: as it is without a description, and the description. */
interface Entry {
  readonly empty: string;
  readonly characters: readonly string[];
}

/**
 * Makes a list fit by cutting descriptions: each of them grows by a character in turn, as long as there are tokens left. Returns what is
 * left of each line; undefined where all of them fit. `above` is what stands there of the list besides its lines.
 */
export function shortened(
  { line }: Pick<SkillRules, "line">,
  { characters, step, free, own, emptyLine }: Extract<Budget, { readonly beyond: "shorter" }>,
  lines: readonly { readonly values: { readonly [name: string]: string }; readonly description: string }[],
  above: string,
): readonly Shortened[] | undefined {
  const tokens = (bytes: number) => Math.ceil(bytes / step);
  const owned = Object.entries(own).map(([name, length]): Entry => {
    const empty = fill(emptyLine, { name, root: "r0", file: `${name}/SKILL.md` });
    return { empty, characters: new Array(length).fill("x") };
  });
  const entries = [
    ...owned,
    ...lines.map(
      ({ values, description }): Entry => ({ empty: fill(emptyLine, values), characters: [...description] }),
    ),
  ];
  /** The bytes of a line with its line end, and with the blank before a description. */
  const empty = entries.map((entry) => bytesOf(entry.empty) + 1);
  const least = empty.map(tokens);
  const room = tokens(characters) - Math.max(0, tokens(bytesOf(above) - free));
  const whole = entries.map(({ characters }, index) => tokens((empty[index] ?? 0) + 1 + bytesOf(characters.join(""))));
  const sum = (costs: readonly number[]) => costs.reduce((all, each) => all + each, 0);
  if (sum(whole) <= room) return undefined;
  let left = room - sum(least);
  const kept = left < 0 ? undefined : grown(entries, empty, tokens, left);
  left = room;
  return entries
    .map(({ characters }, index): number | undefined => {
      if (kept !== undefined) return Math.min(kept[index] ?? 0, characters.length);
      const cost = least[index] ?? 0;
      if (cost > left) return undefined;
      left -= cost;
      return 0;
    })
    .slice(owned.length)
    .map((count, index): Shortened => {
      const { values, description } = lines[index] ?? { values: {}, description: "" };
      if (count === undefined) return undefined;
      const text = [...description].slice(0, count).join("");
      return {
        text: fill(count === 0 ? emptyLine : line, { ...values, description: text }),
        isCut: text !== description,
        length: text.length,
      };
    });
}

/** How many characters each description may have. */
function grown(
  entries: readonly Entry[],
  empty: readonly number[],
  tokens: (bytes: number) => number,
  room: number,
): readonly number[] {
  const counts = entries.map(() => 0);
  // The blank before a description comes with its first character.
  const bytes = empty.map((each) => each + 1);
  const costs = empty.map(tokens);
  let left = room;
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    for (const [index, { characters }] of entries.entries()) {
      const next = characters[counts[index] ?? 0];
      if (next === undefined) continue;
      const longer = (bytes[index] ?? 0) + bytesOf(next);
      const more = tokens(longer) - (costs[index] ?? 0);
      if (more > left) continue;
      left -= more;
      counts[index] = (counts[index] ?? 0) + 1;
      bytes[index] = longer;
      costs[index] = tokens(longer);
      isGrowing = true;
    }
  }
  return counts;
}
