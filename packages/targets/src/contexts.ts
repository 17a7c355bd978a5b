import { assemble } from "./context/assemble.ts";
import type { ToolDescription } from "./context/description.ts";
import type { ContextStart } from "./context/files.ts";
import type { ToolContext } from "./context/parts.ts";
import type { ContextTool } from "./context/tool.ts";
import { claudeCode } from "./contexts/claude-code.ts";
import { codex } from "./contexts/codex.ts";
import { copilotCli } from "./contexts/copilot-cli.ts";
import { cursor } from "./contexts/cursor.ts";
import { geminiCli } from "./contexts/gemini-cli.ts";
import { kilo } from "./contexts/kilo.ts";
import { kiro } from "./contexts/kiro.ts";
import { opencode } from "./contexts/opencode.ts";
import { pi } from "./contexts/pi.ts";
import { qwenCode } from "./contexts/qwen-code.ts";

/** The tools, as data: what the engine knows of them. */
export const DESCRIPTIONS: readonly ToolDescription[] = [
  claudeCode,
  codex,
  opencode,
  geminiCli,
  qwenCode,
  copilotCli,
  cursor,
  kilo,
  kiro,
  pi,
];

/** Every tool whose context is known, and how. */
export const contextTools: readonly ContextTool[] = DESCRIPTIONS;

/**
 * Says what a tool puts before its model when it is started in a folder: its parts in their order, and the files that it leaves out.
 * `tool` is the id of one of {@link contextTools}. Returns undefined for any other id.
 *
 * @example
 * ```ts
 * import { contextOf, filesInMemory } from "@personakit/targets/context";
 *
 * const files = filesInMemory({ "/repo/AGENTS.md": "Use pnpm.\n" });
 * const context = contextOf("codex", { files, cwd: "/repo", gitRoot: "/repo" });
 * console.log(context?.parts.map(({ text }) => text).join(""));
 * ```
 */
export function contextOf(tool: string, start: ContextStart): ToolContext | undefined {
  const description = DESCRIPTIONS.find(({ id }) => id === tool);
  return description === undefined ? undefined : assemble(description, start);
}
