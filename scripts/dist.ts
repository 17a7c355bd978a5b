import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Document, snapshotOfFragment } from "@personakit/core";
import { entriesOf, kindOf, pathOf } from "@personakit/core/internal";
import { fragmentFile, personaFiles } from "../packages/cli/src/sources/package-files.ts";
import { compileEarly } from "./compile-early.ts";
import { API, DOCUMENT, ENTRIES, SHARED } from "./derive/manifest.ts";
import { joinEntries } from "./join-entries.ts";
import { loadUnits } from "./units.ts";
import { packages, ROOT } from "./workspace.ts";

// What stands beside the JavaScript that tsup has written: declarations, CommonJS, and what each package promises as JSON; and marks in it.

// One compiler run writes the declarations of all packages; each package then gets its own.
const types = join(ROOT, ".build/types");
rmSync(types, { recursive: true, force: true });
execFileSync("tsc", ["-p", "tsconfig.build.json"], { stdio: "inherit", shell: process.platform === "win32" });

const units = await loadUnits();
const documents = new Map<string, Shown>();
for (const { package: own, document } of units.personas) documents.set(own.folder, { rules: textsOf(document) });
for (const { package: own, document, fragment } of units.fragments) {
  const { rules, renamed = {} } = snapshotOfFragment(fragment);
  // What does not stand by default is in the snapshot alone.
  documents.set(own.folder, { rules: { ...rules, ...textsOf(document) }, renamed });
}

for (const { folder, kind } of packages()) {
  const from = join(types, folder.replace(/^packages\//, ""));
  const dist = join(ROOT, folder, "dist");
  const entries = ENTRIES[kind] ?? ["index"];
  const reachedBy = (names: readonly string[]) => new Set(names.flatMap((name) => [...reached(from, `${name}.d.ts`)]));
  const forUsers = reachedBy(entries.filter((name) => !SHARED[kind]?.includes(name)));
  for (const path of reachedBy(entries)) {
    const written = readFileSync(join(from, path), "utf8");
    const plain = forUsers.has(path) ? written : withoutComments(written);
    const text = withRuleTexts(plain, documents.get(folder));
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), text);
    // TypeScript takes the module kind of a declaration from its ending. What an editor shows stands in one
    // of the two, a persona's texts or comments: their packages are near the limit.
    const spare = kind === "persona" ? plain : kind === "fragment" ? text : withoutComments(text);
    const common = spare.replace(/((?:from |import\()"\.[^"]*)\.ts"/g, '$1.cts"');
    writeFileSync(join(dist, path.replace(/\.ts$/, ".cts")), common);
  }
  // One copy of the code serves both: every supported Node can require ES modules.
  for (const name of entries) writeFileSync(join(dist, `${name}.cjs`), `module.exports = require("./${name}.js");\n`);
}

for (const { package: own, document } of units.personas) {
  const packed = personaFiles(document, DOCUMENT).at(-1);
  writeFileSync(join(ROOT, own.folder, "dist", DOCUMENT), packed?.text ?? "");
}
for (const { package: own, fragment } of units.fragments)
  writeFileSync(join(ROOT, own.folder, "dist", API), fragmentFile(fragment, API).text);

// What every run of the command loads.
joinEntries(join(ROOT, "packages/core/dist"), (file) => file === "internal.js");
joinEntries(join(ROOT, "packages/cli/dist"), (file) => /^run-\w+\.js$/.test(file));
compileEarly(units.personas.map(({ document }) => document));

function withoutComments(declaration: string): string {
  return declaration.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, "");
}

/** The declarations that one imports, itself included: a user's compiler reads no others. Throws when one is missing. */
function reached(from: string, path: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const imports = readFileSync(join(from, path), "utf8").matchAll(/(?:from |import\()"(\.[^"]*)\.ts"/g);
  for (const [, specifier = ""] of imports) reached(from, join(dirname(path), `${specifier}.d.ts`), found);
  return found;
}

/** What a declaration file shows: the texts of rules, and what old names are now, by `fragment/rule`. */
interface Shown {
  readonly rules: { readonly [path: string]: string };
  readonly renamed?: { readonly [path: string]: string };
}

function textsOf(document: Document): { readonly [path: string]: string } {
  return Object.fromEntries(entriesOf(document).map((entry) => [pathOf(entry), kindOf(entry).headline(entry)]));
}

/** A declaration file that shows each rule's text where an editor looks for it, and strikes old names out. */
function withRuleTexts(declaration: string, shown: Shown | undefined): string {
  if (shown === undefined) return declaration;
  const { rules, renamed = {} } = shown;
  return declaration.replace(/Fragment<"([\w-]+)", \{[^}]*\}(?:, \{[^}]*\}, \{[^}]*\})?/g, (whole, unit: string) =>
    whole.replace(/(\w+)\?: unknown;/g, (member, rule: string) => {
      const path = `${unit}/${rule}`;
      const now = renamed[path];
      const text = now === undefined ? rules[path] : `@deprecated It is called ${now} now.`;
      return text === undefined ? member : `/** ${text.replaceAll("*/", "*\\/")} */ ${member}`;
    }),
  );
}
