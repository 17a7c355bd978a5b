import { compile, definePersona, example, must, section } from "@personakit/core";
import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import {
  type Artifact,
  defineTarget,
  Report,
  readFrontMatter,
  targets,
  toClaudeAgent,
  toOpenAIAgent,
  toVercelAgent,
  verifyArtifact,
} from "../index.ts";

const rules = (text: string) => [section({ id: "own", title: "Own", rules: { a: must(text) } })];
const documentWith = (more: object) =>
  compile(
    definePersona({
      id: "dev",
      version: "1.0.0",
      title: "Dev",
      role: "You build.",
      description: { does: "Does.", when: "When.", notFor: "" },
      use: rules("Do it."),
      ...more,
    }),
  );
const compiled = (id: string, more: object = {}) => {
  const target = targets.find((candidate) => candidate.id === id);
  if (target === undefined) throw new Error(`no target ${id}`);
  return target.compile(documentWith(more));
};
const main = (id: string, more: object = {}) => compiled(id, more).artifacts[0]?.text ?? "";
const front = (id: string, more: object = {}) => readFrontMatter(main(id, more)).data;

describe("tools and models in each tool's words", () => {
  const readOnly = { tools: ["read", "search"] };
  test.each([
    ["claude-agent", { tools: "Read, Grep, Glob" }],
    ["claude-skill", { "disallowed-tools": "Edit Write Bash WebFetch WebSearch Agent" }],
    ["copilot-agent", { tools: ["read", "search"] }],
    ["gemini-agent", { tools: ["read_file", "read_many_files", "list_directory", "grep_search", "glob"] }],
    ["kiro-agent", { tools: ["read"] }],
    [
      "opencode-agent",
      {
        permission: {
          edit: "deny",
          bash: "deny",
          webfetch: "deny",
          websearch: "deny",
          codesearch: "deny",
          task: "deny",
        },
      },
    ],
    ["qwen-agent", { tools: ["read_file", "list_directory", "grep_search", "glob"] }],
  ])("%s says that a persona only reads", (id, expected) => {
    expect(front(id, readOnly)).toMatchObject(expected);
  });

  test("Codex says it by its sandbox and its search", () => {
    expect(parse(main("codex-agent", readOnly))).toMatchObject({ sandbox_mode: "read-only", web_search: "disabled" });
    expect(parse(main("codex-agent", { tools: ["read", "web"] }))).not.toHaveProperty("web_search");
  });

  test("Cursor's switch leaves the web and other agents, so a persona must allow both", () => {
    expect(front("cursor-agent", { tools: ["read", "search", "web", "spawn"] })).toMatchObject({ readonly: true });
    expect(() => compiled("cursor-agent", readOnly)).toThrow("the tool cannot take web, spawn away");
  });

  test.each([
    ["agent-skill", readOnly],
    ["agents-md", readOnly],
    ["codex-agent", { tools: ["read", "edit"] }],
    ["cursor-agent", { tools: ["read", "shell"] }],
    ["gemini-agent", { tools: ["spawn"] }],
  ])("%s refuses a restriction that it cannot say: %o", (id, more) => {
    expect(() => compiled(id, more)).toThrow(/would be lost|restricts agents only to reading|resolve to nothing/);
  });

  test("a capability that a tool has no name for is a loss of that capability, not of the restriction", () => {
    const { fidelity } = compiled("gemini-agent", { tools: ["read", "spawn"] });
    expect(fidelity).toContainEqual({ feature: "tools", status: "degraded", reason: "the tool cannot name spawn" });
  });

  test("an exact model id is for its target only", () => {
    const model = { tier: "deep", exact: { "opencode-agent": "anthropic/claude-opus-5" } };
    expect(front("opencode-agent", { model })).toMatchObject({ model: "anthropic/claude-opus-5" });
    expect(front("claude-agent", { model })).toMatchObject({ model: "opus" });
    expect(parse(main("codex-agent", { model }))).toMatchObject({ model_reasoning_effort: "high" });
    expect(() => compiled("opencode-agent", { model: { exact: { "opencode-agent": "opus" } } })).toThrow(
      "provider/model-id",
    );
  });

  test("files, where a tool loads by file", async () => {
    await verifyArtifact(compiled("cursor-rule", { paths: ["**/*.ts", "[id]/**"] }).artifacts[0] as Artifact);
    const paths = ["src/api/**", "*.sql"];
    expect(front("copilot-instructions", { paths })).toMatchObject({ applyTo: "src/api/**,*.sql" });
    expect(front("copilot-instructions")).toMatchObject({ applyTo: "**" });
    expect(main("cursor-rule", { paths })).toContain("\nglobs: src/api/**,*.sql\n---\n");
  });
});

describe("a body that a tool would read otherwise", () => {
  test("is refused by Gemini CLI for a template, with the rule", () => {
    expect(() => compiled("gemini-agent", { use: rules("Set `${HOME}` first.") })).toThrow(
      "own/a: Gemini CLI would read ${HOME} as a template and fail",
    );
    expect(() => compiled("gemini-agent", { use: rules("It is `${today}`.") })).not.toThrow();
  });

  test("keeps Claude Code from running or filling in a skill", () => {
    const code = section({ id: "code", title: "Code", rules: { a: example("sh", 'echo "$1 $ARGUMENTS $HOME"') } });
    const shell = section({ id: "shell", title: "Shell", rules: { a: example("!", "ls") } });
    const text = main("claude-skill", { use: [...rules("Run !`ls` now, and mind `a!` here."), code, shell] });
    expect(text).toContain("Run ! `ls` now, and mind `a!` here.");
    expect(text).toContain("``` !\nls");
    expect(text).toContain('echo "\\$1 \\$ARGUMENTS $HOME"');
  });

  test("does not import packages into AGENTS.md", () => {
    const text = main("agents-md", { use: rules("Use @aws-sdk/client-s3 and `@types/node`, mail a@b.c.") });
    expect(text).toContain("Use `@aws-sdk/client-s3` and `@types/node`, mail a@b.c.");
  });

  test("survives three quotes in Codex's TOML", () => {
    const code = section({ id: "code", title: "Code", rules: { a: example("py", "x = '''a\\n\"\"\"b'''") } });
    const { developer_instructions: body } = parse(main("codex-agent", { use: [code] }));
    expect(body).toContain("x = '''a\\n\"\"\"b'''");
  });

  test("is refused by Copilot when its must rules alone are too long", () => {
    expect(() => compiled("copilot-agent", { use: rules("x".repeat(31_000)) })).toThrow(
      /the body has 31\d+ characters, the tool refuses a prompt above 30000/,
    );
  });

  test("is refused when a rule opens a heading, a fence or HTML", async () => {
    const [artifact] = compiled("plain").artifacts;
    if (artifact === undefined) throw new Error("nothing compiled");
    const broken = (line: string) => ({ ...artifact, text: artifact.text.replace("- Do it.", line) });
    await expect(verifyArtifact(broken("# Do it."))).rejects.toThrow("(own/a): a rule opens a heading");
    await expect(verifyArtifact(broken("- Do <b>it</b>."))).rejects.toThrow("there is HTML");
    await expect(verifyArtifact({ ...artifact, path: "a.json" })).rejects.toThrow("does not parse");
  });

  test("is refused when a skill's name is not its folder's", async () => {
    const [skill] = compiled("agent-skill").artifacts;
    if (skill === undefined) throw new Error("nothing compiled");
    await verifyArtifact(skill);
    await expect(verifyArtifact({ ...skill, path: ".agents/skills/other/SKILL.md" })).rejects.toThrow(
      'the skill\'s name is "dev", its folder "other"',
    );
  });

  test("may hold tabs in code", () => {
    const make = section({ id: "make", title: "Make", rules: { a: example("makefile", "all:\n\techo ok") } });
    expect(main("claude-agent", { use: [make] })).toContain("\n\techo ok\n");
  });
});

describe("claude-plugin", () => {
  test("writes a plugin for each persona and a marketplace for the set", () => {
    const { artifacts } = compiled("claude-plugin");
    expect(artifacts.map(({ path }) => path)).toEqual([
      "plugins/dev/agents/dev.md",
      "plugins/dev/skills/dev/SKILL.md",
      "plugins/dev/.claude-plugin/plugin.json",
    ]);
    const restricted = compiled("claude-plugin", { tools: ["read"] }).artifacts.map(({ path }) => path);
    expect(restricted.filter((path) => path.includes("skills"))).toEqual([]);
    const target = targets.find(({ id }) => id === "claude-plugin");
    const [marketplace] = target?.combine?.([documentWith({}), documentWith({ id: "ops" })]) ?? [];
    expect(marketplace?.path).toBe(".claude-plugin/marketplace.json");
    expect(JSON.parse(marketplace?.text ?? "").plugins).toMatchObject([
      { name: "dev", source: "./plugins/dev", version: "1.0.0" },
      { name: "ops", source: "./plugins/ops" },
    ]);
  });
});

describe("in code", () => {
  const guide = section({ id: "guide", title: "Guide", rules: { b: must("Guide.") } });
  const more = {
    use: rules("Read [it](ref:guide)."),
    references: { guide: { title: "The guide", when: "lost", use: [guide] } },
    model: "fast",
  };

  test("a persona is one text, with links to its own headings", () => {
    const { prompt, ...rest } = toClaudeAgent(documentWith({ ...more, tools: ["read"] }));
    expect(rest).toEqual({ description: "Does. When.", tools: ["Read"], model: "haiku" });
    expect(prompt).toContain("Read [it](#guide).");
    expect(prompt).toContain("\n# guide: The guide\n");
  });

  test("the other kits take their own shape, and no restriction", () => {
    expect(toOpenAIAgent(documentWith(more))).toMatchObject({ name: "dev", handoffDescription: "Does. When." });
    expect(Object.keys(toVercelAgent(documentWith(more)))).toEqual(["id", "instructions"]);
    expect(() => toVercelAgent(documentWith({ tools: ["read"] }))).toThrow("restriction would be lost");
  });
});

describe("a target of another package", () => {
  const spec = {
    id: "acme-agent",
    tool: "Acme",
    path: "acme/<name>.txt",
    readers: ["Acme"],
    checked: { date: "2026-11-21", version: "1", source: "https://acme.example" },
  };

  test("is made with the same parts, and cannot forget a feature", () => {
    const forgetful = defineTarget({
      ...spec,
      compile: (document) => ({ artifacts: [], fidelity: new Report("acme-agent", document).fidelity }),
    });
    expect(() => forgetful.compile(documentWith({ color: "red" }))).toThrow("target acme-agent says nothing about");
  });

  test("cannot drop a restriction", () => {
    const careless = defineTarget({
      ...spec,
      compile(document) {
        new Report("acme-agent", document).note("tools", "dropped", "it is only a hint");
        return { artifacts: [], fidelity: [] };
      },
    });
    expect(() => careless.compile(documentWith({ tools: ["read"] }))).toThrow("the restriction would be lost");
  });

  test("needs a valid id and a date", () => {
    const compile = () => ({ artifacts: [], fidelity: [] });
    expect(() => defineTarget({ ...spec, id: "Acme", compile })).toThrow("the id is not kebab-case");
    expect(() => defineTarget({ ...spec, checked: { ...spec.checked, date: "today" }, compile })).toThrow("not a date");
  });
});
