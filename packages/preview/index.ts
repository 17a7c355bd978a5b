// A page to look at personas: their lines, where each comes from, and what it costs.

export { type Preview, type PreviewOptions, servePreview } from "./src/server/serve.ts";
export { type SiteFile, type SiteSource, siteFiles } from "./src/site/site.ts";
export { fragmentSummaryOf, fragmentViewOf, type SeenFragment } from "./src/view/of-fragment.ts";
export { type BuiltPersona, summaryOf, viewOf } from "./src/view/of-persona.ts";
export type {
  BudgetView,
  BuiltView,
  CellView,
  CellWord,
  CheckView,
  ContextToolView,
  ContextView,
  CopiesView,
  CopyDriftView,
  CopyGroupView,
  DoctorView,
  FileSummary,
  FindingView,
  InstructionFileView,
  LoadView,
  NumberView,
  PlaceView,
  RemarksView,
  SharedView,
  StackPartView,
  StackView,
  StaleView,
} from "./src/view/repository.ts";
export type {
  Edits,
  FormView,
  OverrideView,
  ParamShapeView,
  ParamView,
  RuleEdit,
  RuleView,
  TrialIssue,
  TriedSize,
} from "./src/view/trial.ts";
export type {
  Answers,
  Ask,
  ChangeView,
  ComparisonView,
  DocSummary,
  DroppedView,
  FidelityView,
  FileView,
  FragmentChangeView,
  FragmentParamView,
  FragmentRuleView,
  FragmentSummary,
  FragmentUserView,
  FragmentView,
  Kind,
  NotesView,
  OriginView,
  Outcome,
  PersonaSummary,
  PersonaView,
  ProjectView,
  Status,
  TrialView,
  TriedChange,
  VersionView,
} from "./src/view/view.ts";
export { stackName } from "./src/view/view.ts";
