// Reads the Markdown files of a folder: `node bench/read.ts <folder>`. Says how often the splitter agrees with the parser that remark
// uses, how fast it is, and how well ids and passages are found again after random edits. Nothing of the files is printed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { split } from "@personakit/core/internal";
import { convertMarkdown, matchPassages, type Passage, passagesIn } from "@personakit/core/read";
import { ours, theirs } from "../packages/core/src/read/blocks.testing.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: node bench/read.ts <folder>");

const WORDS = "window copper river method garden signal winter ticket planet market".split(" ");

/** A pseudo-random number from 0 up to a bound, the same in each run. */
let state = 1;
function random(bound: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * bound);
}

const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(?:md|mdc|txt)$/.test(path))
  .sort()
  .map((path) => readFileSync(join(folder, path), "utf8"));
const bodies = texts.map((text) =>
  text.replace(/^\ufeff?---[ \t]*(?:\r\n|\r|\n)[\s\S]*?(?:\r\n|\r|\n)---[ \t]*(?:\r\n|\r|\n|$)/, ""),
);

agreement();
identity();
speed();
stability();
matching();
conversion();

function agreement(): void {
  let [blocks, same, files] = [0, 0, 0];
  for (const body of bodies) {
    const expected = theirs(body);
    const found = new Set(ours(body));
    const agreeing = expected.filter((block) => found.has(block)).length;
    blocks += expected.length;
    same += agreeing;
    if (agreeing === expected.length) files++;
  }
  row("blocks as the other parser sees them, items included", `${same} of ${blocks} (${percent(same, blocks)})`);
  row("files in which all agree", `${files} of ${bodies.length}`);
}

function identity(): void {
  const identical = texts.filter((text) => {
    let joined = "";
    let at = 0;
    for (const { start, end } of split(text).blocks) {
      joined += text.slice(at, start) + text.slice(start, end);
      at = end;
    }
    return joined + text.slice(at) === text;
  });
  row("files that are the same, joined again", `${identical.length} of ${texts.length}`);
}

function speed(): void {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const rates = Array.from({ length: 15 }, () => {
    const start = process.cpuUsage();
    for (const text of texts) split(text);
    const { user, system } = process.cpuUsage(start);
    return bytes / (user + system);
  });
  const [first = 0] = rates;
  const sorted = rates.sort((a, b) => a - b);
  row("MB/s, first run and median of 15", `${first.toFixed(0)}, ${sorted[7]?.toFixed(0)}`);
}

/** Keeps all ids but those of edited passages, with one edit in each file. */
function stability(): void {
  for (const edit of ["reword", "insert", "delete", "swap"] as const) {
    let [others, kept, files, changed] = [0, 0, 0, 0];
    for (const body of bodies) {
      const before = passagesIn(split(body));
      const editable = before.filter(isEditable);
      if (editable.length < 2) continue;
      const victims = new Set<Passage>();
      const edited = edit === "swap" ? swapped(body, editable, victims) : edits(body, pick(editable, victims), edit);
      const ids = new Set(passagesIn(split(edited)).map(pathOf));
      const left = before.filter((passage) => !victims.has(passage));
      const held = left.filter((passage) => ids.has(pathOf(passage))).length;
      others += left.length;
      kept += held;
      files++;
      if (held < left.length) changed++;
    }
    row(
      `ids kept by all other passages: ${edit} one`,
      `${percent(kept, others)}; files with a changed id: ${percent(changed, files)}`,
    );
  }
}

function swapped(body: string, editable: readonly Passage[], victims: Set<Passage>): string {
  const at = random(editable.length - 1);
  const [one, other] = [editable[at] as Passage, editable[at + 1] as Passage];
  if (one.kind !== other.kind || one.section !== other.section) return body;
  victims.add(one).add(other);
  return (
    body.slice(0, one.start) +
    body.slice(other.start, other.end) +
    body.slice(one.end, other.start) +
    body.slice(one.start, one.end) +
    body.slice(other.end)
  );
}

function pick(editable: readonly Passage[], victims: Set<Passage>): Passage {
  const one = editable[random(editable.length)] as Passage;
  victims.add(one);
  return one;
}

function edits(body: string, passage: Passage, edit: "reword" | "insert" | "delete", share = 0): string {
  const written = body.slice(passage.start, passage.end);
  if (edit === "delete") return body.slice(0, passage.start) + body.slice(passage.end);
  if (edit === "insert") {
    const marker = passage.kind === "item" ? /^[ \t]*\S+[ \t]+/.exec(written)?.[0] : undefined;
    const added = marker === undefined ? `\n\n${words(8)}\n` : `\n${marker}${words(8)}`;
    return body.slice(0, passage.end) + added + body.slice(passage.end);
  }
  return body.slice(0, passage.start) + reworded(written, share) + body.slice(passage.end);
}

/** Some words of a text replaced by unrelated ones: a share of them, or one. */
function reworded(text: string, share: number): string {
  const found = [...text.matchAll(/[A-Za-z]{3,}/g)];
  const chosen = new Set<number>();
  const count = Math.max(1, Math.round(found.length * share));
  while (chosen.size < Math.min(count, found.length)) chosen.add(random(found.length));
  let index = -1;
  return text.replace(/[A-Za-z]{3,}/g, (word) => (chosen.has(++index) ? words(1) : word));
}

function words(count: number): string {
  return Array.from({ length: count }, () => `${WORDS[random(WORDS.length)]}${random(50)}`).join(" ");
}

function isEditable({ kind, text }: Passage): boolean {
  return (kind === "item" || kind === "paragraph") && /[A-Za-z]{3,}/.test(text);
}

/** Edits, deletes and inserts a share of all passages, and looks at what is found again. */
function matching(): void {
  for (const [rate, share] of [
    [0.02, 0],
    [0.02, 0.3],
    [0.02, 0.5],
    [0.1, 0],
    [0.1, 0.5],
  ] as const) {
    let [reworded, kept, wrong, inserted, claimed, unchanged, lost] = [0, 0, 0, 0, 0, 0, 0];
    for (const body of bodies) {
      const before = passagesIn(split(body));
      const fates = before.map((passage) => (isEditable(passage) ? fateOf(rate) : "keep"));
      let text = body;
      // From the end, so that offsets stay right; texts carry where they come from.
      for (let index = before.length - 1; index >= 0; index--) {
        const fate = fates[index];
        if (fate !== undefined && fate !== "keep") text = edits(text, before[index] as Passage, fate, share);
      }
      const after = passagesIn(split(text));
      const truth = alignment(before, fates, after);
      if (truth === undefined) continue;
      const found = matchPassages(before, after);
      for (const [index, origin] of truth.entries()) {
        if (origin === undefined) {
          inserted++;
          if (found[index] !== undefined) claimed++;
        } else if (fates[origin] === "reword") {
          reworded++;
          if (found[index] === origin) kept++;
          else if (found[index] !== undefined) wrong++;
        } else {
          unchanged++;
          if (before[found[index] ?? -1]?.text !== before[origin]?.text) lost++;
        }
      }
    }
    const edited = `found ${percent(kept, reworded)}, wrong ${percent(wrong, reworded)}`;
    const others = `new ones that are taken for old ${percent(claimed, inserted)}, unchanged ones lost ${lost} of ${unchanged}`;
    row(
      `${rate * 100} % reworded (${share === 0 ? "1 word" : `${share * 100} % of the words`}), deleted, inserted`,
      `${edited}; ${others}`,
    );
  }
}

/** How much of the bodies entries say that are more than Markdown as it stands. A dividing line has no other kind. */
function conversion(): void {
  let [bytes, typedBytes, blocks, typedBlocks, converted, whole] = [0, 0, 0, 0, 0, 0];
  for (const body of bodies) {
    const found = convertMarkdown(body);
    const size = body.trim().length;
    const count = split(body).blocks.length;
    bytes += size;
    blocks += count;
    if (found === undefined) continue;
    const entries = found.sections.flatMap(({ rules }) => Object.values(rules));
    const verbatim = entries.flatMap((entry) =>
      entry.kind === "markdown" && entry.text !== "---" ? [entry.text] : [],
    );
    typedBytes += size - verbatim.reduce((sum, text) => sum + text.length, 0);
    typedBlocks += count - verbatim.reduce((sum, text) => sum + split(text).blocks.length, 0);
    converted++;
    if (verbatim.length === 0) whole++;
  }
  row(
    "files converted, all of them the same when rendered",
    `${converted} of ${bodies.length}; without verbatim Markdown: ${whole}`,
  );
  row("blocks and characters that are typed", `${percent(typedBlocks, blocks)}, ${percent(typedBytes, bytes)}`);
}

type Fate = "keep" | "reword" | "insert" | "delete";

function fateOf(rate: number): Fate {
  const dice = random(1_000_000) / 1_000_000;
  if (dice < rate) return "reword";
  if (dice < rate * 2) return "delete";
  return dice < rate * 3 ? "insert" : "keep";
}

/** For each new passage, the old one that it comes from. Undefined for a text in which an edit made other passages. */
function alignment(
  before: readonly Passage[],
  fates: readonly Fate[],
  after: readonly Passage[],
): (number | undefined)[] | undefined {
  const truth = fates.flatMap((fate, index) =>
    fate === "delete" ? [] : fate === "insert" ? [index, undefined] : [index],
  );
  const isSame =
    truth.length === after.length &&
    truth.every((origin, index) => origin === undefined || before[origin]?.kind === after[index]?.kind);
  return isSame ? truth : undefined;
}

function pathOf({ section, id }: Passage): string {
  return `${section}/${id}`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(2)} %`;
}

function row(what: string, figure: string): void {
  console.log(`${what.padEnd(58)} ${figure}`);
}
