import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Document } from "@personakit/core";
import { entriesOf, kindOf, pathOf } from "@personakit/core/internal";
import { fragmentFile, personaFiles } from "../packages/cli/src/sources/package-files.ts";
import { API, DOCUMENT, ENTRIES } from "./derive/manifest.ts";
import { loadUnits } from "./units.ts";
import { packages, ROOT } from "./workspace.ts";

// What stands beside the JavaScript that tsup has written: declarations, CommonJS, and what each package promises as JSON.

// One compiler run writes the declarations of all packages; each package then gets its own.
const types = join(ROOT, ".build/types");
rmSync(types, { recursive: true, force: true });
execFileSync("tsc", ["-p", "tsconfig.build.json"], { stdio: "inherit", shell: process.platform === "win32" });

const units = await loadUnits();
const documents = new Map<string, Document>();
for (const { package: own, document } of [...units.fragments, ...units.personas]) documents.set(own.folder, document);

for (const { folder, kind } of packages()) {
  const from = join(types, folder.replace(/^packages\//, ""));
  const dist = join(ROOT, folder, "dist");
  const entries = ENTRIES[kind] ?? ["index"];
  for (const path of new Set(entries.flatMap((name) => [...reached(from, `${name}.d.ts`)]))) {
    const plain = readFileSync(join(from, path), "utf8");
    const text = withRuleTexts(plain, documents.get(folder));
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), text);
    // TypeScript takes the module kind of a declaration from its ending. A persona's texts, and comments on the command's
    // configuration, stand in one of the two: their packages are near the limit.
    const spare = kind === "persona" ? plain : kind === "cli" ? withoutComments(text) : text;
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

/** A declaration file that shows each rule's text where an editor looks for it. */
function withRuleTexts(declaration: string, document: Document | undefined): string {
  if (document === undefined) return declaration;
  const texts = new Map(entriesOf(document).map((entry) => [pathOf(entry), kindOf(entry).headline(entry)]));
  return declaration.replace(/Fragment<"([\w-]+)", \{([^}]*)\}/g, (whole, unit: string, rules: string) => {
    const shown = rules.replace(/(\w+)\?: unknown;/g, (member, rule: string) => {
      const text = texts.get(`${unit}/${rule}`)?.replaceAll("*/", "*\\/");
      return text === undefined ? member : `/** ${text} */ ${member}`;
    });
    return whole.replace(rules, () => shown);
  });
}
