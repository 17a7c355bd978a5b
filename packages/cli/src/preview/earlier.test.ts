import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compile, definePersona, drop, must, section, should } from "@personakit/core";
import { targets } from "@personakit/targets";
import { beforeEach, expect, test } from "vitest";
import { readLockfile } from "../disk/read-lockfile.ts";
import { makePlan } from "../plan/make-plan.ts";
import { packDocument } from "../sources/packed-document.ts";
import { comparisonOf, versionsOf } from "./earlier.ts";
import { type SeenProject, seeProject } from "./seen-project.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-earlier-")));
});

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
}

function git(...args: readonly string[]): void {
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@a", ...args], { cwd: folder, stdio: "ignore" });
}

/** The project in the folder: its configuration and its sources are data. */
function seen(): Promise<SeenProject> {
  return seeProject([], { out: folder });
}

const BASE = definePersona({
  ...{ id: "base", title: "Base", role: "You build APIs.", version: "1.0.0" },
  description: { does: "Builds.", when: "Use it to build.", notFor: "Not to plan." },
  use: [
    section({
      id: "input",
      title: "Input",
      rules: { check: must("Check the input."), log: should("Log the call."), cache: should("Cache the answer.") },
    }),
  ],
});

/** A project whose persona extends BASE, which is installed in a version. */
function extending(installed: string): SeenProject {
  const document = compile({ ...BASE, version: installed });
  write("node_modules/@acme/base/document.json", packDocument(document, []));
  write("node_modules/@acme/base/package.json", {
    ...{ name: "@acme/base", version: installed, exports: { "./document.json": "./document.json" } },
  });
  write("package.json", { dependencies: { "@acme/base": "^1.0.0" } });
  const unit = BASE.extend({
    id: "ours",
    rules: { input: { log: must("Log the call."), cache: drop("The gateway caches.") } },
  });
  const chosen = targets.filter(({ id }) => id === "claude-agent");
  const plan = makePlan([{ unit, source: "./ours.mjs", targets: chosen, out: "" }]);
  const about = {
    name: "shop",
    folder,
    sources: [],
    options: { out: folder },
    config: undefined,
    named: [],
  };
  return { ...plan, ...about, lockfile: readLockfile(folder) };
}

test("a persona is compared with the one that it extends, as it is installed", async () => {
  const project = extending("1.0.0");
  expect(await versionsOf(project, "ours")).toEqual([{ id: "extended", name: "base@1.0.0" }]);
  const comparison = await comparisonOf(project, "ours/extended");
  expect(comparison?.before.files.map(({ path }) => path)).toEqual([".claude/agents/base.md"]);
  expect(comparison?.changes.map(({ kind, path, bump }) => [kind, path, bump])).toEqual([
    ["strengthened", "input/log", "minor"],
    ["removed", "input/cache", "major"],
  ]);
  expect([comparison?.bump, comparison?.renamed]).toEqual(["major", [["base", "ours"]]]);
  // Another version says something else.
  expect(await versionsOf(extending("1.1.0"), "ours")).toEqual([]);
  expect(await comparisonOf(project, "none/extended")).toBeUndefined();
  expect(await comparisonOf(project, "ours/toString")).toBeUndefined();
});

test("a persona is compared with what was committed last, rule by rule where its ids are made of its words", async () => {
  const text = (rule: string) =>
    `---\nname: two\ndescription: Does it.\n---\n\n## Rules\n\n- ${rule}\n- Log the call.\n`;
  write("shop/personas/two.md", text("Check the input with a schema."));
  write("shop/personakit.config.json", { personas: [{ persona: "./personas/two.md", format: "claude-agent" }] });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Files");
  write("shop/personas/two.md", text("Validate the input with a schema."));
  folder = join(folder, "shop");
  const project = await seen();
  const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith("personakit-revision-")).length;
  const before = copies();
  expect(await versionsOf(project, "two")).toEqual([
    { id: "committed", name: expect.stringMatching(/^the last commit, [\da-f]{7,}$/) },
  ]);
  const comparison = await comparisonOf(project, "two/committed");
  expect(comparison?.before.files[0]?.lines).toContain("- Check the input with a schema.");
  expect(comparison).toMatchObject({ bump: "patch", changes: [{ kind: "reworded" }] });
  const [earlier, later] = comparison?.renamed[0] ?? [];
  expect(comparison?.before.origins.map(({ path }) => path)).toContain(earlier);
  expect(later).toContain("validate");
  expect(copies()).toBe(before);
});

test("what was committed and cannot be compiled is said, with the reason", async () => {
  write("personakit.config.json", { personas: ["./none.json"] });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Files");
  write("personas/two.md", "---\nname: two\ndescription: Does it.\n---\n\nDo it.\n");
  write("personakit.config.json", { personas: [{ persona: "./personas/two.md", format: "claude-agent" }] });
  const asked = comparisonOf(await seen(), "two/committed");
  await expect(asked).rejects.toThrow(
    "This version cannot be compiled.\n./none.json: there is no such file or folder.",
  );
});
