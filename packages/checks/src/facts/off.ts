import type { InstructionFile } from "../model/file.ts";
import { groupOf } from "../model/groups.ts";

/** A comment that switches a check off in its file. */
export interface Off {
  /** The check or the group. */
  readonly id: string;
  /** Empty where none is given; then nothing is switched off. */
  readonly reason: string;
  readonly start: number;
}

const HTML = /<!--\s*personakit-disable\b([^>]*?)-->/g;
const HASH = /^[ \t]*#\s*personakit-disable\b([^\r\n]*)$/gm;

/** The comments of a file that switch checks off: in HTML where it is Markdown, behind `#` in front matter and in TOML. */
export function offIn(file: InstructionFile): readonly Off[] {
  const { text } = file;
  if (!text.includes("personakit-disable")) return [];
  // Looked up only now: nearly no file has a comment.
  const { bodyStart, fences, tables } = file;
  const isCode = (start: number) => fences.some((fence) => fence.start <= start && start < fence.end);
  const inHtml = [...text.matchAll(HTML)].filter(({ index }) => index >= bodyStart && !isCode(index));
  const head = tables.reading?.toml === undefined ? text.slice(0, bodyStart) : text;
  return [...head.matchAll(HASH), ...inHtml].map(({ 1: said = "", index }) => {
    const [, id = "", reason = ""] = /^\s*([\w/-]*)\s*:?\s*([\s\S]*?)\s*$/.exec(said) ?? [];
    return { id, reason, start: index };
  });
}

/** Those that switch a check off. */
export function offOf(all: readonly Off[], check: string): readonly Off[] {
  return all.filter(({ id, reason }) => reason !== "" && (id === check || id === groupOf(check)));
}
