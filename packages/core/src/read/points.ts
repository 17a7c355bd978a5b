import { type Block, split } from "./split.ts";

/** A paragraph, or the text of an item of a list, and what it stands under. */
export interface Point {
  /** On one line, as it stands, without the marker of an item and the box of a task. */
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** The heading above it; empty where there is none. */
  readonly heading: string;
  /** What opens the list that it is an item of, such as "Avoid:"; empty where nothing does. */
  readonly opening: string;
}

/** The paragraphs and items of a text, in order; an item within an item is a point of its own. Code, tables and quotes have none. */
export function pointsIn(text: string): Point[] {
  const points: Point[] = [];
  let heading = "";
  const visit = (blocks: readonly Block[], opening: string): void => {
    let above = opening;
    for (const { kind, start, end, first, items } of blocks) {
      if (kind === "list") for (const item of items) visit(item.blocks, above);
      const said = oneLine(text.slice(start, end));
      if (kind === "heading") heading = said.slice(0, LONGEST_HEADING).replace(/^#+ *| *#+$/g, "");
      if (kind === "paragraph") points.push({ text: said.replace(/^\[[ xX]\] /, ""), line: first, heading, opening });
      above = kind === "paragraph" && OPENS_LIST.test(said) ? said : opening;
    }
  };
  visit(split(text).blocks, "");
  return points;
}

/** It ends in a colon, or is in bold as a whole. */
const OPENS_LIST = /:\W{0,6}$|^\*\*[^*]+\*\*$/;

/** In characters: more of it says no more of what stands below. */
const LONGEST_HEADING = 200;

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
