import { agentSkill } from "./src/agent-skill.ts";
import { claudeAgent } from "./src/claude-agent.ts";
import type { Target } from "./src/target.ts";

/** Every target, in the order in which they are built. */
export const targets: readonly Target[] = [claudeAgent, agentSkill];

export { readFrontMatter } from "./src/front-matter.ts";
export type { Artifact, Compiled, Loss, Target } from "./src/target.ts";
export { countTokens } from "./src/tokens.ts";
