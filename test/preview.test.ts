import { afterEach, beforeEach, expect, test } from "vitest";
import { personaModule } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";
import { hearBuilds, type Previewed, previewOf } from "./previewed.ts";

// The page that `preview` serves, as it is installed: what it is told of a project, and what it is told when a source changes.

const newProject = packPackages("personakit", "@personakit/core");
let project: Project;
let preview: Previewed;

beforeEach(() => {
  project = newProject();
});

afterEach(() => preview.stop());

// biome-ignore lint/suspicious/noExplicitAny: what the page is told has a type; what is sent is compared below.
const json = async (path: string): Promise<any> => (await fetch(new URL(path, preview.url))).json();

/** Starts the command, and waits for the first build. Returns how to wait for the next one: what is wrong with the sources then. */
async function previewOfFirst(...args: readonly string[]): Promise<() => Promise<readonly string[]>> {
  preview = await previewOf(project, ...args);
  const next = await hearBuilds(preview.url);
  if ((await next()).revision === 0) await next();
  return async () => (await next()).errors;
}

const own = () => project.files().filter((path) => !path.startsWith("node_modules/"));

test("the page shows what is built, follows a change, and keeps the last build while a source is broken", async () => {
  project.write("dev.mjs", personaModule("dev"));
  project.write("personakit.config.json", { personas: ["./dev.mjs"] });
  const next = await previewOfFirst();
  expect((await json("data/project.json")).personas).toMatchObject([{ id: "dev" }]);
  const { files } = await json("data/persona/dev.json");
  expect(files.map(({ path }: { path: string }) => path)).toContain(".claude/agents/dev.md");
  const page = await fetch(preview.url);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const html = await page.text();
  for (const part of ["page.js", "page.css"]) {
    expect(html).toContain(part);
    expect((await fetch(new URL(part, preview.url))).status).toBe(200);
  }

  project.write("dev.mjs", "export const persona = ;");
  expect(await next()).toEqual([expect.stringContaining("dev.mjs")]);
  expect((await json("data/project.json")).personas).toMatchObject([{ id: "dev" }]);

  project.write("dev.mjs", personaModule("other"));
  expect(await next()).toEqual([]);
  expect((await json("data/project.json")).personas).toMatchObject([{ id: "other" }]);
  expect(own()).toEqual(["dev.mjs", "personakit.config.json"]);
});

test("without a configuration, or with one of checks alone, the page shows the instruction files, and follows them into hidden folders", async () => {
  const path = ".claude/agents/dev.md";
  project.write(path, "---\ndescription: Writes code.\n---\n\nWrite code.\n");
  const next = await previewOfFirst();
  expect(await json("data/project.json")).toMatchObject({ personas: [] });
  expect((await json("data/doctor.json")).findings).toMatchObject([{ check: "load/name", path, line: 2 }]);
  expect((await json("data/stack/claude-code.json")).leftOut).toMatchObject([{ path }]);

  project.write(path, "---\nname: dev\ndescription: Writes code.\n---\n\nWrite code.\n");
  expect(await next()).toEqual([]);
  expect((await json("data/doctor.json")).findings).toEqual([]);
  expect((await json(`data/remarks/${path}.json`)).loads).toMatchObject([{ cell: { word: "list" } }]);
  expect(own()).toEqual([path]);

  project.write("personakit.config.json", { checks: {} });
  expect(await next()).toEqual([]);
  expect(await json("data/project.json")).toMatchObject({ personas: [] });
});

test("nothing is written and nothing else is said, where sources are data and where they cannot be built", async () => {
  project.write("personas/two.md", "---\nname: two\ndescription: Does it.\n---\n\nDo it.\n");
  project.write("personakit.config.json", { personas: [{ persona: "./personas/two.md", format: "claude-agent" }] });
  const next = await previewOfFirst();
  expect((await json("data/project.json")).personas).toMatchObject([{ id: "two" }]);
  project.write("personakit.config.json", { personas: ["./none.md"] });
  expect(await next()).toHaveLength(1);
  // A third build comes after whatever the first two have left to do.
  project.write("personakit.config.json", { personas: [{ persona: "./personas/two.md", format: "claude-agent" }] });
  await next();
  expect(own()).toEqual(["personakit.config.json", "personas/two.md"]);
  expect(preview.said()).toBe(`${preview.url} shows your personas and instruction files. To stop, press Ctrl+C.\n`);
});

test("a module that ends its thread, during the build or later, is said, and the next save is built", async () => {
  const ENDED = ["A module has ended the build. The terminal says more."];
  project.write("dev.mjs", personaModule("dev"));
  project.write("personakit.config.json", { personas: ["./dev.mjs"] });
  const next = await previewOfFirst("--timeout", "1");
  project.write("dev.mjs", `while (true) {}\n${personaModule("dev")}`);
  expect(await next()).toEqual(ENDED);
  expect((await json("data/project.json")).personas).toMatchObject([{ id: "dev" }]);
  project.write("dev.mjs", `setTimeout(() => process.exit(), 50);\n${personaModule("other")}`);
  expect([await next(), await next()]).toEqual([[], ENDED]);
  project.write("dev.mjs", personaModule("dev"));
  expect(await next()).toEqual([]);
  expect((await json("data/project.json")).personas).toMatchObject([{ id: "dev" }]);
});
