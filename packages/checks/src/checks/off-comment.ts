import { offIn } from "../facts/off.ts";
import { defineCheck } from "../model/define-check.ts";
import { GROUPS } from "../model/groups.ts";

export const offComment = defineCheck({
  id: "off/comment",
  severity: "warning",
  what: "A comment that switches a check off names no check, gives no reason, or is not needed.",
  why: {
    text: "Whoever reads the file next must see why a finding is no fault here. A comment that outlives its finding hides the next one.",
    sources: [],
  },
  examples: {
    bad: [
      {
        files: { "AGENTS.md": "<!-- personakit-disable load/front-matter -->\n\nUse pnpm.\n" },
        finds: [["AGENTS.md", 1]],
      },
      {
        files: { "AGENTS.md": "<!-- personakit-disable front-matter: written by a tool -->\n\nUse pnpm.\n" },
        finds: [["AGENTS.md", 1]],
      },
      {
        files: { "AGENTS.md": "Use pnpm.\n\n<!-- personakit-disable load/front-matter: written by a tool -->\n" },
        finds: [["AGENTS.md", 3]],
      },
    ],
    good: [
      {
        ".claude/agents/dev.md":
          "---\nname: dev\ndescription: Use it when: always\n# personakit-disable load/front-matter: only Claude Code reads it\n---\n\nDo it.\n",
      },
      { "AGENTS.md": "Switch a check off so:\n\n```md\n<!-- personakit-disable load/front-matter -->\n```\n" },
    ],
  },
  *inFile(file) {
    const { path } = file;
    for (const { id, reason, start } of offIn(file)) {
      const [group = "", name] = id.split("/");
      if (!Object.hasOwn(GROUPS, group) || name === "") {
        const problem = id === "" ? "this switches off no check" : `this switches off ${id}, which is no check`;
        yield { path, at: start, problem, hint: "Name the check, such as load/front-matter." };
      } else if (reason === "") {
        const hint = `Write why: personakit-disable ${id}: the reason.`;
        yield { path, at: start, problem: "this gives no reason, so it switches nothing off", hint };
      }
    }
  },
});
