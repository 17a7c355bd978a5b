// What a measurement comes to: medians, ratios within a round, and the goals that they are held to.

/** What is measured of a tool, in this order. */
export const STEPS = ["cold", "no change", "check"] as const;

/** A column of a table: a step's time, or the highest memory of all steps. */
export const CELLS = [...STEPS, "memory"] as const;

export type Step = (typeof STEPS)[number];
export type Cell = (typeof CELLS)[number];

/** The middle of several values, and how far they go. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** What was measured of one tool at one size. Times in ms, memory in MB, one value for each round. */
export interface Measured {
  readonly name: string;
  readonly kind: "floor" | "competitor" | "own";
  readonly files: number;
  readonly bytes: number;
  readonly samples: { readonly [C in Cell]: readonly number[] };
}

/** A tool's row in the tables. A cell that the tool does not have is absent. */
export interface Row {
  readonly name: string;
  readonly kind: Measured["kind"];
  readonly rounds: number;
  readonly files: number;
  readonly bytes: number;
  readonly cells: { readonly [C in Cell]?: Spread };
  /** PersonaKit's value divided by this tool's, round by round. */
  readonly ratios: { readonly [C in Cell]?: Spread };
}

/** All rows of one size. */
export interface SizeFigures {
  readonly size: number;
  readonly rows: readonly Row[];
}

/** What `bench:build --plot` keeps: docs/speed.md, its picture and the table of the README are made from it. */
export interface BuildFigures {
  readonly machine: string;
  readonly sizes: readonly SizeFigures[];
}

/** The ratio that a cell may have at most. */
export interface Goal {
  readonly tool: string;
  readonly cell: Cell;
  readonly most: number;
}

/** What a run came to, against a goal. */
export interface Outcome extends Goal {
  readonly ratio: Spread;
  readonly met: boolean;
}

const REFERENCE = "bluetemberg";
const OTHERS = ["rulesync", "ruler"];
const GOALS: { readonly [size: number]: { readonly [C in Cell]: number } } = {
  10: { cold: 0.8, "no change": 0.6, check: 0.6, memory: 1 },
  100: { cold: 0.85, "no change": 0.6, check: 0.6, memory: 1 },
  1000: { cold: 1, "no change": 0.5, check: 0.75, memory: 1 },
};

/** The goals at a size: a ratio to bluetemberg where one is set, and ahead of the others, by three times in time at 1,000. */
function goalsAt(size: number): Goal[] {
  const most = GOALS[size];
  return [
    ...(most === undefined ? [] : CELLS.map((cell) => ({ tool: REFERENCE, cell, most: most[cell] }))),
    ...OTHERS.flatMap((tool) =>
      CELLS.map((cell) => ({ tool, cell, most: size === 1000 && cell !== "memory" ? 1 / 3 : 1 })),
    ),
  ];
}

/** Each goal at this size, and whether it is met; a cell that a tool does not have is left out. */
export function outcomes({ size, rows }: SizeFigures): Outcome[] {
  return goalsAt(size).flatMap((goal) => {
    const ratio = rows.find(({ name }) => name.split(" ")[0] === goal.tool)?.ratios[goal.cell];
    return ratio === undefined ? [] : [{ ...goal, ratio, met: ratio.median <= goal.most }];
  });
}

/** The tables' figures from what was measured. */
export function figuresOf(size: number, tools: readonly Measured[]): SizeFigures {
  const own = tools.find(({ kind }) => kind === "own");
  const rows = tools.map(({ name, kind, files, bytes, samples }) => ({
    name,
    kind,
    rounds: samples.cold.length,
    files,
    bytes,
    cells: mapCells((cell) => spread(samples[cell])),
    // Only what ran in the same round met the same machine.
    ratios: mapCells((cell) => {
      const pairs = samples[cell].map((value, round) => (own?.samples[cell][round] ?? Number.NaN) / value);
      return own === undefined || kind === "own" ? undefined : spread(pairs);
    }),
  }));
  return { size, rows };
}

function mapCells(of: (cell: Cell) => Spread | undefined): { [C in Cell]?: Spread } {
  return Object.fromEntries(
    CELLS.flatMap((cell) => {
      const value = of(cell);
      return value === undefined ? [] : [[cell, value]];
    }),
  );
}

function spread(values: readonly number[]): Spread | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return undefined;
  const half = sorted.length / 2;
  const median = ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2;
  // Three digits say all that such a measurement knows.
  const [short = 0, low = 0, high = 0] = [median, min, max].map((value) => Number(value.toPrecision(3)));
  return { median: short, min: low, max: high };
}
