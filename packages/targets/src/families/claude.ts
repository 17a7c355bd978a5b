import type { Color, ModelTier } from "@personakit/core";
import { describeWithExamples } from "@personakit/core/internal";
import type { SharedLimit } from "../define/target.ts";
import type { MoreTools, Vocabulary } from "../features/features.ts";
import { given, type KnownFields, levels, taken } from "../features/field.ts";
import { count, either, flag, listOf, map, oneOf, text, texts } from "../features/field-schema.ts";
import { schemaOf } from "../format/schema.ts";

// What Claude Code's targets share, and those of tools that are made like it.

export const CLAUDE_MODELS: { readonly [Tier in ModelTier]: string } = {
  fast: "haiku",
  balanced: "sonnet",
  deep: "opus",
};

export const CLAUDE_TOOLS: Vocabulary = {
  read: ["Read"],
  search: ["Grep", "Glob"],
  edit: ["Edit", "Write"],
  shell: ["Bash"],
  web: ["WebFetch", "WebSearch"],
  spawn: ["Agent"],
};

/** Tools of no capability, and patterns such as `Bash(git log *)`. */
export const CLAUDE_MORE_TOOLS: MoreTools = {
  others: [
    "Artifact",
    "AskUserQuestion",
    "BashOutput",
    "CronCreate",
    "CronDelete",
    "CronList",
    "EnterPlanMode",
    "EnterWorktree",
    "ExitPlanMode",
    "ExitWorktree",
    "KillShell",
    "ListAgents",
    "ListMcpResourcesTool",
    "LSP",
    "Monitor",
    "NotebookEdit",
    "PowerShell",
    "PushNotification",
    "ReadMcpResourceTool",
    "RemoteTrigger",
    "ReportFindings",
    "ScheduleWakeup",
    "SendMessage",
    "Skill",
    "TaskCreate",
    "TaskGet",
    "TaskList",
    "TaskOutput",
    "TaskStop",
    "TaskUpdate",
    "TeamCreate",
    "TeamDelete",
    "TodoWrite",
    "ToolSearch",
    "Workflow",
  ],
  patterns: true,
};

/** Older names of tools, which Claude Code takes for the newer ones, and tools that others have taken the place of. */
export const CLAUDE_RENAMED: { readonly [name: string]: string } = {
  Task: "Agent",
  MultiEdit: "Edit",
  LS: "Glob",
  NotebookRead: "Read",
  TodoRead: "TodoWrite",
  KillBash: "KillShell",
  SlashCommand: "Skill",
};

/** Claude Code and Qwen Code know the same colours as the model does. */
export const CLAUDE_COLORS: { readonly [Name in Color]: Name } = {
  red: "red",
  blue: "blue",
  green: "green",
  yellow: "yellow",
  purple: "purple",
  orange: "orange",
  pink: "pink",
  cyan: "cyan",
};

/** An MCP server in a list of tools. */
export const CLAUDE_SERVER = "mcp__<server>";

/** A single tool of an MCP server. */
export const CLAUDE_SERVER_TOOL = "mcp__<server>__<tool>";

/** Modes in which an agent asks for permission, the narrowest first. `manual` is another word for `default`. */
export const CLAUDE_MODES = levels(
  ["plan", "dontAsk", ["default", "manual"], "acceptEdits", "auto", "bypassPermissions"],
  "default",
  { about: "approval", takes: { plan: ["edit", "shell"] } },
);

/** Names of tools, as one text with commas or as a list. */
export const names = either(text, texts);

/** How hard a model thinks. */
export const CLAUDE_EFFORT = oneOf("low", "medium", "high", "xhigh", "max");

/** The fields of an agent that a plugin's agents have, too. */
const ANYWHERE: KnownFields = {
  disallowedTools: {
    schema: names,
    does: "takes these tools away, before `tools` is looked at",
    restricts: taken,
  },
  maxTurns: { schema: count, does: "stops the agent after this many turns" },
  skills: { schema: texts, does: "puts the text of these skills into the agent's context at the start" },
  memory: { schema: oneOf("user", "project", "local"), does: "keeps notes from one run to the next, in this scope" },
  background: { schema: flag, does: "always runs the agent in the background" },
  effort: { schema: CLAUDE_EFFORT, does: "says how hard the model thinks" },
  isolation: { schema: oneOf("worktree"), does: "runs the agent in a git worktree of its own" },
  initialPrompt: { schema: text, does: "gives the first turn of the user when the agent is the main one" },
};

/** The fields of an agent in a project. */
export const CLAUDE_AGENT_FIELDS: KnownFields = {
  permissionMode: {
    schema: oneOf("plan", "dontAsk", "default", "manual", "acceptEdits", "auto", "bypassPermissions"),
    does: "says what the agent may do without asking",
    restricts: CLAUDE_MODES,
  },
  ...ANYWHERE,
  mcpServers: {
    schema: listOf(either(text, map)),
    does: "connects these MCP servers, by name or with their configuration",
    restricts: given,
  },
  hooks: { schema: map, does: "runs commands at points of the agent's run", restricts: given },
};

/** The fields of an agent in a plugin, where Claude Code ignores `permissionMode`, `mcpServers` and `hooks`. */
export const CLAUDE_PLUGIN_FIELDS: KnownFields = ANYWHERE;

/** The front matter of an agent, in a project and in a plugin. */
export const claudeAgentSchema = schemaOf("claude-agent", (z) =>
  z.strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    description: z.string().min(1),
    tools: z.string().min(1).exactOptional(),
    model: z.string().min(1).exactOptional(),
    color: z.enum(Object.keys(CLAUDE_COLORS)).exactOptional(),
  }),
);

/** What agents share, in a project and in a plugin. */
export const claudeAgentLimits: readonly SharedLimit[] = [
  {
    what: "the descriptions of all agents",
    unit: "tokens",
    max: 15_000,
    beyond: "warns at start-up, and the descriptions fill the context",
    measure: describeWithExamples,
    severity: "warning",
  },
];
