import { hintFor } from "@personakit/core/internal";
import type { ContextTool } from "@personakit/targets/context";
import { CommandError, issue } from "../issues/command-error.ts";

/** What knows the tools. */
export type Engine = typeof import("@personakit/targets/context");

/** Loads what knows the tools: it takes a moment, and most commands do not need it. */
export function loadEngine(): Promise<Engine> {
  return import("@personakit/targets/context");
}

/** The tools with these ids. Throws a CommandError that names each one that there is not. */
export function toolsNamed({ contextTools }: Engine, ids: readonly string[]): readonly ContextTool[] {
  const known = contextTools.map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length === 0) return contextTools.filter(({ id }) => ids.includes(id));
  throw new CommandError(
    unknown.map((id) =>
      issue("unknown-tool", `--tool ${id}`, "there is no such tool", { hint: hintFor(id, known), subject: id }),
    ),
  );
}

/** The tools that go by one of these names, as targets have them; all where there are none. */
export function toolsCalled({ contextTools }: Engine, names: readonly string[]): readonly ContextTool[] {
  const found = contextTools.filter(({ name }) => names.some((each) => isCalled(name, each)));
  return found.length > 0 ? found : contextTools;
}

/** Whether a tool goes by a name: "GitHub Copilot CLI" by "GitHub Copilot". */
export function isCalled(tool: string, name: string): boolean {
  return tool === name || tool.startsWith(`${name} `);
}
