import { type Assembly, frame, newAssembly, type Piece } from "./assembly.ts";
import type { ToolDescription } from "./description.ts";
import type { ContextStart } from "./files.ts";
import { agentCalled, agentList, skillCalled, skillList } from "./listing.ts";
import { memoryOf, readOf } from "./memory.ts";
import type { ContextPart, ToolContext } from "./parts.ts";
import { styleOf } from "./style.ts";

type Section = ToolDescription["order"][number];

const SECTIONS: { readonly [Name in Section]: (assembly: Assembly) => Piece[] } = {
  memory: memoryOf,
  style: styleOf,
  skills: skillList,
  agents: agentList,
};

/** What a tool puts before its model. */
export function assemble(described: ToolDescription, given: ContextStart): ToolContext {
  const assembly = newAssembly(described, given);
  const { tool, start } = assembly;
  if (tool.untrusted === "sends nothing" && start.approvals?.includes("trust") === false) {
    const text = `${tool.name} sends nothing from a folder that you do not trust.`;
    return { parts: [], leftOut: [], notes: [{ code: "approval", text }] };
  }
  const keeps = start.agent === undefined ? tool.order : (tool.agents?.called.keeps ?? []);
  const sections = tool.order
    .filter((name) => keeps.some((each) => each === name))
    .flatMap((name) => SECTIONS[name](assembly));
  const pieces = [...agentOf(assembly), ...sections];
  const parts = [
    ...frame(assembly, pieces),
    ...frame(assembly, readOf(assembly)),
    ...frame(assembly, skillOf(assembly)),
  ];
  for (const text of tool.notes ?? []) assembly.notes.push({ code: "unknown", text });
  return { parts: start.agent === undefined ? parts : called(parts), leftOut: assembly.leftOut, notes: assembly.notes };
}

/** In an agent's own request, nothing is sent before the agent is called. */
function called(parts: readonly ContextPart[]): ContextPart[] {
  return parts.map((part) => (part.when === "start" ? { ...part, when: "called" } : part));
}

function agentOf(assembly: Assembly): Piece[] {
  const { agent } = assembly.start;
  return agent === undefined ? [] : listedOrNote(assembly, "agent", agent, agentCalled(assembly, agent));
}

function skillOf(assembly: Assembly): Piece[] {
  const { skill } = assembly.start;
  return skill === undefined ? [] : listedOrNote(assembly, "skill", skill, skillCalled(assembly, skill));
}

function listedOrNote({ notes, tool }: Assembly, what: string, name: string, pieces: Piece[] | undefined): Piece[] {
  if (pieces === undefined) notes.push({ code: "not-listed", text: `${tool.name} lists no ${what} called ${name}.` });
  return pieces ?? [];
}
