import { expect, test } from "vitest";
import { contextOf } from "../contexts.ts";
import { filesInMemory } from "./in-memory.ts";

// What tools did with such files on 2026-11-28, in the versions that the engine knows.

const CLAUDE = ".claude/agents/dev.md";
const OPENCODE_AGENT = ".opencode/agent/dev.md";
const OPENCODE = ".opencode/skills/dev/SKILL.md";
const GEMINI_AGENT = "~/.gemini/agents/dev.md";
const GEMINI = ".gemini/skills/dev/SKILL.md";
const QWEN_AGENT = ".qwen/agents/dev.md";
const QWEN = ".qwen/skills/dev/SKILL.md";
const COPILOT_AGENT = ".github/agents/dev.agent.md";
const COPILOT = ".github/skills/dev/SKILL.md";

test.each([
  // A field that is there and empty is a text for some, and for others as good as none.
  ["opencode", OPENCODE, 'name: dev\ndescription: ""', "dev"],
  ["opencode", OPENCODE, "name: dev\ndescription:", "no-description"],
  ["gemini-cli", GEMINI, "name: dev\ndescription:", "dev"],
  ["gemini-cli", GEMINI_AGENT, 'name: dev\ndescription: ""', "no-description"],
  ["copilot-cli", COPILOT_AGENT, 'name: dev\ndescription: ""', "dev"],
  ["copilot-cli", COPILOT_AGENT, "name: dev\ndescription:", "no-description"],
  ["copilot-cli", COPILOT_AGENT, 'name: ""\ndescription: Writes code.', "dev"],
  ["copilot-cli", COPILOT_AGENT, "name:\ndescription: Writes code.", "no-name"],
  ["copilot-cli", COPILOT, "name: dev\ndescription:", "no-description"],
  ["copilot-cli", COPILOT, 'name: dev\ndescription: ""', "dev"],
  // A number is no name.
  ["claude-code", CLAUDE, "name: 5\ndescription: Writes code.", "bad-name"],
  ["opencode", OPENCODE, "name: 5\ndescription: Writes code.", "bad-name"],
  ["gemini-cli", GEMINI, "name: 5\ndescription: Writes code.", "5"],
  // Characters of names.
  ["gemini-cli", GEMINI_AGENT, "name: Dev\ndescription: Writes code.", "bad-name"],
  ["gemini-cli", GEMINI_AGENT, "name: d_v\ndescription: Writes code.", "d_v"],
  ["gemini-cli", GEMINI, "name: A Dev\ndescription: Writes code.", "A Dev"],
  ["qwen-code", QWEN_AGENT, "name: d.v\ndescription: Writes code.", "bad-name"],
  ["qwen-code", QWEN_AGENT, "name: Dev\ndescription: Writes code.", "Dev"],
  ["qwen-code", QWEN, "name: A Dev\ndescription: Writes code.", "bad-name"],
  ["qwen-code", QWEN, "name: d.v\ndescription: Writes code.", "d.v"],
  // A field that is there twice, and a closing row of four dashes.
  ["claude-code", CLAUDE, "name: a\nname: b\ndescription: Writes code.", "b"],
  ["qwen-code", QWEN_AGENT, "name: a\nname: b\ndescription: Writes code.", "b"],
  ["codex", ".agents/skills/dev/SKILL.md", "name: a\nname: b\ndescription: Writes code.", "bad-front-matter"],
  ["copilot-cli", COPILOT, "name: a\nname: b\ndescription: Writes code.", "bad-front-matter"],
  ["opencode", OPENCODE_AGENT, "name: a\nname: b\ndescription: Writes code.", "dev"],
  ["opencode", OPENCODE, "name: a\nname: b\ndescription: Writes code.", "bad-front-matter"],
  ["gemini-cli", GEMINI, "name: a\nname: b\ndescription: Writes code.", "b"],
  ["gemini-cli", GEMINI_AGENT, "name: a\nname: b\ndescription: Writes code.", "bad-front-matter"],
  ["claude-code", CLAUDE, "name: dev\ndescription: Writes code.\n----\n", "dev"],
  ["codex", ".agents/skills/dev/SKILL.md", "name: dev\ndescription: Writes code.\n----\n", "bad-front-matter"],
  ["copilot-cli", COPILOT_AGENT, "name: dev\ndescription: Writes code.\n----\n", "bad-front-matter"],
  ["qwen-code", QWEN, "name: dev\ndescription: Writes code.\n----\n", "bad-front-matter"],
  // Where the name comes from.
  ["opencode", OPENCODE_AGENT, "name: other\ndescription: Writes code.", "other"],
  ["copilot-cli", COPILOT_AGENT, "description: Writes code.", "dev"],
])("%s lists %s with %j as %s", (tool, path, fields, expected) => {
  const at = path.startsWith("~/") ? path.replace("~", "/home") : `/repo/${path}`;
  const files = filesInMemory({ [at]: `---\n${fields}\n---\n\nWrite code.\n`, "/repo/README.md": "" });
  const { parts, leftOut } = contextOf(tool, { files, cwd: "/repo", home: "/home", gitRoot: "/repo" }) ?? {
    parts: [],
    leftOut: [],
  };
  const names = parts.flatMap(({ items = [] }) => items.map(({ name }) => name));
  expect([...names, ...leftOut.filter((each) => each.path === at).map(({ code }) => code)]).toEqual([expected]);
});

test("says of a project's agent that waits to be confirmed what is wrong with it by itself", () => {
  const files = filesInMemory({
    "/repo/.gemini/agents/a.md": "---\nname: a\ndescription: Writes code.\n---\n\nWrite code.\n",
    "/repo/.gemini/agents/b.md": "---\nname: b\n---\n\nWrite code.\n",
  });
  const context = contextOf("gemini-cli", { files, cwd: "/repo", gitRoot: "/repo" });
  expect(context?.leftOut.map(({ path, code }) => [path, code])).toEqual([
    ["/repo/.gemini/agents/a.md", "untrusted"],
    ["/repo/.gemini/agents/b.md", "no-description"],
  ]);
});
