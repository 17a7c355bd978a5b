// A page to look at personas: their lines, where each comes from, and what it costs.

export { type Preview, servePreview } from "./src/server/serve.ts";
export { type BuiltPersona, viewOf } from "./src/view/of-persona.ts";
export type {
  DroppedView,
  FidelityView,
  FileView,
  OriginView,
  PersonaSummary,
  PersonaView,
  ProjectSummary,
  ProjectView,
} from "./src/view/view.ts";
