// Comparison
export {
  type Change,
  changesBetween,
  isRuleState,
  type Snapshot,
  snapshot,
  snapshotOfFragment,
} from "./src/changes.ts";
// Compilation
export { compile, describeWithExamples, fragmentsIn, originOfDocument, sectionsOf } from "./src/compile.ts";
export { type Bump, bumpOf, greatestBump, isLess } from "./src/contract.ts";
export type {
  Document,
  DroppedEntry,
  Origin,
  PlacedEntry,
  ReferenceDocument,
  Section,
} from "./src/document.ts";

// What a fragment is made of
export {
  type Drop,
  drop,
  type Entry,
  type EntrySource,
  type Evidence,
  type Example,
  example,
  may,
  must,
  type Prose,
  prose,
  type Rule,
  type RuleNotes,
  STRENGTHS,
  type Strength,
  should,
  type Table,
  table,
} from "./src/entry.ts";
// Errors
export { formatIssue, type Issue, PersonaKitError } from "./src/errors.ts";
export {
  type AnyFragment,
  type Decisions,
  type DecisionValue,
  defineFragment,
  type Fragment,
  type FragmentSpec,
  type ListStyle,
  type Named,
  type ParamShape,
  type ParamValues,
  section,
} from "./src/fragment.ts";
export { nearest } from "./src/nearest.ts";
export {
  type Addition,
  type Anchor,
  CAPABILITIES,
  type Capability,
  type Choices,
  COLORS,
  type Color,
  type Description,
  type DescriptionExample,
  type Dropped,
  definePersona,
  type Edit,
  type FragmentIn,
  MODEL_TIERS,
  type ModelChoice,
  type ModelTier,
  type Own,
  type ParamEdits,
  type Patch,
  type Persona,
  type PersonaData,
  type PersonaSpec,
  type Placed,
  type Reference,
  type ReferenceSpec,
  type References,
  type RuleEdits,
  type RuleIds,
  type RulePath,
  type Signs,
  type UsedBy,
} from "./src/persona.ts";
export { type Rendered, type RenderedDocument, type RenderOptions, render } from "./src/render.ts";
export { fenceAround, md, type Raw, raw, type Value } from "./src/text.ts";
