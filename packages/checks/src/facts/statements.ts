import type { Block } from "@personakit/core/internal";
import type { InstructionFile } from "../model/file.ts";

/** A sentence, or an item of a list, as it stands. */
export interface Statement {
  /** Without line ends and markers. */
  readonly text: string;
  /** Where it begins in the file's text. */
  readonly at: number;
}

const known = new WeakMap<InstructionFile, readonly Statement[]>();

/** What a file says, outside of headings, tables, quotes and code: the text of each item, and each sentence of a paragraph. */
export function statementsIn(file: InstructionFile): readonly Statement[] {
  let statements = known.get(file);
  if (statements === undefined) {
    statements = statementsOf(file, file.blocks, false);
    known.set(file, statements);
  }
  return statements;
}

function statementsOf(file: InstructionFile, blocks: readonly Block[], isItem: boolean): Statement[] {
  return blocks.flatMap(({ kind, start, end, items }) => {
    if (kind === "list") return items.flatMap((item) => statementsOf(file, item.blocks, true));
    if (kind !== "paragraph") return [];
    const text = file.body.slice(start, end);
    const parts = isItem ? [{ 0: text, index: 0 }] : text.matchAll(/\S[\s\S]*?(?:[.!?](?=\s)|$)/g);
    return [...parts].map(({ 0: part, index }) => ({
      text: part
        .replace(/\s+/g, " ")
        .replace(/^\[[ xX]\] /, "")
        .trim(),
      at: file.bodyStart + start + index,
    }));
  });
}

/** The words of a statement: small, without marks. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}.+#/-]*(?<![./-])/gu) ?? [];
}
