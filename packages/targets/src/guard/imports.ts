import type { Rendered } from "@personakit/core";
import { codeSpans, NO_BLOCKS, readLine } from "@personakit/core/internal";

/** Puts bare `@scope/package` and `@file` into code spans, or escapes them, where a tool would otherwise read an import. */
export function guardImports(rendered: Rendered): Rendered {
  if (!rendered.text.includes("@")) return rendered;
  let blocks = NO_BLOCKS;
  const lines = rendered.text.split("\n").map((line) => {
    blocks = readLine(blocks, line).blocks;
    return blocks.leaf.kind === "fence" ? line : guardLine(line);
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
