import { COLORS } from "@personakit/core/internal";
import { expectedOf, keyMeaning } from "@personakit/targets/read";
import { fieldsOf } from "../facts/fields.ts";
import type { BadExample } from "../model/check.ts";
import { defineCheck } from "../model/define-check.ts";
import type { InstructionFile } from "../model/file.ts";

/** What older and newer YAML, and the tools, take for true and false. */
const FLAGS = ["yes", "no", "on", "off", "true", "false", "0", "1"];

/** Where Claude Code's fields and their values are. */
const DOCUMENTED = { source: "https://code.claude.com/docs/en/sub-agents", date: "2026-11-21" };

const agent = (field: string) => `---\nname: dev\ndescription: Writes code.\n${field}\n---\n\nWrite code.\n`;

export const loadFieldValue = defineCheck({
  id: "load/field-value",
  severity: "warning",
  what: "A field has a value that its tool does not take.",
  why: {
    text: "Tools ignore what they do not take, so that an agent runs without the limit, the mode or the colour that its file sets. OpenCode refuses its whole configuration where an agent lists its tools instead of mapping them.",
    sources: [DOCUMENTED, { source: "https://opencode.ai/docs/agents", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      ...["permissionMode: readonly", "maxTurns: many", "color: teal"].map((field): BadExample => {
        const files = { ".claude/agents/dev.md": agent(field) };
        const tools = [{ tool: "Claude Code", does: "ignores the field", documented: DOCUMENTED }];
        return { files, finds: [[".claude/agents/dev.md", 4]], tools };
      }),
      {
        files: { ".opencode/agent/dev.md": "---\ndescription: Reads code.\ntools: read, grep\n---\n\nRead code.\n" },
        finds: [[".opencode/agent/dev.md", 3]],
        right: {
          ".opencode/agent/dev.md": "---\ndescription: Reads code.\ntools:\n  write: false\n---\n\nRead code.\n",
        },
        tools: [
          { tool: "OpenCode", does: "does not start at all", seen: { outcome: "refused", text: "Expected object" } },
        ],
      },
      {
        files: { ".gemini/agents/dev.md": agent("temperature: warm") },
        finds: [[".gemini/agents/dev.md", 4]],
        right: { ".gemini/agents/dev.md": agent("temperature: 0.5") },
        tools: [
          {
            tool: "Gemini CLI",
            does: "leaves out the agent",
            seen: { outcome: "lost", text: "- dev -> Writes code." },
          },
        ],
      },
    ],
    good: [
      { ".claude/agents/dev.md": agent("permissionMode: plan\nmaxTurns: 20\ncolor: Blue\nbackground: yes") },
      { ".opencode/agent/dev.md": "---\ndescription: Reads code.\ntools:\n  write: false\n---\n\nRead code.\n" },
    ],
  },
  *inFile(file) {
    const { path, tables } = file;
    for (const field of fieldsOf(file)) {
      const { key, value, start } = field;
      // An empty field is one that is not there.
      if (value === null || field.refused !== undefined) continue;
      const expected = expectedIn(file, field);
      if (expected === undefined) continue;
      const problem = `${tables.tool} does not take this value of "${key}", and ignores it`;
      yield { path, at: start, problem, hint: `Expected ${expected}.` };
    }
  },
});

function expectedIn(
  { tables }: InstructionFile,
  { key, value, text = "" }: InstructionFile["head"]["fields"][number],
): string | undefined {
  const meaning = keyMeaning(tables, key);
  if (meaning === "field") {
    const expected = expectedOf(tables, key, value);
    // What a text or a table may hold, a tool rarely minds.
    if (expected === undefined || !/^(?:one of|true or false|a whole number|a number)/.test(expected)) return undefined;
    return expected === "true or false" && FLAGS.includes(text.toLowerCase()) ? undefined : expected;
  }
  if (meaning === "color" && tables.features.color.kind === "words") {
    const words = COLORS.map(
      (each) => (tables.features.color as { readonly words: Record<string, string> }).words[each],
    );
    return words.includes(text.trim().toLowerCase()) ? undefined : `one of ${words.join(", ")}`;
  }
  const read = tables.reading?.keys?.[key];
  const wantsMap = typeof read === "object" && read.kind === "each";
  const isMap = typeof value === "object" && !Array.isArray(value);
  return wantsMap && !isMap ? "a name and true or false for each tool" : undefined;
}
