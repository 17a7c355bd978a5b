import { targets } from "@personakit/targets";
import { columns, writeJson, writeLine } from "../output/terminal.ts";
import { DEFAULT_TARGETS } from "../plan/choose-targets.ts";
import { defineCommand } from "../usage/define-command.ts";

/** Shows every target: its tool, its file, and when its facts were checked. */
export default defineCommand({
  name: "targets",
  group: "authors",
  summary: "List the tools and files that personas compile to",
  arguments: [],
  options: {},
  async run(_, { json }) {
    if (json) {
      const shown = targets.map(({ id, tool, path, readers, checked }) => ({ id, tool, path, readers, checked }));
      writeJson({ ok: true, targets: shown });
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
    writeLine("");
    writeLine("* built when no target is named");
    return 0;
  },
});
