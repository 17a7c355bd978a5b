import { type Block, type BlockKind, split } from "./split.ts";

/**
 * By line, from 0, of a text with LF line ends: the block that begins there and stands in no quote and no list; a list for each
 * item of one that stands in none. Text right below the definition of a link begins nothing: a list that starts with 2 is text there.
 */
export function startsIn(text: string): (BlockKind | undefined)[] {
  const starts = new Map<number, BlockKind>();
  let above: Block | undefined;
  for (const block of split(text).blocks) {
    for (const { start } of block.items) starts.set(start, block.kind);
    if (block.items.length === 0 && !isBelowDefinition(block, above)) starts.set(block.start, block.kind);
    above = block;
  }
  let next = 0;
  return text.split("\n").map((line) => {
    const start = next;
    next += line.length + 1;
    return starts.get(start);
  });
}

/** Whether a block would go on with the definition above it, if that were a paragraph. */
export function isBelowDefinition({ kind, gap, first, last }: Block, above: Block | undefined): boolean {
  if (above?.kind !== "definition" || gap > 0) return false;
  return kind === "paragraph" || kind === "definition" || (kind === "heading" && last > first);
}
