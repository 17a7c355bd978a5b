// Documents of a million characters that nobody would write, through all targets, verified: each in a process of its own.
// `node bench/bounds.ts [words of a case]` measures the cases whose name has the words.

import { spawnSync } from "node:child_process";
import { compile, definePersona, example, md, must, prose, section, table } from "@personakit/core";
import { LIMITS } from "@personakit/core/internal";
import { type Target, targets, verifyArtifact } from "@personakit/targets";

const SIZE = 1_000_000;
const MOST_MS = 2000;
const MOST_MB = 300;

/** Characters, and pieces of Markdown, that something looks twice at. */
const UNITS = [
  ...["a", "word ", "a\u200b", "\u200b", "\u{E0061}", "é", "中", "😀", "🇦", "👨‍👩‍👧 ", "क्ष", "\u0645\u200c\u06cc"],
  ...[
    "\\",
    "`",
    "a` ",
    "``a` ",
    "*",
    "*a",
    "**a_",
    "_",
    "|",
    "\\|",
    "[",
    "]",
    "[a](",
    "](ref:",
    "[a][",
    "![",
    "<",
    "<a",
    "<a>",
  ],
  ...[
    "<!--",
    "<?",
    "&",
    "&a",
    "~",
    "#",
    ">",
    "- ",
    "1.",
    '"',
    "'",
    "'''",
    "@a",
    " @a",
    "$1",
    "!`a",
    "{{",
    "${",
    "https://a.b/ ",
  ],
];

type Entry = ReturnType<typeof must | typeof prose | typeof table | typeof example>;

const repeated = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** The shapes that a million characters can have. */
const SHAPES: { readonly [shape: string]: (unit: string) => readonly Entry[] } = {
  "long rules": (unit) => times(11, () => must(`a${repeated(unit, 90_000)}`)),
  "short rules": (unit) => times(4900, () => must(`a${repeated(unit, 200)}`)),
  prose: (unit) => times(11, () => prose(repeated(`${repeated(unit, 400)}\n\n`, 90_000))),
  cells: (unit) =>
    times(11, () =>
      table(
        ["a"],
        times(100, () => [`a${repeated(unit, 900)}`]),
      ),
    ),
  examples: (unit) => times(11, () => example("ts", repeated(`${repeated(unit, 70)}\n`, 90_000))),
  values: (unit) => times(22, () => must(md`a ${repeated(unit, 45_000)} b`)),
};

function times<Item>(count: number, item: () => Item): Item[] {
  return Array.from({ length: count }, item);
}

function documentOf(shape: string, unit: string) {
  const entries = SHAPES[shape]?.(unit) ?? [];
  const rules = Object.fromEntries(entries.map((entry, index) => [`r${index}`, entry]));
  const description = { does: "D.", when: "W.", notFor: "" };
  const use = [section({ id: "own", title: "Own", rules })];
  return compile(definePersona({ id: "dev", title: "Dev", role: "You.", description, use }));
}

/** How a case went: the time of all steps, and of the slowest target. */
interface Measured {
  readonly ms: number;
  readonly slowest: number;
  readonly target: string;
  readonly outcome: string;
}

/** The processor's time, which other programs on the machine do not change. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function measure(shape: string, unit: string): Promise<Measured> {
  const start = cpuMs();
  let [slowest, target] = [0, ""];
  const outcomes = new Set<string>();
  try {
    const document = documentOf(shape, unit);
    for (const each of targets) {
      const from = cpuMs();
      outcomes.add(await outcomeOf(each, document));
      const time = cpuMs() - from;
      if (time > slowest) [slowest, target] = [time, each.id];
    }
  } catch (error) {
    outcomes.add(codeOf(error));
  }
  return { ms: cpuMs() - start, slowest, target, outcome: [...outcomes].sort().join(", ") };
}

async function outcomeOf(target: Target, document: ReturnType<typeof documentOf>): Promise<string> {
  try {
    for (const artifact of target.compile(document).artifacts) await verifyArtifact(artifact);
    return "files";
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  const { issues } = error as { issues?: readonly { readonly code: string }[] };
  if (issues?.[0] === undefined) throw error;
  return issues[0].code;
}

const [, , filter = "", child] = process.argv;
if (child !== undefined) {
  const [shape = "", unit = ""] = JSON.parse(child);
  const measured = await measure(shape, unit);
  console.log(JSON.stringify({ ...measured, mb: process.resourceUsage().maxRSS / 1024 }));
} else {
  let over = 0;
  console.log(`A document of ${SIZE} characters, all ${targets.length} targets. Text: ${LIMITS.text.most} at most.\n`);
  for (const shape of Object.keys(SHAPES)) {
    for (const unit of UNITS) {
      const name = `${shape} of ${JSON.stringify(unit)}`;
      if (!name.includes(filter)) continue;
      const args = [import.meta.filename, "", JSON.stringify([shape, unit])];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 120_000 });
      if (status !== 0) {
        console.log(`${name.padEnd(32)} ${stderr.slice(0, 300) || "more than two minutes"}`);
        over++;
        continue;
      }
      const { ms, slowest, target, outcome, mb } = JSON.parse(stdout);
      const isOver = slowest > MOST_MS || mb > MOST_MB;
      if (isOver) over++;
      const slow = `${slowest.toFixed(0).padStart(6)} ms ${target.padEnd(20)}`;
      console.log(
        `${name.padEnd(32)} ${ms.toFixed(0).padStart(6)} ms ${slow} ${mb.toFixed(0).padStart(5)} MB  ${outcome}${isOver ? "  OVER" : ""}`,
      );
    }
  }
  console.log(`\nTarget: no target takes more than ${MOST_MS} ms or ${MOST_MB} MB for a document: ${over} cases do.`);
}
