/** Tags that open HTML wherever they start a line. */
const BLOCK_NAMES = new Set(
  (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset " +
    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu " +
    "menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead title tr track ul"
  ).split(" "),
);

/** Tags whose text is not read as Markdown up to the closing tag. */
const RAW_NAMES = new Set(["pre", "script", "style", "textarea"]);

/** A whole tag, open or closing, and nothing behind it. */
const WHOLE_TAG =
  /<(?:\/[A-Za-z][\dA-Za-z-]*[\t ]*|[A-Za-z][\dA-Za-z-]*(?:[\t ]+[:A-Z_a-z][\w.:-]*(?:[\t ]*=[\t ]*(?:"[^\n\r"]*"|'[^\n\r']*'|[^\t\n\r "'/<=>`]+))?)*[\t ]*\/?)>[\t ]*$/y;

const NAME = /\/?([A-Za-z][\dA-Za-z-]*)/y;
const RAW_END = /<\/(?:pre|script|style|textarea)>/i;

/** The end of each kind of HTML that does not end with a blank line. */
const ENDS: readonly (string | RegExp)[] = ["", RAW_END, "-->", "?>", ">", "]]>"];

/**
 * The kind of HTML block, 1 to 7 as in CommonMark, that the `<` at an offset opens; 0 where it opens none. Kinds 1 to 5 go on to
 * what closes them, 6 and 7 to a blank line.
 */
export function htmlBlockAt(text: string, at: number, end: number): number {
  const next = text.charCodeAt(at + 1);
  if (at + 1 >= end) return 0;
  if (next === 63) return 3;
  if (next === 33) {
    if (text.startsWith("--", at + 2) && at + 4 <= end) return 2;
    if (text.startsWith("[CDATA[", at + 2)) return 5;
    return at + 2 < end && isLetter(text.charCodeAt(at + 2)) ? 4 : 0;
  }
  NAME.lastIndex = at + 1;
  const match = NAME.exec(text);
  if (match === null) return 0;
  const name = (match[1] as string).toLowerCase();
  const after = NAME.lastIndex < end ? text.charAt(NAME.lastIndex) : "";
  const isEnd = after === "" || after === " " || after === "\t" || after === ">";
  if (RAW_NAMES.has(name) && next !== 47 && isEnd) return 1;
  if (BLOCK_NAMES.has(name)) return isEnd || text.startsWith("/>", NAME.lastIndex) ? 6 : 0;
  WHOLE_TAG.lastIndex = 0;
  return WHOLE_TAG.test(text.slice(at, end)) ? 7 : 0;
}

/** Whether a line, from an offset on, closes HTML of a kind. */
export function isClosedIn(text: string, start: number, end: number, kind: number): boolean {
  const close = ENDS[kind];
  const line = text.slice(start, end);
  return typeof close === "string" ? line.includes(close) : close?.test(line) === true;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
