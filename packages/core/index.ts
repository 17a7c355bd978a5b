// What a persona is made of.

export { type Example, type ExampleLook, example } from "./src/entries/example.ts";
export type { Item, ItemSpec } from "./src/entries/item.ts";
export type { ItemStyle, ListStyle, SchemaVersion, Spaced } from "./src/entries/kind.ts";
export { type Drop, drop, type Entry, type EntrySource } from "./src/entries/kinds.ts";
export { type Markdown, markdown } from "./src/entries/markdown.ts";
export { type Prose, type ProseLook, prose } from "./src/entries/prose.ts";
export {
  type Deprecation,
  type EndOfLife,
  type Evidence,
  may,
  must,
  point,
  type Rule,
  type RuleLook,
  type RuleNotes,
  type RuleOptions,
  type Strength,
  should,
} from "./src/entries/rule.ts";
export { type Table, type TableLook, table } from "./src/entries/table.ts";
export { md, type Raw, raw, type Value } from "./src/markdown/md.ts";

// Definition.

export { defineFragment, section } from "./src/define/define-fragment.ts";
export { definePersona } from "./src/define/define-persona.ts";
export type {
  FieldEdits,
  Fields,
  FieldsByTarget,
  FieldValue,
  SubstitutionsByTarget,
  TargetSettings,
  ToolsByTarget,
  UncheckedFieldEdits,
} from "./src/model/fields.ts";
export type {
  AnyFragment,
  Decisions,
  DecisionValue,
  Fragment,
  FragmentSpec,
  Named,
  ParamShape,
  ParamValues,
} from "./src/model/fragment.ts";
export type {
  AddedRules,
  Anchor,
  FragmentIds,
  ParamEdits,
  Patch,
  Persona,
  Placed,
  RuleEdits,
  RuleIds,
  RulePath,
} from "./src/model/patch.ts";
export type {
  Addition,
  AnyPersona,
  Capability,
  Color,
  Description,
  DescriptionExample,
  Detection,
  Dropped,
  Edit,
  FragmentIn,
  ModelChoice,
  ModelTier,
  PersonaData,
  PersonaSpec,
  Reference,
  ReferenceIn,
  ReferenceSpec,
  References,
  ToolSettings,
  UsedBy,
} from "./src/model/persona.ts";

export type { Language } from "./src/phrases/languages.ts";
export type { Phrases } from "./src/phrases/phrases.ts";
export type { Wording } from "./src/phrases/wording.ts";

// Compilation.

export { type CompileOptions, compile } from "./src/compile/compile.ts";
export type { Origin, Rendered, RenderOptions } from "./src/markdown/page.ts";
export type {
  Document,
  DroppedEntry,
  PlacedEntry,
  ReferenceDocument,
  Section,
} from "./src/model/document.ts";
export type { Renames } from "./src/model/renames.ts";
export type { AroundBody, CarriedField, LineEnd, SourceFile } from "./src/model/source-file.ts";
export type { Standing, StandingCase } from "./src/model/standing.ts";
export { type RenderedDocument, render } from "./src/render/render.ts";

// Comparison.

export { type Bump, bumpOf, greatestBump } from "./src/compare/bump.ts";
export type { Change } from "./src/compare/change.ts";
export { changesBetween } from "./src/compare/changes.ts";
export { type Snapshot, snapshot, snapshotOfFragment } from "./src/compare/snapshot.ts";

// Errors.

export { formatIssue, type Issue, PersonaKitError } from "./src/issues/issue.ts";
