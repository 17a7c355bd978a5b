import { type Readable, readableBy } from "./define/readable.ts";
import type { Recognised } from "./read/recognise.ts";
import { claudeCommand } from "./readables/claude-command.ts";
import { copilotPrompt } from "./readables/copilot-prompt.ts";
import { opencodeCommand } from "./readables/opencode-command.ts";
import { claudeMd, copilotMd, geminiMd, qwenMd } from "./readables/project-file.ts";
import { clineFile, clineRule, cursorFile, devinRule, kiroSteering, windsurfFile } from "./readables/rule-files.ts";
import { targets } from "./registry.ts";

/**
 * Every kind of file that can be read: what targets write, and what only tools and people write. A plugin of Claude Code is many
 * files; its agents and skills are read as those of a project.
 */
export const readables: readonly Readable[] = [
  ...targets.filter(({ combined }) => combined === undefined).map(readableBy),
  ...[claudeCommand, claudeMd, copilotMd, copilotPrompt, geminiMd, opencodeCommand, qwenMd],
  ...[clineFile, clineRule, cursorFile, devinRule, kiroSteering, windsurfFile],
];

/** A kind of file that a path may be of. */
export interface RecognisedFile extends Recognised {
  readonly readable: Readable;
}

/**
 * Says what kind of file a path is, and whose: where a tool looks for it, or at least by its name. Returns undefined for a path that
 * no tool reads instructions from. Paths are relative to the repository, with forward slashes.
 *
 * @example
 * ```ts
 * import { recognise } from "@personakit/targets/read";
 *
 * const found = recognise("packages/api/AGENTS.md");
 * console.log(found?.readable.id, found?.folder); // agents-md packages/api
 * ```
 */
export function recognise(path: string): RecognisedFile | undefined {
  let byName: RecognisedFile | undefined;
  for (const readable of readables) {
    // A prompt for any program has no place of its own.
    if (readable.id === "plain") continue;
    const found = readable.match(path);
    if (found?.isLoaded) return { readable, ...found };
    // The kind that says most of a name itself is the nearest: `.agent.md` before `.md`.
    if (found !== undefined && (byName === undefined || found.name.length < byName.name.length)) {
      byName = { readable, ...found };
    }
  }
  return byName;
}
