// Written by `pnpm sync` from the files in ./targets.
import type { Target } from "./define/target.ts";
import { agentSkill } from "./targets/agent-skill.ts";
import { agentsDir } from "./targets/agents-dir.ts";
import { agentsMd } from "./targets/agents-md.ts";
import { claudeAgent } from "./targets/claude-agent.ts";
import { claudeOutputStyle } from "./targets/claude-output-style.ts";
import { claudePlugin } from "./targets/claude-plugin.ts";
import { claudeRule } from "./targets/claude-rule.ts";
import { claudeSkill } from "./targets/claude-skill.ts";
import { codexAgent } from "./targets/codex-agent.ts";
import { copilotAgent } from "./targets/copilot-agent.ts";
import { copilotInstructions } from "./targets/copilot-instructions.ts";
import { cursorAgent } from "./targets/cursor-agent.ts";
import { cursorRule } from "./targets/cursor-rule.ts";
import { geminiAgent } from "./targets/gemini-agent.ts";
import { kiroAgent } from "./targets/kiro-agent.ts";
import { opencodeAgent } from "./targets/opencode-agent.ts";
import { plain } from "./targets/plain.ts";
import { qwenAgent } from "./targets/qwen-agent.ts";

/** Every target, by id. */
export const targets: readonly Target[] = [
  agentSkill,
  agentsDir,
  agentsMd,
  claudeAgent,
  claudeOutputStyle,
  claudePlugin,
  claudeRule,
  claudeSkill,
  codexAgent,
  copilotAgent,
  copilotInstructions,
  cursorAgent,
  cursorRule,
  geminiAgent,
  kiroAgent,
  opencodeAgent,
  plain,
  qwenAgent,
];
