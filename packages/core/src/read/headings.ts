import { type Block, split } from "./split.ts";

/** The least depth of a text's headings, 1 to 6; 0 where it has none. */
export function leastDepth(text: string): number {
  return headingsIn(split(text).blocks).reduce((least, { block: { depth } }) => Math.min(least || depth, depth), 0);
}

/**
 * A text of Markdown with each heading so many levels deeper, or higher where the number is negative. What looks like a heading
 * in code stays as it is. There is no level above 1 or below 6: headings that would leave these stop there.
 */
export function shiftHeadings(text: string, by: number): string {
  if (by === 0) return text;
  let shifted = "";
  let at = 0;
  for (const { block: heading, isInItem } of headingsIn(split(text).blocks)) {
    const to = Math.min(Math.max(heading.depth + by, 1), 6);
    const written = text.slice(heading.start, heading.end);
    shifted += text.slice(at, heading.start);
    const startsLine = heading.start === 0 || "\n\r".includes(text.charAt(heading.start - 1));
    if (to === heading.depth) shifted += written;
    else if (heading.first === heading.last) shifted += written.replace(/#+/, "#".repeat(to));
    else shifted += shiftUnderlined(written, to, { isInItem, startsLine });
    at = heading.end;
  }
  return shifted + text.slice(at);
}

interface Heading {
  readonly block: Block;
  readonly isInItem: boolean;
}

function headingsIn(blocks: readonly Block[], isInItem = false): Heading[] {
  return blocks.flatMap((block) =>
    block.kind === "heading"
      ? [{ block, isInItem }]
      : [...block.items.flatMap((item) => headingsIn(item.blocks, true)), ...headingsIn(block.blocks, isInItem)],
  );
}

interface Place extends Pick<Heading, "isInItem"> {
  readonly startsLine: boolean;
}

function shiftUnderlined(heading: string, to: number, { isInItem, startsLine }: Place): string {
  const lines = heading.split(/\r\n|\r|\n/);
  const underline = lines.pop() ?? "";
  if (to <= 2) {
    const above = heading.slice(0, heading.length - underline.length);
    return above + underline.replace(/[=-]/g, to === 1 ? "=" : "-");
  }
  // Later lines have the signs of the quotes around them in front; the text of a paragraph starts with none.
  const title = lines.map((line) => line.replace(/^[ \t>]+/, "").trimEnd()).join(" ");
  // What keeps it in its item: a tab that is partly the item's or, where its text goes on from a paragraph that is none, what its underline has.
  const before = /^[ \t]+/.exec(heading)?.[0] ?? (startsLine ? /^[ \t]*/.exec(underline)?.[0] : "");
  return `${isInItem ? (before ?? "") : ""}${"#".repeat(to)} ${title.replace(/(^|[ \t])(#+)$/, "$1\\$2")}`;
}
