import { targets } from "@personakit/targets";
import type { ExitCode } from "../exit-code.ts";
import { DEFAULT_TARGETS } from "../plan.ts";
import { columns, writeJson, writeLine } from "../report.ts";

/** Shows every target: its tool, its file, and when its facts were checked. */
export async function listTargets(
  _sources: readonly string[],
  { json }: { readonly json: boolean },
): Promise<ExitCode> {
  if (json) {
    writeJson({
      ok: true,
      targets: targets.map(({ id, tool, path, readers, checked }) => ({ id, tool, path, readers, checked })),
    });
    return 0;
  }
  const rows = targets.map(({ id, tool, path, checked }) => [
    DEFAULT_TARGETS.includes(id) ? `${id} *` : id,
    tool,
    path,
    `${checked.date}, ${checked.version}`,
    checked.source,
  ]);
  for (const line of columns([["TARGET", "TOOL", "FILE", "CHECKED", "SOURCE"], ...rows])) writeLine(line);
  writeLine("\n* built when no target is named");
  return 0;
}
