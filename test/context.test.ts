import { compile, definePersona, must, section } from "@personakit/core";
import { beforeEach, expect, test } from "vitest";
import { packDocument } from "../packages/cli/src/sources/packed-document.ts";
import { packageJson } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";

// What tools put before their models, as a user sees it: around what add and build write.

const newProject = packPackages("personakit");
let project: Project;

const ONE = compile(
  definePersona({
    ...{ id: "one", title: "One", role: "You do one thing.", version: "1.0.0" },
    description: { does: "Does one thing.", when: "Use it once.", notFor: "Not twice." },
    use: [section({ id: "own", title: "Own", rules: { a: must("Do it once.") } })],
  }),
);

/** What a tool makes of AGENTS.md here. */
const IGNORED = "AGENTS.md: Claude Code ignores it here, because of CLAUDE.md.";

beforeEach(() => {
  project = newProject();
  project.write(".git/HEAD", "");
  project.write("CLAUDE.md", "Use pnpm.\n");
});

test("add says before it writes which tool will not load a new file, and context shows what became of it", () => {
  project.write("one/package.json", packageJson("@acme/one", "1.0.0", { "./document.json": "./document.json" }));
  project.write("one/document.json", packDocument(ONE, []));
  const dry = project.run("add", "./one", "--target", "agents-md", "--dry-run");
  expect(dry.out).toContain(`warning: ${IGNORED}\n`);
  expect(project.files()).not.toContain("AGENTS.md");
  const { warnings } = JSON.parse(project.run("add", "./one", "--target", "agents-md,claude-agent", "--json").out);
  expect(warnings).toMatchObject([{ code: "loaded-twice" }, { code: "not-loaded", place: "AGENTS.md" }]);

  const { code, out, err } = project.run("context", "--tool", "claude-code,codex");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^FILE +claude-code +codex$/m);
  expect(out).toMatch(/^AGENTS\.md +no +yes$/m);
  expect(out).toMatch(/^CLAUDE\.md +yes +-$/m);
  expect(out).toMatch(/^Codex \S+ +(\d+) tokens +[1-9]\d* +observed/m);
  expect(project.run("context", "--tool", "codex", "--max", "20")).toMatchObject({ code: 1, err: "" });
  expect(project.run("context", "--tool", "claud-code").err).toContain('Did you mean "claude-code"?');
});

test("import says it of files that are there", () => {
  project.write("AGENTS.md", "Use pnpm.\n\nNever npm.\n");
  expect(project.run("import", "--dry-run", "--force").out).toContain(`warning: ${IGNORED}\n`);
});

test("build says it once, when it writes a new block", () => {
  project.write("one.json", ONE);
  project.write("personakit.config.json", { personas: ["./one.json"], targets: ["agents-md"] });
  expect(project.run("build").out).toContain(`warning: ${IGNORED}\n`);
  project.write("one.json", { ...ONE, role: "You do another thing." });
  expect(project.run("build").out).not.toContain("ignores");
});

test("init says it of the files that the first build will write", () => {
  project.write(".gemini/settings.json", {});
  project.write("package.json", { name: "api", dependencies: { express: "5" } });
  const { warnings } = JSON.parse(project.run("init", "--dry-run", "--json").out);
  expect(warnings).toMatchObject([{ code: "not-loaded", problem: expect.stringMatching(/^Gemini CLI lists agents/) }]);
});
