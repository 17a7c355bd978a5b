import type { BuildFigures, Cell } from "../../bench/build/figures.ts";

interface Panel {
  readonly title: string;
  readonly cell: Cell;
  readonly unit: string;
  /** From ms or MB to the unit. */
  readonly divisor: number;
}

interface Line {
  readonly name: string;
  readonly points: readonly (readonly [size: number, value: number])[];
}

const PANELS: readonly Panel[] = [
  { title: "Cold build", cell: "cold", unit: "s", divisor: 1000 },
  { title: "Check", cell: "check", unit: "s", divisor: 1000 },
  { title: "Peak memory", cell: "memory", unit: "MB", divisor: 1 },
];
/** Read on a light and on a dark ground; the dashes tell them apart without colour. */
const STYLES: { readonly [tool: string]: { readonly color: string; readonly stroke: string } } = {
  PersonaKit: { color: "#e8590c", stroke: 'stroke-width="3"' },
  bluetemberg: { color: "#4c8dd6", stroke: 'stroke-width="2"' },
  ruler: { color: "#2f9e77", stroke: 'stroke-width="2" stroke-dasharray="8 3"' },
  rulesync: { color: "#9673d6", stroke: 'stroke-width="2" stroke-dasharray="2 3"' },
  floor: { color: "#868e96", stroke: 'stroke-width="2" stroke-dasharray="5 4"' },
};
const WIDTH = 960;
const HEIGHT = 320;
const PLOT = { left: 44, top: 72, width: 246, height: 196, step: 316 };
// One grey for both grounds: a page may be dark on a machine that says it is light.
const STYLE = `text { font: 12px system-ui, sans-serif; fill: #737d88 } .title { font-weight: 600; font-size: 14px }
.grid { stroke: #868e96; stroke-opacity: 0.3 } .end { text-anchor: end } .middle { text-anchor: middle }`;

/** Time and memory against N on linear axes from zero: what grows with N, and no faster, is a straight line. */
export function speedPlot({ sizes }: BuildFigures): string {
  const largest = Math.max(...sizes.map(({ size }) => size));
  const summary = `Time and peak memory of PersonaKit and other generators, for 10 to ${largest} agents and as many rules.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">`,
    `<title>${summary}</title>`,
    `<style>${STYLE}</style>`,
    ...legend(),
    ...PANELS.flatMap((panel, index) => panelOf(panel, index, linesOf(sizes, panel), largest)),
    "</svg>\n",
  ].join("\n");
}

function legend(): string[] {
  return Object.entries(STYLES).flatMap(([name, { color, stroke }], index) => {
    const x = PLOT.left + index * 150;
    const label = name === "floor" ? "bytes only, no checks" : name;
    return [
      `<line x1="${x}" y1="20" x2="${x + 30}" y2="20" stroke="${color}" ${stroke}/>`,
      `<text x="${x + 38}" y="24">${label}</text>`,
    ];
  });
}

function linesOf(sizes: BuildFigures["sizes"], { cell, divisor }: Panel): Line[] {
  const lines = Object.keys(STYLES).map((name) => ({
    name,
    points: sizes.flatMap(({ size, rows }) => {
      const value = rows.find((row) => row.name.split(" ")[0] === name)?.cells[cell]?.median;
      return value === undefined ? [] : [[size, value / divisor] as const];
    }),
  }));
  return lines.filter(({ points }) => points.length > 0);
}

function panelOf({ title, unit }: Panel, index: number, lines: readonly Line[], largest: number): string[] {
  const { left, top, width, height, step } = PLOT;
  const x0 = left + index * step;
  const x = (size: number) => (x0 + (size / largest) * width).toFixed(1);
  const most = topOf(lines);
  const y = (value: number) => (top + height - (value / most) * height).toFixed(1);
  const frame = `frame-${index}`;
  return [
    `<clipPath id="${frame}"><rect x="${x0 - 4}" y="${top}" width="${width + 8}" height="${height + 4}"/></clipPath>`,
    `<text class="title" x="${x0}" y="${top - 20}">${title} (${unit})</text>`,
    ...ticks(most).flatMap((tick) => [
      `<line class="grid" x1="${x0}" y1="${y(tick)}" x2="${x0 + width}" y2="${y(tick)}"/>`,
      `<text class="end" x="${x0 - 6}" y="${Number(y(tick)) + 4}">${tick}</text>`,
    ]),
    ...ticks(largest).map(
      (tick) => `<text class="middle" x="${x(tick)}" y="${top + height + 18}">${tick.toLocaleString("en")}</text>`,
    ),
    `<text class="middle" x="${x0 + width / 2}" y="${top + height + 38}">N agents and N rules</text>`,
    // Ours last, so that it lies above the others.
    ...lines.toReversed().flatMap((line) => drawn(line, frame, x, y)),
    ...lines.flatMap(({ name, points }) =>
      beyond(name, points, most, unit).map(
        (text) => `<text class="end" x="${x0 + width}" y="${top - 4}">${text}</text>`,
      ),
    ),
  ];
}

function drawn(
  { name, points }: Line,
  frame: string,
  x: (size: number) => string,
  y: (value: number) => string,
): string[] {
  const { color, stroke } = STYLES[name] ?? { color: "", stroke: "" };
  const corners = points.map(([size, value]) => `${x(size)},${y(value)}`).join(" ");
  return [
    `<g clip-path="url(#${frame})"><polyline fill="none" stroke="${color}" ${stroke} points="${corners}"/>`,
    ...points.map(([size, value]) => `<circle r="3" fill="${color}" cx="${x(size)}" cy="${y(value)}"/>`),
    "</g>",
  ];
}

/** The upper end of an axis. One tool far above the others would press them to the ground, so its line leaves the frame. */
function topOf(lines: readonly Line[]): number {
  const [highest = 1, second = highest] = lines
    .map(({ points }) => Math.max(...points.map(([, value]) => value)))
    .sort((a, b) => b - a);
  return 1.05 * (highest > 2 * second ? second : highest);
}

/** Where a line ends that leaves the frame. */
function beyond(name: string, points: Line["points"], most: number, unit: string): string[] {
  const [size, value] = points.at(-1) ?? [0, 0];
  return value > most ? [`${name}: ${value.toFixed(1)} ${unit} at ${size.toLocaleString("en")}`] : [];
}

/** Round numbers from 0 to the top, four to eight of them. */
function ticks(most: number): number[] {
  const magnitude = 10 ** Math.floor(Math.log10(most / 3));
  const step = [5, 2, 1].map((factor) => factor * magnitude).find((each) => most / each >= 3) ?? magnitude;
  const count = Math.floor(most / step);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}
