import { ownTarget } from "../define/define-target.ts";
import { dropped, kept, mapped, unrestricted } from "../features/features.ts";

/** The body alone: a system prompt for any program. */
export const plain = ownTarget({
  id: "plain",
  tool: "any program",
  readers: [],
  checked: { date: "2026-11-21", version: "none", source: "https://commonmark.org/" },
  files: { main: "prompts/<name>.md", reference: "prompts/<name>/<reference>.md" },
  features: {
    description: mapped("a prompt is chosen by its program"),
    examples: dropped("a prompt has no description"),
    model: dropped("a prompt does not choose its model"),
    tools: unrestricted,
    mcpServers: kept,
    color: dropped("a prompt has no colour"),
    paths: dropped("a prompt is not loaded by file"),
  },
});
