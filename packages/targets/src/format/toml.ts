import { load } from "./load.ts";

/** Keys with a text on their line, and at last one with the lines of a literal text. */
const SIMPLE = /^((?:[a-z]\w* = "(?:[^"\\\t\n]|\\["\\nt])*"\n)*)([a-z]\w*) = '''\n([\s\S]*)'''\n$/;

/** Characters that TOML takes only as an escape, and those that a line may end with. */
const CONTROL = /[^\t\n -~\u{80}-\u{10FFFF}]/u;

/** Reads TOML. What Codex's agents nearly always are is read here, everything else by smol-toml. Throws for what is no TOML. */
export function readToml(text: string): object {
  return readSimple(text) ?? toml().parse(text);
}

/** smol-toml reads TOML 1.0: maintained, typed, no dependencies. Loaded on demand: it is needed for few files. */
function toml(): typeof import("smol-toml") {
  return load("smol-toml");
}

/** The data of a file of texts; undefined for any other, which may be TOML all the same. */
export function readSimple(text: string): object | undefined {
  const [, head, last = "", body = ""] = SIMPLE.exec(text) ?? [];
  if (head === undefined || body.includes("'''") || body.endsWith("'") || CONTROL.test(text)) return undefined;
  const lines = head.split("\n").slice(0, -1);
  const texts = lines.map((line) => line.split(" = ", 1).concat(JSON.parse(line.slice(line.indexOf('"')))));
  const data = Object.fromEntries([...texts, [last, body]]);
  return Object.keys(data).length === texts.length + 1 ? data : undefined;
}
