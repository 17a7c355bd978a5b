// Reads every Markdown and TOML file below a folder as its tool reads it, and says how much of it came through:
// node bench/read-files.ts <folder> [--issues] [--all]
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PersonaKitError } from "@personakit/core";
import { type Readable, readables, recognise } from "@personakit/targets";
import { parseDocument } from "yaml";
import { machine } from "./machine.ts";

const [folder = "."] = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
const showsIssues = process.argv.includes("--issues");

/** One of the kinds of file, or none. */
const kind = (id: string): Readable => readables.find((each) => each.id === id) as Readable;

const counts = new Map<string, number>();
const add = (what: string, by = 1) => counts.set(what, (counts.get(what) ?? 0) + by);
const byKind = new Map<string, { files: number; whole: number; carried: Map<string, number>; restricts: number }>();
const codes = new Map<string, number>();

const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.(?:md|mdc|toml)$/.test(path) && !/(?:^|\/)(?:\.git|node_modules)\//.test(path))
  .sort();

const files = paths.flatMap((path) => {
  const bytes = readFileSync(join(folder, path));
  add("files");
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return [{ path, text, bytes }];
  } catch {
    add("not UTF-8");
    return [];
  }
});

for (const { path, text, bytes } of files) {
  const readable = recognise(path)?.readable ?? guess(text);
  try {
    const { document, fields, issues } = readable.read({ path, text });
    add("readable");
    const back = Buffer.from(readable.restore(document).text);
    add(back.equals(bytes) ? "byte-identical" : "CHANGED");
    if (!back.equals(bytes)) console.log(`changed: ${path}`);
    const [, head] = /^\u{FEFF}?---[ \t]*\r?\n([\s\S]*?)(?:(?<=\n)---)/u.exec(text) ?? [];
    if (fields.length > 0) add("with fields");
    const refused = fields.filter((field) => field.refused !== undefined);
    if (refused.length > 0) add("read by line");
    add("values that YAML refuses", refused.length);
    add(
      "of them equal to their line",
      refused.filter(
        ({ text: value = "", valueStart, valueEnd }) =>
          text.slice(valueStart, valueEnd).trim().replace(/\r\n?/g, "\n") === value,
      ).length,
    );
    compare(path, head, fields, refused.length);
    for (const { code, place, problem, hint } of issues) {
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (showsIssues) console.log(`${place}: ${problem}. ${(hint ?? "").slice(0, 160)} (${code})`);
    }
    const seen = byKind.get(readable.id) ?? { files: 0, whole: 0, carried: new Map(), restricts: 0 };
    byKind.set(readable.id, seen);
    seen.files++;
    const { carried } = document.source;
    if (carried.length === 0) seen.whole++;
    for (const { field, restricts } of carried) {
      seen.carried.set(field, (seen.carried.get(field) ?? 0) + 1);
      if (restricts) seen.restricts++;
    }
  } catch (error) {
    if (!(error instanceof PersonaKitError)) throw error;
    add("refused");
    console.log(`refused: ${error.message}`);
  }
}

/** Files that lie where no tool looks: with fields, an agent's; without, text. */
function guess(text: string): Readable {
  return kind(/^\u{FEFF}?---[ \t]*[\r\n]/u.test(text) ? "claude-agent" : "plain");
}

/** Compares the fields with what YAML makes of the whole front matter. */
function compare(
  path: string,
  head: string | undefined,
  fields: readonly { key: string; value: unknown }[],
  refused: number,
) {
  if (head === undefined || refused > 0) return;
  try {
    const whole = parseDocument(head, { version: "1.2" });
    if (whole.errors.length + whole.warnings.length > 0) return;
    const data: unknown = whole.toJS({ maxAliasCount: 100 });
    if (typeof data !== "object" || data === null || Array.isArray(data)) return;
    for (const [key, value] of Object.entries(data)) {
      add("fields of valid YAML");
      const field = fields.find((each) => each.key === key);
      if (field !== undefined && JSON.stringify(field.value) === JSON.stringify(value)) add("of them equal");
      else console.log(`unequal: ${key} of ${path}`);
    }
  } catch {
    // An alias that YAML does not resolve: nothing to compare with.
  }
}

const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
const jobs = files.map(({ path, text }) => ({ path, text, readable: recognise(path)?.readable ?? guess(text) }));
const times: number[] = [];
for (let run = 0; run < 5; run++) {
  const start = performance.now();
  for (const { readable, ...file } of jobs) {
    try {
      readable.read(file);
    } catch {
      // Counted above.
    }
  }
  times.push(performance.now() - start);
}
const best = Math.min(...times);
add("ms a file (thousandths)", Math.round((best / files.length) * 1000));

console.log(machine());
for (const [what, count] of counts) console.log(`${String(count).padStart(8)}  ${what}`);
console.log(`${(size / 1e6 / (best / 1e3)).toFixed(1).padStart(8)}  MB/s`);
console.log("\nfindings");
for (const [code, count] of codes) console.log(`${String(count).padStart(8)}  ${code}`);
console.log("\nkind, files, files with nothing carried, carried restrictions, carried fields");
for (const [id, { files: all, whole, restricts, carried }] of byKind) {
  const most = [...carried].sort((a, b) => b[1] - a[1]).slice(0, 14);
  console.log(`${id}, ${all}, ${whole}, ${restricts}, ${most.map(([field, count]) => `${field} ${count}`).join(" ")}`);
}
