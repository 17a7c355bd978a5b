import { splitGlobs } from "@personakit/targets/read";
import { type FileField, fieldFor } from "../facts/fields.ts";
import { defineCheck } from "../model/define-check.ts";

/** A repository with fewer files than these has just begun: its rules are for files to come. */
const FEWEST = 10;

/** A repository that has more. */
const SOURCES = Object.fromEntries(Array.from({ length: FEWEST }, (_, index) => [`src/${index}.ts`, ""]));

export const loadGlobs = defineCheck({
  id: "load/globs",
  severity: "warning",
  what: "A rule is for files that the repository does not have, so it is never loaded.",
  why: {
    text: "A rule with globs is loaded when a matching file is read. A folder that was renamed, or a pattern with a mistake in it, switches the rule off for good.",
    sources: [{ source: "requests of Claude Code 2.1.329 and GitHub Copilot CLI 1.0.102", date: "2026-11-28" }],
  },
  formats: ["claude-rule", "copilot-instructions", "cursor-rule"],
  examples: {
    bad: [
      {
        files: {
          ...SOURCES,
          ".claude/rules/api.md": '---\npaths: "source/**/*.ts"\n---\n\nReturn errors as data.\n',
        },
        finds: [[".claude/rules/api.md", 2]],
        right: { ...SOURCES, ".claude/rules/api.md": '---\npaths: "src/**/*.ts"\n---\n\nReturn errors as data.\n' },
        tools: [
          {
            tool: "Claude Code",
            does: "sends the rule with a matching file alone",
            seen: { outcome: "lost", text: "Return errors as data.", reads: "src/0.ts" },
          },
        ],
      },
      {
        files: {
          ...SOURCES,
          ".github/instructions/api.instructions.md": '---\napplyTo: "source/**"\n---\n\nReturn errors as data.\n',
        },
        finds: [[".github/instructions/api.instructions.md", 2]],
        right: {
          ...SOURCES,
          ".github/instructions/api.instructions.md": '---\napplyTo: "src/**"\n---\n\nReturn errors as data.\n',
        },
        tools: [
          {
            tool: "GitHub Copilot CLI",
            does: "sends the rule with a matching file alone",
            seen: { outcome: "lost", text: "Return errors as data.", reads: "src/0.ts" },
          },
        ],
      },
      {
        files: {
          ...SOURCES,
          ".cursor/rules/api.mdc": '---\nglobs: "src/**/*.ts"\n---\n\nReturn errors as data.\n',
        },
        finds: [[".cursor/rules/api.mdc", 2]],
        fixed: { ".cursor/rules/api.mdc": "---\nglobs: src/**/*.ts\n---\n\nReturn errors as data.\n" },
        tools: [
          {
            tool: "Cursor",
            does: "takes quotes for a part of the pattern",
            documented: { source: "https://cursor.com/docs/context/rules", date: "2026-10-07" },
          },
        ],
      },
    ],
    good: [
      {
        ...SOURCES,
        ".claude/rules/api.md": '---\npaths: ["lib/**", "src/**/*.{js,ts}"]\n---\n\nReturn errors as data.\n',
      },
      { ...SOURCES, ".cursor/rules/api.mdc": "---\nglobs: **/*.ts,**/*.tsx\n---\n\nReturn errors as data.\n" },
      {
        ...SOURCES,
        "packages/api/src/index.ts": "",
        "packages/api/.claude/rules/api.md": "---\npaths: src/*.ts\n---\n\nReturn errors as data.\n",
      },
      // What it is for is still to be written.
      { "src/index.js": "", ".claude/rules/api.md": "---\npaths: src/*.ts\n---\n\nReturn errors as data.\n" },
    ],
  },
  *inFile(file, facts) {
    const { path, text, kind, folder, isReference, isLoaded, tables } = file;
    const field = fieldFor(file, "paths");
    if (isReference || !isLoaded || field === undefined) return;
    const written = text.slice(field.valueStart, field.valueEnd).trim();
    const isQuoted = kind === "cursor-rule" && /^(?:"[^"]*"|'[^']*')$/.test(written);
    const globs = globsOf(field);
    if (isQuoted) {
      const plain = written.slice(1, -1);
      yield {
        path,
        at: field.start,
        problem: `${tables.tool} takes the quotes for a part of the pattern, which then matches no file`,
        hint: `Write: ${field.key}: ${plain}`,
        fix: [{ start: field.valueStart, end: field.valueEnd, text: ` ${plain}` }],
      };
    } else if (
      facts.others.length >= FEWEST &&
      globs.length > 0 &&
      !globs.some((glob) => facts.matches(glob, folder))
    ) {
      const problem = `no file here matches ${globs.slice(0, 3).join(", ")}, so this is never loaded`;
      yield { path, at: field.start, problem, hint: "Name files that there are, or remove it." };
    }
  },
});

/** The patterns of a field. Where YAML refuses them, the tool reads the text as it stands. */
function globsOf({ value, text = "" }: FileField): readonly string[] {
  return splitGlobs(typeof value === "object" ? value : text) ?? [];
}
