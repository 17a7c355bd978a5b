import { COLORS } from "@personakit/core/internal";
import { expectedOf, keyMeaning, knownKeys } from "@personakit/targets/read";
import { fieldsOf } from "../facts/fields.ts";
import type { BadExample } from "../model/check.ts";
import { defineCheck } from "../model/define-check.ts";
import type { InstructionFile } from "../model/file.ts";

/** What older and newer YAML, and the tools, take for true and false. */
const FLAGS = ["yes", "no", "on", "off", "true", "false", "0", "1"];

/** What tools do that do not ignore a value that they do not take. */
const STRICT: { readonly [kind: string]: string } = {
  "opencode-agent": "does not start at all",
  "gemini-agent": "leaves the file out",
};

/** What OpenCode takes for a colour, whatever we call our own. */
const OPENCODE_COLOR = /^(?:#[0-9a-f]{6}|primary|secondary|accent|success|warning|error|info)$/i;

/** Where Claude Code's fields and their values are. */
const DOCUMENTED = { source: "https://code.claude.com/docs/en/sub-agents", date: "2026-11-21" };

const agent = (field: string) => `---\nname: dev\ndescription: Writes code.\n${field}\n---\n\nWrite code.\n`;

const openCode = (fields: string) => `---\ndescription: Reads code.\n${fields}\n---\n\nRead code.\n`;

export const loadFieldValue = defineCheck({
  id: "load/field-value",
  severity: "warning",
  what: "A field has a value that its tool does not take.",
  why: {
    text: "Tools ignore what they do not take, so that an agent runs without the limit, the mode or the colour that its file sets. Gemini CLI leaves the agent out, and OpenCode does not start at all: it refuses its whole configuration, and with it every agent.",
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
        files: { ".opencode/agent/dev.md": openCode("tools: read, grep") },
        finds: [[".opencode/agent/dev.md", 3]],
        right: {
          ".opencode/agent/dev.md": openCode("tools:\n  write: false"),
        },
        tools: [
          { tool: "OpenCode", does: "does not start at all", seen: { outcome: "refused", text: "Expected object" } },
        ],
      },
      {
        files: { ".opencode/agent/dev.md": openCode("model:") },
        finds: [[".opencode/agent/dev.md", 3]],
        right: { ".opencode/agent/dev.md": openCode("color: primary") },
        tools: [{ tool: "OpenCode", does: "does not start at all", seen: { outcome: "refused", text: "got null" } }],
      },
      {
        files: { ".opencode/agent/dev.md": openCode("hidden: yes\nmode: sub\ncolor: teal") },
        finds: [
          [".opencode/agent/dev.md", 3],
          [".opencode/agent/dev.md", 4],
          [".opencode/agent/dev.md", 5],
        ],
        right: { ".opencode/agent/dev.md": openCode('hidden: false\nmode: subagent\ncolor: "#12AB34"') },
        tools: [
          { tool: "OpenCode", does: "does not start at all", seen: { outcome: "refused", text: "Expected boolean" } },
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
      {
        files: { ".gemini/agents/dev.md": agent("tools: read_file, glob") },
        finds: [[".gemini/agents/dev.md", 4]],
        right: { ".gemini/agents/dev.md": agent("tools: [read_file, glob]") },
        tools: [
          {
            tool: "Gemini CLI",
            does: "leaves out the agent",
            seen: { outcome: "lost", text: "- dev -> Writes code." },
          },
        ],
      },
      {
        files: { ".gemini/agents/dev.md": agent("model:") },
        finds: [[".gemini/agents/dev.md", 4]],
        right: { ".gemini/agents/dev.md": agent("model: gemini-2.5-pro") },
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
      { ".opencode/agent/dev.md": openCode("tools:\n  write: false") },
    ],
  },
  *inFile(file, facts) {
    const { path, kind, tables, isLoaded } = file;
    const strict = isLoaded ? STRICT[kind] : undefined;
    const isSaid = facts.leftOut(path).some(({ code }) => code === "no-name" || code === "no-description");
    for (const field of fieldsOf(file)) {
      const { key, value, start } = field;
      if (field.refused !== undefined) continue;
      if (value === null) {
        // For other tools, an empty field is one that is not there.
        if (strict === undefined || isSaid || !knownKeys(tables).includes(key)) continue;
        const problem = `${tables.tool} takes no empty "${key}", and ${strict}`;
        yield { path, at: start, problem, hint: "Give it a value, or remove it.", severity: "error" };
        continue;
      }
      const expected = expectedIn(file, field, strict !== undefined);
      if (expected === undefined) continue;
      // A number that is too large is one all the same.
      const isStrict = strict !== undefined && !(typeof value === "number" && expected.includes("number"));
      const problem = `${tables.tool} does not take this value of "${key}", and ${isStrict ? strict : "ignores it"}`;
      yield { path, at: start, problem, hint: `Expected ${expected}.`, ...(isStrict ? { severity: "error" } : {}) };
    }
  },
});

function expectedIn(
  { kind, tables }: InstructionFile,
  { key, value, text = "" }: InstructionFile["head"]["fields"][number],
  isStrict: boolean,
): string | undefined {
  const meaning = keyMeaning(tables, key);
  if (meaning === "field" || meaning === "always") {
    const expected = expectedOf(tables, key, value);
    // What a text or a table may hold, a tool rarely minds.
    if (expected === undefined || !/^(?:one of|true or false|a whole number|a number)/.test(expected)) return undefined;
    const isFlag = expected === "true or false" && FLAGS.includes(text.toLowerCase());
    return isFlag && !isStrict ? undefined : expected;
  }
  if (meaning === "color" && tables.features.color.kind === "words") {
    const words = COLORS.map(
      (each) => (tables.features.color as { readonly words: Record<string, string> }).words[each],
    );
    const isTaken = kind === "opencode-agent" ? OPENCODE_COLOR.test(text) : words.includes(text.trim().toLowerCase());
    return isTaken ? undefined : `one of ${words.join(", ")}`;
  }
  if (meaning === "tools" && kind === "gemini-agent" && !Array.isArray(value)) return "a list of tools";
  const read = tables.reading?.keys?.[key];
  const wantsMap = typeof read === "object" && read.kind === "each";
  const isMap = typeof value === "object" && !Array.isArray(value);
  return wantsMap && !isMap ? "a name and true or false for each tool" : undefined;
}
