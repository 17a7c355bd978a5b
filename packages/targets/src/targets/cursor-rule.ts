import { z } from "zod";
import { compileFiles } from "../agent-file.ts";
import { withFrontMatter, withPlainLine } from "../front-matter.ts";
import { Report } from "../report.ts";
import { defineTarget } from "../target.ts";

const schema = z.strictObject({ description: z.string().min(1), alwaysApply: z.literal(false) });

/** Cursor rules: attached to files by glob, or offered to the model by description where a persona names no files. */
export const cursorRule = defineTarget({
  id: "cursor-rule",
  tool: "Cursor",
  path: ".cursor/rules/<name>.mdc",
  readers: ["Cursor"],
  checked: { date: "2026-10-07", version: "2026-10", source: "https://cursor.com/docs/context/rules" },
  compile(document) {
    const report = new Report("cursor-rule", document);
    const layout = {
      target: "cursor-rule",
      path: `.cursor/rules/${document.id}.mdc`,
      referenceFile: (id: string) => `.cursor/references/${document.id}/${id}.md`,
    };
    report.unrestricted();
    report.model({ why: "a rule runs in the model that reads it" });
    report.color({ why: "a rule has no colour" });
    const data = {
      description: report.description("Cursor's reader of front matter is simplified"),
      alwaysApply: false as const,
    };
    const globs = report.paths();
    return compileFiles(layout, document, report, (body) => {
      const file = withFrontMatter("cursor-rule", document, layout.path, schema, data, body);
      // Cursor reads globs as plain text: quotes would belong to the pattern.
      return globs === undefined ? file : withPlainLine(document, file, `globs: ${globs.join(",")}`, body);
    });
  },
});
