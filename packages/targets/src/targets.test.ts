import { compile, type DescriptionExample, definePersona, must, section } from "@personakit/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readFrontMatter, targets } from "../index.ts";

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

describe.each(targets.map((target) => [target.id, target] as const))("%s", (id, target) => {
  test.each([
    "Use when: the API fails",
    `It's "quoted" and 'quoted' \\ back`,
    "two\nlines\r\nand\ttabs",
    '<example>\nuser: "hi"\n</example>',
    "--- not a fence --- ---",
    "日本語の説明 👩‍👩‍👧‍👦 émoji",
    "# not a comment, [not, a, list], {not: a map}, *not an alias, !not a tag, %",
    "no",
  ])("carries the description %j to the reader unchanged", (does) => {
    const { text } = artifactsOf(id, does).artifacts[0] ?? { text: "" };
    expect(readFrontMatter(text).data).toMatchObject({ description: `${does} Use it.` });
  });

  test("carries any description, in a block that every reader can split off", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", minLength: 1, maxLength: 200 }).filter((does) => does.trim() !== ""),
        (does) => {
          const { text = "" } = artifactsOf(id, does).artifacts[0] ?? {};
          const [before, block = "", ...rest] = text.split("---");
          expect(before).toBe("");
          expect(rest.length).toBeGreaterThan(0);
          expect(parse(block).description).toBe(`${does} Use it.`);
          expect(block).not.toMatch(/\r|^\s*\S+: [|>]/m);
        },
      ),
    );
  });

  test("gives every line an origin", () => {
    for (const { text, origins } of artifactsOf(id, "Does.").artifacts) {
      expect(origins).toHaveLength(text.split("\n").length - 1);
    }
  });

  test("starts at the first byte and ends with one line end", () => {
    for (const { text } of target.compile(documentWith("Does.")).artifacts) {
      expect(text).toMatch(/^(---\n|# )/);
      expect(text).toMatch(/[^\n]\n$/);
    }
  });

  test("dates what it knows of its tool", () => {
    expect(target.checked.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(target.checked.source).toMatch(/^https:\/\//);
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
    const { artifacts, losses } = artifactsOf("agent-skill", "Does.", { description });
    expect(readFrontMatter(artifacts[0]?.text ?? "").data).toMatchObject({ description: "Does. Use it." });
    expect(losses).toEqual([{ what: "the description's examples", why: expect.stringContaining("1024") }]);
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
