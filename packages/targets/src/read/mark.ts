/** A byte order mark; editors write one, and tools do not expect it. */
export const BOM = "\u{FEFF}";

/** A text without its byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith(BOM) ? text.slice(BOM.length) : text;
}
