import { type Block, split } from "./split.ts";

/**
 * Where lines start on which a block begins that stands in no quote and no list, or an item of a list that stands in none. Text
 * right below the definition of a link counts as its own: a list that starts with 2 would be text there.
 */
export function startsIn(text: string): ReadonlySet<number> {
  const starts = new Set<number>();
  let above: Block | undefined;
  for (const block of split(text).blocks) {
    for (const { start } of block.items) starts.add(start);
    if (block.items.length === 0 && !isBelowDefinition(block, above)) starts.add(block.start);
    above = block;
  }
  return starts;
}

/** Whether a block would go on with the definition above it, if that were a paragraph. */
export function isBelowDefinition({ kind, gap, first, last }: Block, above: Block | undefined): boolean {
  if (above?.kind !== "definition" || gap > 0) return false;
  return kind === "paragraph" || kind === "definition" || (kind === "heading" && last > first);
}
