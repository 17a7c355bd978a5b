import { execFileSync } from "node:child_process";
import { beforeEach, describe, expect, test } from "vitest";
import { packageJson, personaModule } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";

const newProject = packPackages("personakit");
const AGENT = ".claude/agents/dev.md";
let project: Project;

beforeEach(() => {
  project = newProject();
});

const frontOf = (path: string) => project.read(path).split("---")[1]?.trim().split("\n") ?? [];
const more = (settings: object) => JSON.stringify(settings).slice(1, -1);
const write = (settings: object, targets = ["claude-agent"], extend?: object) => {
  project.write("p.ts", personaModule("dev", { more: more(settings) }));
  const entry = extend === undefined ? "./p.ts" : { persona: "./p.ts", extend };
  project.write("personakit.config.json", { personas: [entry], targets });
};

describe("fields of one tool", () => {
  test("are built, checked, listed and explained, from code and from a JSON configuration", () => {
    write({ fields: { "claude-agent": { maxTurns: 20, permissionMode: "plan" } } }, ["claude-agent"], {
      id: "dev",
      fields: { "claude-agent": { maxTurns: null, effort: "high", hooks: { Stop: [{ command: "npm test" }] } } },
    });
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(frontOf(AGENT)).toEqual([
      'name: "dev"',
      'description: "Does. When. Not."',
      'permissionMode: "plan"',
      'effort: "high"',
      "hooks:",
      "  Stop:",
      '    - command: "npm test"',
    ]);
    expect(project.run("check")).toMatchObject({ code: 0, err: "" });
    expect(project.run("list").out).toContain("fields    claude-agent: permissionMode, effort, hooks");
    expect(JSON.parse(project.run("list", "--json").out).personas[0].fields).toMatchObject({
      "claude-agent": { effort: "high" },
    });
    expect(project.run("explain", `${AGENT}:8`).out).toMatch(
      /field +hooks of claude-agent: runs commands at points of the agent's run/,
    );
    expect(JSON.parse(project.run("explain", `${AGENT}:4`, "--json").out).field).toMatchObject({
      target: "claude-agent",
      name: "permissionMode",
    });
    project.write(AGENT, project.read(AGENT).replace('"plan"', '"bypassPermissions"'));
    expect(project.run("check").code).toBe(1);
  });

  test("are checked like everything else, with the nearest name", () => {
    write({ fields: { "claude-agent": { maxTurn: 20 } } });
    const { code, err } = project.run("build");
    expect(code).toBe(2);
    expect(err).toContain('fields["claude-agent"].maxTurn: the tool has no field "maxTurn". Did you mean "maxTurns"?');
    write({
      fields: { "gemini-agent": { max_turn: 20 } },
      exactTools: { "qwen-agent": ["read_fil"] },
      tools: ["read"],
    });
    const { err: others } = project.run("build");
    expect(others).toContain('target gemini-agent, fields["gemini-agent"].max_turn: the tool has no field');
    expect(others).toContain(
      'target qwen-agent, exactTools: the tool has no tool "read_fil". Did you mean "read_file"?',
    );
    write({}, ["claude-agent"], {
      id: "mine",
      fields: { "claude-agent": { maxTurn: 1 }, "claude-agnt": { maxTurns: 20 }, "codex-agent": { sandbox_mode: "x" } },
    });
    const { err: all } = project.run("build");
    expect(all.match(/^error: personakit\.config\.json, personas\[0\]: persona "mine", /gm)).toHaveLength(3);
    write({ fields: { "claude-agnt": { maxTurns: 20 } } });
    const json = JSON.parse(project.run("build", "--json").out);
    expect(json.errors).toMatchObject([{ code: "unknown-target", subject: "claude-agnt" }]);
    expect(json.errors[0].hint).toBe('Did you mean "claude-agent"?');
  });

  test("of other tools are no loss, not even a strict one; a restriction is", () => {
    write({ fields: { "claude-agent": { maxTurns: 20 } } }, ["claude-agent", "agent-skill"]);
    const built = project.run("build", "--strict");
    expect(built).toMatchObject({ code: 0, err: "" });
    expect(built.out).not.toContain("maxTurns");
    expect(project.run("build", "--verbose").out).toContain("fields elsewhere (maxTurns only for claude-agent)");
    write({ fields: { "claude-agent": { permissionMode: "plan" } } }, ["claude-agent", "agent-skill"]);
    expect(project.run("build")).toMatchObject({
      code: 2,
      err: expect.stringContaining("claude-agent restricts the persona by permissionMode"),
    });
  });

  test("that nothing knows are written unchecked, with a warning", () => {
    write({ uncheckedFields: { "claude-agent": { vibe: "calm" } } });
    const { code, out } = project.run("build");
    expect(code).toBe(0);
    expect(out).toContain('warning: persona "dev", target claude-agent: vibe written without a check');
    expect(frontOf(AGENT)).toContain('vibe: "calm"');
    expect(JSON.parse(project.run("build", "--json").out).warnings).toMatchObject([{ code: "unchecked-field" }]);
    expect(project.run("explain", `${AGENT}:4`).out).toContain("vibe of claude-agent: not known to PersonaKit");
  });

  test("of a target of your own are known with it", () => {
    project.write(
      "target.mjs",
      `import { defineTarget, dropped, kept, mapped, unrestricted } from "@personakit/targets";
       import { z } from "zod";
       export const acme = defineTarget({
         id: "acme-agent", tool: "Acme", readers: ["Acme"],
         checked: { date: "2026-11-21", version: "1", source: "https://acme.example" },
         files: { main: "acme/<name>.md", reference: "acme/<name>/<reference>.md" },
         features: {
           description: kept, examples: dropped("w"), model: dropped("w"), tools: unrestricted,
           mcpServers: kept, color: dropped("w"), paths: dropped("w"),
         },
         fields: { turns: { schema: { type: "integer" }, does: "stops it" } },
         frontMatter: { schema: z.strictObject({ description: z.string() }), keys: { description: "description" } },
       });`,
    );
    write({ fields: { "acme-agent": { turns: 3 } } }, ["./target.mjs", "claude-agent"]);
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(frontOf("acme/dev.md")).toEqual(['description: "Does. When. Not."', "turns: 3"]);
  });

  test("are shown for each target", () => {
    const { out } = project.run("targets", "claude-agent");
    expect(out).toMatch(/maxTurns +number +stops the agent after this many turns\n/);
    expect(out).toMatch(/permissionMode .*says what the agent may do without asking \*\n/);
    expect(out).toMatch(/tools +Say it by `tools`, and for this target by `exactTools`\./);
    const [target] = JSON.parse(project.run("targets", "claude-agent", "--json").out).targets;
    expect(target.fields).toContainEqual({
      name: "maxTurns",
      does: "stops the agent after this many turns",
      type: "number",
      schema: { type: "integer", minimum: 1 },
      restricts: false,
      checked: { date: target.checked.date, source: target.checked.source },
    });
    expect(project.run("targets", "claude-agnt")).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean "claude-agent"?'),
    });
  });
});

describe("the tools of one target", () => {
  test("are built by name, and never give another target more", () => {
    const exactTools = { "claude-agent": ["Read", "Grep", "Glob", "WebSearch"] };
    write({ exactTools }, ["claude-agent", "copilot-agent"]);
    expect(project.run("build")).toMatchObject({
      code: 2,
      err: expect.stringContaining("claude-agent is given only part of web: WebSearch, without WebFetch"),
    });
    write({ exactTools, tools: ["read", "search"] }, ["claude-agent", "copilot-agent"]);
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(frontOf(AGENT)).toContain('tools: "Read, Grep, Glob, WebSearch"');
    expect(frontOf(".github/agents/dev.agent.md").slice(2)).toEqual(["tools:", '  - "read"', '  - "search"']);
    expect(project.run("list").out).toContain("tools     claude-agent: Read, Grep, Glob, WebSearch");
  });

  test("can be set and taken out in a JSON configuration", () => {
    const extend = (exactTools: object) => ({ id: "dev", exactTools });
    write({}, ["claude-agent"], extend({ "claude-agent": ["Read"] }));
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(frontOf(AGENT)).toContain('tools: "Read"');
    write({ exactTools: { "claude-agent": ["Read"] } }, ["claude-agent"], extend({ "claude-agent": null }));
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read(AGENT)).not.toContain("tools:");
  });
});

test("semver and diff tell a wider field, and a wider list of tools, from a narrower one", () => {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], { cwd: project.folder });
  const version = (settings: object) => {
    const parts = { more: `version: "1.0.0", ${more(settings)}` };
    project.write("persona/index.mjs", personaModule("dev", parts));
    project.write("persona/package.json", packageJson("persona-dev", "1.0.0", "./index.mjs"));
  };
  git("init", "-q");
  project.write(".gitignore", "node_modules");
  version({ fields: { "claude-agent": { permissionMode: "plan" } }, exactTools: { "claude-agent": ["Read"] } });
  git("add", "-A");
  git("commit", "-qm", "first");
  const semver = () => JSON.parse(project.run("semver", "persona", "--git", "HEAD", "--json").out).packages[0];
  version({ fields: { "claude-agent": { permissionMode: "auto" } }, exactTools: { "claude-agent": ["Read"] } });
  expect(semver()).toMatchObject({
    bump: "major",
    changes: [{ path: "field claude-agent.permissionMode", before: '"plan"', after: '"auto"', bump: "major" }],
  });
  version({
    fields: { "claude-agent": { permissionMode: "plan", maxTurns: 3 } },
    exactTools: { "claude-agent": ["Read"] },
  });
  expect(semver().bump).toBe("minor");
  version({ fields: { "claude-agent": { permissionMode: "plan" } }, exactTools: { "claude-agent": ["Read", "Bash"] } });
  expect(semver().bump).toBe("major");
});
