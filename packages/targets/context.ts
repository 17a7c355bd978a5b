// What each tool puts before its model. Loaded by who asks for it, never by what builds or checks.

export type { Approval, ContextFile, ContextFiles, ContextFolder, ContextStart } from "./src/context/files.ts";
export { matchesGlob } from "./src/context/glob.ts";
export { type FilesByPath, filesInMemory } from "./src/context/in-memory.ts";
export type {
  ContextNote,
  ContextPart,
  Cut,
  LeftOut,
  LeftOutCode,
  ListItem,
  PartKind,
  Role,
  ToolContext,
  When,
} from "./src/context/parts.ts";
export type { ContextTool, Knowledge, Topic } from "./src/context/tool.ts";
export { contextOf, contextTools } from "./src/contexts.ts";
