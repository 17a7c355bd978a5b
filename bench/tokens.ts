// Compares `countTokens` with two real tokenizers of OpenAI's, which it installs: error by kind of text, and speed.
// `node bench/tokens.ts` takes the texts of this repository, and bench/tokens for other languages; `node bench/tokens.ts <folder>...`
// takes the Markdown below each folder as a kind of its own.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { countTokens } from "@personakit/targets";
import { installTools } from "./build/tools.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, ".build/bench/tokens");
installTools(folder, { "gpt-tokenizer": "4.0.0" });
const load = createRequire(join(folder, "package.json"));

type Count = (text: string, options: { readonly disallowedSpecial: ReadonlySet<string> }) => number;
const TOKENIZERS = (["o200k_base", "cl100k_base"] as const).map((name) => {
  const { countTokens: count }: { countTokens: Count } = load(`gpt-tokenizer/encoding/${name}`);
  return { name, count: (text: string) => count(text, { disallowedSpecial: new Set() }) };
});

/** The texts of the files below some folders whose paths match; what is longer is cut, so that no single file decides. */
function textsIn(folders: readonly string[], form: RegExp): string[] {
  const paths = folders.flatMap((each) =>
    readdirSync(each, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => form.test(path) && !/node_modules|[\\/]dist[\\/]/.test(path))
      .sort(),
  );
  return paths.map((path) => readFileSync(path, "utf8").slice(0, 20_000)).filter((text) => text.length > 200);
}

const PROSE = { de: "German", es: "Spanish", fr: "French", ja: "Japanese", zh: "Chinese" };

function kindsHere(): [kind: string, texts: string[]][] {
  const inRoot = (...paths: string[]) => paths.map((path) => join(root, path));
  return [
    ["compiled personas", textsIn(inRoot("packages/personas"), /[\\/](?:agents|skills)[\\/].*\.md$/)],
    ["English pages", textsIn(inRoot("docs"), /\.md$/)],
    ["TypeScript", textsIn(inRoot("packages/core/src", "packages/targets/src", "packages/cli/src"), /\.ts$/)],
    ...Object.entries(PROSE).map(([language, kind]): [string, string[]] => [
      kind,
      textsIn(inRoot("bench/tokens"), new RegExp(`[\\\\/]${language}\\.md$`)),
    ]),
  ];
}

const named = process.argv.slice(2);
const kinds =
  named.length === 0
    ? kindsHere()
    : named.map((path): [string, string[]] => [basename(path), textsIn([path], /\.md$/)]);

const percent = (share: number) => `${share > 0 ? "+" : ""}${(share * 100).toFixed(0)} %`.padStart(7);
const sum = (counts: readonly number[]) => counts.reduce((total, each) => total + each, 0);
const middle = (errors: readonly number[]) => [...errors].sort((a, b) => a - b)[errors.length >> 1] ?? 0;

console.log("\nEstimated against counted, and in brackets the error of the middle text:\n");
for (const [kind, texts] of kinds) {
  const estimated = texts.map(countTokens);
  const errors = TOKENIZERS.map(({ name, count }) => {
    const counted = texts.map(count);
    const off = counted.map((real, index) => Math.abs((estimated[index] as number) / real - 1));
    return `${name} ${percent(sum(estimated) / sum(counted) - 1)} (${percent(middle(off)).trim().replace("+", "")})`;
  });
  console.log(`${kind.padEnd(18)} ${String(texts.length).padStart(4)} texts  ${errors.join("  ")}`);
}

const all = kinds.flatMap(([, texts]) => texts);
const speed = (count: (text: string) => number) => {
  const start = process.cpuUsage();
  for (const text of all) count(text);
  const { user, system } = process.cpuUsage(start);
  return (sum(all.map(({ length }) => length)) / (user + system)).toFixed(1);
};
console.log(
  `\nSpeed: ${speed(countTokens)} characters a microsecond; o200k_base ${speed((TOKENIZERS[0] as { count: (text: string) => number }).count)}.`,
);
