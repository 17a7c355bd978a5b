import { ownTarget } from "../define/define-target.ts";
import { dropped, kept, mapped, unrestricted } from "../features/features.ts";
import { guardImports } from "../guard/imports.ts";

/** A block in `AGENTS.md`, which many tools read; the rest of the file stays the user's. */
export const agentsMd = ownTarget({
  id: "agents-md",
  tool: "AGENTS.md",
  readers: [
    "Codex",
    "Antigravity",
    "Devin",
    "GitHub Copilot",
    "Cursor",
    "OpenCode",
    "Claude Code",
    "Amp",
    "Zed",
    "Junie",
    "Goose",
    "Kiro",
    "Warp",
  ],
  checked: { date: "2026-11-21", version: "none", source: "https://agents.md/" },
  files: {
    main: "AGENTS.md",
    // Codex's `project_doc_max_bytes`, which the files of all folders above share.
    block: { fileLimit: { bytes: 32_768, beyond: "Codex cuts the rest off, in the middle of a line" } },
    reference: ".agents/references/<name>/<reference>.md",
  },
  features: {
    description: mapped("always on, so nothing chooses it"),
    examples: dropped("AGENTS.md is always on"),
    model: dropped("AGENTS.md is read by whichever model runs"),
    tools: unrestricted,
    mcpServers: kept,
    color: dropped("AGENTS.md has no colour"),
    paths: dropped("AGENTS.md applies to every file"),
  },
  reading: { paths: [".claude/AGENTS.md", ".junie/AGENTS.md", "AGENTS.override.md"] },
  guard: guardImports,
});
