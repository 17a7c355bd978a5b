import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import { Report } from "../report.ts";
import { defineTarget } from "../target.ts";

const schema = z.strictObject({ name: z.string().min(1), description: z.string().min(1), applyTo: z.string().min(1) });

/** GitHub Copilot instructions for the files that a persona is for; for all files when it names none. */
export const copilotInstructions = defineTarget({
  id: "copilot-instructions",
  tool: "GitHub Copilot",
  path: ".github/instructions/<name>.instructions.md",
  readers: ["GitHub Copilot"],
  checked: {
    date: "2026-11-21",
    version: "1.0.102",
    source: "https://docs.github.com/en/copilot/how-tos/configure-custom-instructions",
  },
  compile(document) {
    const report = new Report("copilot-instructions", document);
    const layout = {
      target: "copilot-instructions",
      path: `.github/instructions/${document.id}.instructions.md`,
      referenceFile: (id: string) => `.github/references/${document.id}/${id}.md`,
    };
    report.unrestricted();
    report.model({ why: "instructions run in the model that reads them" });
    report.color({ why: "instructions have no colour" });
    return agentFile(layout, document, report, schema, {
      name: document.id,
      description: report.description("instructions are loaded by file, not by description"),
      // One string with commas: a YAML list is not read.
      applyTo: (report.paths() ?? ["**"]).join(","),
    });
  },
});
