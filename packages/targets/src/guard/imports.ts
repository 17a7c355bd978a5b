import type { Rendered } from "@personakit/core";

/** Applies a change to Markdown outside code spans and fences. Line count stays the same. */
function outsideCode(rendered: Rendered, change: (text: string) => string): Rendered {
  let fence: string | undefined;
  const lines = rendered.text.split("\n").map((line) => {
    const mark = /^(`{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark !== undefined && line.trim() === fence) fence = undefined;
      return line;
    }
    if (mark !== undefined) {
      fence = mark;
      return line;
    }
    return line
      .split(/(`+[^`]*`+)/)
      .map((part, index) => (index % 2 === 1 ? part : change(part)))
      .join("");
  });
  return { text: lines.join("\n"), origins: rendered.origins };
}

/** Puts bare `@scope/package` and `@file` into code spans, where a tool would otherwise read an import. */
export function guardImports(rendered: Rendered): Rendered {
  return outsideCode(rendered, (text) => text.replace(/(^|[\s(])(@[\w~./-][\w@./~-]*[\w/])/g, "$1`$2`"));
}
