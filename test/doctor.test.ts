import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";
import { personaModule } from "./fixtures.ts";
import { packPackages } from "./installed.ts";

const newProject = packPackages("personakit", "@personakit/checks");

const SKILL = ".github/skills/release/SKILL.md";
const skill = (description: string) => `---\nname: release\ndescription: ${description}\n---\n\nTag the commit.\n`;
const AGENT = "---\ndescription: Writes code.\n---\n\nWrite code.\n";

function withFiles(more: { readonly [path: string]: string } = {}) {
  const project = newProject();
  const files = { [SKILL]: skill("Use it when: a release is due"), ".claude/agents/dev.md": AGENT, ...more };
  for (const [path, text] of Object.entries(files)) project.write(path, text);
  return project;
}

test("the doctor says what tools leave out, without a configuration, and what is there", () => {
  const project = withFiles();
  const { code, out, err } = project.run("doctor");
  expect([code, err]).toEqual([1, ""]);
  expect(out).toContain(`error: ${SKILL}:3:1: GitHub Copilot CLI leaves this file out: YAML refuses`);
  expect(out).toContain('Write: description: "Use it when: a release is due"');
  expect(out).toContain(
    ".claude/agents/dev.md:2:1: Claude Code leaves this file out, because it has no name. [load/name]",
  );
  expect(out).toContain("2 instruction files, 2 of them not loaded by a tool that should.");
  expect(out).toMatch(/ {2}Claude Code [\d.]+ +\d files?, about \d+ tokens always on/);
  // Only what was asked for.
  const some = project.run("doctor", ".claude", "--only", "load,cut");
  expect(some.out).toContain("load/name");
  expect(some.out).not.toContain(SKILL);
  expect(project.run("doctor", "--only", "load/frontmatter")).toMatchObject({ code: 2 });
  expect(project.run("doctor", "missing")).toMatchObject({ code: 2 });
});

test("the doctor mends what it can, and shows it first", () => {
  const project = withFiles();
  const dry = project.run("doctor", "--fix", "--dry-run");
  expect(dry.out).toContain('+description: "Use it when: a release is due"');
  expect(project.read(SKILL)).toBe(skill("Use it when: a release is due"));
  const { code, out } = project.run("doctor", "--fix");
  expect(out).toContain("1 finding mended in 1 file.");
  expect(project.read(SKILL)).toBe(skill('"Use it when: a release is due"'));
  // What nobody but you can decide is left.
  expect(code).toBe(1);
  expect(project.read(".claude/agents/dev.md")).toBe(AGENT);
});

test("the doctor needs no git that can read the repository", () => {
  const project = withFiles({ ".git/HEAD": "broken" });
  expect(project.run("doctor", "--only", "load/name").out).toContain("1 error, 0 warnings, 0 notes.");
});

test("the doctor writes for programs and for code scanning", () => {
  const project = withFiles();
  const report = JSON.parse(project.run("doctor", "--json").out);
  expect(report).toMatchObject({ ok: false, fixable: 1, summary: { files: 2, errors: 2 } });
  expect(report.findings[0]).toMatchObject({ code: "load/name", line: 2, column: 1 });
  const [{ tool, results }] = JSON.parse(project.run("doctor", "--format", "sarif").out).runs;
  const rule = tool.driver.rules.find(({ id }: { id: string }) => id === "load/name");
  expect(rule).toMatchObject({ helpUri: expect.stringMatching(/docs\/checks\/load-name\.md$/) });
  expect(results[0]).toMatchObject({ ruleId: "load/name", level: "error" });
  expect(results[0].locations[0].physicalLocation.region).toEqual({ startLine: 2, startColumn: 1 });
});

test("the doctor runs no code of the repository, unless you allow it", () => {
  const project = withFiles({
    "personakit.config.mjs": `import { writeFileSync } from "node:fs";
writeFileSync("ran", "");
import { noTag } from "./checks.mjs";
export default { checks: { off: { "load/name": "Only Codex reads it." }, use: [noTag] } };\n`,
    "checks.mjs": `import { defineCheck } from "@personakit/checks";
export const noTag = defineCheck({
  id: "says/no-tag", severity: "warning", what: "It tags.", why: { text: "We do not tag.", sources: [] },
  examples: { bad: [{ files: {}, finds: [] }], good: [{}] },
  *inFile({ path, prose }) {
    const at = prose.indexOf("Tag");
    if (at !== -1) yield { path, at, problem: "we do not tag" };
  },
});\n`,
  });
  const plain = project.run("doctor", "--only", "load/name");
  expect(plain.out).toContain("load/name");
  expect(plain.out).toContain("personakit.config.mjs is code and was not run");
  expect(project.files()).not.toContain("ran");
  const allowed = project.run("doctor", "--config", "--strict");
  expect(project.files()).toContain("ran");
  expect(allowed.out).not.toContain("[load/name]");
  expect(allowed.out).toContain(`${SKILL}:6:1: we do not tag. [says/no-tag]`);
  expect(project.run("doctor", "--checks", "./checks.mjs", "--only", "says").out).toContain("[says/no-tag]");
  expect(project.run("doctor", "--checks", "./missing.mjs")).toMatchObject({ code: 2 });
});

test("the guide's two ways to switch a check off do so", () => {
  const guide = readFileSync(join(ROOT, "docs/using.md"), "utf8");
  const blocks = [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text = ""]) => ({
    language,
    text,
  }));
  const comment = blocks.find(({ language }) => language === "html")?.text ?? "";
  const config = blocks.find(({ language, text }) => language === "json" && text.includes('"off"'))?.text ?? "";
  const sources = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`src/${index}.ts`, ""]));
  const rule = "---\npaths: lib/**\n---\n\nReturn errors as data.\n";
  const project = withFiles({ ...sources, ".claude/rules/api.md": rule });
  const only = ["doctor", "--only", "load/globs"];
  expect(project.run(...only).out).toContain("[load/globs]");
  project.write(".claude/rules/api.md", `${rule}\n${comment}`);
  expect(project.run(...only).out).not.toContain("[load/globs]");
  project.write(".claude/rules/api.md", rule);
  project.write("personakit.config.json", config);
  expect(project.run(...only).out).not.toContain("[load/globs]");
  // The configuration as a whole is one that other commands take.
  expect(project.run(...only, "--config")).toMatchObject({ err: "" });
});

test("a configuration in JSON of checks alone switches them off, with a reason", () => {
  const use = ["./missing.mjs"];
  const config = (off: object) => JSON.stringify({ checks: { off, use } });
  // What is not loaded need not be known.
  const reasons = { load: "Tried out.", cut: "Tried out.", "says/no-tag": "It is." };
  const project = withFiles({ "personakit.config.json": config(reasons) });
  expect(project.run("doctor", "--only", "load,cut")).toMatchObject({ code: 0 });
  // Also where import says first what the doctor would.
  expect(project.run("import", "--dry-run").out).not.toContain("personakit doctor shows them");
  expect(project.run("build").err).toContain("For checks alone, run personakit doctor.");
  project.write("personakit.config.json", config({ load: "" }));
  expect(project.run("doctor").err).toContain("checks.off has a check without a reason");
});

test("check looks at the files that a build has written, when it is asked to or the configuration has checks", () => {
  const project = newProject();
  project.write("dev.mjs", personaModule("dev"));
  const config = { personas: ["./dev.mjs"], targets: ["claude-agent"] };
  project.write("personakit.config.json", config);
  expect(project.run("build").code).toBe(0);
  expect(project.run("check", "--doctor").code).toBe(0);
  // Another agent takes the name of the built one.
  project.write(".claude/agents/api.md", "---\nname: dev\ndescription: Writes APIs.\n---\n\nWrite an API.\n");
  expect(project.run("check").code).toBe(0);
  const asked = project.run("check", "--doctor");
  expect(asked.code).toBe(1);
  expect(asked.out).toContain('because .claude/agents/api.md is called "dev", too');
  expect(asked.out).not.toContain("Run personakit build");
  project.write("personakit.config.json", { ...config, checks: {} });
  expect(project.run("check").out).toContain('because .claude/agents/api.md is called "dev", too');
  project.write("personakit.config.json", { ...config, checks: { off: { "load/same-name": "Tried out." } } });
  expect(project.run("check").code).toBe(0);
});
