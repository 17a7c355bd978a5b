import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildFigures, CELLS, type Cell, type Spread } from "../../bench/build/figures.ts";
import type { ScaleFigures } from "../../bench/scale.ts";
import { ROOT } from "../workspace.ts";
import { page, tableOf } from "./markdown.ts";
import { speedPlot } from "./speed-plot.ts";

const HEADINGS: { readonly [C in Cell]: string } = {
  cold: "Cold",
  "no change": "No change",
  check: "Check",
  memory: "Peak memory",
};

const build: BuildFigures = read("build");
const scale: ScaleFigures = read("scale");

/** The page of what was measured, and its picture. */
export function speedFiles(): [path: string, text: string][] {
  const text = page(
    "<!-- Written by `pnpm sync` from the figures that `pnpm bench:build --plot` and `pnpm bench:scale --keep` keep. -->",
    "# Speed",
    'PersonaKit and three other generators turn the same N agents and N rules, of about 6 KB each, into files for Claude Code, Cursor and GitHub Copilot: 6 N files, or 3 N + 2 of ruler, which joins all rules into one file for each tool. "Cold" writes all of them, "no change" finds all of them there, "check" compares and writes nothing. "Floor" is a script that reads, compares and writes the same bytes and checks nothing: no tool can take less.',
    "![Time and peak memory against N](speed.svg)",
    "The axes are linear and start at zero, so what takes time or memory in proportion to N is a straight line. A line that leaves the frame says where it ends.",
    `Measured on ${build.machine}, with ${roundsOf()}. The tools run in turn, so that each of them meets the same disturbances; the first round only warms up. From N = 1,000 on, a cold run waits until the disk has what the runs before it wrote. Peak memory is the highest of the three commands.`,
    "## Time and memory",
    tableOf(
      ["N", "Tool", ...CELLS.map((cell) => HEADINGS[cell])],
      build.sizes.flatMap(({ size, rows }) =>
        rows.map(({ name, cells }) => [number(size), name, ...CELLS.map((cell) => amountOf(cells[cell], cell))]),
      ),
    ),
    "## PersonaKit in proportion to the others",
    "Each pair is of the same round. The median comes first, then the lowest and the highest.",
    tableOf(
      ["N", "Divided by", ...CELLS.map((cell) => HEADINGS[cell])],
      build.sizes.flatMap(({ size, rows }) =>
        rows
          .filter(({ kind }) => kind === "competitor")
          .map(({ name, ratios }) => [number(size), name, ...CELLS.map((cell) => ratioOf(ratios[cell]))]),
      ),
    ),
    "## Past one machine",
    `${scale.personas} persona packages over ${scale.fragments} fragments, three targets each, with the tasks of [\`examples/persona-repository\`](../examples/persona-repository/turbo.json), two workers, and a cache server on the same machine (${scale.machine}). ${scale.dependents} personas use the fragment that is changed. \`pnpm bench:scale\` fails when a task runs that need not, when one does not that must, or when a byte of the second checkout differs, lockfiles included.`,
    tableOf(
      ["", "Command", "Time", "Tasks run"],
      scale.steps.map(({ name, command, seconds, tasks, cached }) => [
        name,
        `\`${command}\``,
        `${seconds} s`,
        `${tasks - cached} of ${tasks}`,
      ]),
    ),
  );
  return [
    ["docs/speed.md", text],
    ["docs/speed.svg", speedPlot(build)],
  ];
}

/** The table of the README: PersonaKit and, in each cell, the best of the others. */
export function speedTable(): string {
  return tableOf(
    ["N agents and N rules", ...CELLS.map((cell) => HEADINGS[cell])],
    build.sizes.map(({ size, rows }) => {
      const best = (kind: string, cell: Cell) => {
        const values = rows.flatMap((row) => (row.kind === kind ? (row.cells[cell] ?? []) : []));
        return values.sort((a, b) => a.median - b.median)[0];
      };
      return [
        number(size),
        ...CELLS.map((cell) => `${amountOf(best("own", cell), cell)} / ${amountOf(best("competitor", cell), cell)}`),
      ];
    }),
  );
}

function read(name: string) {
  return JSON.parse(readFileSync(join(ROOT, "bench/figures", `${name}.json`), "utf8"));
}

/** How often each tool was measured: the usual number, and who had fewer. */
function roundsOf(): string {
  const usual = Math.max(...build.sizes.flatMap(({ rows }) => rows.map(({ rounds }) => rounds)));
  const fewer = build.sizes.flatMap(({ size, rows }) =>
    rows.flatMap(({ name, rounds }) => (rounds < usual ? [`${name} had ${rounds} at N = ${number(size)}`] : [])),
  );
  return [`medians of ${usual} rounds`, ...fewer].join("; ");
}

function amountOf(value: Spread | undefined, cell: Cell): string {
  return value === undefined ? "-" : `${number(Math.round(value.median))} ${cell === "memory" ? "MB" : "ms"}`;
}

function ratioOf(ratio: Spread | undefined): string {
  const text = (value: number) => value.toFixed(2);
  return ratio === undefined ? "-" : `${text(ratio.median)} (${text(ratio.min)} to ${text(ratio.max)})`;
}

function number(value: number): string {
  return value.toLocaleString("en");
}
