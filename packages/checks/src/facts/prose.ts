import { type Block, codeSpans } from "@personakit/core/internal";
import type { Fence } from "../model/file.ts";

/** All blocks, those in lists and quotes among them, in their order. */
export function allBlocks(blocks: readonly Block[]): readonly Block[] {
  const all: Block[] = [];
  const add = (each: readonly Block[]) => {
    for (const block of each) {
      all.push(block);
      add(block.blocks);
      for (const item of block.items) add(item.blocks);
    }
  };
  add(blocks);
  return all;
}

/** The code fences of a body that begins at an offset of its file. `blocks`: all of them. */
export function fencesIn(body: string, offset: number, blocks: readonly Block[]): Fence[] {
  return blocks.flatMap(({ kind, start, end, isOpen }) => {
    if (kind !== "fence") return [];
    const fence = body.slice(start, end);
    const [, row = "", language = "", lineEnd = ""] = /^([`~]+)[ \t]*([^\r\n]*)(\r\n|\n|\r|$)/.exec(fence) ?? [];
    const from = fence.indexOf(language, row.length) + language.length + lineEnd.length;
    const to = isOpen ? fence.length : Math.max(from, fence.lastIndexOf("\n") + 1, fence.lastIndexOf("\r") + 1);
    return [
      {
        start: offset + start,
        end: offset + end,
        language: language.trim(),
        code: fence.slice(from, to),
        codeStart: offset + from + start,
        isOpen,
      },
    ];
  });
}

/** The kinds of block that hold sentences. */
const SENTENCES: ReadonlySet<Block["kind"]> = new Set<Block["kind"]>(["paragraph", "heading", "table"]);

/** A file's text with spaces where there is anything but sentences. Line ends stay. `blocks`: all of them. */
export function proseOf(text: string, bodyStart: number, blocks: readonly Block[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { kind, start, end } of blocks) {
    if (!SENTENCES.has(kind)) continue;
    parts.push(blank(text.slice(at, bodyStart + start)), withoutCode(text.slice(bodyStart + start, bodyStart + end)));
    at = bodyStart + end;
  }
  return parts.join("") + blank(text.slice(at));
}

function blank(text: string): string {
  return text.replace(/[^\r\n]+/g, (line) => " ".repeat(line.length));
}

function withoutCode(text: string): string {
  let shown = "";
  let at = 0;
  // Most texts have neither.
  const hasTags = text.includes("<");
  if (!hasTags && !text.includes("`")) return text;
  for (const { start, end } of codeSpans(text).spans) {
    shown += text.slice(at, start) + blank(text.slice(start, end));
    at = end;
  }
  const rest = shown + text.slice(at);
  return !hasTags ? rest : rest.replace(/<!--[\s\S]*?-->|<\/?[A-Za-z][^<>]*>/g, blank);
}
