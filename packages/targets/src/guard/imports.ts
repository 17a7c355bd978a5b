import type { Rendered } from "@personakit/core";
import { codeSpans, NO_BLOCKS, readLine } from "@personakit/core/internal";

/** Puts bare `@scope/package` and `@file` into code spans, or escapes them, where a tool would otherwise read an import. */
export function guardImports(rendered: Rendered): Rendered {
  if (!rendered.text.includes("@")) return rendered;
  return { text: textsOf(rendered.text.split("\n")).map(guardText).join("\n"), origins: rendered.origins };
}

/** Lines in which inline Markdown stands together: a paragraph, a row of a table. Code stands line by line. */
interface Text {
  readonly kind: "code" | "row" | "text";
  readonly lines: string[];
}

function textsOf(lines: readonly string[]): Text[] {
  const texts: Text[] = [];
  let blocks = NO_BLOCKS;
  for (const line of lines) {
    const read = readLine(blocks, line);
    blocks = read.blocks;
    const above = texts.at(-1);
    if (above !== undefined && read.goesOn) {
      above.lines.push(line);
      continue;
    }
    // The row that delimits a table makes a row of the line above it.
    const head = blocks.leaf.kind === "table" && above?.kind === "text" ? above.lines.pop() : undefined;
    if (head !== undefined) texts.push({ kind: "row", lines: [head] });
    const kind = blocks.leaf.kind === "fence" ? "code" : blocks.leaf.kind === "table" ? "row" : "text";
    texts.push({ kind, lines: [line] });
  }
  return texts.filter(({ lines }) => lines.length > 0);
}

// What a tool would import: `@scope/package`, `@file`; not the middle of an address or of a path, and no escaped `@`.
const IMPORT = /(?<![\p{L}\p{N}]|(?<!\\)[./+-]|(?<!\\)(?:\\\\)*\\|\]\()@(?:[\w~./-][\w@./~-]*)?[A-Za-z\d/]/gu;

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
  return line.replace(IMPORT, (found, start: number) => {
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
