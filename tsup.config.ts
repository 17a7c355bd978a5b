import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { defineConfig, type Options } from "tsup";
import { ENTRIES } from "./scripts/derive/manifest.ts";
import { NOTICES, noticesOf } from "./scripts/notices.ts";
import { packages } from "./scripts/workspace.ts";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** A package imports its manifest for its version; nothing else of it belongs into the bundle. */
const manifest: Plugin = {
  name: "manifest",
  setup(build) {
    build.onLoad({ filter: /package\.json$/ }, ({ path }) => {
      const { name, version } = JSON.parse(readFileSync(path, "utf8"));
      return { contents: JSON.stringify({ name, version }), loader: "json" };
    });
  },
};

/**
 * commander is CommonJS: as modules, it needs no helpers, which would be a file that all others load. What starts programs, for commands
 * that are some, takes 4 ms to load.
 */
const commander: Plugin = {
  name: "commander",
  setup(build) {
    build.onLoad({ filter: /[/\\]commander[/\\]esm\.mjs$/ }, () => ({
      contents: ["command", "error", "option"].map((name) => `export * from "./lib/${name}.js";`).join("\n"),
    }));
    build.onLoad({ filter: /[/\\]commander[/\\]lib[/\\]\w+\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8")
        .replace("require('node:child_process')", "{}")
        .replace(/require\('(node:\w+)'\)/g, "process.getBuiltinModule('$1')")
        .replace("const process = process.getBuiltinModule('node:process');", "")
        .replace(/^const (\{[^}]*\}) = require\(('\.[^']*')\);$/gm, "import $1 from $2;")
        .replace(/^exports\.(\w+) = \1;/gm, "export { $1 };"),
    }));
  },
};

/** Our own sources, with what esbuild cannot be told otherwise. */
const sources: Plugin = {
  name: "sources",
  setup(build) {
    build.onLoad({ filter: /[/\\]packages[/\\](?:core|cli|targets|checks|preview)[/\\].*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      return { contents: `${firstOf(path)}${withImports(text)}`, loader: "ts" };
    });
  },
};

/**
 * An import of a part of Node makes all that the part exports, streams and promises among them: 5 ms of every start. A part that
 * is asked for by a call makes only what is used of it. Of core, one entry has all of the other, and is one file fewer to load.
 */
function withImports(text: string): string {
  // Below the imports of a file, an import stands in a text.
  const end = text.search(/^(?!import |\/\/|[ }]|$)/m);
  const imports = text
    .slice(0, end)
    .replace(/^import \* as (\w+) from "(node:[\w/]+)";$/gm, 'const $1 = process.getBuiltinModule("$2");')
    .replace(/^import \{([^}]*)\} from "(node:[\w/]+)";$/gm, (_, names: string, part: string) => {
      const values = names.split(",").filter((name) => !name.trim().startsWith("type "));
      return `const {${values.join(",").replaceAll(" as ", ": ")}} = process.getBuiltinModule("${part}");`;
    })
    .replace(/ from "@personakit\/core";$/gm, ' from "@personakit/core/internal";');
  return imports + text.slice(end);
}

/**
 * Files where something is entered, and what each may rely on. esbuild makes a file of what the same entries reach: without this, every run
 * finds and loads three or four where one will do, at 0.7 ms each.
 */
const FIRST: { readonly [file: string]: string } = {
  "core/index.ts": "./internal.ts",
  "core/read.ts": "./internal.ts",
  "core/copies.ts": "./read.ts",
  "targets/read.ts": "./index.ts",
  "targets/context.ts": "./index.ts",
  "cli/worker.ts": "./src/run.ts",
  "cli/src/parse.ts": "./run.ts",
  "cli/src/other-commands.ts": "./run.ts",
  "cli/src/copies/check-copies.ts": "../run.ts",
  "cli/src/copies/instruction-files.ts": "../run.ts",
  "cli/src/detect/instruction-places.ts": "../run.ts",
  "cli/src/doctor/built.ts": "../run.ts",
  "cli/src/preview/answers.ts": "../run.ts",
  "cli/src/preview/write-site.ts": "../run.ts",
  "cli/src/preview/earlier.ts": "../run.ts",
  "cli/src/preview/of-repository.ts": "../run.ts",
  "cli/src/project/watch.ts": "../run.ts",
  "cli/src/project/suggest-override.ts": "../run.ts",
};

/** An import that is counted and not written, because what it names only defines. */
function firstOf(path: string): string {
  const first = FIRST[relative(join(import.meta.dirname, "packages"), path).replaceAll("\\", "/")];
  return first === undefined ? "" : `import "${first}";\n`;
}

/** What is bundled keeps its copyright: esbuild says whose code it has written. */
const notices = (outDir: string): Plugin => ({
  name: "notices",
  setup(build) {
    build.onEnd(({ metafile }) => {
      const text = metafile && noticesOf(metafile);
      if (text === undefined) return;
      mkdirSync(outDir, { recursive: true });
      writeFileSync(join(outDir, NOTICES), text);
    });
  },
});

const base: Options = {
  format: "esm",
  target: "node20",
  // Declarations come from tsc: tsup's own do not work with TypeScript 7 (egoist/tsup#1408).
  dts: false,
  clean: true,
  silent: true,
};

/**
 * The page of `preview`: one script, one style and the page itself, beside the server that sends them. For a static site, what sets its
 * theme at once, and what renders its pages ahead: that runs in Node.
 */
const page: Options = {
  ...base,
  platform: "neutral",
  splitting: false,
  target: "es2023",
  minify: true,
  noExternal: [/./],
  entry: {
    page: "packages/preview/src/page/main.tsx",
    theme: "packages/preview/src/page/set-theme.ts",
    render: "packages/preview/src/render/render.tsx",
  },
  publicDir: "packages/preview/src/page/public",
  outDir: "packages/preview/dist/page",
  esbuildOptions(options) {
    options.jsx = "automatic";
    options.jsxImportSource = "preact";
    options.mainFields = ["module", "main"];
  },
  esbuildPlugins: [notices("packages/preview/dist")],
};

export default defineConfig([
  page,
  ...packages().map(({ folder, kind, manifest: { dependencies = {} } }) => ({
    ...base,
    // The page is built beside it, at the same time.
    ...(kind === "preview" ? { clean: ["!page/**", `!${NOTICES}`] } : {}),
    external: Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
    esbuildPlugins: [manifest, commander, sources, notices(`${folder}/dist`)],
    // Names stay where people call the code: a stack trace says them.
    minify: kind === "cli",
    minifyWhitespace: true,
    minifySyntax: true,
    entry: [...(ENTRIES[kind] ?? ["index"]), ...(kind === "cli" ? ["bin", "worker"] : [])].map(
      (name) => `${folder}/${name}.ts`,
    ),
    outDir: `${folder}/dist`,
    // Start-up counts in a command: a package fewer to find and read.
    ...(kind === "cli" ? { noExternal: ["commander"] } : {}),
  })),
]);
