import { relativeTo } from "../facts/paths.ts";
import { defineCheck } from "../model/define-check.ts";

/** How many characters of what is lost a finding shows. */
const SHOWN = 60;

export const cutMemory = defineCheck({
  id: "cut/memory",
  severity: "error",
  what: "A tool cuts a file of instructions, because it and those above it are too long together.",
  why: {
    text: "Codex reads 32,768 bytes of all AGENTS.md files from the repository's root down to where you start it. It cuts the rest off, in the middle of a line, and says so only in its log.",
    sources: [{ source: "requests of Codex 0.169.0", date: "2026-11-28" }],
  },
  examples: {
    bad: [
      {
        files: { ".codex/config.toml": "", "AGENTS.md": `${"Use pnpm.\n".repeat(3277)}Never push to main.\n` },
        finds: [["AGENTS.md", 3277]],
        right: { ".codex/config.toml": "", "AGENTS.md": `${"Use pnpm.\n".repeat(3274)}Never push to main.\n` },
        tools: [
          {
            tool: "Codex",
            does: "cuts it behind 32,768 bytes",
            seen: { outcome: "lost", text: "Never push to main." },
          },
        ],
      },
      {
        files: {
          ".codex/config.toml": "",
          "AGENTS.md": "Use pnpm.\n".repeat(3000),
          "packages/api/AGENTS.md": `${"Use vitest.\n".repeat(3000)}Never push to main.\n`,
        },
        finds: [["packages/api/AGENTS.md", 231]],
        right: {
          ".codex/config.toml": "",
          "AGENTS.md": "Use pnpm.\n".repeat(3000),
          "packages/api/AGENTS.md": `${"Use vitest.\n".repeat(200)}Never push to main.\n`,
        },
        tools: [
          {
            tool: "Codex",
            does: "counts the files above it, too",
            seen: { outcome: "lost", text: "Never push to main.", cwd: "packages/api" },
          },
        ],
      },
    ],
    good: [{ ".codex/config.toml": "", "AGENTS.md": "Use pnpm.\n".repeat(3000) }],
  },
  *inRepository(facts) {
    const { root } = facts.repository;
    const seen = new Set<string>();
    for (const { tool, parts, folder, leftOut } of facts.contexts()) {
      const cuts = parts.flatMap(({ cut, sources: [source = ""] }) =>
        cut?.unit === "bytes" ? [{ source, kept: cut.kept }] : [],
      );
      const whole = leftOut.flatMap(({ code, path }) => (code === "over-limit" ? [{ source: path, kept: 0 }] : []));
      for (const { source, kept } of [...cuts, ...whole]) {
        const path = relativeTo(root, source);
        const file = facts.file(path);
        if (file === undefined || seen.has(`${tool.id} ${path}`)) continue;
        seen.add(`${tool.id} ${path}`);
        const bytes = new TextEncoder().encode(file.text);
        const start = new TextDecoder().decode(bytes.subarray(0, kept)).replace(/\uFFFD$/, "").length;
        const lost = file.text
          .slice(start, start + 4 * SHOWN)
          .trim()
          .replace(/\s+/g, " ")
          .slice(0, SHOWN);
        const from = folder === "" ? "" : ` when you start it in ${folder}`;
        yield {
          path,
          at: start,
          problem: `${tool.name} leaves out the last ${bytes.length - kept} of ${bytes.length} bytes${from}, from "${lost}" on`,
          hint: "Shorten this file or those above it, or move what few tasks need into a skill.",
          tools: [tool.name],
        };
      }
    }
  },
});
