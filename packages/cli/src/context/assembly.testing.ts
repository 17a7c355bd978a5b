import type { ContextPart, ContextTool, LeftOut } from "@personakit/targets/context";
import type { Assembly, MeasuredPart } from "./assembly.ts";
import type { FromPersonas } from "./ours.ts";

const NOBODY: FromPersonas = { tokens: 0, personas: [] };

/** A tool that nobody has. */
export function toolCalled(id: string, more: Partial<ContextTool> = {}): ContextTool {
  return {
    ...{ id, name: id.toUpperCase(), version: "1.2.3", observed: "2026-11-25" },
    documented: { source: "https://example.org/", date: "2026-11-20" },
    known: { memory: "observed" },
    ...more,
  };
}

/** A part of a file, or of what `more` says. */
export function partOf(source: string, more: Partial<MeasuredPart> = {}): MeasuredPart {
  const part: ContextPart = {
    ...{ kind: "memory", role: "user", place: "first user message", when: "start", sources: [source] },
    ...{ text: "T", bytes: 1, order: "defined", known: "observed" },
  };
  return { ...part, tokens: 10, fromPersonas: NOBODY, ...more };
}

/** What a tool puts before its model. */
export function assemblyOf(
  tool: ContextTool,
  parts: readonly MeasuredPart[],
  leftOut: readonly LeftOut[] = [],
): Assembly {
  return { tool, parts, leftOut, notes: [] };
}
