import type { ContextPart } from "@personakit/targets/context";
import type { SentText } from "./texts.ts";

/** A place in what was sent. */
interface Position {
  readonly text: number;
  readonly start: number;
  readonly end: number;
}

/** What is looked for in one go. */
interface Needle {
  readonly part: ContextPart;
  readonly text: string;
}

const START: Position = { text: 0, start: 0, end: 0 };

/**
 * A line for each part that a client did not send, or not in its order, and for each text with a marker word that it sent and that no
 * part has. `varies` are words that differ from run to run.
 */
export function differences(
  parts: readonly ContextPart[],
  texts: readonly SentText[],
  varies: RegExp | undefined,
): string[] {
  const sent = joined(texts);
  const found: Position[] = [];
  const lines: string[] = [];
  let last = START;
  for (const needle of needlesOf(parts)) {
    if (varies?.test(needle.text)) continue;
    const isLoose = needle.part.order === "undefined";
    const at = find(needle, sent, isLoose ? START : last);
    if (at === undefined) {
      lines.push(missing(needle, sent));
      continue;
    }
    found.push(at);
    if (!isLoose) last = at;
  }
  return [...lines, ...unexpected(sent, found, varies)];
}

/** Texts that follow one another in one role as one: a client may send each file as a block of its own. */
function joined(texts: readonly SentText[]): SentText[] {
  const all: SentText[] = [];
  for (const each of texts) {
    const last = all.at(-1);
    if (last?.role === each.role) all[all.length - 1] = { role: last.role, text: last.text + each.text };
    else all.push(each);
  }
  return all;
}

/**
 * Parts that stand behind one another are looked for as one text, byte for byte. A tool puts its own entries between those of a list,
 * so lists are looked for line by line; parts without an order are looked for each on its own.
 */
function needlesOf(parts: readonly ContextPart[]): Needle[] {
  const needles: Needle[] = [];
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    const last = needles.at(-1);
    if (part.items !== undefined) {
      const lines = part.text.split("\n").filter((line) => line.trim() !== "");
      needles.push(...lines.map((text) => ({ part, text })));
    } else if (part.order === "undefined") {
      needles.push({ part, text: part.text.trim() });
    } else if (last !== undefined && before !== undefined && isWhole(before) && before.place === part.place) {
      needles[needles.length - 1] = { part: last.part, text: last.text + part.text };
    } else {
      needles.push({ part, text: part.text });
    }
  }
  return needles;
}

function isWhole({ items, order }: ContextPart): boolean {
  return items === undefined && order === "defined";
}

function find({ part, text }: Needle, sent: readonly SentText[], from: Position): Position | undefined {
  for (let index = from.text; index < sent.length; index++) {
    const each = sent[index];
    if (each?.role !== part.role) continue;
    const start = each.text.indexOf(text, index === from.text ? from.end : 0);
    if (start !== -1) return { text: index, start, end: start + text.length };
  }
  return undefined;
}

/** Where a text that was not found departs from the one that resembles it most. */
function missing({ part, text }: Needle, sent: readonly SentText[]): string {
  const name = `${part.kind} in the ${part.place}`;
  if (find({ part, text }, sent, START) !== undefined) return `${name}: sent in another order: ${quote(text, 0)}`;
  const other = sent.find((each) => each.text.includes(text));
  if (other !== undefined) return `${name}: sent as ${other.role}, expected as ${part.role}`;
  const [near = "", length] = nearest(text, sent);
  return length === 0
    ? `${name}: not sent: ${quote(text, 0)}`
    : `${name}: expected ${quote(text, length)}, sent ${quote(near, length)}`;
}

/** The text among the sent with the longest beginning in common, from where that stands, and how long it is. */
function nearest(text: string, sent: readonly SentText[]): [near: string, length: number] {
  const head = text.slice(0, 12);
  let best: [string, number] = ["", 0];
  for (const each of sent) {
    for (let at = each.text.indexOf(head); at !== -1; at = each.text.indexOf(head, at + 1)) {
      const rest = each.text.slice(at);
      let length = 0;
      while (length < text.length && rest[length] === text[length]) length++;
      if (length > best[1]) best = [rest, length];
    }
  }
  return best;
}

function quote(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 40), at + 80));
}

function unexpected(sent: readonly SentText[], found: readonly Position[], varies: RegExp | undefined): string[] {
  return sent.flatMap(({ role, text: all }, text) =>
    [...all.matchAll(/zq_\w+/g)]
      .filter(({ 0: word, index }) => {
        const isFound = found.some((at) => at.text === text && at.start <= index && index < at.end);
        return !isFound && !varies?.test(word);
      })
      .map(({ 0: word, index }) => `sent as ${role}, and not expected: ${word} in ${quote(all, index)}`),
  );
}
