import { compileFiles } from "../agent-file.ts";
import { Report } from "../report.ts";
import { defineTarget } from "../target.ts";

/** The body alone: a system prompt for any program. */
export const plain = defineTarget({
  id: "plain",
  tool: "any program",
  path: "prompts/<name>.md",
  readers: [],
  checked: { date: "2026-11-21", version: "none", source: "https://commonmark.org/" },
  compile(document) {
    const report = new Report("plain", document);
    const layout = {
      target: "plain",
      path: `prompts/${document.id}.md`,
      referenceFile: (id: string) => `prompts/${document.id}/${id}.md`,
    };
    report.unrestricted();
    report.model({ why: "a prompt does not choose its model" });
    report.color({ why: "a prompt has no colour" });
    report.paths("a prompt is not loaded by file");
    report.note("description", "mapped", "a prompt is chosen by its program");
    if (document.examples.length > 0) report.note("examples", "dropped", "a prompt has no description");
    return compileFiles(layout, document, report, (body) => ({ path: layout.path, ...body }));
  },
});
