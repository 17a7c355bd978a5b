// Looks for copies in folders of instruction files: `node bench/copies.ts <folder>`, where each folder in it is a collection, and
// `_benchmark` may hold labelled groups. Says what each collection would save, whether every labelled group has a candidate, how the proposals of
// `copies-judged.md` were judged, and how long it takes, also for synthetic files. With `--list`, every proposal. Nothing of the files is printed but names of sections.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CopyFile, findCopies } from "@personakit/core/copies";
import { countTokens } from "@personakit/targets";
import { readInstructionFiles } from "../packages/cli/src/copies/instruction-files.ts";
import { exactRuns } from "../packages/core/src/copies/exact.ts";
import { likePassages } from "../packages/core/src/copies/like.ts";
import { Units } from "../packages/core/src/copies/units.ts";
import { wholeFiles } from "../packages/core/src/copies/whole-files.ts";

const [folder, option] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: node bench/copies.ts <folder> [--list]");

const collections = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith("_"))
  .map(({ name }) => ({ name, files: readInstructionFiles(join(folder, name)) }));

// First, while the memory that was used is its own.
synthetic(10_000);
synthetic(1000);
savings();
recall();
judged();

function savings(): void {
  for (const { name, files } of collections) {
    const begin = performance.now();
    const { groups, drifts, numbers } = findCopies(files, { tokens: countTokens });
    const took = performance.now() - begin;
    const all = files.reduce((sum, { text }) => sum + countTokens(text), 0);
    const of = (what: string) => groups.filter((group) => group.of === what);
    const saved = (what: string) => of(what).reduce((sum, { saves }) => sum + saves, 0);
    console.log(
      `${name}: ${files.length} files, ${all} tokens; ${of("file").length} copies of files save ${saved("file")}, ` +
        `${of("passage").length} passages ${saved("passage")}; ${drifts.length} drifts, ${numbers.length} topics; ${took.toFixed(0)} ms`,
    );
    if (option !== "--list") continue;
    for (const { name: group, of, match, places, saves } of groups) {
      const where = places.map(({ path, first, last }) => `${path}:${first}-${last}`);
      console.log(`  ${group} (${of}, ${match}, saves ${saves}): ${where.join(", ")}`);
    }
  }
}

/** How many of the labelled groups have a candidate that covers part of the section in two of their files. */
function recall(): void {
  const labels = join(folder as string, "_benchmark", "shared-sections.json");
  if (!existsSync(labels)) return;
  const { clusters } = JSON.parse(readFileSync(labels, "utf8")) as { clusters: { heading: string; files: string[] }[] };
  let found = 0;
  for (const { name, files } of collections) {
    const units = new Units(files);
    // A candidate may cost more than it saves: what is chosen is another question.
    const cost = { tokens: countTokens, least: -1000 };
    const whole = wholeFiles(units, cost);
    const like = likePassages(units, whole);
    const spans = [...exactRuns(units, whole, cost), ...like.runs].map(({ places }) => places);
    spans.push(...like.drifts.map(({ variants }) => variants.flatMap(({ places }) => places)));
    const index = new Map(files.map(({ path }, at) => [`${name}/${path}`, at]));
    for (const { heading, files: labelled } of clusters) {
      const own = labelled.flatMap((path) => index.get(path) ?? []);
      if (own.length < labelled.length) continue;
      const isCopy = new Set(own.map((file) => whole.document[file])).size < own.length;
      const isFound =
        isCopy ||
        spans.some((places) => {
          const among = places.filter(({ from }) => own.includes(units.file[from] as number));
          const files = new Set(among.map(({ from }) => units.file[from]));
          return files.size > 1 && among.some(({ from, to }) => covers(units, heading, from, to));
        });
      if (isFound) found++;
      else console.log(`no candidate: ${heading} in ${labelled.join(", ")}`);
    }
  }
  console.log(`labelled groups with a candidate: ${found} of ${clusters.length}`);
}

/** Whether a run covers part of a section with a heading. */
function covers(units: Units, heading: string, from: number, to: number): boolean {
  const start = units.starts[units.file[from] as number] as number;
  for (let unit = from; unit <= to; unit++) {
    let at = unit;
    while (at > start && units.kind(at) !== "heading") at--;
    const title = units.kind(at) === "heading" ? units.said(at) : "(preamble)";
    if (title.replace(/^#+\s*|\s*#*$/g, "") === heading) return true;
  }
  return false;
}

function judged(): void {
  const rows = readFileSync(join(import.meta.dirname, "copies-judged.md"), "utf8").matchAll(
    /^\| .* \| (sensible|cut|false) \|/gm,
  );
  const verdicts = [...rows].map(([, verdict]) => verdict);
  const sensible = verdicts.filter((verdict) => verdict === "sensible").length;
  console.log(`judged: ${sensible} of ${verdicts.length} proposals sensible`);
}

/** Files of about 6 KB: half of them near-copies of fifty, the others with two sections that many have. */
function synthetic(count: number): void {
  let state = 1;
  const random = (bound: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  const words = Array.from({ length: 3000 }, (_, index) => `w${index.toString(36)}${"abcdefghij".slice(0, random(7))}`);
  const word = () => words[random(words.length)] as string;
  const sentence = () => `${Array.from({ length: 8 + random(12) }, word).join(" ")}.`;
  const items = () => Array.from({ length: 5 }, () => `- ${sentence()}`).join("\n");
  const section = () => `## ${word()} ${word()}\n\n${sentence()} ${sentence()}\n\n${items()}\n`;
  const shared = Array.from({ length: 200 }, section);
  const originals = Array.from({ length: 50 }, () => Array.from({ length: 9 }, section));
  const files: CopyFile[] = Array.from({ length: count }, (_, index) => {
    const sections = index % 2 === 0 ? [...(originals[random(50)] as string[])] : Array.from({ length: 7 }, section);
    const edited = random(sections.length);
    if (index % 2 === 0)
      sections[edited] = (sections[edited] as string).replace(/w\w+/g, (old) => (random(30) === 0 ? word() : old));
    else sections.push(shared[random(200)] as string, (shared[random(200)] as string).replace(/w\w+/, word));
    return { path: `agents/a${index}.md`, text: `# File ${index}\n\n${sections.join("\n")}` };
  });
  const bytes = files.reduce((sum, { text }) => sum + text.length, 0);
  const begin = cpuSeconds();
  const { groups } = findCopies(files, { tokens: countTokens });
  const took = cpuSeconds() - begin;
  const memory = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${count} synthetic files, ${(bytes / 1e6).toFixed(0)} MB: ${took.toFixed(1)} s of the processor, ${memory.toFixed(0)} MB at most, ${groups.length} groups`,
  );
}

/** The processor's time, which other programs on the machine do not change. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
