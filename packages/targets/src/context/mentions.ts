import { type Block, codeSpans, split } from "@personakit/core/internal";

/** A file that a text names behind an `@`. */
export interface Mention {
  /** As it is written, without the `@`. */
  readonly path: string;
  /** Where the `@` stands, and where the path ends. */
  readonly start: number;
  readonly end: number;
}

/** Mentions in the running text of Markdown: not in code, in HTML, in the address of a link. */
export function mentionsInText(text: string): Mention[] {
  // An address of mail is no mention: most texts need not be parted into blocks.
  if (!/(?<=^|[\s|*_>`\])-])@[^\s]/.test(text)) return [];
  const mentions: Mention[] = [];
  for (const { start, end, kind } of leavesOf(split(text).blocks)) {
    let shown = masked(text.slice(start, end));
    if (kind === "table") shown = shown.replaceAll("|", " ");
    for (const found of shown.matchAll(/(?<=^|\s)([*_]{0,3})@((?:[^\s\\]|\\ )+)/g)) {
      const [, marks = "", written = ""] = found;
      const path = (marks === "" ? written : written.replace(/[*_]{1,3}$/, "")).split("#", 1)[0] ?? "";
      const at = start + found.index + marks.length;
      if (path !== "") mentions.push({ path: path.replaceAll("\\ ", " "), start: at, end: at + 1 + path.length });
    }
  }
  return mentions;
}

const TEXTS: ReadonlySet<Block["kind"]> = new Set<Block["kind"]>(["paragraph", "heading", "table"]);

/** The blocks that hold running text, in their order. */
function leavesOf(blocks: readonly Block[]): Block[] {
  const leaves: Block[] = [];
  const add = (all: readonly Block[]) => {
    for (const block of all) {
      if (TEXTS.has(block.kind)) leaves.push(block);
      add(block.blocks);
      for (const item of block.items) add(item.blocks);
    }
  };
  add(blocks);
  return leaves;
}

/** A text with spaces where code, comments, tags and addresses of links stand. */
function masked(text: string): string {
  const blank = (length: number) => " ".repeat(length);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of codeSpans(text).spans) {
    parts.push(text.slice(at, start), blank(end - start));
    at = end;
  }
  const withoutCode = parts.join("") + text.slice(at);
  const withoutComments = replaceComments(withoutCode, (comment) => blank(comment.length));
  const withoutTags = withoutComments.replace(/<\/?[a-z][^<>]*>/gi, (tag) => blank(tag.length));
  return withoutTags.replace(/\]\([^()\s]*\)/g, (address) => blank(address.length));
}

/** Replaces HTML comments that are closed. A regular expression would look for the end again from every start. */
export function replaceComments(text: string, by: (comment: string) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf("<!--", at);
    const end = start === -1 ? -1 : text.indexOf("-->", start + 4);
    if (end === -1) break;
    parts.push(text.slice(at, start), by(text.slice(start, end + 3)));
    at = end + 3;
  }
  return at === 0 ? text : parts.join("") + text.slice(at);
}

/** What a tool takes for a mention, and where it finds none. */
export interface MentionRules {
  /** What may stand before the `@`, what the path starts with, and what ends it: sources of regular expressions. */
  readonly before: string;
  readonly first: string;
  readonly path: string;
  /** Characters that are not part of the path at its end. */
  readonly trailing?: string;
  readonly code: "fences of backticks" | "fences" | "all code";
}

/** Mentions as a tool finds them that looks at the characters of a text, outside of code. */
export function mentionsIn(text: string, rules: MentionRules): Mention[] {
  if (!text.includes("@")) return [];
  const pattern = new RegExp(`(?<=${rules.before})@(?=${rules.first})(${rules.path}+)`, "g");
  if (text.search(pattern) === -1) return [];
  const mentions: Mention[] = [];
  for (const { start, end } of outsideCode(text, rules.code)) {
    for (const found of text.slice(start, end).matchAll(pattern)) {
      let path = found[1] ?? "";
      if (rules.trailing !== undefined) while (rules.trailing.includes(path.at(-1) ?? " ")) path = path.slice(0, -1);
      const at = start + found.index;
      // A stretch begins behind code, which is no beginning of a line.
      if (found.index === 0 && at > 0 && !/\s/.test(text[at - 1] ?? "")) continue;
      if (path !== "") mentions.push({ path, start: at, end: at + 1 + path.length });
    }
  }
  return mentions;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The stretches of a text that are not in a fence or a code span. */
function outsideCode(text: string, code: MentionRules["code"]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { start, end } of outsideFences(text, code)) {
    let at = start;
    for (const span of codeSpans(text.slice(start, end)).spans) {
      stretches.push({ start: at, end: start + span.start });
      at = start + span.end;
    }
    stretches.push({ start: at, end });
  }
  return stretches;
}

function outsideFences(text: string, code: MentionRules["code"]): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  const { blocks } = split(text);
  for (const block of codeBlocks(blocks)) {
    const { kind, start, end } = block;
    const marks = text[start];
    const counts =
      kind === "indented code"
        ? code === "all code" && blocks.includes(block)
        : code !== "fences of backticks" || marks === "`";
    if (!counts || start < at) continue;
    stretches.push({ start: at, end: start });
    at = end;
  }
  return [...stretches, { start: at, end: text.length }];
}

function codeBlocks(blocks: readonly Block[]): Block[] {
  const code: Block[] = [];
  const add = (all: readonly Block[]) => {
    for (const block of all) {
      if (block.kind === "fence" || block.kind === "indented code") code.push(block);
      add(block.blocks);
      for (const item of block.items) add(item.blocks);
    }
  };
  add(blocks);
  return code;
}
