import { type Block, split } from "./split.ts";

/** The least depth of a text's headings, 1 to 6; 0 where it has none. */
export function leastDepth(text: string): number {
  return headingsIn(split(text).blocks).reduce((least, { depth }) => Math.min(least || depth, depth), 0);
}

/**
 * A text of Markdown with each heading so many levels deeper, or higher where the number is negative. What looks like a heading
 * in code stays as it is. There is no level above 1 or below 6: headings that would leave these stop there.
 */
export function shiftHeadings(text: string, by: number): string {
  if (by === 0) return text;
  let shifted = "";
  let at = 0;
  for (const heading of headingsIn(split(text).blocks)) {
    const to = Math.min(Math.max(heading.depth + by, 1), 6);
    const written = text.slice(heading.start, heading.end);
    shifted += text.slice(at, heading.start);
    if (to === heading.depth) shifted += written;
    else
      shifted += heading.first === heading.last ? written.replace(/#+/, "#".repeat(to)) : shiftUnderlined(written, to);
    at = heading.end;
  }
  return shifted + text.slice(at);
}

function headingsIn(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) =>
    block.kind === "heading"
      ? [block]
      : [...block.items.flatMap((item) => headingsIn(item.blocks)), ...headingsIn(block.blocks)],
  );
}

function shiftUnderlined(heading: string, to: number): string {
  const lines = heading.split(/\r\n|\r|\n/);
  const underline = lines.pop() ?? "";
  if (to <= 2) {
    const above = heading.slice(0, heading.length - underline.length);
    return above + underline.replace(/[=-]/g, to === 1 ? "=" : "-");
  }
  // Later lines have the signs of the quotes around them in front; the text of a paragraph starts with none.
  const title = lines.map((line) => line.replace(/^[ \t>]+/, "").trimEnd()).join(" ");
  return `${"#".repeat(to)} ${title.replace(/(^|[ \t])(#+)$/, "$1\\$2")}`;
}
