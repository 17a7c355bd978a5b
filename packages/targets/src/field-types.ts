// Written by `pnpm sync` from the fields in ./targets.
import type { FieldValue } from "@personakit/core";

type AgentSkillFields = {
  /** Names the licence, or a file with it. */
  readonly license?: string;
  /** Says what the skill needs: a product, packages, the network. */
  readonly compatibility?: string;
  /** Holds what else is known of the skill, as texts by name. */
  readonly metadata?: { readonly [name: string]: string };
  /** Approves these tools beforehand, with spaces between them. */
  readonly "allowed-tools"?: string;
};

type AgentsDirFields = Record<string, never>;

type AgentsMdFields = Record<string, never>;

type ClaudeAgentFields = {
  /** Says what the agent may do without asking. */
  readonly permissionMode?: "plan" | "dontAsk" | "default" | "manual" | "acceptEdits" | "auto" | "bypassPermissions";
  /** Takes these tools away, before `tools` is looked at. */
  readonly disallowedTools?: string | readonly string[];
  /** Stops the agent after this many turns. */
  readonly maxTurns?: number;
  /** Puts the text of these skills into the agent's context at the start. */
  readonly skills?: readonly string[];
  /** Keeps notes from one run to the next, in this scope. */
  readonly memory?: "user" | "project" | "local";
  /** Always runs the agent in the background. */
  readonly background?: boolean;
  /** Says how hard the model thinks. */
  readonly effort?: "low" | "medium" | "high" | "xhigh" | "max";
  /** Runs the agent in a git worktree of its own. */
  readonly isolation?: "worktree";
  /** Gives the first turn of the user when the agent is the main one. */
  readonly initialPrompt?: string;
  /** Connects these MCP servers, by name or with their configuration. */
  readonly mcpServers?: readonly (string | { readonly [name: string]: FieldValue })[];
  /** Runs commands at points of the agent's run. */
  readonly hooks?: { readonly [name: string]: FieldValue };
};

type ClaudeOutputStyleFields = {
  /** False leaves out Claude Code's own coding instructions. */
  readonly "keep-coding-instructions"?: boolean;
  /** Switches the style on with the plugin that it stands in. */
  readonly "force-for-plugin"?: boolean;
};

type ClaudePluginFields = {
  /** Takes these tools away, before `tools` is looked at. */
  readonly disallowedTools?: string | readonly string[];
  /** Stops the agent after this many turns. */
  readonly maxTurns?: number;
  /** Puts the text of these skills into the agent's context at the start. */
  readonly skills?: readonly string[];
  /** Keeps notes from one run to the next, in this scope. */
  readonly memory?: "user" | "project" | "local";
  /** Always runs the agent in the background. */
  readonly background?: boolean;
  /** Says how hard the model thinks. */
  readonly effort?: "low" | "medium" | "high" | "xhigh" | "max";
  /** Runs the agent in a git worktree of its own. */
  readonly isolation?: "worktree";
  /** Gives the first turn of the user when the agent is the main one. */
  readonly initialPrompt?: string;
};

type ClaudeRuleFields = Record<string, never>;

type ClaudeSkillFields = {
  /** Adds to the description in the listing, which is cut at 1,536 characters together. */
  readonly when_to_use?: string;
  /** Shows what arguments the command takes. */
  readonly "argument-hint"?: string;
  /** Names the arguments, in their order. */
  readonly arguments?: string | readonly string[];
  /** Leaves it to the user to call the skill. */
  readonly "disable-model-invocation"?: boolean;
  /** False leaves it to the model to call the skill. */
  readonly "user-invocable"?: boolean;
  /** Approves these tools for the turn that calls the skill. */
  readonly "allowed-tools"?: string | readonly string[];
  /** Runs the skill in this model. */
  readonly model?: string;
  /** Says how hard the model thinks. */
  readonly effort?: "low" | "medium" | "high" | "xhigh" | "max";
  /** Runs the skill in an agent of its own. */
  readonly context?: "fork";
  /** Names the kind of that agent. */
  readonly agent?: string;
  /** False waits for that agent. */
  readonly background?: boolean;
  /** Loads the skill by itself only for files that match these globs. */
  readonly paths?: string | readonly string[];
  /** Runs commands in the skill's text with this shell. */
  readonly shell?: "bash" | "powershell";
  /** Runs commands at points of the skill's run. */
  readonly hooks?: { readonly [name: string]: FieldValue };
  /** Names the licence, or a file with it. */
  readonly license?: string;
  /** Says what the skill needs: a product, packages, the network. */
  readonly compatibility?: string;
  /** Holds what else is known of the skill, as texts by name. */
  readonly metadata?: { readonly [name: string]: string };
};

type CodexAgentFields = {
  /** Says how hard the model thinks. */
  readonly model_reasoning_effort?: "minimal" | "low" | "medium" | "high" | "xhigh";
  /** Says what commands may touch. */
  readonly sandbox_mode?: "read-only" | "workspace-write" | "danger-full-access";
  /** Says whether the agent searches the web. */
  readonly web_search?: "disabled" | "cached" | "live";
  /** Names the agent for people. */
  readonly nickname_candidates?: readonly string[];
  /** Configures MCP servers for the agent. */
  readonly mcp_servers?: { readonly [name: string]: { readonly [name: string]: FieldValue } };
  /** Switches skills on and off. */
  readonly skills?: { readonly config: readonly { readonly [name: string]: FieldValue }[] };
};

type CopilotAgentFields = {
  /** Shows the agent only there. */
  readonly target?: "vscode" | "github-copilot";
  /** Leaves it to the user to call the agent. */
  readonly "disable-model-invocation"?: boolean;
  /** False leaves it to other agents to call it. */
  readonly "user-invocable"?: boolean;
  /** Configures MCP servers for the agent; not in VS Code. */
  readonly "mcp-servers"?: { readonly [name: string]: { readonly [name: string]: FieldValue } };
  /** Holds what else is known of the agent; not in VS Code. */
  readonly metadata?: { readonly [name: string]: string };
  /** Shows what to write to the agent; VS Code only. */
  readonly "argument-hint"?: string;
  /** Names the agents that it may call; VS Code only. */
  readonly agents?: "*" | readonly string[];
  /** Offers to go on with another agent. */
  readonly handoffs?: readonly { readonly label: string; readonly agent: string; readonly prompt?: string; readonly send?: boolean; readonly model?: string }[];
  /** Runs commands at points of the agent's run; a preview in VS Code. */
  readonly hooks?: { readonly [name: string]: FieldValue };
  /** Reads the repository's instructions, too; command line only. */
  readonly "include-custom-instructions"?: boolean;
};

type CopilotInstructionsFields = {
  /** Hides the instructions from this agent. */
  readonly excludeAgent?: "code-review" | "cloud-agent";
};

type CursorAgentFields = {
  /** Runs the agent without waiting for it. */
  readonly is_background?: boolean;
};

type CursorRuleFields = {
  /** True loads the rule into every conversation. */
  readonly alwaysApply?: boolean;
};

type GeminiAgentFields = {
  /** Says that the agent runs here. */
  readonly kind?: "local";
  /** Gives the name that people see. */
  readonly display_name?: string;
  /** Configures MCP servers for the agent. */
  readonly mcp_servers?: { readonly [name: string]: { readonly [name: string]: FieldValue } };
  /** Sets the model's temperature. */
  readonly temperature?: number;
  /** Stops the agent after this many turns. */
  readonly max_turns?: number;
  /** Stops the agent after this many minutes. */
  readonly timeout_mins?: number;
};

type KiroAgentFields = {
  /** Takes these tools away. */
  readonly excludedTools?: readonly string[];
  /** Approves these tools beforehand. */
  readonly allowedTools?: readonly string[];
  /** Allows, asks for or denies what the agent does, rule by rule. */
  readonly permissions?: { readonly rules?: readonly { readonly capability: string; readonly match?: FieldValue; readonly effect?: "allow" | "ask" | "deny"; readonly exclude?: FieldValue }[] };
  /** Gives tools other names. */
  readonly toolAliases?: { readonly [name: string]: string };
  /** Configures MCP servers for the agent. */
  readonly mcpServers?: { readonly [name: string]: { readonly [name: string]: FieldValue } };
  /** Connects the servers of the project's `mcp.json`, too. */
  readonly includeMcpJson?: boolean;
  /** Connects the servers of installed powers, too. */
  readonly includePowers?: boolean;
  /** Puts these files and skills into the context. */
  readonly resources?: readonly string[];
  /** Runs commands at points of the agent's run. */
  readonly hooks?: { readonly [name: string]: FieldValue };
  /** Switches to the agent. */
  readonly keyboardShortcut?: string;
  /** Greets you when you switch to the agent. */
  readonly welcomeMessage?: string;
};

type OpencodeAgentFields = {
  /** Says whether people or other agents call it. */
  readonly mode?: "primary" | "subagent" | "all";
  /** Allows, asks for or denies what the agent does, by tool and pattern. */
  readonly permission?: { readonly [name: string]: "ask" | "allow" | "deny" | { readonly [name: string]: "ask" | "allow" | "deny" } };
  /** Chooses a variant of the model. */
  readonly variant?: string;
  /** Sets the model's temperature. */
  readonly temperature?: number;
  /** Sets the model's top_p. */
  readonly top_p?: number;
  /** Stops the agent after this many steps. */
  readonly steps?: number;
  /** Keeps the agent out of the list. */
  readonly hidden?: boolean;
  /** Switches the agent off. */
  readonly disable?: boolean;
};

type PlainFields = Record<string, never>;

type QwenAgentFields = {
  /** Says what the agent may do without asking. */
  readonly approvalMode?: "plan" | "default" | "auto-edit" | "yolo" | "bubble";
  /** Says the same in Claude Code's words. */
  readonly permissionMode?: "plan" | "dontAsk" | "default" | "acceptEdits" | "auto" | "bypassPermissions";
  /** Takes these tools away. */
  readonly disallowedTools?: readonly string[];
  /** Stops the agent after this many turns. */
  readonly maxTurns?: number;
  /** Configures MCP servers for the agent. */
  readonly mcpServers?: { readonly [name: string]: { readonly [name: string]: FieldValue } };
  /** Runs commands at points of the agent's run. */
  readonly hooks?: { readonly [name: string]: FieldValue };
};

type ClaudeAgentSdkFields = {
  /** Says what the agent may do without asking. */
  readonly permissionMode?: "plan" | "dontAsk" | "default" | "manual" | "acceptEdits" | "auto" | "bypassPermissions";
  /** Stops the agent after this many turns. */
  readonly maxTurns?: number;
  /** Puts the text of these skills into the agent's context at the start. */
  readonly skills?: readonly string[];
  /** Keeps notes from one run to the next, in this scope. */
  readonly memory?: "user" | "project" | "local";
  /** Always runs the agent in the background. */
  readonly background?: boolean;
  /** Says how hard the model thinks. */
  readonly effort?: "low" | "medium" | "high" | "xhigh" | "max";
  /** Gives the first turn of the user when the agent is the main one. */
  readonly initialPrompt?: string;
  /** Connects these MCP servers, by name or with their configuration. */
  readonly mcpServers?: readonly (string | { readonly [name: string]: FieldValue })[];
  /** Takes these tools away, before `tools` is looked at. */
  readonly disallowedTools?: readonly string[];
};

/** The fields of every target, by its id. */
export interface FieldTypes {
  readonly "agent-skill": AgentSkillFields;
  readonly "agents-dir": AgentsDirFields;
  readonly "agents-md": AgentsMdFields;
  readonly "claude-agent": ClaudeAgentFields;
  readonly "claude-output-style": ClaudeOutputStyleFields;
  readonly "claude-plugin": ClaudePluginFields;
  readonly "claude-rule": ClaudeRuleFields;
  readonly "claude-skill": ClaudeSkillFields;
  readonly "codex-agent": CodexAgentFields;
  readonly "copilot-agent": CopilotAgentFields;
  readonly "copilot-instructions": CopilotInstructionsFields;
  readonly "cursor-agent": CursorAgentFields;
  readonly "cursor-rule": CursorRuleFields;
  readonly "gemini-agent": GeminiAgentFields;
  readonly "kiro-agent": KiroAgentFields;
  readonly "opencode-agent": OpencodeAgentFields;
  readonly plain: PlainFields;
  readonly "qwen-agent": QwenAgentFields;
  readonly "claude-agent-sdk": ClaudeAgentSdkFields;
}

declare global {
  namespace PersonaKit {
    interface TargetFields extends FieldTypes {}
  }
}
