import { afterEach, expect, test } from "vitest";
import { packageJson } from "./fixtures.ts";
import { commitAll, git, type Project, packPackages } from "./installed.ts";
import { hearBuilds, previewOf } from "./previewed.ts";

// What the page shows of an edit is what a build makes of the override that it offers, and means what `semver` says of it.

const newProject = packPackages("personakit", "@personakit/core");

const DEV = `import { defineFragment, definePersona, drop, may, must, should } from "@personakit/core";
import { z } from "zod";

const tests = defineFragment({
  id: "tests", version: "1.0.0", title: "Tests", summary: "S.",
  params: { coverage: z.number().min(0).max(100).default(80), runner: z.enum(["vitest", "jest"]).default("vitest") },
  rules: {
    floor: ({ coverage, runner }) => must(\`Cover \${coverage} % of lines with \${runner}.\`),
    mock: should("Mock the clock."),
    config: ({ runner }) => (runner === "jest" ? must("Keep jest.config.js.") : undefined),
    speed: may("Run them in parallel."),
  },
  decides: ({ coverage }) => ({ "tests.coverage": coverage }),
});
export const dev = definePersona({
  id: "dev", version: "1.0.0", title: "Developer", role: "You build.",
  description: { does: "Builds.", when: "Use it to build.", notFor: "" },
  use: [tests],
});
`;

const EDITS = {
  params: { tests: { coverage: 90, runner: "jest" } },
  rules: {
    tests: {
      mock: { kind: "reword", strength: "must", text: 'Fake the clock: `vi` and "jest" can.' },
      speed: { kind: "drop", reason: "one database" },
    },
  },
};

let project: Project;
let stop = async () => {};

afterEach(() => stop());

interface Served {
  /** What comes of edits. */
  readonly tried: (id: string, edits: object) => Promise<Tried>;
  /** Waits for the next build. */
  readonly next: () => Promise<unknown>;
}

// biome-ignore lint/suspicious/noExplicitAny: what is sent has a type in the preview; here, what matters is compared.
type Tried = any;

/** Starts the command, and waits for the first build. */
async function preview(...sources: readonly string[]): Promise<Served> {
  const previewed = await previewOf(project, ...sources);
  stop = previewed.stop;
  const { url } = previewed;
  const next = await hearBuilds(url);
  if ((await next()).revision === 0) await next();
  const tried = async (id: string, edits: object) =>
    (await fetch(new URL(`data/trial/${id}.json`, url), { method: "POST", body: JSON.stringify(edits) })).json();
  return { tried, next };
}

/** Builds, and holds each file to what it was to become. */
function expectBuilt(before: ReadonlyMap<string, string>, { after: { files } }: Tried): void {
  const now = built();
  expect(files.map(({ path }: Tried) => path)).toEqual([".claude/agents/dev.md"]);
  for (const { path, lines } of files) {
    expect(lines.join("\n")).not.toBe(before.get(path)?.trimEnd());
    expect(now.get(path)).toBe(`${lines.join("\n")}\n`);
  }
}

function built(): ReadonlyMap<string, string> {
  expect(project.run("build")).toMatchObject({ code: 0, err: "" });
  return new Map(project.files().map((path) => [path, project.read(path)]));
}

function newPackage(): void {
  project = newProject();
  project.write("package.json", packageJson("dev", "1.0.0", "./dev.mjs"));
  project.write("dev.mjs", DEV);
}

test("an override, pasted into a configuration in TypeScript or JSON, builds the files that were shown", async () => {
  newPackage();
  const config = `import type { Config } from "personakit";

export default { personas: ["./dev.mjs"] } satisfies Config;
`;
  project.write("personakit.config.ts", config);
  const first = built();
  const { tried, next } = await preview();
  const { outcome } = await tried("dev", EDITS);
  project.write("personakit.config.ts", config.replace('"./dev.mjs"', outcome.override.text));
  expectBuilt(first, outcome);
  await next();

  // Once more, on top: what is restored goes from the configuration, and the rest stays in it.
  const more = {
    params: { tests: { coverage: 95 } },
    rules: { tests: { mock: { kind: "restore" }, floor: { kind: "reword", strength: "should", text: "Cover it." } } },
  };
  const { outcome: again } = await tried("dev", more);
  expect(again.override.text).not.toContain("Fake the clock");
  const entry = { persona: "./dev.mjs", extend: { id: "dev", ...forConfiguration(EDITS) }, targets: ["claude-agent"] };
  project.remove("personakit.config.ts");
  project.write("personakit.config.json", { personas: [entry] });
  const second = built();
  let inJson: Tried;
  do {
    // One write may be heard of as two, so a build may still be one of the configuration before.
    await next();
    inJson = (await tried("dev", more)).outcome;
  } while (!inJson.override.where.includes("personakit.config.json"));
  expect(inJson.after.files).toEqual(again.after.files);
  const { extend } = JSON.parse(`{${inJson.override.text}}`);
  project.write("personakit.config.json", { personas: [{ ...entry, extend }] });
  expectBuilt(second, inJson);
});

/** Edits as a configuration says them. */
function forConfiguration({ params, rules: { tests } }: typeof EDITS): object {
  const { mock, speed } = tests;
  return { params, rules: { tests: { mock: { [mock.strength]: mock.text }, speed: { drop: speed.reason } } } };
}

test("an override without a configuration goes into the module, and means what semver says of it", async () => {
  newPackage();
  git(project, "init", "--quiet");
  project.write(".gitignore", "node_modules\n");
  commitAll(project);
  const { tried } = await preview("./dev.mjs");
  const { outcome } = await tried("dev", EDITS);
  expect(outcome.override.also).toEqual(['Import must and drop from "@personakit/core".']);
  project.write("dev.mjs", DEV.replace(/\}\);\n$/, `})${outcome.override.text};\n`));
  const [{ bump, changes }] = JSON.parse(project.run("semver", ".", "--git", "HEAD", "--json").out).packages;
  expect(bump).toBe("major");
  expect(outcome).toMatchObject({ bump, changes });
  expect(outcome.changes).toContainEqual(expect.objectContaining({ kind: "added", stands: "when runner is jest" }));
});
