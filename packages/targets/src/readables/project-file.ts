import { defineReadable, type ReadableSpec } from "../define/readable.ts";
import { dropped, kept, mapped, unrestricted } from "../features/features.ts";
import type { Reading } from "../read/reading.ts";

/** A file of instructions for a whole folder, which one tool reads. `AGENTS.md`, which many read, is a target. */
function projectFile(
  id: string,
  tool: string,
  main: string,
  checked: ReadableSpec["checked"],
  reading: Reading = {},
): ReturnType<typeof defineReadable> {
  return defineReadable({
    id,
    tool,
    checked,
    files: { main },
    features: {
      description: mapped("always on, so nothing chooses it"),
      examples: dropped("it is always on"),
      model: dropped("it is read by whichever model runs"),
      tools: unrestricted,
      mcpServers: kept,
      color: dropped("it has no colour"),
      paths: dropped("it applies to every file"),
    },
    reading,
  });
}

/** What Claude Code reads in every folder on the way to the file at work. */
export const claudeMd = projectFile(
  "claude-md",
  "Claude Code",
  "CLAUDE.md",
  { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/memory" },
  { paths: [".claude/CLAUDE.md", "CLAUDE.local.md"] },
);

/** What Gemini CLI reads. */
export const geminiMd = projectFile("gemini-md", "Gemini CLI", "GEMINI.md", {
  date: "2026-11-21",
  version: "0.61.0",
  source: "https://github.com/google-gemini/gemini-cli",
});

/** What Qwen Code reads. */
export const qwenMd = projectFile("qwen-md", "Qwen Code", "QWEN.md", {
  date: "2026-11-21",
  version: "0.24.4",
  source: "https://github.com/QwenLM/qwen-code",
});

/** What GitHub Copilot reads for the whole repository. */
export const copilotMd = projectFile("copilot-md", "GitHub Copilot", ".github/copilot-instructions.md", {
  date: "2026-11-21",
  version: "1.0.102",
  source: "https://docs.github.com/en/copilot/how-tos/configure-custom-instructions",
});
