import { fenceAround } from "@personakit/core/internal";

/** A Markdown table. */
export function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Markdown shown as text, in a fence longer than any inside it. */
export function quoteMarkdown(text: string): string {
  const fence = fenceAround(text);
  return `${fence}markdown\n${text.trimEnd()}\n${fence}`;
}

/** Parts with a blank line between them, and one line end. */
export function page(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** A hand-written file with other content between `<!-- name -->` and `<!-- /name -->`. */
export function filled(path: string, text: string, name: string, content: string): string {
  const region = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`);
  if (!region.test(text)) throw new Error(`${path}: the region <!-- ${name} --> ... <!-- /${name} --> is missing`);
  return text.replace(region, (_, open: string, close: string) => `${open}\n${content}\n${close}`);
}
