import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";
import { IMPORTS, packageJson, personaModule, personaSource, withoutWaits } from "./fixtures.ts";
import { packPackages } from "./installed.ts";
import { type Registry, startRegistry } from "./registry.ts";

// Somebody else's repository: a package of rules, and three personas that use it. `plain` renders its rules, `replacing` has
// its own word for rule `a`, `dropping` has taken `a` out. A history of changes, each released with the real tools.

const NODE = process.env.PERSONAKIT_TEST_NODE ?? process.execPath;
const NAMES = ["topic", "plain", "replacing", "dropping"] as const;
type Name = (typeof NAMES)[number];

let registry: Registry;
let folder: string;

const at = (path: string) => join(folder, path);
const read = (path: string) => readFileSync(at(path), "utf8");

function write(path: string, text: string | object): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), typeof text === "string" ? text : `${JSON.stringify(text, null, 2)}\n`);
}

function command(program: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env: registry.env, encoding: "utf8" });
  return { code: status, out: stdout, err: withoutWaits(stderr) };
}

const personakit = (...args: readonly string[]) => command(NODE, "node_modules/personakit/dist/bin.js", ...args);

/** The sources of the packages as they stand: what a step changes. */
interface Sources {
  rules: string;
  params: string;
  /** What rules were called before. */
  renamed: string;
  decides: string;
  persona: string;
  triggers: string;
}

const FIRST: Sources = {
  rules: 'a: must("Check the input."), b: should("Log the call."), c: may("Cache the answer.")',
  params: "limit: z.number().min(1).max(100).default(10)",
  renamed: "{}",
  decides: '({ limit }) => ({ "topic.limit": limit })',
  persona: 'tools: ["read", "search"]',
  triggers: '["api", "sql"]',
};

function writeSources({ rules, params, renamed, decides, persona, triggers }: Sources): void {
  write(
    "packages/topic/index.js",
    `import { readFileSync } from "node:fs";
import { defineFragment, may, must, prose, should } from "@personakit/core";
import { z } from "zod";
const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));
export const topic = defineFragment({
  id: "topic", version, title: "Topic", summary: "S.",
  params: { ${params} }, rules: { ${rules} }, renamed: ${renamed}, decides: ${decides},
});
void [may, must, prose, should];
`,
  );
  const description = `{ does: "Does.", when: "When.", notFor: "Not.", triggers: ${triggers} }`;
  const use = '[topic, section({ id: "own", title: "Own", rules: { o: must("Own.") } })]';
  const more = `version, description: ${description}, ${persona}, use: ${use}`;
  const define = (id: string) => personaSource(id, { more });
  const bodies: { readonly [N in Name]?: string } = {
    plain: define("plain"),
    replacing: `${define("base")}.extend({ id: "replacing", version, rules: { topic: { a: must("Check it with our schema.") } } })`,
    dropping: `${define("base")}.extend({ id: "dropping", version, rules: { topic: { a: drop("The gateway checks.") } } })`,
  };
  for (const [name, body] of Object.entries(bodies)) {
    write(
      `packages/${name}/index.js`,
      `import { readFileSync } from "node:fs";
${IMPORTS}import { topic } from "@acme/topic";
const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));
export const persona = ${body};
`,
    );
  }
}

function writeManifests(): void {
  write("package.json", { name: "acme", private: true });
  write("pnpm-workspace.yaml", "packages: [packages/*]\n");
  write(".changeset/config.json", {
    changelog: "personakit/changelog",
    commit: false,
    access: "public",
    baseBranch: "main",
    updateInternalDependencies: "patch",
  });
  for (const name of NAMES) {
    const kind = name === "topic" ? "api.json" : "document.json";
    const exports = { ".": "./index.js", [`./${kind}`]: `./${kind}`, "./package.json": "./package.json" };
    write(`packages/${name}/package.json`, {
      ...packageJson(`@acme/${name}`, "1.0.0", exports),
      dependencies: { "@personakit/core": "*", ...(name === "topic" ? { zod: "*" } : { "@acme/topic": "1.0.0" }) },
    });
  }
}

function linkModules(modules: string): void {
  for (const name of readdirSync(modules)) {
    const scoped = name.startsWith("@") ? readdirSync(join(modules, name)).map((each) => `${name}/${each}`) : [name];
    for (const each of scoped) {
      mkdirSync(dirname(at(`node_modules/${each}`)), { recursive: true });
      symlinkSync(join(modules, each), at(`node_modules/${each}`), "junction");
    }
  }
  mkdirSync(at("node_modules/@acme"), { recursive: true });
  for (const name of NAMES) symlinkSync(at(`packages/${name}`), at(`node_modules/@acme/${name}`), "junction");
}

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd: folder, stdio: "pipe" });
}

const versionOf = (name: Name): string => JSON.parse(read(`packages/${name}/package.json`)).version;
const published = new Set<string>();

function publish(): void {
  const packed = personakit("pack", "packages");
  expect(packed.code, packed.err).toBe(0);
  for (const name of NAMES) {
    const release = `${name}@${versionOf(name)}`;
    if (published.has(release)) continue;
    published.add(release);
    registry.publishFolder(at(`packages/${name}`));
  }
}

beforeAll(async () => {
  registry = await startRegistry();
  const fresh = packPackages("personakit", "@personakit/core")();
  folder = join(fresh.folder, "acme");
  mkdirSync(folder);
  writeManifests();
  writeSources(FIRST);
  linkModules(join(fresh.folder, "node_modules"));
  write(".gitignore", "node_modules\n");
  git("init", "--quiet", "--initial-branch=main");
  publish();
  git("add", "--all");
  git("commit", "--quiet", "--message", "First");
});

afterAll(() => registry.stop());

/** A change, and what a careful maintainer would release; a package that is not named is not released. */
interface Step {
  readonly name: string;
  readonly change: Partial<Sources>;
  readonly bumps: { readonly [N in Name]?: "major" | "minor" | "patch" };
  /** What its changelog says. */
  readonly says?: readonly string[];
}

// `patch` of a persona that renders nothing new: it is pinned to the version of its rules, and follows them.
const history: readonly Step[] = [
  {
    name: "a rule in other words",
    change: { rules: 'a: must("Check all input."), b: should("Log the call."), c: may("Cache the answer.")' },
    bumps: { topic: "patch", plain: "patch", replacing: "patch", dropping: "patch" },
    says: ["**reworded** `topic/a`", "before: must: Check the input.", "after: must: Check all input."],
  },
  {
    name: "a should raised",
    change: { rules: 'a: must("Check all input."), b: must("Log the call."), c: may("Cache the answer.")' },
    bumps: { topic: "minor", plain: "minor", replacing: "minor", dropping: "minor" },
    says: ["**strengthened** `topic/b`"],
  },
  {
    name: "a rule added",
    change: {
      rules: 'a: must("Check all input."), b: must("Log the call."), c: may("Cache the answer."), d: should("Retry.")',
    },
    bumps: { topic: "minor", plain: "minor", replacing: "minor", dropping: "minor" },
    says: ["**added** `topic/d`"],
  },
  {
    name: "a must weakened that one persona replaces and one drops",
    change: {
      rules:
        'a: should("Check all input."), b: must("Log the call."), c: may("Cache the answer."), d: should("Retry.")',
    },
    bumps: { topic: "major", plain: "major", replacing: "patch", dropping: "patch" },
    says: ["**weakened** `topic/a`: must -> should", "  - Check all input."],
  },
  {
    name: "a rule removed",
    change: { rules: 'a: should("Check all input."), b: must("Log the call."), d: should("Retry.")' },
    bumps: { topic: "major", plain: "major", replacing: "major", dropping: "major" },
    says: ["**removed** `topic/c`", "before: may: Cache the answer."],
  },
  {
    name: "an id renamed",
    change: { rules: 'a: should("Check all input."), b: must("Log the call."), retry: should("Retry.")' },
    bumps: { topic: "major", plain: "major", replacing: "major", dropping: "major" },
    says: ["**renamed** `topic/d -> topic/retry`", "should: Retry."],
  },
  {
    name: "a parameter added",
    change: { params: `${FIRST.params}, store: z.enum(["redis", "memory"]).default("redis")` },
    bumps: { topic: "minor", plain: "patch", replacing: "patch", dropping: "patch" },
    says: ["**added** `param store`"],
  },
  {
    name: "a choice removed",
    change: { params: `${FIRST.params}, store: z.enum(["redis"]).default("redis")` },
    bumps: { topic: "major", plain: "patch", replacing: "patch", dropping: "patch" },
  },
  {
    name: "a parameter widened",
    change: { params: 'limit: z.number().min(1).max(1000).default(10), store: z.enum(["redis"]).default("redis")' },
    bumps: { topic: "minor", plain: "patch", replacing: "patch", dropping: "patch" },
  },
  {
    name: "a parameter removed",
    change: { params: "limit: z.number().min(1).max(1000).default(10)" },
    bumps: { topic: "major", plain: "patch", replacing: "patch", dropping: "patch" },
  },
  {
    name: "a decision changed",
    change: { decides: '() => ({ "topic.limit": 20 })' },
    bumps: { topic: "major", plain: "major", replacing: "major", dropping: "major" },
    says: ["**changed** `decision topic.limit`", "before: 10", "after: 20"],
  },
  {
    name: "a decision added",
    change: { decides: '() => ({ "topic.limit": 20, "topic.unit": "items" })' },
    bumps: { topic: "minor", plain: "minor", replacing: "minor", dropping: "minor" },
  },
  {
    name: "tools narrowed",
    change: { persona: 'tools: ["read"]' },
    bumps: { plain: "minor", replacing: "minor", dropping: "minor" },
  },
  {
    name: "tools widened",
    change: { persona: 'tools: ["read", "shell"]' },
    bumps: { plain: "major", replacing: "major", dropping: "major" },
    says: ["**changed** `tools`", "before: read", "after: read, shell"],
  },
  {
    name: "a trigger added",
    change: { triggers: '["api", "sql", "queue"]' },
    bumps: { plain: "minor", replacing: "minor", dropping: "minor" },
  },
  {
    name: "a trigger removed",
    change: { triggers: '["api", "queue"]' },
    bumps: { plain: "major", replacing: "major", dropping: "major" },
  },
  {
    name: "a reference added",
    change: {
      persona:
        'tools: ["read", "shell"], references: { deep: { title: "Deep", when: "deep", use: [section({ id: "deep-section", title: "Deep", rules: { e: must("E.") } })] } }',
    },
    bumps: { plain: "minor", replacing: "minor", dropping: "minor" },
    says: ["**added** `reference deep`"],
  },
  {
    name: "a rule made prose",
    change: { rules: 'a: should("Check all input."), b: must("Log the call."), retry: prose("Retry.")' },
    bumps: { topic: "major", plain: "major", replacing: "major", dropping: "major" },
  },
  {
    name: "a reworded and an added rule at once",
    change: {
      rules: 'a: should("Check each input."), b: must("Log the call."), retry: prose("Retry."), f: may("Trace.")',
    },
    bumps: { topic: "minor", plain: "minor", replacing: "minor", dropping: "minor" },
    says: ["**reworded** `topic/a`", "**added** `topic/f`"],
  },
  {
    name: "a removal in the rules and a narrowing in the personas at once",
    change: {
      rules: 'a: should("Check each input."), b: must("Log the call."), f: may("Trace.")',
      persona: 'tools: ["read"]',
    },
    bumps: { topic: "major", plain: "major", replacing: "major", dropping: "major" },
  },
  {
    name: "a rule that stands for one value of a new parameter, its default",
    change: {
      rules:
        'a: should("Check each input."), b: must("Log the call."), f: ({ store }) => (store === "redis" ? may("Trace.") : undefined)',
      params: 'limit: z.number().min(1).max(1000).default(10), store: z.enum(["redis", "memory"]).default("redis")',
    },
    bumps: { topic: "minor", plain: "patch", replacing: "patch", dropping: "patch" },
    says: ["**added** `param store`"],
  },
  {
    name: "a rule that stands for another value",
    change: {
      rules:
        'a: should("Check each input."), b: must("Log the call."), f: ({ store }) => (store === "memory" ? may("Trace.") : undefined)',
    },
    bumps: { topic: "major", plain: "major", replacing: "major", dropping: "major" },
    says: [
      "**narrowed** `topic/f`",
      "before: stands when store is redis",
      "after: stands when store is memory; not by default",
      "**removed** `topic/f`",
    ],
  },
  {
    name: "a rule that stands for every value",
    change: { rules: 'a: should("Check each input."), b: must("Log the call."), f: may("Trace.")' },
    bumps: { topic: "minor", plain: "minor", replacing: "minor", dropping: "minor" },
    says: ["**widened** `topic/f`", "after: always stands"],
  },
  {
    name: "an id renamed that keeps its old name, in other words",
    change: {
      rules: 'a: should("Check each input."), b: must("Log the call."), trace: may("Trace it.")',
      renamed: '{ f: "trace" }',
    },
    bumps: { topic: "minor", plain: "minor", replacing: "minor", dropping: "minor" },
    says: [
      "**renamed** `topic/f -> topic/trace`: the old name still works",
      "before: may: Trace.",
      "after: may: Trace it.",
    ],
  },
  {
    name: "an old name that goes",
    change: { renamed: "{}" },
    bumps: { topic: "major", plain: "major", replacing: "major", dropping: "major" },
    says: ["**removed** `alias topic/f`"],
  },
  {
    name: "a rule deprecated",
    change: {
      rules:
        'a: should("Check each input.", { deprecated: { reason: "Rule b says it." , successor: "b" } }), b: must("Log the call."), trace: may("Trace it.")',
    },
    bumps: { topic: "minor", plain: "minor", replacing: "patch", dropping: "patch" },
    says: ["**added** `deprecation topic/a`", "after: Rule b says it. Use topic/b instead."],
  },
  {
    name: "a deprecation taken back",
    change: { rules: 'a: should("Check each input."), b: must("Log the call."), trace: may("Trace it.")' },
    bumps: { topic: "minor", plain: "minor", replacing: "patch", dropping: "patch" },
  },
  {
    name: "rules in another order",
    change: { rules: 'trace: may("Trace it."), a: should("Check each input."), b: must("Log the call.")' },
    bumps: { topic: "patch", plain: "patch", replacing: "patch", dropping: "patch" },
    says: ["**changed** `layout`"],
  },
];

let sources = FIRST;

// Each step stands on the releases of those before it.
test.each(history.map((step) => [step.name, step] as const))("%s", (_, { change, bumps, says = [] }) => {
  const before = Object.fromEntries(NAMES.map((name) => [name, versionOf(name)]));
  sources = { ...sources, ...change };
  writeSources(sources);
  const auto = personakit("semver", "packages", "--write");
  expect(auto.code, auto.err).toBe(0);
  git("add", "--all");
  git("commit", "--quiet", "--message", "Change");
  const versioned = command(process.execPath, join(ROOT, "node_modules/@changesets/cli/bin.js"), "version");
  expect(versioned.code, versioned.out + versioned.err).toBe(0);
  const released = Object.fromEntries(
    NAMES.flatMap((name) => {
      const bump = bumpBetween(before[name] ?? "", versionOf(name));
      return bump === undefined ? [] : [[name, bump]];
    }),
  );
  expect(released).toEqual(bumps);
  const entries = NAMES.filter((name) => name in bumps).map((name) => latestEntry(name));
  for (const text of says)
    expect(
      entries.some((entry) => entry.includes(text)),
      `${text}\n${entries.join("\n")}`,
    ).toBe(true);
  publish();
  git("add", "--all");
  git("commit", "--quiet", "--message", "Release");
});

test("changesets that promise less than the changes deserve are a finding", () => {
  expect(personakit("semver", "packages").out.match(/nothing has changed/g)).toHaveLength(NAMES.length);
  expect(personakit("semver", "packages", "--check").code).toBe(0);
  writeSources({ ...sources, rules: 'a: should("Check each input."), trace: may("Trace it.")' });
  write(".changeset/mine.md", '---\n"@acme/topic": minor\n"@acme/plain": major\n---\n\nMine.\n');
  const { code, out } = personakit("semver", "packages", "--check");
  expect(code).toBe(1);
  expect(out).toContain("@acme/topic: needs major, but the changesets say minor");
  expect(out).toContain("@acme/dropping: needs major, but the changesets say nothing");
  expect(out).not.toContain("@acme/plain");
  expect(personakit("semver", "packages", "--write").code).toBe(0);
  expect(personakit("semver", "packages", "--check").code).toBe(0);
  expect(read(".changeset/mine.md")).toContain("Mine.");
  writeSources(sources);
});

test("a pull request says what changes for agents since a revision", () => {
  writeSources({ ...sources, rules: 'a: must("Check each input."), trace: may("Trace it.")', triggers: '["api"]' });
  const { code, out } = personakit("diff", "--markdown", "HEAD");
  expect(code).toBe(1);
  expect(out).toContain("## What changes for agents since `HEAD`");
  expect(out).toMatch(/\| `@acme\/plain` \| major, 4 changes \| \d+ → \d+ \|/);
  for (const text of [
    "**strengthened** `topic/a`",
    "**removed** `topic/b`",
    "**changed** `triggers`",
    "-- Log the call.",
  ])
    expect(out).toContain(text);
  expect(out).toMatch(/<details><summary>Compiled text<\/summary>\n\n```diff\n/);
  const { packages } = JSON.parse(personakit("semver", "packages", "--git", "HEAD", "--json").out);
  expect(packages.map(({ name, bump }: { name: string; bump: string }) => [name, bump])).toContainEqual([
    "@acme/topic",
    "major",
  ]);
  writeSources(sources);
  expect(personakit("diff", "HEAD")).toMatchObject({ code: 0, out: "No persona or fragment has changed.\n" });
  const missing = personakit("diff", "--markdown", "origin/main");
  expect(missing.err).toContain("origin/main: there is no such revision in this repository. Fetch it first");
  expect(missing.code).toBe(2);
});

test("what is installed at the end is what the last sources say", () => {
  const target = join(dirname(folder), "user");
  mkdirSync(target);
  cpSync(at("package.json"), join(target, "package.json"));
  const bin = at("node_modules/personakit/dist/bin.js");
  const { status, stderr } = spawnSync(NODE, [bin, "add", "@acme/replacing", "--target", "claude-agent"], {
    cwd: target,
    env: registry.env,
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  const text = readFileSync(join(target, ".claude/agents/replacing.md"), "utf8");
  for (const rule of ["- Check it with our schema.", "- Log the call.", "- Trace it."]) expect(text).toContain(rule);
  expect(text).not.toMatch(/Check each input|Retry/);
});

test("a package that was never published is new, beside those that were", () => {
  const exports = { ".": "./index.js", "./document.json": "./document.json" };
  write("packages/fresh/package.json", packageJson("@acme/fresh", "1.0.0", exports));
  write("packages/fresh/index.js", personaModule("fresh", { more: 'version: "1.0.0",' }));
  const { code, out, err } = personakit("semver", "packages");
  rmSync(at("packages/fresh"), { recursive: true });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("@acme/fresh (new) -> minor\n");
  expect(out).toMatch(/^@acme\/topic@\d.* -> nothing has changed$/m);
});

test("a version that is not the package's is refused where packages are released", () => {
  const source = read("packages/topic/index.js");
  write("packages/topic/index.js", source.replace("version, title", 'version: "0.9.0", title'));
  for (const args of [
    ["semver", "packages", "--check"],
    ["pack", "packages"],
  ]) {
    const { code, err } = personakit(...args);
    expect(code).toBe(2);
    expect(err).toContain('packages/topic: fragment "topic" says that it is version 0.9.0, and package.json says ');
    expect(err).toContain(
      'version: manifest.version, with import manifest from "./package.json" with { type: "json" }',
    );
  }
  write("packages/topic/index.js", source.replace("version, title", "title"));
  expect(personakit("pack", "packages/topic").err).toContain('fragment "topic" has no version, and package.json says');
  write("packages/topic/index.js", source);
});

test("a version that is not there, or a package without a report, is an error", () => {
  const unknown = personakit("semver", "packages/topic", "--base", "99.0.0");
  expect(unknown.err).toMatch(/@acme\/topic@99\.0\.0: no such version is published: No matching version/);
  expect(unknown.code).toBe(2);
  const manifest = read("packages/topic/package.json");
  write("packages/topic/package.json", { ...JSON.parse(manifest), version: "99.1.0", exports: { ".": "./index.js" } });
  registry.publishFolder(at("packages/topic"));
  write("packages/topic/package.json", manifest);
  const bare = personakit("semver", "packages/topic", "--base", "99.1.0");
  expect(bare.err).toContain('the package has nothing to compare with (exports "./document.json" or "./api.json")');
  expect(bare.code).toBe(2);
  expect(existsSync(at("packages/topic/api.md"))).toBe(true);
});

function bumpBetween(before: string, after: string): string | undefined {
  const [from = [], to = []] = [before, after].map((version) => version.split(".").map(Number));
  return ["major", "minor", "patch"].find((_, index) => from[index] !== to[index]);
}

/** The newest entry of a package's changelog. */
function latestEntry(name: Name): string {
  return read(`packages/${name}/CHANGELOG.md`).split(/^## /m)[1] ?? "";
}
