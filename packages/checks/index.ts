// What is wrong with a repository's instruction files.

export { applyFixes, type FixedText } from "./src/fix.ts";
export { CODES as CHECK_CODES } from "./src/issues/codes.ts";
export type {
  BadExample,
  Check,
  CheckSpec,
  DocumentedObservation,
  ExampleFiles,
  GoodExample,
  Observation,
  Reason,
  Seen,
  SeenObservation,
} from "./src/model/check.ts";
export { defineCheck } from "./src/model/define-check.ts";
export type { Facts, FileLeftOut, FolderContext, Repository } from "./src/model/facts.ts";
export type { Fence, InstructionFile, Position } from "./src/model/file.ts";
export type { Edit, Finding, Found } from "./src/model/finding.ts";
export { type CheckId, GROUPS, type Group, type Severity } from "./src/model/groups.ts";
export { checks } from "./src/registry.ts";
export { type Diagnosis, type RunOptions, runChecks } from "./src/run.ts";
export { type Summary, summaryOf, type ToolSummary } from "./src/summary.ts";
