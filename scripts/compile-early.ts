import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Document } from "@personakit/core";
// The command edits modules with it: nothing more is installed, and it says where each function stands.
import { type AnyNode, parse } from "acorn";
import { packages, ROOT } from "./workspace.ts";

/** What Node writes of the functions that ran. */
interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
    }[];
  }[];
}

/**
 * Marks the functions of the built command that `build` and `check` of some documents run. V8 compiles them with their file then, so
 * that Node keeps them compiled for the next run; every other function is compiled anew in each run that calls it.
 */
export function compileEarly(documents: readonly Document[]): void {
  for (const [path, starts] of functionsRun(documents)) {
    const module = readFileSync(path, "utf8");
    // The program is loaded before what is compiled is kept.
    if (!module.startsWith("#!")) writeFileSync(path, withEarly(module, starts));
  }
}

/** Where the functions start that run, by file. */
function functionsRun(documents: readonly Document[]): Map<string, Set<number>> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-early-")));
  const coverage = join(folder, "coverage");
  try {
    for (const document of documents) writeFileSync(join(folder, `${document.id}.json`), JSON.stringify(document));
    writeFileSync(join(folder, "own.md"), OWN);
    const own = { persona: "./own.md", format: "claude-agent", targets: ["claude-agent", "agent-skill"] };
    const personas = [...documents.map(({ id }) => `./${id}.json`), own];
    writeFileSync(join(folder, "personakit.config.json"), JSON.stringify({ personas }));
    for (const command of ["build", "check", "build"]) {
      const args = ["--import", BUILT, join(ROOT, "packages/cli/dist/bin.js"), command];
      execFileSync(process.execPath, args, { cwd: folder, env: { ...process.env, NODE_V8_COVERAGE: coverage } });
    }
    return startsIn(coverage);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A file of a user's. */
const OWN = `---
name: own
description: Reviews changes.
---

# Own

You review changes.

## First

- Look at \`src\`.
- **Say** what is wrong.
`;

const FOLDERS = Object.fromEntries(
  packages().map(({ manifest, folder }) => [manifest.name, pathToFileURL(join(ROOT, folder)).href]),
);

/** In the repository, packages find each other's sources: here, what is built of them. */
const BUILT = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  const folders = ${JSON.stringify(FOLDERS)};
  registerHooks({
    resolve(specifier, context, next) {
      const [, name = "", entry = "index"] = /^(@[^/]+\\/[^/]+)(?:\\/(.*))?$/.exec(specifier) ?? [];
      return next(name in folders ? \`\${folders[name]}/dist/\${entry}.js\` : specifier, context);
    },
  });
`)}`;

function startsIn(coverage: string): Map<string, Set<number>> {
  const starts = new Map<string, Set<number>>();
  for (const name of readdirSync(coverage)) {
    const { result }: Coverage = JSON.parse(readFileSync(join(coverage, name), "utf8"));
    for (const { url, functions } of result.filter((script) => script.url.startsWith("file:"))) {
      const path = fileURLToPath(url);
      const known = starts.get(path) ?? new Set();
      starts.set(path, known);
      for (const { ranges } of functions) {
        const [whole] = ranges;
        if (whole !== undefined && whole.count > 0) known.add(whole.startOffset);
      }
    }
  }
  return starts;
}

/**
 * A module with the functions marked that start at some places: V8 takes one in parentheses for one that is called at once. A declaration
 * becomes a variable for it, above all that may use it.
 */
function withEarly(module: string, starts: ReadonlySet<number>): string {
  const program = parse(module, { ecmaVersion: "latest", sourceType: "module" });
  const marks: { readonly at: number; readonly mark: string }[] = [];
  for (const { start, end } of functionsIn(program, module)) {
    if (starts.has(start)) marks.push({ at: start, mark: "(" }, { at: end, mark: ")" });
  }
  marks.sort((one, other) => one.at - other.at);
  const marked = (from: number, to: number) => {
    let text = "";
    let at = from;
    for (const each of marks.filter((each) => each.at > from && each.at < to)) {
      text += module.slice(at, each.at) + each.mark;
      at = each.at;
    }
    return text + module.slice(at, to);
  };
  let first = "";
  let rest = "";
  let at = 0;
  for (const statement of program.body) {
    if (statement.type !== "FunctionDeclaration" || !starts.has(statement.start)) continue;
    const { id, start, end } = statement;
    // It takes its name from the variable.
    first += `var ${id.name}=(${marked(start, id.start)}${marked(id.end, end)});`;
    rest += marked(at, start);
    at = end;
  }
  return first + rest + marked(at, module.length);
}

/** The arrow functions and function expressions of a module; methods, which cannot stand in parentheses, are none. */
function* functionsIn(node: AnyNode, module: string): Iterable<AnyNode> {
  const { type, start } = node;
  if (type === "ArrowFunctionExpression" || (type === "FunctionExpression" && module[start] !== "(")) yield node;
  for (const child of Object.values(node).flat())
    if (typeof child?.type === "string") yield* functionsIn(child, module);
}
