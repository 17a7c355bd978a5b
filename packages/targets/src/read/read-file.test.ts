import { bumpOf, changesBetween, type Document, type PersonaKitError, render, snapshot } from "@personakit/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { targetOf } from "../compile.testing.ts";
import { readFrontMatter } from "../format/front-matter.ts";
import { readableOf } from "../readable.testing.ts";
import { unreadFormat } from "../readables/unread.ts";
import { readables, recognise } from "../readables.ts";
import type { FileRead } from "./read-file.ts";

const readAs = (id: string, text: string, path = "a.md"): FileRead => readableOf(id).read({ path, text });

/** What a file of front matter says. */
const said = (id: string, head: string) => readAs(id, `---\n${head}\n---\n\nText.\n`);
const settings = (id: string, head: string): Partial<Document> => {
  const { model, tools, exactTools, mcpServers, color, paths, fields, description } = said(id, head).document;
  const all = { model, tools, exactTools, mcpServers, color, paths, fields, description };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && value !== "" && String(value) !== ""),
  );
};
const carried = (id: string, head: string) => said(id, head).document.source.carried;

const front = (document: Document, target: string) =>
  readFrontMatter(targetOf(target).compile(document).artifacts[0]?.text ?? "").data;

describe("a file and its own target", () => {
  const files = [
    "---\nname: a\ndescription: b\n---\n\n# Text\n\nMore.\n",
    "\u{FEFF}---\r\nname: a\r\n---\r\n\r\n\r\nText  \r\nmore\r\n\r\n",
    "---\nname: a\n---\nText\r\nmore\rand\nmore",
    "---\nname: a\ndescription: x: y\n---\nText",
    "---\nname: a\n---\n",
    "---\nname: a\n---",
    "",
    "\n \n\t\n",
    "Text",
    "    code\n\n```\nopen fence\n\n",
    "<!-- open comment\n",
    "[a](ref:b) and [c][ref:d]\n",
    "---\nname: never closes\n\n# Text\n",
    "- list\n---\nname: b\n---\n",
    "Text \u200B hidden",
  ];

  test.each(files)("are the same bytes: %j", (text) => {
    for (const { id, read, restore } of readables) {
      if (id === "codex-agent") continue;
      expect(restore(read({ path: "a.md", text }).document).text, id).toBe(text);
    }
  });

  test("are the same bytes whatever is in it", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom(
        "---\n",
        "\n",
        "\r\n",
        "\r",
        "name: a\n",
        "tools: [a]\n",
        " ",
        "```\n",
        "\u{FEFF}",
        "](ref:a)",
        "\u2028",
        "# A\n",
      ),
    );
    const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join("").replaceAll("\0", ""));
    const kinds = readables.filter(({ id }) => id !== "codex-agent");
    fc.assert(
      fc.property(text, fc.constantFrom(...kinds), (file, { read, restore }) => {
        const { document } = read({ path: "x/a.md", text: file });
        expect(restore(document).text).toBe(file);
        expect(restore(JSON.parse(JSON.stringify(document))).text).toBe(file);
        const [body = ""] = [render(document, { referencePath: (id) => id }).body.text];
        expect(body).not.toContain("\r");
      }),
      { seed: 1, numRuns: 3_000 },
    );
  }, 60_000);

  test("are compiled as it stood, with an origin for each line", () => {
    const text = "---\r\nname: a\r\nhooks: { x: y }\r\n---\r\n\r\nText.\r\n";
    const { artifacts } = targetOf("claude-agent").compile(readAs("claude-agent", text).document);
    expect(artifacts).toMatchObject([{ path: ".claude/agents/a.md", text }]);
    expect(artifacts[0]?.origins.map(({ rule }) => rule)).toEqual([...Array(5).fill(undefined), "text", undefined]);
  });

  test("do not hide what a reader does not see, where it is built", () => {
    const { document, issues } = readAs("claude-agent", "---\nname: a\n---\n\nDo \u202Eit.\n");
    expect(issues).toMatchObject([{ code: "hidden-characters", place: "a.md:5" }]);
    expect(() => targetOf("claude-agent").compile(document)).toThrow("invisible");
  });

  test("keep mixed line ends, as long as the lines are the same", () => {
    const { document } = readAs("plain", "a\r\nb\nc");
    const restored = (text: string) =>
      readableOf("plain").restore({
        ...document,
        sections: document.sections.map((section) => ({
          ...section,
          entries: section.entries.map((entry) => ({ ...entry, text }) as (typeof section.entries)[number]),
        })),
      }).text;
    expect(restored("a\nB\nc")).toBe("a\r\nB\nc");
    expect(() => restored("a\nb")).toThrow("mixed line ends");
  });

  test("are told apart from other kinds", () => {
    const { document } = readAs("claude-agent", "Text");
    expect(() => readableOf("copilot-agent").restore(document)).toThrow("not read from a file of copilot-agent");
  });
});

test("a binary file is refused", () => {
  expect(() => readAs("plain", "a\0b", "x/b.md")).toThrow("x/b.md: the file has NUL characters");
});

describe("the id", () => {
  test.each([
    ["claude-agent", "name: dev", ".claude/agents/other.md", "dev"],
    ["claude-agent", "name: Backend Architect", ".claude/agents/arch.md", "arch"],
    ["claude-agent", "name: Backend Architect", ".claude/agents/01_Arch.md", "backend-architect"],
    ["claude-skill", "name: x", ".claude/skills/pdf-tools/SKILL.md", "pdf-tools"],
    ["copilot-agent", 'name: "Shown"', ".github/agents/fix-it.agent.md", "fix-it"],
    ["copilot-agent", "description: x", ".github/agents/C++ Pro.agent.md", "c-pro"],
    ["agents-md", "a: b", "packages/api/AGENTS.md", "packages-api"],
    ["agents-md", "a: b", "AGENTS.md", "agents"],
    ["plain", "a: b", "prompts/日本.md", "plain"],
    ["plain", "a: b", "prompts/con.md", "plain"],
  ])("of a %s with %j at %s is %s", (kind, head, path, id) => {
    expect(readAs(kind, `---\n${head}\n---\nText`, path).document.id).toBe(id);
  });
});

describe("a model", () => {
  test.each([
    ["claude-agent", "model: sonnet", { model: "balanced" }],
    ["claude-agent", "model: Opus", { model: "deep" }],
    ["claude-agent", "model: inherit", {}],
    [
      "claude-agent",
      "model: claude-haiku-4-5-20251001",
      { model: { tier: "fast", exact: { "claude-agent": "claude-haiku-4-5-20251001" } } },
    ],
    [
      "gemini-agent",
      "model: gemini-2.5-flash-lite",
      { model: { tier: "fast", exact: { "gemini-agent": "gemini-2.5-flash-lite" } } },
    ],
    ["copilot-agent", "model: gpt-5", { model: { exact: { "copilot-agent": "gpt-5" } } }],
    [
      "opencode-agent",
      "model: anthropic/claude-sonnet-4",
      { model: { exact: { "opencode-agent": "anthropic/claude-sonnet-4" } } },
    ],
  ])("of a %s: %s", (kind, head, expected) => {
    expect(settings(kind, head)).toEqual(expected);
    expect(carried(kind, head)).toEqual([]);
  });

  test("that no document can say stays in its file", () => {
    expect(carried("copilot-agent", "model: Claude Sonnet 4")).toEqual([
      { field: "model", text: "model: Claude Sonnet 4\n" },
    ]);
    expect(settings("copilot-agent", "model: [a, b]")).toEqual({});
  });
});

describe("tools", () => {
  test.each([
    ["claude-agent", "tools: Read, Grep, Glob", { tools: ["read", "search"] }],
    ["claude-agent", "tools: [Read, Grep, Glob, mcp__github]", { tools: ["read", "search"], mcpServers: ["github"] }],
    ["claude-agent", "tools: Read, mcp__github__*", { tools: ["read"], mcpServers: ["github"] }],
    ["claude-agent", "tools: Read Write Edit Bash Task", { tools: ["read", "edit", "shell", "spawn"] }],
    ["claude-agent", "tools: Read, WebSearch", { exactTools: { "claude-agent": ["Read", "WebSearch"] } }],
    ["claude-agent", "tools: Read, Bash(git log *)", { exactTools: { "claude-agent": ["Read", "Bash(git log *)"] } }],
    ["claude-agent", "tools: Read, TodoWrite", { exactTools: { "claude-agent": ["Read", "TodoWrite"] } }],
    [
      "claude-agent",
      "tools: Read, mcp__c7__get",
      { exactTools: { "claude-agent": ["Read", "mcp__c7__get"] }, mcpServers: ["c7"] },
    ],
    ["claude-agent", 'tools: "*"', {}],
    ["claude-agent", "tools: *", {}],
    ["copilot-agent", "tools: ['Read', 'Grep', 'github/*']", { tools: ["read", "search"], mcpServers: ["github"] }],
    ["copilot-agent", "tools: [read, edit/editFiles]", { exactTools: { "copilot-agent": ["read", "edit/editFiles"] } }],
    ["kiro-agent", "tools: [read, write, '@git']", { tools: ["read", "search", "edit"], mcpServers: ["git"] }],
    ["gemini-agent", "tools: [grep_search, glob]", { tools: ["search"] }],
    ["opencode-agent", "permission: { edit: deny, bash: deny }", { tools: ["read", "search", "web", "spawn"] }],
    ["opencode-agent", "tools: { write: false, bash: false }", { tools: ["read", "search", "web", "spawn"] }],
    ["opencode-agent", "permission: { edit: ask }", { fields: { "opencode-agent": { permission: { edit: "ask" } } } }],
    ["claude-skill", "disallowed-tools: Edit Write Bash", { tools: ["read", "search", "web", "spawn"] }],
    ["cursor-agent", "readonly: true", { tools: ["read", "search", "web", "spawn"] }],
    ["cursor-agent", "readonly: false", {}],
  ])("of a %s: %s", (kind, head, expected) => {
    expect(settings(kind, head)).toEqual(expected);
    expect(carried(kind, head)).toEqual([]);
  });

  test("that nobody knows are named once, and stay in the file", () => {
    const { document, issues } = said("claude-agent", "name: a\ntools: Read, Grpe, context7");
    expect(document.tools).toEqual(["read"]);
    expect(issues).toMatchObject([{ code: "unknown-tool", place: "a.md:3", hint: 'Did you mean "Grep"?' }]);
    expect(document.source.carried).toEqual([{ field: "tools", text: "tools: Read, Grpe, context7\n" }]);
  });

  test("that YAML refuses for its tabs are read without the marks of the list, and the hint names the tabs", () => {
    const { issues } = said("claude-agent", "name: a\ntools:\n\t- Read\n\t- Grep");
    expect(issues).toMatchObject([
      { code: "invalid-yaml", place: "a.md:3", hint: "Indent with spaces, not with tabs." },
    ]);
  });

  test.each([
    ["claude-agent", "tools: { Read: true }"],
    ["claude-agent", "tools: []"],
    ["claude-agent", "permissionMode: someday"],
    ["opencode-agent", "tools: { write: maybe }"],
  ])("that no document can say keep other targets from being built: %s %s", (kind, head) => {
    const { document } = said(kind, `description: d\n${head}`);
    expect(document.source.carried).toMatchObject([{ restricts: true }]);
    expect(() => targetOf("agents-md").compile(document)).toThrow("restriction would be lost");
    expect(() => targetOf(kind).compile(document)).not.toThrow();
  });
});

describe("paths", () => {
  test.each([
    ["cursor-rule", "globs: **/*.ts,**/*.tsx\nalwaysApply: false", { paths: ["**/*.ts", "**/*.tsx"] }],
    ["cursor-rule", 'globs: ["a/**", "b"]', { paths: ["a/**", "b"] }],
    ["cursor-rule", "globs:\nalwaysApply: false", {}],
    ["cursor-rule", "globs: a\nalwaysApply: true", { fields: { "cursor-rule": { alwaysApply: true } } }],
    ["copilot-instructions", "applyTo: '**'", {}],
    ["copilot-instructions", "applyTo: 'src/**/*.{ts,tsx}, docs'", { paths: ["src/**/*.ts", "src/**/*.tsx", "docs"] }],
    ["claude-rule", "paths:\n  - src/**", { paths: ["src/**"] }],
  ])("of a %s: %j", (kind, head, expected) => {
    expect(settings(kind, head)).toEqual(expected);
    expect(carried(kind, head)).toEqual([]);
  });

  test("of Cursor stand without quotes, which is no mistake there", () => {
    expect(said("cursor-rule", "globs: **/*.ts").issues).toEqual([]);
    expect(said("claude-agent", "tools: *").issues).toMatchObject([{ code: "invalid-yaml" }]);
  });
});

test("a field that the tool takes is a field of that target; any other stays in the file", () => {
  const head = "name: a\nmaxTurns: 5\nemoji: 🙂 # smile\ncolor: teal\nmaxtime: 1";
  expect(settings("claude-agent", head)).toEqual({ fields: { "claude-agent": { maxTurns: 5 } } });
  expect(carried("claude-agent", head)).toEqual([
    { field: "emoji", text: "emoji: 🙂 # smile\n" },
    { field: "color", text: "color: teal\n" },
    { field: "maxtime", text: "maxtime: 1\n" },
  ]);
});

test("the first of two fields of one name is read", () => {
  const { document } = said("claude-agent", "name: a\ncolor: red\ncolor: blue");
  expect(document.color).toBe("red");
});

test("front matter where a tool shows it to the model is a finding", () => {
  expect(readAs("agents-md", "---\ntitle: a\n---\nText", "AGENTS.md").issues).toMatchObject([
    { code: "unread-front-matter", place: "AGENTS.md:1" },
  ]);
});

test("another target gets its own front matter, from the same settings", () => {
  const { document } = said(
    "claude-agent",
    "name: dev\ndescription: Does it.\ntools: Read, Grep, Glob\nmodel: opus\ncolor: red",
  );
  expect(front(document, "copilot-agent")).toEqual({ name: "dev", description: "Does it.", tools: ["read", "search"] });
  expect(front(document, "opencode-agent")).toMatchObject({
    color: "#E5484D",
    permission: { edit: "deny", bash: "deny" },
  });
  const { artifacts } = targetOf("agents-dir").compile(
    readAs("claude-agent", "---\nname: a\ndescription: b\n---\r\n\r\nText\r\n").document,
  );
  expect(artifacts[0]?.text).toBe('---\nname: "a"\ndescription: "b"\n---\n\nText\n');
});

test("a file without a description is none for a tool that chooses by it", () => {
  const { document } = readAs("claude-md", "Text", "CLAUDE.md");
  expect(() => targetOf("claude-agent").compile(document)).toThrow("says no description");
  expect(targetOf("agents-md").compile(document).artifacts[0]?.text).toBe("Text\n");
});

test("what a target writes reads back as it was meant", () => {
  const head =
    "name: dev\ndescription: Does it.\ntools: Read, Grep, Glob, WebFetch, WebSearch\nmodel: opus\ncolor: red";
  const { document } = said("claude-agent", head);
  const { source, ...persona } = document;
  for (const id of ["claude-agent", "qwen-agent", "kiro-agent", "copilot-agent", "gemini-agent"]) {
    const file = targetOf(id).compile(persona).artifacts[0];
    const back = readableOf(id).read(file ?? { path: "", text: "" });
    expect(back.document, id).toMatchObject({ id: "dev", description: "Does it.", tools: ["read", "search", "web"] });
    expect(back.document.source.carried, id).toEqual([]);
    expect(back.issues, id).toEqual([]);
  }
});

describe("a skill with references", () => {
  const path = ".claude/skills/pdf/SKILL.md";
  const at = (name: string) => `.claude/skills/pdf/references/${name}.md`;
  const text =
    "---\nname: pdf\ndescription: Reads PDF.\n---\n\n# PDF\n\nSee [forms](references/forms.md), [`x`](references/none.md).\n\n";
  const forms = "# Forms\r\n\r\nBack to [api](api.md).\r\n";
  const api = "\n\nNo heading.";
  const read = (
    main: string,
    references = [
      { path: at("forms"), text: forms },
      { path: at("api"), text: api },
    ],
  ) => readableOf("claude-skill").read({ path, text: main }, references);

  test("is the same bytes again, file by file", () => {
    const { document, issues } = read(text);
    expect(issues).toEqual([]);
    expect(document.references.map(({ id }) => id)).toEqual(["forms", "api"]);
    expect(
      targetOf("claude-skill")
        .compile(document)
        .artifacts.map((each) => [each.path, each.text]),
    ).toEqual([
      [path, text],
      [at("forms"), forms],
      [at("api"), api],
    ]);
  });

  test("links to them where another target puts them", () => {
    const [agent, ...pages] = targetOf("claude-agent").compile(read(text).document).artifacts;
    expect(agent?.text).toContain("See [forms](.claude/references/pdf/forms.md), [`x`](references/none.md).\n");
    expect(agent?.text).not.toContain("## References");
    expect(pages.map((each) => [each.path, each.text])).toEqual([
      [".claude/references/pdf/forms.md", "# Forms\n\nBack to [api](.claude/references/pdf/api.md).\n"],
      [".claude/references/pdf/api.md", "No heading.\n"],
    ]);
  });

  test("is read without them where its own text would change", () => {
    const odd = text.replace("`x`", "[y](ref:forms) `x`");
    const { document } = read(odd);
    expect(document.references).toEqual([]);
    expect(readableOf("claude-skill").restore(document).text).toBe(odd);
  });

  test("says which file cannot be one", () => {
    const { document, issues } = read(text, [{ path: at("API_docs"), text: "Text" }]);
    expect(issues).toMatchObject([{ code: "no-reference", place: at("API_docs") }]);
    expect(document.references).toEqual([]);
  });

  test.each([
    [at("forms"), "claude-skill", "pdf", "forms"],
    ["plugins/a/skills/pdf/references/forms.md", "claude-skill", "pdf", "forms"],
    [".agents/skills/pdf/references/forms.md", "agent-skill", "pdf", "forms"],
  ])("knows %s by its path", (file, kind, name, reference) => {
    expect(recognise(file)).toMatchObject({ readable: { id: kind }, name, reference });
  });
});

test.each([
  [".kiro/agents/dev.json", "an agent in JSON, of Kiro"],
  ["packages/api/.gemini/commands/git/commit.toml", "a command in TOML, of Gemini CLI"],
  [".kiro/agents/dev.md", undefined],
  ["agents/dev.json", undefined],
])("what cannot be read is known by its path: %s", (path, format) => {
  expect(unreadFormat(path)).toBe(format);
});

test.each([
  [
    ".kiro/steering/tech.md",
    "---\ninclusion: fileMatch\nfileMatchPattern: src/**/*.ts\n---\n\nText\n",
    ["src/**/*.ts"],
  ],
  [".kiro/steering/tech.md", "---\ninclusion: always\n---\n\nText\n", undefined],
  [".devin/rules/ts.md", "---\ntrigger: glob\nglobs: *.ts,*.tsx\n---\n\nText\n", ["*.ts", "*.tsx"]],
  [".clinerules/ts.md", '---\npaths: ["src/**"]\n---\n\nText\n', ["src/**"]],
  [".cursorrules", "Text\n", undefined],
])("a rule says for which files it is: %s", (path, text, paths) => {
  const readable = recognise(path)?.readable;
  const { document, issues } = readable?.read({ path, text }) ?? {};
  expect(document?.paths).toEqual(paths);
  expect(issues).toEqual([]);
  expect(document && readable?.restore(document).text).toBe(text);
});

describe("a path", () => {
  test.each([
    [".claude/agents/dev.md", "claude-agent", "dev", "", true],
    [".claude/agents/team/dev.md", "claude-agent", "dev", "", true],
    ["packages/api/.claude/agents/dev.md", "claude-agent", "dev", "packages/api", true],
    [".claude/skills/pdf/SKILL.md", "claude-skill", "pdf", "", true],
    [".agents/skills/pdf/SKILL.md", "agent-skill", "pdf", "", true],
    [".github/skills/pdf/SKILL.md", "agent-skill", "pdf", "", true],
    ["plugins/a/skills/pdf/SKILL.md", "claude-skill", "pdf", "plugins/a/skills", false],
    [".claude/output-styles/terse.md", "claude-output-style", "terse", "", true],
    [".claude/commands/git/commit.md", "claude-command", "commit", "", true],
    ["CLAUDE.md", "claude-md", "", "", true],
    [".claude/CLAUDE.md", "claude-md", "", "", true],
    ["packages/api/CLAUDE.md", "claude-md", "packages/api", "packages/api", true],
    [".claude/rules/api/rest.md", "claude-rule", "rest", "", true],
    [".github/agents/fix.agent.md", "copilot-agent", "fix", "", true],
    [".github/agents/fix.md", "copilot-agent", "fix", "", true],
    ["agents/fix.agent.md", "copilot-agent", "fix", "agents", false],
    [".github/copilot-instructions.md", "copilot-md", "", "", true],
    [".github/instructions/a/ts.instructions.md", "copilot-instructions", "ts", "", true],
    [".github/prompts/plan.prompt.md", "copilot-prompt", "plan", "", true],
    [".cursor/agents/dev.md", "cursor-agent", "dev", "", true],
    [".cursor/rules/a/ts.mdc", "cursor-rule", "ts", "", true],
    [".codex/agents/dev.toml", "codex-agent", "dev", "", true],
    [".opencode/agent/dev.md", "opencode-agent", "dev", "", true],
    [".gemini/agents/dev.md", "gemini-agent", "dev", "", true],
    [".qwen/agents/dev.md", "qwen-agent", "dev", "", true],
    [".kiro/agents/dev.md", "kiro-agent", "dev", "", true],
    [".agents/agents/dev.md", "agents-dir", "dev", "", true],
    ["AGENTS.md", "agents-md", "", "", true],
    ["packages/api/AGENTS.md", "agents-md", "packages/api", "packages/api", true],
    ["GEMINI.md", "gemini-md", "", "", true],
    [".opencode/command/git/commit.md", "opencode-command", "commit", "", true],
    [".kiro/steering/tech.md", "kiro-steering", "tech", "", true],
    [".windsurf/rules/a/ts.md", "devin-rule", "ts", "", true],
    [".clinerules/ts.md", "cline-rule", "ts", "", true],
    [".clinerules", "cline-file", "", "", true],
    ["packages/api/.cursorrules", "cursor-file", "packages/api", "packages/api", true],
    [".windsurfrules", "windsurf-file", "", "", true],
  ])("%s is a %s", (path, kind, name, folder, isLoaded) => {
    const found = recognise(path);
    expect({ kind: found?.readable.id, name: found?.name, folder: found?.folder, isLoaded: found?.isLoaded }).toEqual({
      kind,
      name,
      folder,
      isLoaded,
    });
  });

  test.each(["README.md", "docs/guide.md", "agents/README.md", "src/index.ts", ".cursor/rules/a.md", "MYAGENTS.md"])(
    "%s is none of them",
    (path) => {
      expect(recognise(path)).toBeUndefined();
    },
  );
});

test("reading throws only errors with data", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom(...readables), (text, { read }) => {
      try {
        read({ path: "a", text });
      } catch (error) {
        expect((error as PersonaKitError).issues.map(({ code }) => code)).toEqual([
          text.includes("\0") ? "not-text" : "unparsable-file",
        ]);
      }
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

test("what stays in a file is compared with what stood there before", () => {
  const at = (head: string) => snapshot(said("claude-agent", `name: a\n${head}`).document);
  const bumps = (before: string, after: string) =>
    changesBetween(at(before), at(after)).map((change) => [change.path, bumpOf(change)]);
  expect(bumps("emoji: a", "emoji: b")).toEqual([["carried claude-agent.emoji", "patch"]]);
  expect(bumps("tools: { a: b }", "name: a")).toEqual([["restriction claude-agent.tools", "major"]]);
});
