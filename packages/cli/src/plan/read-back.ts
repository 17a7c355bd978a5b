import { type Entry, example, markdown, prose, table } from "@personakit/core";

type Block = Exclude<Entry["kind"], "rule">;

/** How each kind of entry that is no rule is read back from the lines of a built file; undefined for lines that are none. */
const READERS: { readonly [Kind in Block]: (lines: readonly string[]) => Entry | undefined } = {
  markdown: (lines) => markdown(lines.join("\n")),
  prose: (lines) => prose(lines.join("\n")),
  example: (lines) => {
    const [open = "", ...rest] = withoutBlankEnds(lines);
    const [, fence, language = ""] = /^(`{3,}|~{3,})(\S*)$/.exec(open) ?? [];
    const close = rest.pop();
    return fence === undefined || close !== fence ? undefined : example(language, rest.join("\n"));
  },
  table: (lines) => {
    const [columns, line, ...rows] = withoutBlankEnds(lines).map(cellsOf);
    if (columns === undefined || line === undefined || !line.every((cell) => /^:?-+:?$/.test(cell))) return undefined;
    return rows.every(({ length }) => length === columns.length) ? table(columns, rows) : undefined;
  },
};

/** An entry of a kind that is no rule, as the lines of a built file say it. */
export function readBack(kind: Block, lines: readonly string[]): Entry | undefined {
  return READERS[kind](lines);
}

function withoutBlankEnds(lines: readonly string[]): string[] {
  return lines.join("\n").trim().split("\n");
}

function cellsOf(row: string): string[] {
  const cells = row.trim().split(/(?<!\\)\|/);
  return cells.slice(1, -1).map((cell) => cell.replace(/\\\|/g, "|").trim());
}
