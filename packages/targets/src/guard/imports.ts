import type { Rendered } from "@personakit/core";
import { type Block, type BlockKind, codeSpans, isBelowDefinition, split } from "@personakit/core/internal";

/** Puts bare `@scope/package` and `@file` into code spans, or escapes them, where a tool would otherwise read an import. */
export function guardImports(rendered: Rendered): Rendered {
  if (!rendered.text.includes("@")) return rendered;
  return { text: textsOf(rendered.text).map(guardText).join("\n"), origins: rendered.origins };
}

/** Lines in which inline Markdown stands together: a paragraph, a row of a table. Code stands line by line. */
interface Text {
  readonly kind: "code" | "row" | "text";
  readonly lines: string[];
}

function textsOf(text: string): Text[] {
  const texts: Text[] = [];
  const leaves: Leaf[] = [];
  addLeaves(leaves, split(text).blocks);
  let at = 0;
  let end = -1;
  for (const line of text.split("\n")) {
    const start = end + 1;
    end = start + line.length;
    while ((leaves[at]?.end ?? end) < start) at++;
    const { [at]: leaf } = leaves;
    const isIn = leaf !== undefined && leaf.start <= end;
    if (isIn && leaf.isText && leaf.start < start) texts.at(-1)?.lines.push(line);
    else if (isIn && leaf.kind === "fence" && end <= leaf.end) texts.push({ kind: "code", lines: [line] });
    else texts.push({ kind: isIn && leaf.kind === "table" ? "row" : "text", lines: [line] });
  }
  return texts;
}

/** A block that holds no others. */
interface Leaf {
  readonly kind: BlockKind;
  /** Whether its inline Markdown goes on from line to line. */
  readonly isText: boolean;
  readonly start: number;
  readonly end: number;
}

const TEXTS: ReadonlySet<BlockKind> = new Set<BlockKind>(["paragraph", "heading", "definition"]);

function addLeaves(leaves: Leaf[], blocks: readonly Block[]): void {
  let above: Block | undefined;
  for (const block of blocks) {
    const { kind, end } = block;
    for (const item of block.items) addLeaves(leaves, item.blocks);
    if (kind === "quote") addLeaves(leaves, block.blocks);
    else if (kind !== "list") {
      // Not every reader ends a definition where its text goes on.
      const { start } = above !== undefined && isBelowDefinition(block, above) ? above : block;
      leaves.push({ kind, isText: TEXTS.has(kind), start, end });
    }
    above = block;
  }
}

function guardText({ kind, lines }: Text): string {
  const text = lines.join("\n");
  if (kind === "code" || !text.includes("@")) return text;
  const whole = codeSpans(text);
  const isPaired = whole.strays.every(({ start, end }) => end - start > 1);
  let from = 0;
  return lines
    .map((line) => {
      const start = from;
      from += line.length + 1;
      return guardLine(line, (at, end) => isIn(whole.spans, start + at, start + end), isPaired, kind === "row");
    })
    .join("\n");
}

/** `isPaired`: no backtick of the text is left over that one of ours could pair with. */
function guardLine(
  line: string,
  isCode: (start: number, end: number) => boolean,
  isPaired: boolean,
  isRow: boolean,
): string {
  // A cell ends at its bar, also in what would be code elsewhere.
  const spans = codeSpans(line).spans.filter(({ start, end }) => !isRow || !/(?<!\\)\|/.test(line.slice(start, end)));
  // What a tool would import: `@scope/package`, `@file`; not the middle of an address or of a path, and no escaped `@`. A pattern of letters
  // of all scripts takes a while to make: it stands where it is needed.
  const imports = /(?<![\p{L}\p{N}]|(?<!\\)[./+-]|(?<!\\)(?:\\\\)*\\|\]\()@(?:[\w~./-][\w@./~-]*)?[A-Za-z\d/]/gu;
  return line.replace(imports, (found, start: number) => {
    const end = start + found.length;
    const isInside = isIn(spans, start, end);
    if (isInside && isCode(start, end)) return found;
    // Next to other markup, or where not every reader finds code, backticks would change the meaning.
    const isWord = /[\s(]/.test(line[start - 1] ?? " ") && /[\s.,;:!?)]/.test(line[end] ?? " ");
    return isWord && isPaired && !isCode(start, end) ? `\`${found}\`` : `\\${found}`;
  });
}

function isIn(spans: readonly { readonly start: number; readonly end: number }[], start: number, end: number): boolean {
  // They stand in their order: of many, the one that could hold it is found by halves.
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return end < (spans[low - 1]?.end ?? 0);
}
