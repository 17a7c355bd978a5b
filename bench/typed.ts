// Says every Markdown file below a folder as a typed module, and how much of it came through as what:
// node bench/typed.ts <folder> [--issues] [--write=<folder>]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type AnyPersona, compile, PersonaKitError } from "@personakit/core";
import { type Readable, readables, recognise } from "@personakit/targets/read";
import { CommandError } from "../packages/cli/src/issues/command-error.ts";
import { type TypedModule, typedModule } from "../packages/cli/src/typed/typed-persona.ts";
import { machine } from "./machine.ts";

const [folder = "."] = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
const showsIssues = process.argv.includes("--issues");
const out = process.argv.find((arg) => arg.startsWith("--write="))?.slice("--write=".length);
if (out !== undefined) mkdirSync(out, { recursive: true });

const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.(?:md|mdc|toml)$/.test(path) && !/(?:^|\/)(?:\.git|node_modules)\//.test(path))
  .sort();

const reasons = new Map<string, number>();
const [all, done] = [
  { files: 0, characters: 0 },
  { files: 0, characters: 0, typed: 0, slowest: 0 },
];
const refuse = (path: string, text: string) => {
  const reason = text.replace(/["'`].*?["'`]|\d+/g, "…").slice(0, 110);
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  if (showsIssues) console.log(`${path}: ${text}`);
};

const start = performance.now();
for (const path of paths) {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(join(folder, path)));
  } catch {
    continue;
  }
  all.files++;
  const place = recognise(path);
  const readable = place === undefined || place.reference !== undefined ? guess(text) : place.readable;
  all.characters += bodyOf(readable, path, text);
  const began = performance.now();
  try {
    const { text: code, ...made } = await typedModule({ path, text }, readable, {
      strengths: process.argv.includes("--strengths"),
    });
    done.files++;
    done.characters += made.characters;
    done.typed += made.typed;
    if (out !== undefined) await write(out, code, made);
  } catch (error) {
    const issues = error instanceof CommandError || error instanceof PersonaKitError ? error.issues : undefined;
    if (issues === undefined) throw error;
    refuse(path, `${issues[0]?.problem ?? String(error)}${showsIssues ? ` (${issues[0]?.place})` : ""}`);
  }
  done.slowest = Math.max(done.slowest, performance.now() - began);
}
const ms = performance.now() - start;

console.log(machine());
console.log(`${all.files} files, ${done.files} as typed modules, each proved to have the same body`);
console.log(`${((100 * done.typed) / done.characters).toFixed(1)} % of their characters typed`);
console.log(
  `${((100 * done.typed) / all.characters).toFixed(1)} % of the characters of all bodies, refused files included`,
);
console.log(`${(ms / all.files).toFixed(1)} ms a file, ${done.slowest.toFixed(0)} ms the slowest`);
for (const [reason, count] of [...reasons].sort(([, a], [, b]) => b - a)) console.log(`refused ${count}: ${reason}`);

/** Writes a module where it can import core, and proves that what it says is built to the same file. */
async function write(to: string, code: string, { id, target, built }: Omit<TypedModule, "text">): Promise<void> {
  const file = resolve(to, `${String(done.files).padStart(4, "0")}-${id}.ts`);
  writeFileSync(file, code);
  const [persona] = Object.values(await import(pathToFileURL(file).href));
  const [artifact] = target.compile(compile(persona as AnyPersona)).artifacts;
  if (artifact?.text !== built.text) console.log(`CHANGED: ${file}`);
}

/** The length of what stands below the front matter. */
function bodyOf(readable: Readable, path: string, text: string): number {
  try {
    const [entry] = readable.read({ path, text }).document.sections[0]?.entries ?? [];
    return entry?.kind === "markdown" ? entry.text.length : 0;
  } catch {
    return 0;
  }
}

/** Files that lie where no tool looks: with fields, an agent's; without, text. */
function guess(text: string): Readable {
  const id = /^\u{FEFF}?---[ \t]*\r?\n[\s\S]*?^description:/mu.test(text) ? "claude-agent" : "plain";
  return readables.find((each) => each.id === id) as Readable;
}
