import { beforeEach, describe, expect, test } from "vitest";
import { IMPORTS } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";

// A change by hand in a built file becomes an override in the source, and the file then is what the hand has made of it.

const LAMBDA = "@personakit/persona-backend-developer-lambda";
const AGENT = ".claude/agents/ours.md";

const newProject = packPackages("personakit", LAMBDA);
let project: Project;

beforeEach(() => {
  project = newProject();
  project.write("package.json", { type: "module" });
  project.write(
    "base.mjs",
    `${IMPORTS}export const base = definePersona({
  id: "base", version: "1.0.0", title: "T", role: "You build.",
  description: { does: "Does.", when: "When.", notFor: "Not." },
  use: [
    section({ id: "safety", title: "Safety", rules: { csrf: must("Send a token."), hash: must("Hash passwords."), log: should("Log calls.") } }),
    section({ id: "release", title: "Release", rules: { tag: must("Tag it.") } }),
  ],
  references: { deep: { title: "Deep", when: "you dig", use: [section({ id: "deep", title: "Deep", rules: { dig: must("Dig here.") } })] } },
});
`,
  );
});

const CONFIG = `// Ours.
import { base } from "./base.mjs";
import { must } from '@personakit/core'

export default {
  personas: [base.extend({ id: "ours", rules: { safety: { log: must("Log all calls.") } } })],   // one
  targets: ["claude-agent", "agents-md"],
}
`;

/** A project with a configuration, built. */
function built(config: string | object = CONFIG, name = "personakit.config.mjs"): void {
  project.write(name, config);
  expect(project.run("build")).toMatchObject({ code: 0, err: "" });
}

function edit(path: string, ...changes: readonly (readonly [from: string | RegExp, to: string])[]): string {
  const text = changes.reduce((all, [from, to]) => all.replace(from, to), project.read(path));
  expect(text).not.toBe(project.read(path));
  project.write(path, text);
  return text;
}

function snapshot(): Record<string, string> {
  return Object.fromEntries(project.files().map((path) => [path, project.read(path)]));
}

/** What keeps its change says so, and leaves everything as it is. */
function refused(...args: readonly string[]) {
  const before = snapshot();
  const result = project.run("override", ...args);
  expect(result.code, result.out).toBe(1);
  expect(result.err).toContain("Nothing was written");
  expect(snapshot()).toEqual(before);
  return result.err;
}

describe("build and check show the override that a change by hand would be", () => {
  test("in code, below the diff, and what a line belongs to that is no rule's", () => {
    built();
    edit(AGENT, ["Hash passwords.", "Hash with argon2id."], ["You build.", "You make."], [/.*token.*\n/, ""]);
    for (const { code, text } of [
      { ...project.run("build"), text: project.run("build").err },
      { ...project.run("check"), text: project.run("check").out },
    ]) {
      expect(code).toBe(1);
      expect(text).toContain("+- Hash with argon2id.");
      expect(text).toContain(
        `personakit override ${AGENT}, or put this into the extend of "ours" in personakit.config.mjs:

  rules: {
    safety: {
      hash: must("Hash with argon2id."),
      csrf: drop("<your reason>"),
    },
  },
`,
      );
      expect(text).toContain('Line 8 is the role of "ours": set role in extend.');
    }
    const { findings } = JSON.parse(project.run("check", "--json").out);
    expect(findings[0].keep).toContain('      hash: must("Hash with argon2id."),');
    expect(project.run("check", "--format", "github").out).toContain('must("Hash with argon2id.")');
  });

  test("in JSON, with a new rule at its anchor", () => {
    built({ personas: [{ persona: "./base.mjs", extend: { id: "ours" } }] }, "personakit.config.json");
    edit(AGENT, ["- Hash passwords.\n", "- Hash passwords.\n- Rotate the keys.\n"]);
    expect(project.run("build").err).toContain(`  "addRules": {
    "rotateKeys": { "after": "safety/hash", "rule": { "must": "Rotate the keys." } }
  }`);
  });
});

describe("override", () => {
  test("writes into a configuration in code, touches nothing else in it, and builds", () => {
    built();
    const mine = edit(AGENT, ["Hash passwords.", "Hash with argon2id."]);
    const { code, out, err } = project.run("override", AGENT);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain('safety/hash: must("Hash with argon2id.")');
    expect(project.read("personakit.config.mjs")).toBe(
      CONFIG.replace(
        '{ log: must("Log all calls.") }',
        '{\n    log: must("Log all calls."),\n    hash: must("Hash with argon2id."),\n  }',
      ),
    );
    expect(project.read(AGENT)).toBe(mine);
    expect(project.read("AGENTS.md")).toContain("- Hash with argon2id.");
    expect(project.run("check").code).toBe(0);
  });

  test("writes into TypeScript, types and all", () => {
    const config = `import { defineConfig, type Config } from "personakit";
import { backendDeveloperLambda } from "${LAMBDA}";

enum Coverage { High = 90 }

const config: Config = {
  personas: [
    backendDeveloperLambda.extend({
      id: "ours", // the team's
      params: { "testing-standards": { coverage: Coverage.High as number } },
    }),
  ],
} satisfies Config;

export default defineConfig(config);
`;
    built(config, "personakit.config.ts");
    const path = ".claude/agents/ours.md";
    const [rule = ""] = /^- \[ \] Hash passwords.*$/m.exec(project.read(path)) ?? [];
    edit(path, [rule, "- [ ] Hash passwords with `scrypt`."]);
    expect(project.run("override", path)).toMatchObject({ code: 0, err: "" });
    const written = project.read("personakit.config.ts");
    expect(written.replace(/ {6}rules: \{[\s\S]*?\n {6}\},\n/, "").replace(/import \{ must \}.*\n/, "")).toBe(config);
    expect(written).toContain('must("Hash passwords with `scrypt`.")');
    expect(project.run("check").code).toBe(0);
  });

  test("writes into a configuration in JSON, and leaves its form alone", () => {
    const config = `{\n\t"personas": [\n\t\t"./base.mjs",\n\t\t"${LAMBDA}"\n\t],\n\t"targets": ["claude-agent"]\n}\n`;
    built(config, "personakit.config.json");
    const agent = ".claude/agents/backend-developer-lambda.md";
    const [rule = ""] = /^- \[ \] Hash passwords.*$/m.exec(project.read(agent)) ?? [];
    edit(agent, [rule, "- [ ] Hash passwords with `scrypt`."]);
    expect(project.run("override", agent)).toMatchObject({ code: 0, err: "" });
    const written = project.read("personakit.config.json");
    expect(written.startsWith('{\n\t"personas": [\n\t\t"./base.mjs",\n\t\t{\n')).toBe(true);
    expect(written.endsWith('\n\t],\n\t"targets": ["claude-agent"]\n}\n')).toBe(true);
    const [, entry] = JSON.parse(written).personas;
    expect(Object.values(entry.extend.rules["security-checklist"])).toEqual([
      { must: "Hash passwords with `scrypt`." },
    ]);
    expect(entry.extend.id).toBe("backend-developer-lambda");
    expect(project.run("check").code).toBe(0);
  });

  test("writes into the module in which the persona is extended", () => {
    const module = `import { base } from "./base.mjs";\n\nexport const ours = base.extend({\n  id: "ours",\n});\n`;
    project.write("ours.mjs", module);
    const configs = [
      'import { ours } from "./ours.mjs";\nexport default { personas: [ours] };\n',
      { personas: ["./ours.mjs"] },
    ];
    for (const [index, config] of configs.entries()) {
      project.write("ours.mjs", module);
      const name = `personakit.config.${typeof config === "string" ? "mjs" : "json"}`;
      if (index > 0) project.remove("personakit.config.mjs");
      project.write(name, config);
      expect(project.run("build", "--force").code).toBe(0);
      edit(AGENT, ["Hash passwords.", "Hash with argon2id."]);
      expect(project.run("override", AGENT)).toMatchObject({ code: 0, err: "" });
      expect(project.read("ours.mjs")).toBe(
        `import { must } from "@personakit/core";\n${module.replace('  id: "ours",\n', '  id: "ours",\n  rules: {\n    safety: {\n      hash: must("Hash with argon2id."),\n    },\n  },\n')}`,
      );
      expect(project.run("check").code).toBe(0);
    }
  });

  test("writes into the module that the command line names", () => {
    project.write("ours.mjs", 'import { base } from "./base.mjs";\nexport const ours = base.extend({ id: "ours" });\n');
    expect(project.run("build", "./ours.mjs", "--target", "claude-agent").code).toBe(0);
    edit(AGENT, ["Hash passwords.", "Hash with argon2id."]);
    const { code } = project.run("override", AGENT, "./ours.mjs", "--target", "claude-agent");
    expect(code).toBe(0);
    expect(project.read("ours.mjs")).toContain('hash: must("Hash with argon2id."),');
  });

  test("changes a rule where the project defines it itself", () => {
    built({ personas: ["./base.mjs"], targets: ["claude-agent"] }, "personakit.config.json");
    const [source, agent] = [project.read("base.mjs"), ".claude/agents/base.md"];
    edit(
      agent,
      ["Hash passwords.", "Hash with argon2id."],
      ["- Tag it.\n", "- Tag it.\n- Sign it.\n"],
      [/.*token.*\n/, ""],
    );
    expect(project.run("override", agent, "--reason", "No cookies.")).toMatchObject({ code: 0, err: "" });
    expect(project.read("base.mjs")).toBe(
      source
        .replace('csrf: must("Send a token."), ', "")
        .replace("Hash passwords.", "Hash with argon2id.")
        .replace('tag: must("Tag it.")', 'tag: must("Tag it."), sign: must("Sign it.")'),
    );
    expect(project.run("check").code).toBe(0);
  });

  test("says which other personas change with it", () => {
    built(
      CONFIG.replace("// Ours.", "")
        .replace("export default", 'const ours = base.extend({ id: "ours" });\nexport default')
        .replace(/\[base.*?\}\)\]/, '[ours, ours.extend({ id: "other" })]'),
    );
    edit(AGENT, ["Hash passwords.", "Hash with argon2id."]);
    expect(project.run("override", AGENT)).toMatchObject({
      code: 0,
      out: expect.stringContaining("also changes other."),
    });
    expect(project.read(".claude/agents/other.md")).toContain("Hash with argon2id.");
    expect(project.run("check").code).toBe(0);
  });

  test("asks for the reason of a rule that was removed", () => {
    built();
    edit(AGENT, [/.*token.*\n/, ""]);
    expect(refused(AGENT)).toContain("--reason");
    expect(project.run("override", AGENT, "--reason", "No cookies.").code).toBe(0);
    expect(project.read("personakit.config.mjs")).toContain('csrf: drop("No cookies."),');
    expect(project.run("check").code).toBe(0);
  });

  test("shows with --dry-run what it would write, and tells JSON what it wrote", () => {
    built();
    edit(AGENT, ["Hash passwords.", "Hash with argon2id."]);
    const before = snapshot();
    const { code, out } = project.run("override", AGENT, "--dry-run");
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('+    hash: must("Hash with argon2id."),') });
    expect(snapshot()).toEqual(before);
    expect(JSON.parse(project.run("override", AGENT, "--json").out)).toEqual({
      ...{ ok: true, persona: "ours", files: [AGENT], others: [], source: "personakit.config.mjs", written: true },
      settings: [{ path: ["rules", "safety", "hash"], value: { must: "Hash with argon2id." } }],
    });
    expect(project.run("override", AGENT)).toMatchObject({
      code: 0,
      out: expect.stringContaining("nothing to override"),
    });
  });

  test("writes what was only wrapped or marked otherwise in its own form", () => {
    built();
    edit(AGENT, ["- Hash passwords.", "*  Hash with\n   argon2id."]);
    expect(project.run("override", AGENT).code).toBe(0);
    expect(project.read(AGENT)).toContain("\n- Hash with argon2id.\n");
  });

  test("moves a rule, by taking it out and adding it where it stands now", () => {
    built();
    edit(AGENT, ["- Send a token.\n", ""], ["- Tag it.\n", "- Tag it.\n- Send a token.\n"]);
    expect(project.run("override", AGENT)).toMatchObject({ code: 0, err: "" });
    expect(project.read("personakit.config.mjs")).toContain(
      'csrf: { after: "release/tag", rule: must("Send a token.") },',
    );
    expect(project.run("check").code).toBe(0);
  });

  test("takes a change in a reference, and in a block among text of the user's", () => {
    built();
    project.write("AGENTS.md", `# Ours\n\n${project.read("AGENTS.md")}\nMore of ours.\n`);
    edit(".claude/references/ours/deep.md", ["Dig here.", "Dig there."]);
    expect(project.run("override", ".claude/references/ours/deep.md").code).toBe(0);
    edit("AGENTS.md", ["Hash passwords.", "Hash with argon2id."]);
    expect(project.run("override", "AGENTS.md")).toMatchObject({ code: 0, err: "" });
    expect(project.read("AGENTS.md")).toMatch(/^# Ours\n[\s\S]*- Hash with argon2id\.[\s\S]*\nMore of ours\.\n$/);
    expect(project.read("personakit.config.mjs")).toContain('dig: must("Dig there."),');
    expect(project.run("check").code).toBe(0);
  });
});

describe("the files of a persona for two targets", () => {
  test("that say the same, or change different rules, become one override", () => {
    built();
    edit(AGENT, ["Hash passwords.", "Hash with argon2id."], ["Tag it.", "Tag and sign it."]);
    edit("AGENTS.md", ["Hash passwords.", "Hash with argon2id."], ["Send a token.", "Send a fresh token."]);
    expect(project.run("override", AGENT)).toMatchObject({ code: 0, err: "" });
    for (const path of [AGENT, "AGENTS.md"])
      for (const rule of ["Hash with argon2id.", "Tag and sign it.", "Send a fresh token."])
        expect(project.read(path)).toContain(`- ${rule}\n`);
    expect(project.run("check").code).toBe(0);
  });

  test("that say different things of one rule are refused", () => {
    built();
    edit(AGENT, ["Hash passwords.", "Hash with argon2id."]);
    edit("AGENTS.md", ["Hash passwords.", "Hash with scrypt."]);
    const err = refused(AGENT);
    for (const text of ["safety/hash", "argon2id", "scrypt", AGENT, "AGENTS.md"]) expect(err).toContain(text);
  });

  test("do not keep those of another persona from it", () => {
    built(CONFIG.replace("personas: [", 'personas: [base.extend({ id: "other" }), '));
    edit(AGENT, ["Hash passwords.", "Hash with argon2id."]);
    const other = edit(".claude/agents/other.md", ["Hash passwords.", "Hash with scrypt."]);
    expect(project.run("override", AGENT).code).toBe(0);
    expect(project.read(".claude/agents/other.md")).toBe(other);
    expect(project.run("override", ".claude/agents/other.md").code).toBe(0);
    expect(project.run("check").code).toBe(0);
  });
});

describe("nothing is written", () => {
  test("where a line belongs to no rule, and the override of the others is shown", () => {
    built();
    edit(AGENT, ["Hash passwords.", "Hash with argon2id."], ["## Safety", "## Security"]);
    const err = refused(AGENT);
    expect(err).toContain(`${AGENT}:10: the line is the heading of safety`);
    expect(err).toContain('hash: must("Hash with argon2id."),');
  });

  test("where the file would not be what the hand has written: the source is taken back", () => {
    project.write(
      "strict.mjs",
      `import { base } from "./base.mjs";\nexport const strict = () => base.extend({ ["id"]: "ours" });\n`,
    );
    built(
      CONFIG.replace("[base", "[strict(base")
        .replace("})]", "}))]")
        .replace("// Ours.", 'import { strict } from "./strict.mjs";'),
    );
    edit(AGENT, ["Hash passwords.", "Hash with argon2id."]);
    const err = refused(AGENT);
    expect(err).toContain(`${AGENT}:13: with the override, this line would not be what you wrote`);
    expect(err).toContain('hash: must("Hash with argon2id."),');
  });

  test.skipIf(process.platform === "win32")("by a run that is killed when the source is changed already", () => {
    const kill = `import { execSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
const config = readFileSync(fileURLToPath(new URL("./personakit.config.mjs", import.meta.url)), "utf8");
if (config.includes("argon2id")) execSync(\`kill -9 \${process.pid}\`);
`;
    project.write("base.mjs", kill + project.read("base.mjs"));
    built();
    edit(AGENT, ["Hash passwords.", "Hash with argon2id."]);
    const before = snapshot();
    expect(project.run("override", AGENT).code).toBeNull();
    expect(project.read("personakit.config.mjs")).toContain("argon2id");
    expect(project.run("check").err).toContain("has been undone");
    expect(snapshot()).toEqual(before);
  });

  test("where no rule can say it", () => {
    built();
    edit(AGENT, ["- Hash passwords.\n", "- Hash passwords.\n- # Rotate the keys.\n"]);
    expect(refused(AGENT)).toContain("the text has a heading in it");
  });

  test("where the persona is made by a function", () => {
    project.write("strict.mjs", 'export const strict = (base) => [base.extend({ ["id"]: "ours" })];\n');
    built(
      'import { base } from "./base.mjs";\nimport { strict } from "./strict.mjs";\nexport default { personas: [...strict(base)] };\n',
    );
    edit(AGENT, ["Hash passwords.", "Hash with argon2id."]);
    expect(refused(AGENT)).toContain('hash: must("Hash with argon2id."),');
  });

  test("in a file of all personas", () => {
    built(CONFIG.replace('"agents-md"', '"claude-plugin"'));
    const [path = ""] = project.files().filter((each) => each.endsWith("marketplace.json"));
    edit(path, [/"Does\..*?"/, '"Mine."']);
    expect(refused(path)).toContain("contains no rules");
  });

  test("of a persona that was added, and what to do is said", () => {
    expect(project.run("add", LAMBDA, "--yes", "--target", "claude-agent").code).toBe(0);
    const agent = ".claude/agents/backend-developer-lambda.md";
    const [rule = ""] = /^- \[ \] Hash passwords.*$/m.exec(project.read(agent)) ?? [];
    const mine = edit(agent, [rule, "- [ ] Hash passwords with scrypt."]);
    const err = refused(agent);
    expect(err).toContain(`personakit ${LAMBDA}@0.0.0`);
    const [config = ""] = /^ {2}\{[\s\S]*?^ {2}\}$/m.exec(err) ?? [];
    project.write("personakit.config.json", config);
    expect(project.run("build")).toMatchObject({ code: 0 });
    expect(project.read(agent)).toBe(mine);
    expect(project.run("check").code).toBe(0);
  });

  test.each([
    ["is none of ours", "base.mjs", /not a file that personakit wrote/],
    ["was ejected", "AGENTS.md", /is ejected/],
  ])("where the file %s", (_, path, message) => {
    built();
    project.run("eject", "AGENTS.md");
    expect(project.run("override", path)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });
});

describe("entries in a list as written", () => {
  const lists = `${IMPORTS}import { point } from "@personakit/core";
export const lists = definePersona({
  id: "lists", title: "T", role: "R.", description: { does: "Does.", when: "When.", notFor: "Not." },
  use: [section({ id: "own", title: "Own", list: "asWritten", rules: {
    a: point("A:", { items: ["one", { text: "two:", items: ["three"] }] }),
    b: point("B.", { style: "checklist" }),
  } })],
});
`;
  beforeEach(() => {
    project.write("lists.mjs", lists);
    built(
      { personas: [{ persona: "./lists.mjs", extend: { id: "ours" } }], targets: ["claude-agent"] },
      "personakit.config.json",
    );
  });

  test("get their points as a person would write them", () => {
    edit(AGENT, ["- three", "- four"]);
    expect(project.run("override", AGENT)).toMatchObject({ code: 0, err: "" });
    expect(project.read("lists.mjs")).toContain(
      'a: point("A:", { items: ["one", { text: "two:", items: ["four"] }] }),',
    );
  });

  test("say so where only a mark differs, which nothing keeps", () => {
    edit(AGENT, ["[ ] B.", "[x] B."]);
    const { code, out } = project.run("override", AGENT);
    expect(code).toBe(0);
    expect(out).toBe(`${AGENT} differs only in space and marks, which no override keeps: built again, without them.\n`);
    expect(project.read(AGENT)).toContain("[ ] B.");
  });
});
