/** Space other than single blanks between words, and control characters: by name, they would take longer to look up than a text to read. */
const UNEVEN = /[^\S ]|[^ -~\xA0-\uFFFF]| {2}|^ | $/;

/** One line: runs of white space and control characters become a space. */
export function oneLine(text: string): string {
  return UNEVEN.test(text) ? text.replace(/(?:\s|[^ -~\xA0-\uFFFF])+/g, " ").trim() : text;
}

const SPECIAL = /[\\`*_[\]<&~]/;

/** Escapes what would be inline markup, and nothing else: `node-fetch` and `snake_case` stay as they are. */
export function escapeInline(text: string): string {
  if (!SPECIAL.test(text)) return text;
  // Patterns of letters of all scripts take a while to make: this one stands where it is needed.
  return text.replace(
    /\\(?=[!-/:-@[-`{-~]|$)|`|\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|[[\]]|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)|~/gu,
    "\\$&",
  );
}

/** What a line may open, and how it begins. The first that fits is meant: `- - -` is no list. */
const OPENINGS = {
  "a heading": /^#{1,6}(?:\s|$)/,
  "a dividing line": /^[-*_=](?:\s*[-*_=])*\s*$/,
  "a list": /^(?:[-+*](?:\s|$)|\[[ xX]\]\s)/,
  "a numbered list": /^(\d{1,9})([.)])(?=\s|$)/,
  "a quote": /^>/,
  // A run of backticks is no fence where another follows.
  "a code fence": /^(?:`{3,}[^`]*$|~{3})/,
  "a table": /^\|/,
  // Nor is `<` a tag where it opens an address.
  "an HTML tag": /^<(?![A-Za-z][A-Za-z\d+.-]{1,31}:[^\s<>]*>|[^\s<>@]+@[^\s<>]+>)/,
  "a link definition": /^\[(?:\\.|[^\]\\])*\]:/,
} as const;

/** A part of a document that takes lines of its own. */
export type Block = keyof typeof OPENINGS;

const ANY_OPENING = new RegExp(
  Object.values(OPENINGS)
    .map(({ source }) => source)
    .join("|"),
);

/** The block that a line would open, where its text is not escaped. */
export function blockOpenedBy(line: string): Block | undefined {
  const first = line.charCodeAt(0);
  // Letters start most lines and never a block.
  if ((first >= 65 && first <= 90) || (first >= 97 && first <= 122) || !ANY_OPENING.test(line)) return undefined;
  return (Object.keys(OPENINGS) as Block[]).find((block) => OPENINGS[block].test(line));
}

/** Text that opens no block when it starts a line: no heading, list, quote, fence, table, HTML or definition. */
export function startSafely(text: string): string {
  const first = text.charCodeAt(0);
  // Four spaces would open code.
  if (first === 32 || first === 9) return startSafely(text.trimStart());
  const block = blockOpenedBy(text);
  if (block === undefined) return text;
  return block === "a numbered list" ? text.replace(OPENINGS[block], "$1\\$2") : `\\${text}`;
}

/** A fence of backticks that nothing in a text can close. */
export function fenceAround(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return "`".repeat(longest + 1);
}

/** A link to a reference: `[title](ref:id)`. A value cannot make one, because `md` escapes its brackets. */
const REFERENCE_LINK = /\](?<!(?<!\\)(?:\\\\)*\\\])\(ref:([^)]*)\)/g;

/** How every link to a reference goes on; most texts have none, and a pattern costs more. */
export const REFERENCE = "](ref:";

/** A text with other addresses in its links to references. One without {@link REFERENCE} has none. */
export function mapReferences(text: string, addressOf: (id: string) => string): string {
  // Behind the last bracket no link ends, and each "](ref:" there would look for one through all of the rest.
  const end = text.lastIndexOf(")") + 1;
  const linked = text.slice(0, end).replace(REFERENCE_LINK, (_, id: string) => `](${addressOf(id)})`);
  return linked + text.slice(end);
}
