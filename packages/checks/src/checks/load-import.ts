import { relativeTo } from "../facts/paths.ts";
import { defineCheck } from "../model/define-check.ts";

export const loadImport = defineCheck({
  id: "load/import",
  severity: "warning",
  what: "A tool leaves an import out, because of where it is started or how deep the import lies.",
  why: {
    text: "Claude Code imports nothing from outside of the folder in which it is started, unless you have agreed: started in a package, it reads the CLAUDE.md above it without what that imports. Behind four files in a row, it stops without a word.",
    sources: [{ source: "requests of Claude Code 2.1.329", date: "2026-11-28" }],
  },
  observed: [
    {
      tool: "Claude Code",
      version: "2.1.329",
      known: "observed",
      does: "leaves out imports from outside, and behind four files in a row",
    },
  ],
  examples: {
    bad: [
      {
        files: {
          "CLAUDE.md": "Be brief.\n\n@docs/style.md\n",
          "docs/style.md": "Use tabs.\n",
          "packages/api/CLAUDE.md": "Return errors as data.\n",
        },
        finds: [["CLAUDE.md", 3]],
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
        const file = facts.file(relativeTo(root, by));
        const key = [tool.id, by, path].join("\n");
        if (file === undefined || seen.has(key)) continue;
        seen.add(key);
        const name = path.slice(path.lastIndexOf("/") + 1);
        const at = Math.max(0, file.text.search(new RegExp(`@\\S*${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`)));
        const problem =
          code === "outside"
            ? `started in ${folder === "" ? "the root" : folder}, ${tool.name} leaves this import out, unless you have agreed to it`
            : `${tool.name} leaves this import out: it follows imports only so many files deep`;
        const hint =
          code === "outside"
            ? "Write its text here, or start the tool at the root."
            : "Import it from a file further up.";
        yield {
          path: file.path,
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
