import { ownTarget } from "../define/define-target.ts";
import { dropped, kept, mapped, unrestricted } from "../features/features.ts";
import { schemaOf } from "../format/schema.ts";
import { guardImports } from "../guard/imports.ts";

/**
 * Claude Code's rules: loaded with the files that a persona is for, and always where it names none. References stand outside
 * `.claude/rules`, where every Markdown file is loaded as a rule.
 */
export const claudeRule = ownTarget({
  id: "claude-rule",
  tool: "Claude Code",
  readers: ["Claude Code", "GitHub Copilot"],
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/memory" },
  files: { main: ".claude/rules/<name>.md", reference: ".claude/references/<name>/<reference>.md" },
  features: {
    description: mapped("a rule is always on, or loaded with its files, so nothing chooses it"),
    examples: dropped("a rule has no description"),
    model: dropped("a rule runs in the model that reads it"),
    tools: unrestricted,
    mcpServers: kept,
    color: dropped("a rule has no colour"),
    paths: kept,
  },
  reading: { paths: [".claude/rules/**/<name>.md"], keys: { name: "id", description: "description" } },
  frontMatter: {
    schema: schemaOf("claude-rule", (z) =>
      z.strictObject({ paths: z.array(z.string().min(1)).min(1).exactOptional() }),
    ),
    keys: { paths: "paths" },
  },
  guard: guardImports,
});
