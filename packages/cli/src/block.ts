import { CommandError } from "./command-error.ts";
import { normalise } from "./manifest.ts";

/** What stands in our block of a user's file, with LF line ends; undefined where there is none. Throws on unpaired markers. */
export function findBlock(text: string, name: string, path: string): string | undefined {
  const place = locate(text, name, path);
  return place === undefined ? undefined : normalise(text.slice(place.inner.from, place.inner.to));
}

/** The file with our block replaced, or added at its end; every other byte, line ends included, stays as it is. */
export function withBlock(text: string | undefined, name: string, content: string, path: string): string {
  const block = `<!-- personakit:begin ${name} -->\n${content}<!-- personakit:end ${name} -->\n`;
  if (text === undefined || text === "") return block;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const ours = block.replaceAll("\n", eol);
  const place = locate(text, name, path);
  if (place !== undefined) return text.slice(0, place.outer.from) + ours + text.slice(place.outer.to);
  const gap = /\n\r?\n$/.test(text) ? "" : text.endsWith("\n") ? eol : eol + eol;
  return text + gap + ours;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function locate(
  text: string,
  name: string,
  path: string,
): { readonly outer: Range; readonly inner: Range } | undefined {
  const [begin, ...begins] = markers(text, "begin", name);
  const [end, ...ends] = markers(text, "end", name);
  if (begin === undefined && end === undefined) return undefined;
  if (begin === undefined || end === undefined || end.from < begin.to || begins.length + ends.length > 0) {
    const way = "Take them out, or restore them.";
    throw new CommandError([`${path}: the markers of the block "${name}" do not make a pair. ${way}`]);
  }
  return { outer: { from: begin.from, to: end.to }, inner: { from: begin.to, to: end.from } };
}

/** Where the markers of a kind stand: whole lines only. */
function markers(text: string, kind: "begin" | "end", name: string): Range[] {
  const lines = text.matchAll(new RegExp(`^<!-- personakit:${kind} ${name} -->(?:\\r?\\n|$)`, "gm"));
  return [...lines].map(({ index, 0: line }) => ({ from: index, to: index + line.length }));
}
