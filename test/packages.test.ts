import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { describe, expect, test } from "vitest";
import { unpackDocument } from "../packages/cli/src/sources/packed-document.ts";
import { type Manifest, packages, ROOT } from "../scripts/workspace.ts";
import { packPackages } from "./installed.ts";

/**
 * The compiler and its command may be larger: nobody downloads them once for each persona. The command holds the catalogue with
 * the texts of all published rules, and what makes personas of files; core reads any Markdown, block by block; targets read the files of all tools.
 */
const MAX_BYTES = new Map([
  ["personakit", 236_000],
  ["@personakit/core", 135_000],
  ["@personakit/targets", 131_000],
  // Each check has its examples with it.
  ["@personakit/checks", 80_000],
  // The page, and for static sites what renders it and Markdown ahead, half of it tables of HTML and of languages.
  ["@personakit/preview", 180_000],
]);
/** A persona holds its text twice: as documents for those who install it, and as data for `add`. */
const maxBytes = (name: string) => MAX_BYTES.get(name) ?? (name.startsWith("@personakit/persona-") ? 60_000 : 50_000);
const NOTICES = "dist/THIRD-PARTY-NOTICES.txt";
/** What a package may hold: compiled code, declarations, documents and skills; no sources, tests or fixtures. */
const PUBLISHED = [
  /^(?:package|config\.schema)\.json$/,
  /^(?:README\.md|CHANGELOG\.md|LICENSE)$/,
  /^dist\/[\w-]+\.(?:js|cjs|d\.ts|d\.cts)$/,
  /^dist\/(?:document|api)\.json$/,
  /^dist\/page\/(?:index\.html|icon\.svg|(?:page|theme|render)\.js|(?:page|doc)\.css)$/,
  /^dist\/THIRD-PARTY-NOTICES\.txt$/,
  /^dist\/src\/[\w/-]+\.d\.c?ts$/,
  /^skills\/[\w/-]+\.md$/,
];

const workspace = packages();
const project = packPackages("personakit", "@personakit/*")();
const modules = realpathSync(join(project.folder, "node_modules"));
const tarballs = readdirSync(dirname(modules))
  .filter((name) => name.endsWith(".tgz"))
  .map((name) => {
    const data = readFileSync(join(dirname(modules), name));
    const unpacked = createPackageFromTarballData(data);
    const folder = join(modules, unpacked.packageName);
    const paths = unpacked.listFiles().map((path) => path.split(`node_modules/${unpacked.packageName}/`, 2)[1] ?? path);
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { name: unpacked.packageName, data, unpacked, folder, paths, manifest };
  });
writeFileSync(join(project.folder, "package.json"), JSON.stringify({ type: "module" }));

test("every package is packed", () => {
  expect(tarballs.map(({ name }) => name).sort()).toEqual(workspace.map(({ manifest }) => manifest.name).sort());
});

describe.each(tarballs.map((tarball) => [tarball.name, tarball] as const))("%s", (_, tarball) => {
  test("is not larger than its kind may be", () => {
    expect(tarball.data.byteLength).toBeLessThanOrEqual(maxBytes(tarball.name));
  });

  test("holds what its users need, and nothing else", () => {
    expect(tarball.paths).toContain("dist/index.js");
    expect(tarball.paths.filter((path) => !PUBLISHED.some((form) => form.test(path)))).toEqual([]);
  });

  test("holds the licence of each package that is bundled in it", () => {
    const { folder = "", manifest } = workspace.find((each) => each.manifest.name === tarball.name) ?? {};
    // What a package imports and its users do not install is in its code; types are in nobody's.
    const bundled = Object.keys(manifest?.devDependencies ?? {}).filter((name) => !name.startsWith("@types/"));
    expect(tarball.paths.includes(NOTICES)).toBe(bundled.length > 0);
    for (const name of bundled) {
      const home = join(ROOT, folder, "node_modules", name);
      const { version }: Manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
      const notices = readFileSync(join(tarball.folder, NOTICES), "utf8");
      expect(notices).toContain(`\n${name} ${version} (`);
      const [licence = ""] = readdirSync(home).filter((file) => /^licen[cs]e/i.test(file));
      expect(notices).toContain(readFileSync(join(home, licence), "utf8").replaceAll("\r\n", "\n").trim());
    }
  });

  test("has a manifest that stands outside the workspace", () => {
    expect(tarball.manifest).not.toHaveProperty("scripts");
    expect(JSON.stringify(tarball.manifest)).not.toMatch(/"(?:workspace|catalog):/);
  });

  test("asks for one version of core where it uses what may change with any release", () => {
    const code = tarball.paths.filter((path) => path.endsWith(".js"));
    const isInside = code.some((path) =>
      /"@personakit\/core\/(?:internal|read)"/.test(readFileSync(join(tarball.folder, path), "utf8")),
    );
    if (!isInside) return;
    const core = tarballs.find(({ name }) => name === "@personakit/core");
    expect(tarball.manifest.dependencies?.["@personakit/core"]).toBe(core?.manifest.version);
  });

  test("holds what its manifest points to", () => {
    const targets = leaves([tarball.manifest.exports, tarball.manifest.bin ?? {}]);
    expect(targets.length).toBeGreaterThan(1);
    expect(targets.filter((path) => !tarball.paths.includes(path.replace("./", "")))).toEqual([]);
  });

  test("passes publint", async () => {
    const { messages } = await publint({ pack: { tarball: new Uint8Array(tarball.data).buffer } });
    expect(messages).toEqual([]);
  });

  test("has types that fit its code, however it is resolved", async () => {
    const result = await checkPackage(tarball.unpacked, { excludeEntrypoints: [/\.json$/] });
    // TypeScript 7 has no node10 any more; attw's command leaves it out with --profile node16.
    const problems = result.types ? result.problems.filter((each) => !isOfNode10(each)) : ["no types"];
    expect(problems).toEqual([]);
  });
});

test("a persona's package holds its compiled document, which fits its skill", () => {
  const personas = workspace.filter(({ kind }) => kind === "persona");
  expect(personas.length).toBeGreaterThan(0);
  for (const { leaf, manifest } of personas) {
    const tarball = tarballs.find(({ name }) => name === manifest.name);
    expect(tarball?.manifest.exports).toHaveProperty(["./document.json"], "./dist/document.json");
    const read = (path: string) => readFileSync(join(modules, manifest.name, path), "utf8");
    expect(unpackDocument(JSON.parse(read("dist/document.json")), read, manifest.name).id).toBe(leaf);
  }
});

test("each skill has the name of its folder, and no other package has it", () => {
  const skills = tarballs.flatMap(({ folder, paths }) =>
    paths.filter((path) => path.endsWith("/SKILL.md")).map((path) => ({ path, file: join(folder, path) })),
  );
  const names = skills.map(({ file }) => /^---\n[\s\S]*?^name: "([^"]+)"$/m.exec(readFileSync(file, "utf8"))?.[1]);
  expect(skills.map(({ path }) => path)).toEqual(names.map((name) => `skills/${name}/SKILL.md`));
  expect(names.sort()).toEqual(
    workspace
      .filter(({ kind }) => kind === "persona")
      .map(({ leaf }) => leaf)
      .sort(),
  );
});

test("import and require give the same module", () => {
  const script = `
    const names = ${JSON.stringify(tarballs.map(({ name }) => name))};
    const other = (await Promise.all(names.map(async (name) => [name, (await import(name)) === require(name)])))
      .filter(([, same]) => !same);
    console.log(names.length, JSON.stringify(other));
  `;
  const args = ["--input-type=commonjs", "--eval", `(async () => {${script}})()`];
  const { stdout, stderr } = spawnSync(process.env.PERSONAKIT_TEST_NODE ?? process.execPath, args, {
    cwd: project.folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(stdout).toBe(`${workspace.length} []\n`);
});

const CONSUMER = `
import { definePersona, drop, must, section } from "@personakit/core";
import { backendDeveloperLambda } from "@personakit/persona-backend-developer-lambda";
import { defineConfig } from "personakit";

const own = definePersona({
  id: "own",
  title: "Own",
  role: "R.",
  description: { does: "D.", when: "W.", notFor: "N." },
  use: [section({ id: "house", title: "House", rules: { first: must("A."), second: must("B.") } })],
});
const ours = own.extend({ id: "ours", rules: { house: { first: must("C."), second: drop("Not here.") } } });
const mine = backendDeveloperLambda.extend({
  id: "mine",
  rules: { "security-checklist": { csrf: drop("Token authentication only.") } },
});
export const config = defineConfig({ personas: [ours, mine] });

// @ts-expect-error The ids are known.
ours.extend({ id: "next", rules: { house: { thrid: drop("Misspelt.") } } });
// @ts-expect-error The ids are known.
mine.extend({ id: "next", rules: { "security-checklist": { csfr: drop("Misspelt.") } } });
// @ts-expect-error A configuration is typed.
defineConfig({ persona: [mine] });
`;
// Every package's declarations are checked, those that the code above does not reach too.
const REST = tarballs.map(({ name }, index) => `export * as package${index} from "${name}";\n`).join("");

test.each([
  ["an ES module", "consumer.ts", "node16", "node16"],
  ["a CommonJS module", "consumer.cts", "node16", "node16"],
  ["bundled code", "consumer.ts", "esnext", "bundler"],
])("types hold for %s: %s, module %s, resolution %s", (_, path, module, resolution) => {
  writeFileSync(join(project.folder, path), CONSUMER + REST);
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--skipLibCheck", "false", "--target", "es2022"];
  const kind = ["--module", module, "--moduleResolution", resolution];
  const { stdout, status } = spawnSync(process.execPath, [tsc, "--ignoreConfig", ...options, ...kind, path], {
    cwd: project.folder,
    encoding: "utf8",
  });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

function isOfNode10(problem: object): boolean {
  return "resolutionKind" in problem && problem.resolutionKind === "node10";
}

/** Every text in a tree: the paths of `exports`, whatever its conditions. */
function leaves(tree: unknown): string[] {
  if (typeof tree === "string") return [tree];
  return typeof tree === "object" && tree !== null ? Object.values(tree).flatMap(leaves) : [];
}
