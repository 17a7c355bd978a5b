/** Strength as a shape: nothing is said by colour alone. */
export const SHAPES = { must: "■", should: "◧", may: "□" } as const;

/** "1 token", "2,841 tokens". */
export function tokens(count: number): string {
  return `${withCommas(count)} ${count === 1 ? "token" : "tokens"}`;
}

/** "2,841", in every locale. */
export function withCommas(count: number): string {
  return `${count}`.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** The words of a search. */
export function wordsOf(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether a text has all words of a search, each as it stands or as a part of a longer one. */
export function hasAll(words: readonly string[], text: string): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

/** "1 rule", "12 rules". */
export function counted(count: number, thing: string): string {
  return `${withCommas(count)} ${thing}${count === 1 ? "" : "s"}`;
}
