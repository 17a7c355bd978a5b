import { settleBackticks } from "../markdown/code-spans.ts";
import { trimmed } from "../markdown/inline.ts";
import { split } from "../read/split.ts";
import type { EntryKind, Spaced } from "./kind.ts";

/** How a table stands on the page. */
export interface TableLook extends Spaced {
  /** The row below the heads as it is written, with the alignment of the columns: `"|:--|--:|"`. Default: `"| --- | --- |"`. */
  readonly delimiter?: string;
  /** With `true`, the cells of a column are filled up with spaces to one width, and the row below the heads with dashes. */
  readonly padded?: boolean;
}

/** A table whose cells are inline Markdown. */
export interface Table extends TableLook {
  readonly kind: "table";
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A table of inline Markdown. Every row must have as many cells as there are columns; compilation says so otherwise.
 *
 * @example
 * ```ts
 * import { table } from "@personakit/core";
 *
 * export const statuses = table(
 *   ["Status", "When"],
 *   [
 *     ["`404`", "there is no such resource"],
 *     ["`409`", "its state does not allow the change"],
 *   ],
 * );
 * ```
 */
export function table(columns: readonly string[], rows: readonly (readonly string[])[], look?: TableLook): Table {
  return { ...look, kind: "table", columns: columns.map(trimmed), rows: rows.map((cells) => cells.map(trimmed)) };
}

function isRow(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((cell) => typeof cell === "string");
}

function longestOf(rows: readonly (readonly string[])[]): number {
  let longest = 0;
  for (const row of rows) for (const cell of row) longest = Math.max(longest, cell.length);
  return longest;
}

/** A cell's text with every `|` escaped that is not yet. A backslash takes the character after it along. */
function escapePipes(cell: string): string {
  return cell.includes("|") ? cell.replace(/\\.|\|/g, (each) => (each === "|" ? "\\|" : each)) : cell;
}

function written(cell: string): string {
  return settleBackticks(escapePipes(cell));
}

function line(cells: readonly string[], widths: readonly number[] = []): string {
  return `| ${cells.map((cell, column) => filled(written(cell), widths[column] ?? 0)).join(" | ")} |`;
}

function filled(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - [...text].length));
}

/** How wide each column is: as its longest cell, and no less than three dashes. */
function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 3, [...written(cell)].length);
    }
  }
  return widths;
}

/** Whether a line makes a table of so many cells above it. */
function isDelimiter(line: unknown, cells: number): boolean {
  if (typeof line !== "string" || /^\s|\s$/.test(line)) return false;
  const [table, ...more] = split(`${"| a ".repeat(cells)}|\n${line}`).blocks;
  return table?.kind === "table" && table.last === 2 && more.length === 0;
}

export const tableKind: EntryKind<Table> = {
  keys: ["kind", "columns", "rows", "delimiter", "padded", "blank"],
  check(issues, { columns, rows, delimiter, padded }) {
    if (padded !== undefined && typeof padded !== "boolean") issues.add("wrong-type", "padded is not true or false");
    if (!isRow(columns) || columns.length === 0 || !Array.isArray(rows) || !rows.every(isRow)) {
      issues.add("wrong-type", "the table has no columns or rows of texts");
      return;
    }
    const isSmall = [
      issues.atMost("columns", "the table", columns.length),
      issues.atMost("rows", "the table", rows.length),
      issues.atMost("cell", "a cell", longestOf([columns, ...rows])),
    ];
    if (isSmall.includes(false)) return;
    if ([columns, ...rows].flat().some((cell) => /[\n\r]/.test(cell))) {
      issues.add("line-break", "a cell has line breaks", "Write it on one line, or give the text an entry of its own.");
    }
    if (delimiter !== undefined && !isDelimiter(delimiter, columns.length)) {
      issues.add(
        "wrong-type",
        "the delimiter is not one of as many columns",
        'Expected a form such as "| :-- | --: |".',
      );
    }
    const ragged = rows.findIndex((row) => row.length !== columns.length);
    if (ragged === -1) return;
    issues.add("ragged-table", `row ${ragged + 1} has ${rows[ragged]?.length} cells, not ${columns.length}`);
  },
  label: () => "table",
  headline: () => "table",
  state: ({ columns, rows }) => `table: ${[columns, ...rows].map((row) => row.join(" | ")).join("\n")}`,
  content: ({ columns, rows }) => [columns, ...rows].flat().join(" "),
  isProse: true,
  instructs: true,
  since: ({ delimiter, padded }) => ((delimiter ?? padded) === undefined ? 1 : 2),
  render(page, run, { blanks }) {
    for (const { columns, rows, origin, blank = blanks, delimiter, padded = false } of run) {
      const widths = padded ? widthsOf([columns, ...rows]) : [];
      page.blank(origin, blank);
      page.line(page.link(line(columns, widths)), origin);
      page.line(delimiter ?? line(columns.map((_, column) => "-".repeat(widths[column] ?? 3))), origin);
      for (const cells of rows) page.line(page.link(line(cells, widths)), origin);
    }
  },
};
