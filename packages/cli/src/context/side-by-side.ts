import type { LeftOut } from "@personakit/targets/context";
import { count } from "../output/terminal.ts";
import { type Assembly, alwaysOn, type MeasuredPart, sumOf } from "./assembly.ts";
import { CELLS, type Cell, cellsOf, ORDER } from "./cells.ts";
import type { Page } from "./one-tool.ts";
import { fit, table, WIDTH } from "./table.ts";
import { describeKnowledge, describeLeftOut, nameOfTool } from "./words.ts";

/** How many files the table has at most, and how many that are left out are explained. */
const MOST_FILES = 60;
const MOST_REASONS = 12;

/** What the column of files needs at least, in characters. */
const LEAST_FOR_FILES = 34;

/** Who reads what, as lines: all tools side by side. */
export function linesOfMany(assemblies: readonly Assembly[], page: Page): string[] {
  const widthOfIds = assemblies.reduce((width, { tool }) => width + tool.id.length + 2, 0);
  const isNumbered = widthOfIds > WIDTH - LEAST_FOR_FILES;
  const headings = assemblies.map(({ tool }, index) => (isNumbered ? String(index + 1) : tool.id));
  return [
    `What ${count(assemblies.length, "tool")} put before the model in ${page.cwd}:`,
    "",
    ...linesOfTotals(assemblies, page, isNumbered),
    ...linesOfFiles(assemblies, headings, page),
    ...linesOfReasons(assemblies, page),
  ];
}

function linesOfTotals(assemblies: readonly Assembly[], { reads, agent, skill }: Page, isNumbered: boolean): string[] {
  const ifNumbered = (text: string) => (isNumbered ? [text] : []);
  const at = (time: MeasuredPart["when"]) => (assembly: Assembly) => assembly.parts.filter(({ when }) => when === time);
  const more = [
    ...(reads === undefined ? [] : [["ON READ", at("read")] as const]),
    ...(skill === undefined ? [] : [["SKILL", at("called")] as const]),
    ...(agent === undefined ? [] : [["AGENT", ({ agent: parts = [] }: Assembly) => parts] as const]),
  ];
  const rows = assemblies.map((assembly, index) => {
    const { tokens, fromPersonas } = sumOf(alwaysOn(assembly));
    return [
      ...ifNumbered(String(index + 1)),
      ...[nameOfTool(assembly.tool), `${tokens} tokens`, String(fromPersonas.tokens)],
      ...more.map(([, partsOf]) => `${sumOf(partsOf(assembly)).tokens} tokens`),
      describeKnowledge(assembly.tool),
    ];
  });
  const headings = [
    ...ifNumbered(""),
    "TOOL",
    "AT THE START",
    "FROM PERSONAS",
    ...more.map(([heading]) => heading),
    "KNOWN",
  ];
  const first = isNumbered ? 2 : 1;
  const right = headings.map((_, index) => index).slice(first, -1);
  return [...table([headings, ...rows], right), ""];
}

function linesOfFiles(assemblies: readonly Assembly[], headings: readonly string[], page: Page): string[] {
  const rows = rowsOf(assemblies, page);
  if (rows.length === 0) return ["None of them reads a file here.", ""];
  const width = WIDTH - headings.reduce((sum, heading) => sum + Math.max(heading.length, 5) + 2, 0);
  const shown = rows.slice(0, MOST_FILES).map(([path, row]) => [fit(path, width), ...row.map((cell) => cell ?? "-")]);
  const used = ORDER.filter((cell) => rows.some(([, row]) => row.includes(cell)));
  return [
    ...table([["FILE", ...headings], ...shown]),
    ...(rows.length > MOST_FILES ? [`and ${rows.length - MOST_FILES} more, which --json lists`] : []),
    "",
    ...table([...used.map((cell) => [cell, CELLS[cell]]), ["-", "not looked at"]]),
    "",
  ];
}

/** A file as people read it, and what each tool does with it. */
type Row = readonly [path: string, cells: (Cell | undefined)[]];

/** A row for each file, and for each folder of skills or agents; sorted. */
function rowsOf(assemblies: readonly Assembly[], { shown }: Page): Row[] {
  const rows = new Map<string, (Cell | undefined)[]>();
  for (const [index, assembly] of assemblies.entries()) {
    for (const [path, cell] of cellsOf(assembly)) {
      const row = rows.get(path) ?? assemblies.map(() => undefined);
      rows.set(path, row);
      row[index] = cell;
    }
  }
  return [...rows]
    .map(([path, cells]): Row => [path.endsWith("/") ? `${shown(path.slice(0, -1))}/` : shown(path), cells])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Why files are left out, but for those that nobody would expect the tool to read. */
function linesOfReasons(assemblies: readonly Assembly[], { shown }: Page): string[] {
  const isSaid = ({ code }: LeftOut) => code !== "other-files" && code !== "on-demand" && code !== "not-read";
  const rows = assemblies
    .flatMap(({ tool, leftOut }) =>
      leftOut.filter(isSaid).map((each) => {
        const reason = describeLeftOut(each, shown);
        return [
          `  ${shown(each.path)}`,
          reason.startsWith(`${tool.name} `) ? reason : `${tool.name}: ${reason}`,
        ] as const;
      }),
    )
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  if (rows.length === 0) return [];
  const more = rows.length - MOST_REASONS;
  const rest = more > 0 ? [`  and ${more} more; --tool <id> shows all of one tool`] : [];
  return ["Left out:", ...table(rows.slice(0, MOST_REASONS)), ...rest, ""];
}
