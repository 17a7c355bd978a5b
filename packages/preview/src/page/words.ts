/** "1 token", "2,841 tokens". */
export function tokens(count: number): string {
  return `${withCommas(count)} ${count === 1 ? "token" : "tokens"}`;
}

/** "2,841", in every locale. */
export function withCommas(count: number): string {
  return `${count}`.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Strength as a shape: nothing is said by colour alone. */
export const SHAPES = { must: "■", should: "◧", may: "□" } as const;
