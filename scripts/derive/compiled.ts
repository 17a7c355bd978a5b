import { type Artifact, targets } from "@personakit/targets";
import type { PersonaUnit } from "../units.ts";

/** Where a persona's package keeps its compiled text: `agents/` for Claude Code, `skills/` for everything that reads skills. */
export const COMPILED_FOLDERS = ["agents", "skills"] as const;

/** The targets whose files stand beside a persona's source. */
const COMPILED_TARGETS = ["claude-agent", "agent-skill"];

/** What a persona compiles to for the targets that its package carries. */
export function artifactsOf({
  document,
}: PersonaUnit): { readonly target: string; readonly artifacts: readonly Artifact[] }[] {
  return COMPILED_TARGETS.flatMap((id) => targets.filter((target) => target.id === id)).map((target) => ({
    target: target.id,
    artifacts: target.compile(document).artifacts,
  }));
}

/** The compiled text that stands beside a persona's source, so that a change of a fragment shows in every persona. */
export function compiledFiles(unit: PersonaUnit): [path: string, text: string][] {
  const all = artifactsOf(unit).flatMap(({ artifacts }) => artifacts);
  return all.flatMap(({ path, text }): [string, string][] => {
    const [, folder, rest] = /^\.[a-z]+\/([a-z]+)\/(.*)$/.exec(path) ?? [];
    // A subagent's references have the text of the skill's; once is enough.
    if (!COMPILED_FOLDERS.some((name) => name === folder)) return [];
    return [[`${unit.package.folder}/${folder}/${rest}`, text]];
  });
}
