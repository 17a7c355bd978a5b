import { compile, type DescriptionExample, definePersona, must, section } from "@personakit/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Compiled, readFrontMatter, targets, verifyArtifact } from "../index.ts";

const use = [section({ id: "own", title: "Own", rules: { a: must("Read [the guide](ref:guide).") } })];
const guide = section({ id: "body", title: "Body", rules: { b: must("See [itself](ref:guide).") } });
const spec = {
  id: "backend-developer",
  version: "1.0.0",
  title: "Backend developer",
  role: "You build APIs.",
  use,
  references: { guide: { title: "Guide", when: "you are lost", use: [guide] } },
};
const examples: DescriptionExample[] = [
  { context: "An order.", user: "Ship it", assistant: "Calling it", commentary: "Yes." },
];
const documentWith = (does: string, more: object = {}) =>
  compile(definePersona({ ...spec, description: { does, when: "Use it.", notFor: "" }, ...more }));
const artifactsOf = (id: string, ...args: Parameters<typeof documentWith>) => {
  const target = targets.find((candidate) => candidate.id === id);
  if (target === undefined) throw new Error(`no target ${id}`);
  return target.compile(documentWith(...args));
};

/** Everything that a persona may have and every target takes. */
const full = { model: "balanced", color: "orange", mcpServers: ["context7"], paths: ["src/api/**", "*.sql"] };

describe.each(targets.map((target) => [target.id, target] as const))("%s", (id, target) => {
  test("says what became of each feature of a persona", () => {
    const description = { does: "Does.", when: "When.", notFor: "", examples };
    const { fidelity } = artifactsOf(id, "", { ...full, description });
    const features = ["body", "color", "description", "examples", "mcpServers", "model", "paths", "references"];
    expect(fidelity.map(({ feature }) => feature).sort()).toEqual(features);
    for (const { status, reason } of fidelity) if (status !== "kept") expect(reason?.length).toBeGreaterThan(0);
  });

  test("says a restriction, or refuses the persona", () => {
    let compiled: Compiled | undefined;
    try {
      compiled = artifactsOf(id, "Does.", { tools: ["read", "search"] });
    } catch (error) {
      expect(String(error)).toMatch(/restriction would be lost/);
    }
    if (compiled === undefined) return;
    expect(compiled.fidelity.find(({ feature }) => feature === "tools")?.status).toBe("mapped");
    expect(compiled.artifacts[0]?.text.split("\n---\n")[0]).toMatch(/read|Read|deny|Bash/);
  });

  test("writes files that parse and give every line an origin", async () => {
    for (const artifact of artifactsOf(id, 'Use: "it" --- now.', full).artifacts) {
      expect(artifact.origins).toHaveLength(artifact.text.split("\n").length - 1);
      expect(artifact.text).toMatch(/^(---\n|# |\{|name = )/);
      expect(artifact.text).toMatch(/[^\n]\n$/);
      expect(artifact.path).not.toMatch(/\\|^\/|\.\./);
      await verifyArtifact(artifact);
    }
  });

  test("links to references where they are", () => {
    const { artifacts } = artifactsOf(id, "Does.");
    const main = artifacts.find(({ text }) => text.includes("Read [the guide]("));
    const [, link = ""] = /Read \[the guide\]\(([^)]+)\)/.exec(main?.text ?? "") ?? [];
    const plugin = link.replace("$" + "{CLAUDE_PLUGIN_ROOT}", "plugins/backend-developer");
    const beside = `${main?.path.replace(/[^/]+$/, "")}${link}`;
    expect(artifacts.some(({ path }) => path === plugin || path === beside)).toBe(true);
  });

  test("refuses characters that a reader does not see, and lets emoji pass", () => {
    const hidden = [...'ignore "']
      .map((character) => String.fromCodePoint(0xe0000 + (character.codePointAt(0) ?? 0)))
      .join("");
    const rules = (text: string) => ({
      use: [section({ id: "own", title: "Own", rules: { a: must(text) } })],
      references: {},
    });
    expect(() => artifactsOf(id, "Does.", rules(`A${hidden}.`))).toThrow(/line \d+ \(own\/a\): .*which say "ignore ""/);
    expect(() => artifactsOf(id, "Does.", rules("A\u202Eb."))).toThrow("U+202E");
    expect(() => artifactsOf(id, "Does.", rules("A\u200Bb."))).toThrow("U+200B");
    for (const text of [`\u{1F3F4}${hidden}\u{E007F}`, "a\uFE0F\uFE0F", "1\u200D2", "a\u180Eb"]) {
      expect(() => artifactsOf(id, "Does.", rules(`A ${text}.`))).toThrow();
    }
    expect(() => artifactsOf(id, "Does\u202E this.")).toThrow(/description, line 1: .*U\+202E/);
    expect(() => artifactsOf(id, "Does.", rules("👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 日本語 👍🏽 é"))).not.toThrow();
  });

  test("refuses the names that its tool keeps for itself", () => {
    for (const name of target.reserved ?? []) {
      expect(() => artifactsOf(id, "Does.", { id: name })).toThrow(`the tool keeps the name "${name}" for itself`);
    }
  });

  test("dates what it knows of its tool", () => {
    expect(target.checked.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(target.checked.source).toMatch(/^https:\/\//);
  });
});

describe.each(
  targets.filter(({ id }) => !["plain", "agents-md", "codex-agent", "claude-plugin"].includes(id)).map(({ id }) => id),
)("front matter of %s", (id) => {
  test.each([
    "Use when: the API fails",
    `It's "quoted" and 'quoted' \\ back`,
    "two\nlines\n\nand\ttabs",
    '<example>\nuser: "hi"\n</example>',
    "--- not a fence --- ----- ---",
    "日本語の説明 👩‍👩‍👧‍👦 émoji",
    "# not a comment, [not, a, list], {not: a map}, *not an alias, !not a tag, %",
    "no",
  ])("carries the description %j to the reader unchanged", (does) => {
    const { text } = artifactsOf(id, does).artifacts[0] ?? { text: "" };
    expect(readFrontMatter(text).data).toMatchObject({ description: `${does} Use it.` });
    // Some readers split the file at any three hyphens.
    expect(parse(text.split("---")[1] ?? "")).toMatchObject({ description: `${does} Use it.` });
  });

  test("carries any description, in a block that every reader can split off", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }), (text) => {
        fc.pre(
          text.trim() !== "" &&
            !/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{VS}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text),
        );
        const { text: file = "" } = artifactsOf(id, text).artifacts[0] ?? {};
        const [before, block = "", ...rest] = file.split("---");
        expect(before).toBe("");
        expect(rest.length).toBeGreaterThan(0);
        expect(parse(block).description).toBe(`${text} Use it.`);
        expect(block).not.toMatch(/\r|^\s*\S+: [|>]/m);
      }),
      { numRuns: 50 },
    );
  });
});

describe("claude-agent", () => {
  test("writes one agent, and its references where Claude Code looks for no agents", () => {
    const { artifacts } = artifactsOf("claude-agent", "Does.");
    expect(artifacts.map(({ path }) => path)).toEqual([
      ".claude/agents/backend-developer.md",
      ".claude/references/backend-developer/guide.md",
    ]);
    expect(artifacts[0]?.text).toContain("Read [the guide](.claude/references/backend-developer/guide.md).");
  });

  test("maps the model tier, the colour and the tools", () => {
    const more = { model: "balanced", color: "orange", tools: ["read", "edit", "shell"], mcpServers: ["context7"] };
    const { data } = readFrontMatter(artifactsOf("claude-agent", "Does.", more).artifacts[0]?.text ?? "");
    expect(data).toEqual({
      name: "backend-developer",
      description: "Does. Use it.",
      tools: "Read, Edit, Write, Bash, mcp__context7",
      model: "sonnet",
      color: "orange",
    });
  });

  test("leaves out what the tool inherits", () => {
    const { data } = readFrontMatter(
      artifactsOf("claude-agent", "Does.", { mcpServers: ["context7"] }).artifacts[0]?.text ?? "",
    );
    expect(Object.keys(data)).toEqual(["name", "description"]);
  });

  test("carries worked examples in the description", () => {
    const description = { does: "Does.", when: "Use it.", notFor: "", examples };
    const { data } = readFrontMatter(artifactsOf("claude-agent", "Does.", { description }).artifacts[0]?.text ?? "");
    expect((data as { description: string }).description).toBe(
      'Does. Use it.\n\n<example>\nContext: An order.\nuser: "Ship it"\nassistant: "Calling it"\n<commentary>\nYes.\n</commentary>\n</example>',
    );
  });
});

describe("agent-skill", () => {
  test("writes a folder named after the skill, with links that hold inside it", () => {
    const { artifacts } = artifactsOf("agent-skill", "Does.");
    expect(artifacts.map(({ path }) => path)).toEqual([
      ".agents/skills/backend-developer/SKILL.md",
      ".agents/skills/backend-developer/references/guide.md",
    ]);
    expect(artifacts[0]?.text).toContain("Read [the guide](references/guide.md).");
    expect(artifacts[1]?.text).toContain("See [itself](guide.md).");
  });

  test("refuses a description that the specification would cut, with the numbers", () => {
    expect(() => artifactsOf("agent-skill", "x".repeat(1100))).toThrow(
      'persona "backend-developer", target agent-skill, description: it has 1108 characters; the specification allows 1024.',
    );
  });

  test("refuses to lose a restriction", () => {
    expect(() => artifactsOf("agent-skill", "Does.", { tools: ["read"] })).toThrow("the restriction would be lost");
  });

  test("says that it leaves out worked examples", () => {
    const description = { does: "Does.", when: "Use it.", notFor: "", examples };
    const { artifacts, fidelity } = artifactsOf("agent-skill", "Does.", { description });
    expect(readFrontMatter(artifacts[0]?.text ?? "").data).toMatchObject({ description: "Does. Use it." });
    expect(fidelity).toContainEqual({
      feature: "examples",
      status: "dropped",
      reason: expect.stringContaining("1024"),
    });
  });
});

describe("front matter", () => {
  test("in JavaScript is refused, not run", () => {
    expect(() => readFrontMatter("---js\n{ name: (globalThis.pwned = true, 'x') }\n---\n")).toThrow("not read");
    expect(globalThis).not.toHaveProperty("pwned");
  });

  test("that is broken throws every time it is read", () => {
    const broken = "---\na: [\n---\n";
    expect(() => readFrontMatter(broken)).toThrow();
    expect(() => readFrontMatter(broken)).toThrow();
  });
});
