// Targets, and what they make of a persona.

export type { CombinedFile, SharedLimit, Target } from "./src/define/target.ts";
export { isCombinedBy, isMadeBy } from "./src/files/made-by.ts";
export type { Artifact, Compiled, Feature, Fidelity } from "./src/model/compiled.ts";
export { targets } from "./src/registry.ts";

// A persona in code.

export {
  type ClaudeAgentDefinition,
  type OpenAIAgentOptions,
  SDK_IDS,
  toClaudeAgent,
  toOpenAIAgent,
  toVercelAgent,
  type VercelAgentSettings,
} from "./src/sdk.ts";

// Files that were written.

export { blockMarker } from "./src/files/block.ts";
export { countTokens, mostTokens } from "./src/files/tokens.ts";
export { readFrontMatter } from "./src/format/front-matter.ts";
export { verifyArtifact } from "./src/format/verify.ts";

// What a reader sees.

export { describeHidden } from "./src/guard/hidden-characters.ts";
export { type HiddenRun, hiddenRuns, showHidden } from "./src/guard/visible.ts";

// The fields of single tools.

export { checkSettings } from "./src/check-settings.ts";
export { capabilitiesLeft, type ToolRestrictions, widensField, widensTools } from "./src/compare.ts";
export { type FieldFacts, fieldsOf, ownFieldsOf } from "./src/describe.ts";
export type { Concern, Field, KnownFields, Restriction } from "./src/features/field.ts";
export type { FieldSchema } from "./src/features/field-schema.ts";
export type { FieldTypes } from "./src/field-types.ts";

// The definition of a target, here or in another package.

export { defineTarget, introduceTarget } from "./src/define/define-target.ts";
export type { TargetSpec } from "./src/define/target.ts";
export {
  allowed,
  denied,
  dropped,
  exactOnly,
  type Features,
  kept,
  mapped,
  named,
  readOnly,
  unrestricted,
  type Vocabulary,
  words,
} from "./src/features/features.ts";
export type { Said } from "./src/features/say.ts";
export type { Files } from "./src/files/files.ts";
export { always, each, type FrontMatter, joined } from "./src/format/keys.ts";
export type { Context } from "./src/model/context.ts";
export { ownFolder } from "./src/model/template.ts";

// Errors.

export { CODES as TARGET_CODES } from "./src/issues/codes.ts";
