/** A stretch of a text, from `start` up to `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where a parser of CommonMark finds code in inline Markdown. */
export interface CodeSpans {
  /** The code spans, with their backticks. */
  readonly spans: readonly Stretch[];
  /** Runs of backticks that open nothing. */
  readonly strays: readonly Stretch[];
}

/** What may hide a backtick from the search for code: an escape, an autolink, a tag. The rest is text up to a backtick. */
const TOKEN =
  /\\[!-/:-@[-`{-~]|<[A-Za-z][A-Za-z\d+.-]{1,31}:[^\s<>]*>|<[^\s<>@`]+@[^\s<>`]+>|<\/?[A-Za-z][A-Za-z\d-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>|`+/g;

/** Whether all backticks are pairs of single ones, and nothing can hide one: nearly every text, without a slow look. */
function isPlain(text: string): boolean {
  let open = text.indexOf("`");
  if (open === -1) return true;
  if (text.includes("\\") || text.includes("<")) return false;
  while (open !== -1) {
    const close = text.indexOf("`", open + 1);
    if (close <= open + 1 || text[close + 1] === "`") return false;
    open = text.indexOf("`", close + 1);
  }
  return true;
}

/** Finds code spans as CommonMark does: a run of backticks opens one that the next run of the same length closes. */
export function codeSpans(text: string): CodeSpans {
  const spans: Stretch[] = [];
  const strays: Stretch[] = [];
  if (!text.includes("`")) return { spans, strays };
  const ends = endsByLength(text);
  const token = new RegExp(TOKEN);
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [{ length }] = match;
    if (!match[0].startsWith("`")) continue;
    const open = token.lastIndex;
    const left = ends.get(length) ?? [];
    while ((left.at(-1) ?? open + length) < open + length) left.pop();
    const end = left.pop();
    if (end === undefined) strays.push({ start: match.index, end: open });
    else {
      spans.push({ start: match.index, end });
      token.lastIndex = end;
    }
  }
  return { spans, strays };
}

/** Where each run of backticks ends, by its length; the first one last, from where it can be taken. */
function endsByLength(text: string): Map<number, number[]> {
  const ends = new Map<number, number[]>();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const end = index + run.length;
    const known = ends.get(run.length);
    if (known === undefined) ends.set(run.length, [end]);
    else known.push(end);
  }
  for (const each of ends.values()) each.reverse();
  return ends;
}

/** Escapes backticks that open nothing, so that they cannot pair with what a text is put next to. It reads as before. */
export function settleBackticks(text: string): string {
  if (isPlain(text)) return text;
  let settled = "";
  let from = 0;
  for (const { start, end } of codeSpans(text).strays) {
    settled += text.slice(from, start) + "\\`".repeat(end - start);
    from = end;
  }
  return settled + text.slice(from);
}
