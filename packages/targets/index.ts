// For targets of other packages: what ours are made of.
export { agentFile, compileFiles, type Layout } from "./src/agent-file.ts";
export type { BodyLimit } from "./src/budget.ts";
export { readFrontMatter, withFrontMatter } from "./src/front-matter.ts";
export { targets } from "./src/registry.ts";
export { Report, type Vocabulary } from "./src/report.ts";
export {
  type ClaudeAgentDefinition,
  type OpenAIAgentOptions,
  toClaudeAgent,
  toOpenAIAgent,
  toVercelAgent,
  type VercelAgentSettings,
} from "./src/sdk.ts";
export {
  type Artifact,
  type Compiled,
  defineTarget,
  type Feature,
  type Fidelity,
  type SharedLimit,
  type Target,
} from "./src/target.ts";
export { countTokens } from "./src/tokens.ts";
export { verifyArtifact } from "./src/verify.ts";
