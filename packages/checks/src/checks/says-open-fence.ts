import { defineCheck } from "../model/define-check.ts";

export const saysOpenFence = defineCheck({
  id: "says/open-fence",
  severity: "warning",
  what: "A code fence that never closes.",
  why: {
    text: "Everything below the fence is code: headings and rules among it are no longer rules, and Claude Code follows no import there. 105 of 37,219 fences in public persona files never close.",
    sources: [{ source: "7,758 files of public repositories", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      {
        files: { "AGENTS.md": "Run:\n\n```sh\npnpm test\n\n# Style\n\n- Write tests.\n" },
        finds: [["AGENTS.md", 3]],
      },
      {
        files: { "AGENTS.md": "Run:\n\n```sh\npnpm test\n" },
        finds: [["AGENTS.md", 3]],
        fixed: { "AGENTS.md": "Run:\n\n```sh\npnpm test\n```\n" },
      },
      {
        files: { "CLAUDE.md": "```sh\npnpm test\n\n@docs/style.md\n", "docs/style.md": "Use tabs.\n" },
        finds: [["CLAUDE.md", 1]],
        right: { "CLAUDE.md": "```sh\npnpm test\n```\n\n@docs/style.md\n", "docs/style.md": "Use tabs.\n" },
        tools: [{ tool: "Claude Code", does: "follows no import in it", seen: { outcome: "lost", text: "Use tabs." } }],
      },
      {
        files: { "GEMINI.md": "```sh\npnpm test\n\n@docs/style.md\n", "docs/style.md": "Use tabs.\n" },
        finds: [["GEMINI.md", 1]],
        right: { "GEMINI.md": "```sh\npnpm test\n```\n\n@docs/style.md\n", "docs/style.md": "Use tabs.\n" },
        tools: [
          {
            tool: "Gemini CLI",
            does: "follows imports in it all the same",
            seen: { outcome: "kept", text: "Use tabs." },
          },
        ],
      },
    ],
    good: [{ "AGENTS.md": "Run:\n\n````md\n```sh\npnpm test\n````\n\n- Write:\n\n  ~~~\n  tests\n  ~~~\n" }],
  },
  *inFile({ path, text, fences, blocks, bodyStart, tables }) {
    // In TOML, the text ends with its own marks.
    const last = blocks.at(-1);
    for (const { start, code, isOpen } of fences) {
      const below = code.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "").length;
      if (!isOpen || below === 0) continue;
      const isLast = last?.kind === "fence" && bodyStart + last.start === start && tables.reading?.toml === undefined;
      const marks = /^(?:`+|~+)/.exec(text.slice(start))?.[0] ?? "";
      const end = text.trimEnd().length;
      const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
      // With text below it, where the code ends is yours to say.
      const isCode = !/^(?:#{1,6} |[-*+] |\d+\. )|\n[ \t]*\r?\n/m.test(code.trimEnd());
      const fix = isLast && isCode ? [{ start: end, end, text: `${lineEnd}${marks}` }] : undefined;
      yield {
        path,
        at: start,
        problem: `this fence never closes, so that ${below === 1 ? "the line" : `the ${below} lines`} below it ${below === 1 ? "is" : "are"} code`,
        hint: `Close it with ${marks} on a line of its own. If it holds another fence, give the outer one more marks.`,
        fix,
      };
    }
  },
});
