import { beforeEach, describe, expect, test } from "vitest";
import { IMPORTS, personaSource, REFERENCE } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";

const newProject = packPackages("personakit");
let project: Project;

beforeEach(() => {
  project = newProject();
  project.write("package.json", { type: "module" });
});

const module = (more = "") =>
  `${IMPORTS}export const persona = ${personaSource("dev", { rule: 'should("A.")', more: `${REFERENCE} ${more}` })};\n`;
const AGENT = ".claude/agents/dev.md";

describe("the language of what PersonaKit says itself", () => {
  test("is the persona's own, or the project's for all personas that have none", () => {
    project.write("dev.js", module());
    project.write("fr.js", module('language: "fr"').replaceAll('"dev"', '"fr"'));
    project.write("personakit.config.json", {
      language: "de",
      personas: ["./dev.js", "./fr.js"],
      targets: ["claude-agent"],
    });
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read(AGENT)).toContain("Sofern das Projekt nichts anderes festgelegt hat:");
    expect(project.read(AGENT)).toContain("): nachlesen, wenn w.");
    expect(project.read(".claude/agents/fr.md")).toContain("Sauf décision contraire du projet :");
    expect(project.run("check", "--frozen")).toMatchObject({ code: 0, err: "" });
    const { personas } = JSON.parse(project.run("list", "--json").out);
    expect(personas.map(({ language }: { language: string }) => language)).toEqual(["de", "fr"]);
    expect(project.run("list").out).toContain("  language  de\n");
  });

  test("can be set for one persona in JSON, with phrases of the user's own", () => {
    project.write("dev.js", module());
    const extend = { id: "dev", language: "ja", phrases: { should: "原則：" } };
    project.write("personakit.config.json", { personas: [{ persona: "./dev.js", extend }], targets: ["claude-agent"] });
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read(AGENT)).toContain("\n原則：\n");
    expect(project.read(AGENT)).toContain("：wときに読む。");
    expect(project.run("list").out).toContain("  phrases   its own for should\n");
  });

  test("is said with the nearest name where it is misspelt, wherever it stands", () => {
    project.write("dev.js", module());
    project.write("personakit.config.json", { language: "frr", phrases: { maay: "A:" }, personas: ["./dev.js"] });
    const { code, err } = project.run("build");
    expect(code).toBe(2);
    expect(err).toContain('personakit.config.json: there is no language "frr". Did you mean "fr"?');
    expect(err).toContain('personakit.config.json, phrases: there is no option "maay". Did you mean "may"?');
    project.write("personakit.config.json", {
      personas: [{ persona: "./dev.js", extend: { id: "dev", language: "frr" } }],
    });
    expect(project.run("build").err).toContain('there is no language "frr". Did you mean "fr"?');
  });

  test("survives a hand edit: the override is read in it, and the build says the rest as before", () => {
    project.write("dev.js", module('language: "zh"'));
    project.write("personakit.config.json", { personas: ["./dev.js"], targets: ["claude-agent"] });
    project.run("build");
    const before = project.read(AGENT);
    project.write(AGENT, before.replace("- A.\n", "- B.\n\n如有帮助，可以：\n\n- C.\n"));
    expect(project.run("override", AGENT)).toMatchObject({ code: 0, err: "" });
    expect(project.read("dev.js")).toMatch(/should\("B\."\)[\s\S]*may\("C\."\)/);
    expect(project.read(AGENT)).toBe(before.replace("- A.\n", "- B.\n\n如有帮助，可以：\n\n- C.\n"));
  });
});
