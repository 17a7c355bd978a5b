import { ownTarget } from "../define/define-target.ts";
import { dropped, kept, unrestricted } from "../features/features.ts";
import { flag } from "../features/field-schema.ts";
import { always, joined } from "../format/keys.ts";
import { schemaOf } from "../format/schema.ts";

/** Cursor rules: attached to files by glob, or offered to the model by description where a persona names no files. */
export const cursorRule = ownTarget({
  id: "cursor-rule",
  tool: "Cursor",
  readers: ["Cursor"],
  checked: { date: "2026-10-07", version: "2026-10", source: "https://cursor.com/docs/context/rules" },
  files: { main: ".cursor/rules/<name>.mdc", reference: ".cursor/references/<name>/<reference>.md" },
  features: {
    description: { ...kept, optional: "withPaths" },
    examples: dropped("Cursor reads only simple front matter"),
    model: dropped("a rule runs in the model that reads it"),
    tools: unrestricted,
    mcpServers: kept,
    color: dropped("a rule has no colour"),
    paths: kept,
  },
  fields: { alwaysApply: { schema: flag, does: "true loads the rule into every conversation" } },
  reading: {
    paths: [".cursor/rules/**/<name>.mdc"],
    forms: ["<name>.mdc"],
    keys: { globs: "paths" },
    plain: ["globs"],
    everywhere: { alwaysApply: true },
  },
  frontMatter: {
    schema: schemaOf("cursor-rule", (z) =>
      z.strictObject({ description: z.string().min(1).exactOptional(), alwaysApply: z.literal(false) }),
    ),
    keys: { description: "description", alwaysApply: always(false) },
    plain: { globs: joined("paths", ",") },
  },
});
