import { frame, newAssembly } from "./assembly.ts";
import type { ToolDescription } from "./description.ts";
import type { ContextStart } from "./files.ts";
import { memoryOf, readOf } from "./memory.ts";
import type { ToolContext } from "./parts.ts";

/** What a tool puts before its model. */
export function assemble(tool: ToolDescription, start: ContextStart): ToolContext {
  const assembly = newAssembly(tool, start);
  if (tool.untrusted === "sends nothing" && start.approvals?.includes("trust") === false) {
    const text = `${tool.name} sends nothing from a folder that you do not trust.`;
    return { parts: [], leftOut: [], notes: [{ code: "approval", text }] };
  }
  const parts = [...frame(assembly, memoryOf(assembly)), ...frame(assembly, readOf(assembly))];
  return { parts, leftOut: assembly.leftOut, notes: assembly.notes };
}
