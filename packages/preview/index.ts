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
  RemarksView,
  SharedView,
  StackPartView,
  StackView,
  StaleView,
} from "./src/view/repository.ts";
export type {
  Answers,
  Ask,
  ChangeView,
  ComparisonView,
  DroppedView,
  FidelityView,
  FileView,
  Kind,
  OriginView,
  PersonaSummary,
  PersonaView,
  ProjectView,
  Status,
  VersionView,
} from "./src/view/view.ts";
