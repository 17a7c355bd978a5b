import { ownTarget } from "../define/define-target.ts";
import { dropped, kept, unrestricted } from "../features/features.ts";
import { flag } from "../features/field-schema.ts";
import { always } from "../format/keys.ts";
import { schemaOf } from "../format/schema.ts";

/** Claude Code output styles: the persona as the main conversation. Claude Code's own coding instructions stay. */
export const claudeOutputStyle = ownTarget({
  id: "claude-output-style",
  tool: "Claude Code",
  readers: ["Claude Code"],
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/output-styles" },
  files: { main: ".claude/output-styles/<name>.md", reference: ".claude/references/<name>/<reference>.md" },
  features: {
    description: kept,
    examples: dropped("an output style is chosen by the user, from a list"),
    model: dropped("the conversation's model is the user's choice"),
    tools: unrestricted,
    mcpServers: kept,
    color: dropped("an output style has no colour"),
    paths: dropped("an output style applies to the whole conversation"),
  },
  fields: {
    "keep-coding-instructions": { schema: flag, does: "false leaves out Claude Code's own coding instructions" },
    "force-for-plugin": { schema: flag, does: "switches the style on with the plugin that it stands in" },
  },
  reading: { forms: ["output-styles/<name>.md"], identity: "field" },
  frontMatter: {
    schema: schemaOf("claude-output-style", (z) =>
      z.strictObject({
        name: z.string().min(1),
        description: z.string().min(1),
        "keep-coding-instructions": z.boolean(),
      }),
    ),
    keys: { name: "id", description: "description", "keep-coding-instructions": always(true) },
  },
});
