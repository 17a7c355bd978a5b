// What the packages of this repository share among themselves. It may change with any release.

export * from "./index.ts";
export { isLess } from "./src/compare/bump.ts";
export { LAYOUT } from "./src/compare/snapshot.ts";
export { ITEM_STYLES, LIST_STYLES, LOOKS, MOST_BLANK, NEWEST_SCHEMA } from "./src/entries/kind.ts";
export { checkEntry, checkPlace, kindOf } from "./src/entries/kinds.ts";
export { describeDeprecation, LOOK, NOTES, strengthOfLead, strengthOfState } from "./src/entries/rule.ts";
export { acceptor, isShallow, type Test } from "./src/issues/accepts.ts";
export { CODES, WARNING_CODES } from "./src/issues/codes.ts";
export {
  type DeferredSchema,
  type DeferredSchemas,
  deferredSchemas,
  isInOrder,
  type NamedTests,
  type TestMaker,
  type Zod,
} from "./src/issues/deferred-schema.ts";
export { hintFor, Issues, issuesOf } from "./src/issues/issue.ts";
export { LIMITS } from "./src/issues/limits.ts";
export { nearest } from "./src/issues/nearest.ts";
export { isShortJson, plainCopy } from "./src/issues/plain.ts";
export { assign, isPlainObject, isRecord, isSame, own, said } from "./src/issues/values.ts";
export { codeSpans } from "./src/markdown/code-spans.ts";
export { fenceAround, oneLine } from "./src/markdown/escape.ts";
export {
  describeWithExamples,
  documentSince,
  entriesOf,
  fragmentsIn,
  originOfDocument,
  pathOf,
  sectionsOf,
} from "./src/model/document.ts";
export {
  FIELD_NAME,
  GLOB,
  isPersonaId,
  KEBAB_CASE,
  MAX_PERSONA_ID,
  MODEL_ID,
  nameWithVersion,
  problemOfFileId,
  RULE_ID,
  SERVER_NAME,
  toolName,
  VERSION,
} from "./src/model/names.ts";
export { CAPABILITIES, COLORS, fragmentsOf, MODEL_TIERS } from "./src/model/persona.ts";
export { standingInWords, standingsOf } from "./src/model/standing.ts";

export { checkPhrases, checkWording } from "./src/phrases/check-wording.ts";
export { ENGLISH, LANGUAGES } from "./src/phrases/languages.ts";
export { ownPhrases, phrasesOf } from "./src/phrases/wording.ts";

export {
  type Block,
  type BlockKind,
  type Item,
  type LineEnd,
  type Lines,
  type Split,
  split,
} from "./src/read/split.ts";
export { isBelowDefinition, startsIn } from "./src/read/starts.ts";
export { readWhen } from "./src/render/render.ts";
