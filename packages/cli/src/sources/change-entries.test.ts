import { expect, test } from "vitest";
import { withChanges } from "./change-entries.ts";

const entry = { persona: "./personas/one.md", targets: ["claude-agent"], format: "claude-agent" };
const CHANGES = [
  { index: 0, entry, changed: ["persona", "format"] },
  { index: 1, entry, changed: ["persona", "format"] },
  { index: 2, entry: undefined, changed: [] },
];

test("a module of a configuration keeps what it says besides", async () => {
  const text = `export default {
  // Ours.
  personas: [
    "./.claude/agents/one.md", // the first
    { persona: "./.claude/agents/one.md", targets: ["claude-agent"] /* only */ },
    "./CLAUDE.md",
  ],
};
`;
  expect(await withChanges("personakit.config.mjs", text, CHANGES.slice(0, 1))).toBe(
    text.replace(
      '"./.claude/agents/one.md", //',
      '{ persona: "./personas/one.md", targets: ["claude-agent"], format: "claude-agent" }, //',
    ),
  );
  expect(await withChanges("personakit.config.mjs", text, CHANGES.slice(2))).toBe(
    text.replace('    "./CLAUDE.md",\n', ""),
  );
  const plain = text.replace(" /* only */", "");
  expect(await withChanges("personakit.config.mjs", plain, CHANGES.slice(1, 2))).toBe(
    plain.replace(
      '{ persona: "./.claude/agents/one.md", targets: ["claude-agent"] }',
      '{\n      persona: "./personas/one.md",\n      targets: ["claude-agent"],\n      format: "claude-agent",\n    }',
    ),
  );
  // What a change would lose, and a list that is not written out, are for a person.
  expect(await withChanges("personakit.config.mjs", text, CHANGES.slice(1, 2))).toBeUndefined();
  expect(await withChanges("personakit.config.mjs", "export default { personas: [...all] };", CHANGES)).toBeUndefined();
});

test("a configuration in JSON keeps its other entries as they are written", async () => {
  const text =
    '{\n\t"personas": [\n\t\t"./a.md",\n\t\t{"persona":"./b.md"},\n\t\t"./c.md",\n\t\t{"persona":"./d.md"}\n\t]\n}\n';
  const changed = await withChanges("personakit.config.json", text, CHANGES);
  expect(changed).toContain('{"persona":"./d.md"}');
  const { personas } = JSON.parse(changed ?? "");
  expect(personas).toEqual([entry, entry, { persona: "./d.md" }]);
  expect(changed).toContain(
    '\n\t\t{ "persona": "./personas/one.md", "targets": ["claude-agent"], "format": "claude-agent" },\n',
  );
});
