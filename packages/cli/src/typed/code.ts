/** The width of a line that formatters of this style keep. */
const WIDTH = 120;

/** Characters that take two columns: those of East Asia, and pictures. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/gu;

function widthOf(text: string): number {
  // Nearly every text.
  if (/^[\x20-\x7E]*$/.test(text)) return text.length;
  const characters = [...text.replace(/\p{M}/gu, "")].length;
  return characters + (text.match(WIDE)?.length ?? 0);
}

/**
 * A piece of code. It is written for a place: how deep the line is indented, how many characters stand in front of it on the line,
 * and how many follow right behind it.
 */
export type Code = (indent: number, before: number, after: number) => string;

/** A value that a module can say. */
export type CodeValue =
  | Code
  | string
  | number
  | boolean
  | null
  | readonly CodeValue[]
  | { readonly [key: string]: CodeValue };

/** The code of a value, as formatters lay it out in 120 columns: on one line where it fits, each part on its own where not. */
export function codeOf(value: CodeValue): Code {
  if (typeof value === "function") return value;
  if (typeof value === "string") return () => quoted(value);
  if (typeof value !== "object" || value === null) return () => String(value);
  return isList(value) ? listCode(value) : objectCode(Object.entries(value));
}

function isList(value: object): value is readonly CodeValue[] {
  return Array.isArray(value);
}

/** Parts of an object, each on its own line, whether they would fit on one or not. */
export function block(properties: { readonly [key: string]: CodeValue }): Code {
  const entries = Object.entries(properties);
  return entries.length === 0 ? () => "{}" : (indent) => openObject(entries, indent);
}

/** Elements of a list, each on its own line. */
export function lines(elements: readonly CodeValue[]): Code {
  return elements.length === 0 ? () => "[]" : (indent) => open("[", elements.map(element), "]", indent);
}

/** A call of a function. */
export function call(name: string, ...args: readonly CodeValue[]): Code {
  return (indent, before, after) => {
    const codes = args.map(codeOf);
    const flat = codes.map((code) => code(indent, 0, 0));
    const [only = ""] = flat;
    // What begins on the line of a call and has lines of its own stays there: a template, an object.
    if (codes.length === 1 && only.includes("\n")) return `${name}(${only})`;
    const line = `${name}(${flat.join(", ")})`;
    if (!line.includes("\n") && before + widthOf(line) + after <= WIDTH) return line;
    const last = args.at(-1);
    const front = flat.slice(0, -1).join(", ");
    const opening = `${name}(${front}, {`;
    if (codes.length > 1 && isObject(last) && !front.includes("\n") && before + widthOf(opening) <= WIDTH) {
      return `${name}(${front}, ${openObject(Object.entries(last), indent)})`;
    }
    return `${name}${open("(", args.map(element), ")", indent)}`;
  };
}

function isObject(value: CodeValue | undefined): value is { readonly [key: string]: CodeValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function element(value: CodeValue): Code {
  return (indent) => codeOf(value)(indent, indent, 1);
}

function open(start: string, parts: readonly Code[], end: string, indent: number): string {
  const inner = " ".repeat(indent + 2);
  const written = parts.map((part) => `${inner}${part(indent + 2, indent + 2, 1)},\n`);
  return `${start}\n${written.join("")}${" ".repeat(indent)}${end}`;
}

function listCode(elements: readonly CodeValue[]): Code {
  return (indent, before, after) => {
    const line = `[${elements.map((each) => codeOf(each)(indent, 0, 0)).join(", ")}]`;
    const fits = !line.includes("\n") && before + widthOf(line) + after <= WIDTH;
    return fits && !isGrid(elements) ? line : open("[", elements.map(element), "]", indent);
  };
}

/** Lists and objects of more than one part stand below each other. */
function isGrid(elements: readonly CodeValue[]): boolean {
  const sizes = elements.map((each) => {
    if (typeof each !== "object" || each === null) return 0;
    return isList(each) ? each.length : -Object.keys(each).length;
  });
  return elements.length > 1 && (sizes.every((size) => size > 1) || sizes.every((size) => size < -1));
}

function objectCode(entries: readonly (readonly [string, CodeValue])[]): Code {
  return (indent, before, after) => {
    if (entries.length === 0) return "{}";
    const parts = entries.map(([key, value]) => `${keyCode(key)}: ${codeOf(value)(indent, 0, 0)}`);
    const line = `{ ${parts.join(", ")} }`;
    return !line.includes("\n") && before + widthOf(line) + after <= WIDTH ? line : openObject(entries, indent);
  };
}

function openObject(entries: readonly (readonly [string, CodeValue])[], indent: number): string {
  const properties = entries.map(
    ([key, value]): Code =>
      (inner) =>
        property(keyCode(key), value, inner),
  );
  return open("{", properties, "}", indent);
}

/** In characters: below so short a key, a text would gain too little room. */
const SHORT_KEY = 4;

/** A text that does not fit behind its key stands below it. */
function property(key: string, value: CodeValue, indent: number): string {
  const code = codeOf(value)(indent, indent + widthOf(key) + 2, 1);
  const isLong =
    typeof value === "string" && indent + widthOf(key) + 2 + widthOf(code) + 1 > WIDTH && key.length > SHORT_KEY;
  return isLong ? `${key}:\n${" ".repeat(indent + 2)}${code}` : `${key}: ${code}`;
}

function keyCode(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

/** A text in the quotes of which it has fewer itself. */
export function quoted(text: string): string {
  const count = (mark: string) => text.split(mark).length;
  const mark = count('"') > count("'") ? "'" : '"';
  return mark + escaped(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll(mark, `\\${mark}`) + mark;
}

/** A text in a template, as it stands: what can be read is not escaped. */
export function template(text: string): Code {
  const written = escaped(text).replaceAll("`", "\\`").replaceAll("${", "\\${");
  return () => `\`${written}\``;
}

/** A text whose lines are indented as the code is, for what takes shared indentation off. */
export function indentedTemplate(text: string): Code {
  return (indent) => {
    const inner = " ".repeat(indent + 2);
    const written = text.split("\n").map((line) => (line === "" ? "" : inner + line));
    return template(`\n${written.join("\n")}\n${" ".repeat(indent)}`)(indent, 0, 0);
  };
}

/** Whatever a reader would not see, or a line of code cannot hold, is named by its number. */
function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replace(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
