import { recognise } from "@personakit/targets/read";
import { defineCheck } from "../model/define-check.ts";

/** An example can hold a link only as what it leads to, so what cannot be read stands for one that leads nowhere. */
const UNREADABLE = "\u0000link";

export const loadLink = defineCheck({
  id: "load/link",
  severity: "error",
  what: "An instruction file is a link that leads nowhere, or is no text.",
  why: {
    text: "A link whose target was moved or is not in the repository is no file for any tool, and none of them says so. On Windows, git writes links as plain files.",
    sources: [{ source: "requests of Claude Code 2.1.329", date: "2026-11-28" }],
  },
  observed: [{ tool: "Claude Code", version: "2.1.329", known: "observed", does: "leaves it out without a word" }],
  examples: {
    bad: [{ files: { "CLAUDE.md": UNREADABLE, "AGENTS.md": "Use pnpm.\n" }, finds: [["CLAUDE.md", 1]] }],
    good: [{ "CLAUDE.md": "Use pnpm.\n" }],
  },
  *inRepository({ repository: { root, paths, files } }) {
    for (const path of paths) {
      const recognised = recognise(path);
      if (recognised?.isLoaded !== true || recognised.reference !== undefined) continue;
      const bytes = files.file(root === "/" ? `/${path}` : `${root}/${path}`)?.bytes;
      if (bytes !== undefined && !bytes.includes(0)) continue;
      const problem =
        bytes === undefined
          ? "nothing can be read here: a link that leads nowhere, or a file that is too large or closed to you"
          : "this is no text: it has NUL characters";
      const { tool } = recognised.readable;
      yield { path, problem, hint: "Let the link lead to a file of the repository, or write a file.", tools: [tool] };
    }
  },
});
