import { frame, newAssembly } from "./assembly.ts";
import type { ToolDescription } from "./description.ts";
import type { ContextStart } from "./files.ts";
import { memoryOf } from "./memory.ts";
import type { ToolContext } from "./parts.ts";

/** What a tool puts before its model. */
export function assemble(tool: ToolDescription, start: ContextStart): ToolContext {
  const assembly = newAssembly(tool, start);
  const parts = frame(assembly, memoryOf(assembly));
  return { parts, leftOut: assembly.leftOut, notes: assembly.notes };
}
