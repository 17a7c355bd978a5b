import { matchesGlob } from "@personakit/targets/context";
import { recognise, splitGlobs } from "@personakit/targets/read";
import { type FileField, fieldFor } from "../facts/fields.ts";
import { defineCheck } from "../model/define-check.ts";

export const loadGlobs = defineCheck({
  id: "load/globs",
  severity: "warning",
  what: "A rule is for files that the repository does not have, so it is never loaded.",
  why: {
    text: "A rule with globs is loaded when a matching file is read. A folder that was renamed, or a pattern with a mistake in it, switches the rule off for good.",
    sources: [{ source: "requests of Claude Code 2.1.329 and GitHub Copilot CLI 1.0.102", date: "2026-11-28" }],
  },
  formats: ["claude-rule", "copilot-instructions", "cursor-rule"],
  observed: [
    { tool: "Claude Code", version: "2.1.329", known: "observed", does: "loads the rule with a matching file alone" },
    { tool: "Cursor", version: "2026-10", known: "documented", does: "takes quotes for a part of the pattern" },
  ],
  examples: {
    bad: [
      {
        files: {
          "src/index.ts": "",
          ".claude/rules/api.md": '---\npaths: "source/**/*.ts"\n---\n\nReturn errors as data.\n',
        },
        finds: [[".claude/rules/api.md", 2]],
      },
      {
        files: {
          "src/index.ts": "",
          ".cursor/rules/api.mdc": '---\nglobs: "src/**/*.ts"\n---\n\nReturn errors as data.\n',
        },
        finds: [[".cursor/rules/api.mdc", 2]],
        fixed: { ".cursor/rules/api.mdc": "---\nglobs: src/**/*.ts\n---\n\nReturn errors as data.\n" },
      },
    ],
    good: [
      {
        "src/index.ts": "",
        ".claude/rules/api.md": '---\npaths: ["lib/**", "src/**/*.{js,ts}"]\n---\n\nReturn errors as data.\n',
      },
      { "src/index.ts": "", ".cursor/rules/api.mdc": "---\nglobs: **/*.ts,**/*.tsx\n---\n\nReturn errors as data.\n" },
      {
        "packages/api/src/index.ts": "",
        "packages/api/.claude/rules/api.md": "---\npaths: src/*.ts\n---\n\nReturn errors as data.\n",
      },
      // Nothing but instructions: what it is for is elsewhere.
      { ".claude/rules/api.md": "---\npaths: src/*.ts\n---\n\nReturn errors as data.\n" },
    ],
  },
  *inFile(file, facts) {
    const { path, text, kind, folder, isReference, isLoaded, tables } = file;
    const field = fieldFor(file, "paths");
    const others = facts.repository.paths.filter((each) => recognise(each) === undefined);
    if (isReference || !isLoaded || field === undefined || others.length === 0) return;
    const written = text.slice(field.valueStart, field.valueEnd).trim();
    const isQuoted = kind === "cursor-rule" && /^(?:"[^"]*"|'[^']*')$/.test(written);
    const globs = globsOf(field);
    const base = folder === "" ? "" : `${folder}/`;
    const matches = (glob: string) => {
      const pattern = glob.replace(/^\.?\//, "");
      return [pattern, pattern.endsWith("/") ? `${pattern}**` : `${pattern}/**`].some((each) =>
        facts.repository.paths.some((other) => {
          if (!other.startsWith(base)) return false;
          const inside = other.slice(base.length);
          return matchesGlob(each, inside) || (!pattern.includes("/") && matchesGlob(`**/${pattern}`, inside));
        }),
      );
    };
    if (isQuoted) {
      const plain = written.slice(1, -1);
      yield {
        path,
        at: field.start,
        problem: `${tables.tool} takes the quotes for a part of the pattern, which then matches no file`,
        hint: `Write: ${field.key}: ${plain}`,
        fix: [{ start: field.valueStart, end: field.valueEnd, text: ` ${plain}` }],
      };
    } else if (globs.length > 0 && !globs.some(matches)) {
      const problem = `no file here matches ${globs.slice(0, 3).join(", ")}, so this is never loaded`;
      yield { path, at: field.start, problem, hint: "Name files that there are, or remove it." };
    }
  },
});

/** The patterns of a field. Where YAML refuses them, the tool reads the text as it stands. */
function globsOf({ value, text = "" }: FileField): readonly string[] {
  return splitGlobs(typeof value === "object" ? value : text) ?? [];
}
