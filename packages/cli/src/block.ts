import { CommandError } from "./command-error.ts";

const begin = (name: string) => `<!-- personakit:begin ${name} -->\n`;
const end = (name: string) => `<!-- personakit:end ${name} -->\n`;

/** What stands in our block of a user's file; undefined where there is none. Throws when a marker stands alone or twice. */
export function findBlock(text: string, name: string, path: string): string | undefined {
  const place = locate(text, name, path);
  return place === undefined ? undefined : text.slice(place.from + begin(name).length, place.to - end(name).length);
}

/** The file with our block replaced, or added at its end; everything else stays as it is. */
export function withBlock(text: string | undefined, name: string, content: string, path: string): string {
  const block = begin(name) + content + end(name);
  if (text === undefined || text === "") return block;
  const place = locate(text, name, path);
  if (place !== undefined) return text.slice(0, place.from) + block + text.slice(place.to);
  return `${text.replace(/\n*$/, "\n\n")}${block}`;
}

function locate(text: string, name: string, path: string): { from: number; to: number } | undefined {
  const [from, to] = [begin(name), end(name)].map((marker) => `${text}\n`.indexOf(marker)) as [number, number];
  if (from === -1 && to === -1) return undefined;
  const twice = `${text}\n`.indexOf(begin(name), from + 1) !== -1;
  if (from === -1 || to < from || twice) {
    throw new CommandError([
      `${path}: the markers of the block "${name}" do not make a pair. Take them out, or restore them.`,
    ]);
  }
  return { from, to: to + end(name).length };
}
