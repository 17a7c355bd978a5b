import { beforeEach, describe, expect, test } from "vitest";
import { IMPORTS, packageJson, personaSource } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";

const newProject = packPackages("personakit");
let project: Project;

beforeEach(() => {
  project = newProject();
  project.write("package.json", { type: "module" });
});

const AGENT = ".claude/agents/both.md";
const DEEP = `references: {
  deep: { title: "Deep", when: "w", use: [section({ id: "a-deep", title: "D", rules: { b: must("B.") } })] },
},`;

/** Installs a package with a persona that has a section of its own. */
function install(id: string, version: string, { text = "A.", more = "" } = {}): void {
  const source = personaSource(id, { rule: `must(${JSON.stringify(text)})`, more: `version: "${version}", ${more}` });
  const folder = `node_modules/@acme/${id}`;
  project.write(`${folder}/package.json`, packageJson(`@acme/${id}`, version, "./index.js"));
  project.write(
    `${folder}/index.js`,
    `${IMPORTS}export const ${id} = ${source.replace('id: "own"', `id: "${id}-own"`)};\n`,
  );
}

const BOTH = `${IMPORTS}import { a } from "@acme/a";
import { b } from "@acme/b";
export const both = definePersona({
  id: "both", title: "Both", role: "You are both.",
  description: { does: "Does.", when: "When.", notFor: "Not." },
  use: [
    a.extend({ id: "our-a", rules: { "a-own": { a: must("Ours; see [deep](ref:deep).") } } }),
    b,
  ],
});
`;

describe("a persona of personas from packages", () => {
  beforeEach(() => {
    install("a", "1.0.0", { more: DEEP });
    install("b", "2.0.0");
    project.write("both.js", BOTH);
    project.write("personakit.config.json", { personas: ["./both.js"], targets: ["claude-agent"] });
  });

  test("is built with their references; explain and list say where all of it comes from", () => {
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    const lines = project.read(AGENT).split("\n");
    const explain = (text: string) => project.run("explain", `${AGENT}:${lines.indexOf(text) + 1}`).out;
    const [ours = ""] = lines.filter((line) => line.startsWith("- Ours; see [deep]("));
    expect(explain(ours)).toMatch(/section +a-own of a@1\.0\.0\n[\s\S]*changed by +our-a\ninstead of +must: A\./);
    expect(explain("- A.")).toMatch(/section +b-own of b@2\.0\.0/);
    const { out } = project.run("list");
    expect(out).toContain("  includes  a@1.0.0, b@2.0.0\n");
    const [listed] = JSON.parse(project.run("list", "--json").out).personas;
    expect(listed.includes).toEqual([
      { id: "a", version: "1.0.0" },
      { id: "b", version: "2.0.0" },
    ]);
    expect(project.run("check", "--frozen")).toMatchObject({ code: 0, err: "" });
  });

  test("takes updates of each, and check says which other version is installed", () => {
    project.run("build");
    install("b", "2.1.0", { text: "A, always." });
    expect(project.run("check", "--frozen").out).toContain("persona b 2.0.0 -> 2.1.0");
    const { out } = project.run("update");
    expect(out).toContain("includes b 2.0.0 -> 2.1.0");
    expect(out).toContain("A, always.");
    expect(project.read(AGENT)).toContain("- A, always.");
    expect(project.run("check", "--frozen")).toMatchObject({ code: 0, err: "" });
  });

  test("is not built where they say different things, and the error has the line to write", () => {
    install("b", "2.0.0", { more: DEEP.replace('"a-deep"', '"b-deep"') });
    const { code, err } = project.run("build");
    expect(code).toBe(2);
    expect(err).toContain('reference "deep" is one thing in persona "our-a" and another in persona "b"');
    expect(err).toContain(
      'write b.extend({ id: "b", references: { drop: { deep: "As in our-a." } } }) in the place of "b"',
    );
    project.write(
      "both.js",
      BOTH.replace("b,\n  ]", 'b.extend({ id: "b", references: { drop: { deep: "As in our-a." } } }),\n  ]'),
    );
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
  });

  test("can be extended in JSON, with the rules of all of them", () => {
    const extend = { id: "both", rules: { "a-own": { a: { drop: "Not here." } }, "b-own": { a: { should: "B." } } } };
    project.write("personakit.config.json", {
      personas: [{ persona: "./both.js", extend }],
      targets: ["claude-agent"],
    });
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read(AGENT)).not.toContain("Ours");
    expect(project.read(AGENT)).toContain("- B.");
  });

  test("keeps a change by hand: the override goes to the rule of the persona that it comes from", () => {
    project.run("build");
    project.write(AGENT, project.read(AGENT).replace("- A.\n", "- C.\n"));
    expect(project.run("override", AGENT)).toMatchObject({ code: 0, err: "" });
    expect(project.read("personakit.config.json")).toMatch(/"b-own":\s*{\s*"a":\s*{\s*"must": "C\."/);
    expect(project.read(AGENT)).toContain("- C.\n");
  });
});
