import type { SourceFile } from "@personakit/core";
import { readToml } from "../format/toml.ts";
import { failure } from "../issues/issue.ts";

/** A text between the quotes that stand at the end of `head`. Throws a PersonaKitError where it cannot stand there. */
export function spellToml({ head, raw }: Pick<SourceFile, "head" | "raw">, body: string, place: string): string {
  const [, quote = "'''"] = /("""|'''|"|')\s*$/.exec(head.slice(-200)) ?? [];
  if (raw !== undefined && decode(quote, raw) === body) return raw;
  if (quote === '"') return JSON.stringify(body).slice(1, -1);
  if (quote === '"""') return escapeLines(body);
  if (!body.includes(quote) && (quote === "'''" || !body.includes("\n"))) return body;
  const hint = 'Put the text between """ instead.';
  throw failure("not-read-back", place, `the text cannot stand between ${quote}, which has no escapes`, hint);
}

function decode(quote: string, raw: string): string | undefined {
  try {
    const { text } = readToml(`text = ${quote}${quote.length === 3 ? "\n" : ""}${raw}${quote}\n`) as { text?: unknown };
    return typeof text === "string"
      ? text
          .replace(/\r\n?/g, "\n")
          .replace(/^(?:[^\S\n]*\n)+/, "")
          .trimEnd()
      : undefined;
  } catch {
    return undefined;
  }
}

function escapeLines(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll('"""', '""\\"')
    .replace(/(?![\t\n])\p{Cc}/gu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
