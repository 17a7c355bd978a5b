import { type Block, split } from "../read/split.ts";
import { codeSpans } from "./code-spans.ts";

/** A link of a text of Markdown to a file that lies near it. */
export interface FileLink {
  /** As it is written, without a fragment or a query: `references/api.md`. */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What stands behind a link's text or an image's, or behind the label of a definition. */
const LINK = /(?:\]\(|^ {0,3}\[[^\]\r\n]+\]:)[ \t]*(?:<([^<>\r\n]*)>|([^\s()<>]+))/gm;

/** Addresses, places in the text itself, and places in a template. */
const ELSEWHERE = /^(?:[A-Za-z][\w+.-]*:|[#/?~@])|[{}$*|]/;

/**
 * The links of a text to files near it that are wanted; nothing in code or HTML, and no word without a slash or an ending. Where none
 * is wanted, no Markdown is parsed.
 */
export function fileLinksIn(text: string, isWanted: (path: string) => boolean): FileLink[] {
  if (linksIn(text, isWanted).length === 0) return [];
  return leavesOf(split(text).blocks).flatMap(({ start, end, first }) => {
    const block = text.slice(start, end);
    const { spans } = codeSpans(block);
    return linksIn(block, isWanted)
      .filter(({ index }) => !spans.some((code) => code.start <= index && index < code.end))
      .map(({ path, index }) => ({ path, line: first + block.slice(0, index).split("\n").length - 1 }));
  });
}

function linksIn(text: string, isWanted: (path: string) => boolean) {
  return [...text.matchAll(LINK)].flatMap(({ index, 1: inAngles, 2: bare = "" }) => {
    const [path = ""] = (inAngles ?? bare).split(/[?#]/, 1);
    return !ELSEWHERE.test(path) && /\/|\.\w+$/.test(path) && isWanted(path) ? [{ path, index }] : [];
  });
}

/** Blocks that hold no others, without code and HTML. */
function leavesOf(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => {
    if (["fence", "indented code", "html"].includes(block.kind)) return [];
    const inner = [...block.items.flatMap((item) => item.blocks), ...block.blocks];
    return inner.length === 0 ? [block] : leavesOf(inner);
  });
}
