import { PersonaKitError } from "@personakit/core";
import { compileFiles } from "../agent-file.ts";
import { Report } from "../report.ts";
import { guardImports } from "../safety.ts";
import { defineTarget } from "../target.ts";

/** Codex's `project_doc_max_bytes`, which the files of all folders above share. */
const FILE_LIMIT = { bytes: 32_768, beyond: "Codex cuts the rest off, with only a log line" };

/** A block in `AGENTS.md`, which many tools read; the rest of the file stays the user's. */
export const agentsMd = defineTarget({
  id: "agents-md",
  tool: "AGENTS.md",
  path: "AGENTS.md",
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
  compile(document) {
    const report = new Report("agents-md", document);
    const layout = {
      target: "agents-md",
      path: "AGENTS.md",
      referenceFile: (id: string) => `.agents/references/${document.id}/${id}.md`,
      guard: guardImports,
    };
    report.unrestricted();
    report.model({ why: "AGENTS.md is read by the model at hand" });
    report.color({ why: "AGENTS.md has no colour" });
    report.paths("AGENTS.md holds for every file");
    report.note("description", "mapped", "always on, so nothing chooses it");
    if (document.examples.length > 0) report.note("examples", "dropped", "AGENTS.md is always on");
    return compileFiles(layout, document, report, (body) => {
      if (/^<!-- personakit:(?:begin|end) /m.test(body.text)) {
        const place = `persona "${document.id}", target agents-md`;
        throw new PersonaKitError([
          { place, problem: "a line of it is a marker of our blocks", hint: "Indent that line." },
        ]);
      }
      return { path: layout.path, block: document.id, fileLimit: FILE_LIMIT, ...body };
    });
  },
});
