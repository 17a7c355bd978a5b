import { recognise } from "@personakit/targets/read";
import { defineCheck } from "../model/define-check.ts";

export const loadLink = defineCheck({
  id: "load/link",
  severity: "error",
  what: "An instruction file is a link that leads nowhere, or is not in UTF-8.",
  why: {
    text: "A link whose target was moved or is not in the repository is no file for any tool, and none of them says so. On Windows, git writes links as plain files. A file in UTF-16 is read as UTF-8: a model gets every letter with a NUL character behind it.",
    sources: [{ source: "requests of eight tools", date: "2026-11-28" }],
  },
  examples: {
    bad: [
      {
        files: { "CLAUDE.md": "->nowhere.md", "docs/rules.md": "Use pnpm.\n" },
        finds: [["CLAUDE.md", 1]],
        right: { "CLAUDE.md": "->docs/rules.md", "docs/rules.md": "Use pnpm.\n" },
        tools: [{ tool: "Claude Code", does: "leaves it out", seen: { outcome: "lost", text: "Use pnpm." } }],
      },
      {
        files: { "CLAUDE.md": "U\0s\0e\0 \0p\0n\0p\0m\0.\0" },
        finds: [["CLAUDE.md", 1]],
        right: { "CLAUDE.md": "Use pnpm.\n" },
        tools: [
          {
            tool: "Claude Code",
            does: "sends the NUL characters, too",
            seen: { outcome: "added", text: "U\\u0000s\\u0000e" },
          },
        ],
      },
    ],
    good: [{ "CLAUDE.md": "->AGENTS.md", "AGENTS.md": "Use pnpm.\n" }],
  },
  *inRepository({ repository: { root, paths, files } }) {
    for (const path of paths) {
      const recognised = recognise(path);
      if (recognised?.isLoaded !== true || recognised.reference !== undefined) continue;
      const bytes = files.file(root === "/" ? `/${path}` : `${root}/${path}`)?.bytes;
      if (bytes !== undefined && !bytes.includes(0)) continue;
      const { tool } = recognised.readable;
      yield bytes === undefined
        ? {
            path,
            problem:
              "nothing can be read here: a link that leads nowhere, or a file that is too large or closed to you",
            hint: "Let the link lead to a file of the repository, or write a file.",
            tools: [tool],
          }
        : {
            path,
            problem: "this has NUL characters, as UTF-16 has, and tools send it with them",
            hint: "Save it as UTF-8.",
            severity: "warning",
            tools: [tool],
          };
    }
  },
});
