import type { Rendered } from "@personakit/core";
import { codeSpans } from "@personakit/core/internal";

/** A fence of CommonMark, open or closed. */
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)$/;

/** Puts bare `@scope/package` and `@file` into code spans, or escapes them, where a tool would otherwise read an import. */
export function guardImports(rendered: Rendered): Rendered {
  if (!rendered.text.includes("@")) return rendered;
  let fence = "";
  const lines = rendered.text.split("\n").map((line) => {
    const [, mark = "", rest = ""] = FENCE.exec(line) ?? [];
    if (fence === "") {
      fence = mark;
      return mark === "" ? guardLine(line) : line;
    }
    if (mark.startsWith(fence) && rest.trim() === "") fence = "";
    return line;
  });
  return { text: lines.join("\n"), origins: rendered.origins };
}

function guardLine(line: string): string {
  if (!line.includes("@")) return line;
  const { spans } = codeSpans(line);
  // What a tool would import: `@scope/package`, `@file`; not the middle of an address or of a path, and no escaped `@`.
  const imports = /(?<![\p{L}\p{N}]|(?<!\\)[./+-]|(?<!\\)(?:\\\\)*\\|\]\()@(?:[\w~./-][\w@./~-]*)?[A-Za-z\d/]/gu;
  return line.replace(imports, (found, start: number) => {
    const end = start + found.length;
    if (spans.some((span) => span.start < start && end < span.end)) return found;
    // Next to other markup, backticks would change the meaning.
    const isWord = /[\s(]/.test(line[start - 1] ?? " ") && /[\s.,;:!?)]/.test(line[end] ?? " ");
    return isWord ? `\`${found}\`` : `\\${found}`;
  });
}
