import { split } from "@personakit/core/internal";
import { splitHead } from "../read/split-head.ts";
import type { TextRules } from "./description.ts";
import { replaceComments } from "./mentions.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/** A text's length in UTF-8. */
export function bytesOf(text: string): number {
  return encoder.encode(text).length;
}

/** Bytes as a text: what is no UTF-8 becomes U+FFFD, and a byte order mark stays. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The text that a tool makes of a file's bytes. */
export function normalise(rules: TextRules, bytes: Uint8Array): string {
  let text = decode(bytes);
  if (rules.bom === "dropped" && text.startsWith("\uFEFF")) text = text.slice(1);
  if (rules.lineEnds === "lf beside comments" && text.includes("<!--")) text = text.replace(/\r\n?/g, "\n");
  if (rules.frontMatter === "cut") text = bodyOf(text);
  if (rules.comments === "block") text = withoutComments(text);
  if (rules.trim === "both") return text.trim();
  return rules.trim === "start" ? text.trimStart() : text;
}

/** Whether there is nothing in a text that the tool takes for one. */
export function isBlank({ isMarkText }: TextRules, text: string): boolean {
  return text.trim() === "" && !(isMarkText === true && text.includes("\uFEFF"));
}

/** A text without its front matter. */
export function bodyOf(text: string): string {
  const rows = splitHead(text, () => false);
  return "reason" in rows ? text : text.slice(rows.body);
}

/** Cuts comments that begin a block at the top of a file, with the blank lines behind them where nothing else is in their block. */
function withoutComments(text: string): string {
  if (!text.includes("<!--")) return text;
  const parts: string[] = [];
  let at = 0;
  for (const { kind, start, end } of split(text).blocks) {
    if (kind !== "html" || !text.startsWith("<!--", start)) continue;
    const left = replaceComments(text.slice(start, end), () => "");
    let next = end;
    if (left.trim() === "") while (text[next] === "\n") next++;
    parts.push(text.slice(at, start), left.trim() === "" ? "" : left);
    at = next;
  }
  return parts.join("") + text.slice(at);
}

/** The first bytes of a text. A character that is cut in two becomes U+FFFD. */
export function firstBytes(bytes: Uint8Array, most: number): string {
  return decode(bytes.subarray(0, most));
}

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** A text as a tool writes it into its own tags. */
export function escapeAs(how: "xml" | "angles" | "system-reminder" | undefined, text: string): string {
  if (how === "xml") return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
  if (how === "angles") return text.replace(/[<>]/g, (character) => ENTITIES[character] ?? character);
  return how === "system-reminder" ? text.replaceAll("</system-reminder>", "<\\/system-reminder>") : text;
}

/** Puts values into the places of a text. */
export function fill(text: string, values: { readonly [name: string]: string }): string {
  return text.replace(/\{([a-z]+)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? "") : place,
  );
}
