import { relativeTo } from "../facts/paths.ts";
import { defineCheck } from "../model/define-check.ts";

/** Files that each import the next one. */
const chain = (length: number) =>
  Object.fromEntries(Array.from({ length }, (_, index) => [`docs/${index + 1}.md`, `@${index + 2}.md\n`]));

export const loadImport = defineCheck({
  id: "load/import",
  severity: "warning",
  what: "A tool leaves an import out, because of where it is started or how deep the import lies.",
  why: {
    text: "Claude Code imports nothing from outside of the folder in which it is started, unless you have agreed: started in a package, it reads the CLAUDE.md above it without what that imports. Behind four files in a row, it stops without a word.",
    sources: [{ source: "requests of Claude Code 2.1.329", date: "2026-11-28" }],
  },
  examples: {
    bad: [
      {
        files: {
          "CLAUDE.md": "Be brief.\n\n@docs/style.md\n",
          "docs/style.md": "Use tabs.\n",
          "packages/api/CLAUDE.md": "Return errors as data.\n",
        },
        finds: [["CLAUDE.md", 3]],
        right: {
          "CLAUDE.md": "Be brief.\n\nUse tabs.\n",
          "packages/api/CLAUDE.md": "Return errors as data.\n",
        },
        tools: [
          {
            tool: "Claude Code",
            does: "leaves out an import from outside of the folder that it is started in",
            seen: { outcome: "lost", text: "Use tabs.", cwd: "packages/api" },
          },
        ],
      },
      {
        files: { "CLAUDE.md": "@docs/1.md\n", ...chain(5), "docs/5.md": "Use tabs.\n" },
        finds: [["docs/4.md", 1]],
        right: { "CLAUDE.md": "@docs/1.md\n", ...chain(4), "docs/4.md": "Use tabs.\n" },
        tools: [
          {
            tool: "Claude Code",
            does: "leaves out what is behind four files in a row",
            seen: { outcome: "lost", text: "Use tabs." },
          },
        ],
      },
    ],
    good: [
      { "CLAUDE.md": "Be brief.\n\n@docs/style.md\n", "docs/style.md": "Use tabs.\n" },
      {
        "CLAUDE.md": "Be brief.\n",
        "packages/api/CLAUDE.md": "Return errors as data.\n\n@style.md\n",
        "packages/api/style.md": "Use tabs.\n",
      },
    ],
  },
  *inRepository(facts) {
    const { root } = facts.repository;
    const seen = new Set<string>();
    for (const { tool, folder, leftOut } of facts.contexts()) {
      for (const { path, code, by } of leftOut) {
        if (by === undefined || (code !== "outside" && code !== "too-deep")) continue;
        const from = relativeTo(root, by);
        const text = facts.textOf(from);
        const key = [tool.id, by, path].join("\n");
        if (text === undefined || seen.has(key)) continue;
        seen.add(key);
        const name = path.slice(path.lastIndexOf("/") + 1);
        const at = Math.max(0, text.search(new RegExp(`@\\S*${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`)));
        const problem =
          code === "outside"
            ? `started in ${folder === "" ? "the root" : folder}, ${tool.name} leaves this import out, unless you have agreed to it`
            : `${tool.name} leaves this import out: it follows imports only so many files deep`;
        const hint =
          code === "outside"
            ? "Write its text here, or start the tool at the root."
            : "Import it from a file further up.";
        yield {
          path: from,
          at,
          problem,
          hint,
          tools: [tool.name],
          ...(code === "outside" ? {} : { severity: "error" as const }),
        };
      }
    }
  },
});
