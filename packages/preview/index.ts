// A page to look at personas: their lines, where each comes from, and what it costs.

export { type Preview, type PreviewOptions, servePreview } from "./src/server/serve.ts";
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
  SharedView,
  StackPartView,
  StackView,
  StaleView,
} from "./src/view/repository.ts";
export type {
  ChangeView,
  Edits,
  FormView,
  Outcome,
  OverrideView,
  ParamShapeView,
  ParamView,
  RuleEdit,
  RuleView,
  TrialIssue,
  TrialView,
  TriedSize,
} from "./src/view/trial.ts";
export type {
  Answers,
  Ask,
  DroppedView,
  FidelityView,
  FileView,
  Kind,
  OriginView,
  PersonaSummary,
  PersonaView,
  ProjectView,
  Status,
} from "./src/view/view.ts";
