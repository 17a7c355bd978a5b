import { nearest } from "@personakit/core/internal";
import { keyMeaning, namedTools, readables } from "@personakit/targets/read";
import { fieldsOf } from "../facts/fields.ts";
import { listed } from "../facts/left-out.ts";
import { defineCheck } from "../model/define-check.ts";
import type { InstructionFile } from "../model/file.ts";

/** At most so many names are said. */
const MOST = 6;

const agent = (tools: string) => `---\nname: dev\ndescription: Reads code.\ntools: ${tools}\n---\n\nRead code.\n`;

export const loadTools = defineCheck({
  id: "load/tools",
  severity: "warning",
  what: "A list of tools names one that the agent's tool does not have, or none that it has.",
  why: {
    text: "Names that a tool does not know are left out of the list, and nothing says so. Claude Code does not start an agent whose list comes to nothing, and Gemini CLI leaves out one with any name that it does not know. The names differ from tool to tool: in 231 public agents of GitHub Copilot and 1,893 of Claude Code there are 330 of them.",
    sources: [
      { source: "2,124 agents of public repositories", date: "2026-11-25" },
      { source: "https://code.claude.com/docs/en/sub-agents", date: "2026-11-21" },
    ],
  },
  // In VS Code, extensions bring tools of any name.
  formats: ["claude-agent", "gemini-agent", "qwen-agent"],
  examples: {
    bad: [
      {
        files: { ".claude/agents/dev.md": agent("Read, WebSerch") },
        finds: [[".claude/agents/dev.md", 4]],
        right: { ".claude/agents/dev.md": agent("Read, WebSearch") },
        tools: [
          {
            tool: "Claude Code",
            does: "gives the agent the tools that it knows",
            seen: { outcome: "lost", text: '"name":"WebSearch"', calls: "dev" },
          },
        ],
      },
      {
        files: { ".claude/agents/dev.md": agent("read_file, run_shell_command") },
        finds: [[".claude/agents/dev.md", 4]],
        right: { ".claude/agents/dev.md": agent("Read, Bash") },
        tools: [
          {
            tool: "Claude Code",
            does: "does not start the agent",
            seen: { outcome: "lost", text: "Read code.", calls: "dev" },
          },
        ],
      },
      {
        files: { ".gemini/agents/dev.md": agent("[read_file, WebSearch]") },
        finds: [[".gemini/agents/dev.md", 4]],
        right: { ".gemini/agents/dev.md": agent("[read_file, google_web_search]") },
        tools: [{ tool: "Gemini CLI", does: "leaves out the agent", seen: { outcome: "lost", text: "- dev -> " } }],
      },
      {
        files: { ".qwen/agents/dev.md": agent("[read_file, WebSearch]") },
        finds: [[".qwen/agents/dev.md", 4]],
        right: { ".qwen/agents/dev.md": agent("[read_file, web_fetch]") },
        tools: [
          {
            tool: "Qwen Code",
            does: "gives the agent the tools that it knows",
            seen: { outcome: "kept", text: "**dev**" },
          },
        ],
      },
    ],
    good: [
      { ".claude/agents/dev.md": agent("Read, grep, Bash(git log *), mcp__github, mcp__github__list_issues") },
      // It may be newer than what is known here.
      { ".claude/agents/dev.md": agent("Read, Telepathy") },
      { ".claude/agents/dev.md": agent('"*"') },
    ],
  },
  *inFile(file) {
    const { path, kind, tables, isLoaded } = file;
    for (const { key, value, start } of fieldsOf(file)) {
      const named = keyMeaning(tables, key) === "tools" ? namedTools(tables, value) : undefined;
      if (named === undefined || named.unknown.length === 0) continue;
      const { names, unknown, known } = named;
      const wrong = unknown.filter((name) => ofAnother(file, name) || nearTo(name, known) !== undefined);
      if (wrong.length === 0) continue;
      const isNothing = unknown.length === names.length;
      const quoted = (isNothing ? unknown : wrong).slice(0, MOST).map((name) => `"${name}"`);
      const isStrict = kind === "gemini-agent" && isLoaded;
      const then = kind === "claude-agent" ? "and does not start the agent" : "so the agent has none";
      const problem = isStrict
        ? `${tables.tool} knows no tool ${listed(quoted)}, and leaves the file out`
        : isNothing
          ? `${tables.tool} knows none of these tools, ${then}: ${listed(quoted)}`
          : `${tables.tool} knows no tool ${listed(quoted)}`;
      const near = nearTo(wrong[0] ?? "", known);
      const hint =
        near === undefined ? `It knows ${known.slice(0, MOST).join(", ")} and others.` : `Did you mean "${near}"?`;
      yield { path, at: start, problem, hint, ...(isStrict ? { severity: "error" as const } : {}) };
    }
  },
});

/** A tool of nearly this name. Short words are near to many. */
function nearTo(name: string, known: readonly string[]): string | undefined {
  return name.length < 4 ? undefined : nearest(name, known);
}

/** Whether another tool has a tool of this name. */
function ofAnother({ tables }: InstructionFile, name: string): boolean {
  return readables.some((each) => {
    const named = each.tables.tool === tables.tool ? undefined : namedTools(each.tables, name);
    return named !== undefined && named.unknown.length === 0 && named.known.includes(name);
  });
}
