import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

/** commander requires two parts of Node that take 4 ms to load: a global, and what starts programs, for commands that are some. */
const commander: Plugin = {
  name: "commander",
  setup(build) {
    build.onLoad({ filter: /[/\\]commander[/\\]lib[/\\]command\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8")
        .replace("require('node:process')", "globalThis.process")
        .replace("require('node:child_process')", "{}"),
    }));
  },
};

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

const REQUIRE = `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);`;

const base: Options = {
  format: "esm",
  target: "node20",
  // Declarations come from tsc: tsup's own do not work with TypeScript 7 (egoist/tsup#1408).
  dts: false,
  clean: true,
  silent: true,
};

export default defineConfig(
  packages().map(({ folder, kind, manifest: { dependencies = {} } }) => ({
    ...base,
    external: Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
    esbuildPlugins: [manifest, commander, notices(`${folder}/dist`)],
    // No package of content may be over 50 KB, and a persona's text is in it twice already.
    minify: kind === "cli",
    minifyWhitespace: kind !== "core" && kind !== "targets",
    entry: [...(ENTRIES[kind] ?? ["index"]), ...(kind === "cli" ? ["bin", "worker"] : [])].map(
      (name) => `${folder}/${name}.ts`,
    ),
    outDir: `${folder}/dist`,
    // Start-up counts in a command: a package fewer to find and read. commander is CommonJS and needs a require.
    ...(kind === "cli" ? { noExternal: ["commander"], banner: { js: REQUIRE } } : {}),
  })),
);
