import { nearest } from "@personakit/core/internal";
import { keyMeaning, knownKeys, readables } from "@personakit/targets/read";
import { fieldsOf } from "../facts/fields.ts";
import { defineCheck } from "../model/define-check.ts";
import type { InstructionFile } from "../model/file.ts";

/** How people and tools spell the field with an agent's tools. */
const TOOLS = ["allowed-tools", "allowedTools", "allowed_tools", "tool_access"];

/** Where any key that the tool does not know drops the whole file. */
const STRICT: { readonly [kind: string]: string } = { "gemini-agent": "Gemini CLI" };

const DOCUMENTED = { source: "https://code.claude.com/docs/en/sub-agents", date: "2026-11-21" };

export const loadUnknownField = defineCheck({
  id: "load/unknown-field",
  severity: "warning",
  what: "A field is misspelt, or is called otherwise in this tool, which ignores it.",
  why: {
    text: "Tools ignore fields that they do not know, and do not say so: a rule with globs instead of paths is always on, an agent with allowed-tools instead of tools may use them all. Gemini CLI drops the whole agent.",
    sources: [DOCUMENTED, { source: "https://github.com/google-gemini/gemini-cli", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      {
        files: { ".claude/rules/api.md": '---\nglobs: "src/api/**"\n---\n\nReturn errors as data.\n' },
        finds: [[".claude/rules/api.md", 2]],
        right: { ".claude/rules/api.md": '---\npaths: "src/api/**"\n---\n\nReturn errors as data.\n' },
        tools: [
          {
            tool: "Claude Code",
            does: "always sends the rule",
            seen: { outcome: "added", text: "Return errors as data." },
          },
        ],
      },
      {
        files: {
          ".claude/agents/dev.md":
            "---\nname: dev\ndescription: Reads code.\nallowed-tools: Read, Grep\n---\n\nRead code.\n",
        },
        finds: [[".claude/agents/dev.md", 4]],
        right: {
          ".claude/agents/dev.md": "---\nname: dev\ndescription: Reads code.\ntools: Read, Grep\n---\n\nRead code.\n",
        },
        tools: [
          {
            tool: "Claude Code",
            does: "gives the agent all tools",
            seen: { outcome: "added", text: "- dev: Reads code. (Tools: All tools)" },
          },
        ],
      },
      {
        files: {
          ".claude/agents/dev.md": "---\nname: dev\ndescription: Reads code.\npermisionMode: plan\n---\n\nRead code.\n",
        },
        finds: [[".claude/agents/dev.md", 4]],
        tools: [{ tool: "Claude Code", does: "ignores the field", documented: DOCUMENTED }],
      },
      {
        files: {
          ".gemini/agents/dev.md": "---\nname: dev\ndescription: Reads code.\ncolor: blue\n---\n\nRead code.\n",
        },
        finds: [[".gemini/agents/dev.md", 4]],
        right: { ".gemini/agents/dev.md": "---\nname: dev\ndescription: Reads code.\n---\n\nRead code.\n" },
        tools: [
          { tool: "Gemini CLI", does: "leaves out the agent", seen: { outcome: "lost", text: "- dev -> Reads code." } },
        ],
      },
    ],
    good: [
      // Nobody reads it, and nobody expects it to do anything.
      {
        ".claude/agents/dev.md":
          "---\nname: dev\ndescription: Reads code.\nauthor: Anna\nversion: 1.0\n---\n\nRead code.\n",
      },
      // One file for two tools.
      { ".claude/rules/api.md": '---\npaths: "src/api/**"\nglobs: "src/api/**"\n---\n\nReturn errors as data.\n' },
    ],
  },
  *inFile(file) {
    const { path, tables, kind, isLoaded } = file;
    const known = knownKeys(tables);
    if (known.length === 0) return;
    for (const { key, start } of fieldsOf(file)) {
      if (known.includes(key)) continue;
      const strict = STRICT[kind];
      const meant = meantBy(file, key) ?? near(key, file, known);
      const hint = meant === undefined ? "Remove it." : `Did you mean "${meant}"?`;
      if (strict !== undefined) {
        yield {
          path,
          at: start,
          problem: `${strict} knows no field "${key}", and leaves the file out`,
          hint,
          severity: "error",
          tools: [strict],
        };
      } else if (meant !== undefined && isLoaded) {
        // A catalogue's file may be one of another tool that nobody knows here.
        yield { path, at: start, problem: `${tables.tool} knows no field "${key}" here, and ignores it`, hint };
      }
    }
  },
});

/** A field that is spelled nearly so, and not there. Short words are near to many. */
function near(key: string, { head }: InstructionFile, known: readonly string[]): string | undefined {
  if (key.length < 5) return undefined;
  const found = nearest(key, known);
  return head.fields.some((field) => field.key === found) ? undefined : found;
}

/** What a field of another tool is called here, where it is not there as well. */
function meantBy({ tables, head }: InstructionFile, key: string): string | undefined {
  const meanings = readables.flatMap((each) => keyMeaning(each.tables, key) ?? []);
  const meaning = TOOLS.includes(key) ? "tools" : meanings.find((each) => each === "paths" || each === "tools");
  const own =
    meaning === undefined ? undefined : knownKeys(tables).find((each) => keyMeaning(tables, each) === meaning);
  return own === undefined || head.fields.some((field) => field.key === own) ? undefined : own;
}
