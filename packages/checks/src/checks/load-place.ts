import { recognise } from "@personakit/targets/read";
import { defineCheck } from "../model/define-check.ts";
import type { Severity } from "../model/groups.ts";

/** Where a file does not do what its place promises. */
interface Misplaced {
  readonly pattern: RegExp;
  /** Where it should lie, with `$1` and so on for what the pattern has found. */
  readonly right: string;
  readonly tool: string;
  readonly severity: Severity;
  readonly why: string;
}

const PLACES: readonly Misplaced[] = [
  {
    pattern: /^(.*\/)?\.cursor\/rules\/(.+)\.md$/,
    right: "$1.cursor/rules/$2.mdc",
    tool: "Cursor",
    severity: "warning",
    why: "reads rules from .mdc files alone",
  },
  {
    pattern: /^(.*\/)?\.claude\/(agent|command|rule|skill)\/(.+)$/,
    right: "$1.claude/$2s/$3",
    tool: "Claude Code",
    severity: "error",
    why: "does not look in this folder",
  },
  {
    pattern: /^(.*\/)?(\.claude|\.agents|\.github|\.cursor|\.gemini|\.qwen|\.codex)\/skills\/([^/]+)\.md$/,
    right: "$1$2/skills/$3/SKILL.md",
    tool: "",
    severity: "error",
    why: "reads a skill from a folder with a SKILL.md",
  },
  {
    pattern:
      /^(.*\/)?(\.claude|\.agents|\.github|\.cursor|\.gemini|\.qwen|\.codex)\/skills\/([^/]+)\/(?!SKILL\.md$)(?:skill|Skill|SKILL)\.(?:md|MD)$/,
    right: "$1$2/skills/$3/SKILL.md",
    tool: "",
    severity: "error",
    why: "looks for SKILL.md in these letters",
  },
  {
    pattern: /^(.*\/)?\.claude\/skills\/([^/]+)\/([^/]+)\/SKILL\.md$/,
    right: "$1.claude/skills/$3/SKILL.md",
    tool: "Claude Code",
    severity: "error",
    why: "reads skills one folder deep",
  },
  {
    pattern: /^(.*\/)?\.github\/instructions\/(.+?)(?<!\.instructions)\.md$/,
    right: "$1.github/instructions/$2.instructions.md",
    tool: "GitHub Copilot CLI",
    severity: "error",
    why: "reads files that end in .instructions.md alone",
  },
  {
    pattern: /^(.*\/)?\.github\/prompts\/(.+?)(?<!\.(?:prompt|instructions|agent))\.md$/,
    right: "$1.github/prompts/$2.prompt.md",
    tool: "GitHub Copilot",
    severity: "warning",
    why: "reads files that end in .prompt.md alone",
  },
  {
    pattern: /^(.*\/)?\.codex\/agents\/([^/]+)\.md$/,
    right: "$1.codex/agents/$2.toml",
    tool: "Codex",
    severity: "error",
    why: "reads agents from .toml files alone",
  },
  {
    pattern: /^(.*\/)?\.(gemini|qwen)\/agents\/(?:[^/]+\/)+([^/]+\.md)$/,
    right: "$1.$2/agents/$3",
    tool: "",
    severity: "error",
    why: "does not look in folders within this one",
  },
  {
    pattern: /^[Cc]laude\.md$/,
    right: "CLAUDE.md",
    tool: "Claude Code",
    severity: "error",
    why: "looks for CLAUDE.md in these letters",
  },
  {
    pattern: /^(?:[Aa]gents?|AGENT)\.md$/,
    right: "AGENTS.md",
    tool: "",
    severity: "error",
    why: "looks for AGENTS.md in these letters",
  },
  {
    pattern: /^(?:\.github\/)?copilot[-_]instructions?\.md$/i,
    right: ".github/copilot-instructions.md",
    tool: "GitHub Copilot CLI",
    severity: "error",
    why: "looks for .github/copilot-instructions.md",
  },
];

/** What a folder's tool is called. */
const TOOLS: { readonly [folder: string]: string } = {
  ".claude": "Claude Code",
  ".agents": "Codex",
  ".github": "GitHub Copilot CLI",
  ".cursor": "Cursor",
  ".gemini": "Gemini CLI",
  ".qwen": "Qwen Code",
  ".codex": "Codex",
};

const skill = "---\nname: release\ndescription: Tags a release.\n---\n\nTag the commit.\n";

export const loadPlace = defineCheck({
  id: "load/place",
  severity: "error",
  what: "A file lies where no tool looks, or has a name that none looks for.",
  why: {
    text: "Tools look for exact names in exact folders, and say nothing of what lies beside them. On a disk that does not tell capital letters apart, a wrong name works for you and not in CI.",
    sources: [
      { source: "requests of Claude Code 2.1.329, Codex 0.169.0 and GitHub Copilot CLI 1.0.102", date: "2026-11-28" },
    ],
  },
  observed: [
    {
      tool: "Claude Code",
      version: "2.1.329",
      known: "observed",
      does: "leaves out skill.md, claude.md and skills two folders deep",
    },
    { tool: "GitHub Copilot CLI", version: "1.0.102", known: "observed", does: "reads *.instructions.md alone" },
    { tool: "Cursor", version: "2026-10", known: "documented", does: "ignores .md files among its rules" },
  ],
  examples: {
    bad: [
      { files: { ".claude/skills/release.md": skill }, finds: [[".claude/skills/release.md", 1]] },
      { files: { ".claude/skills/release/skill.md": skill }, finds: [[".claude/skills/release/skill.md", 1]] },
      { files: { ".claude/skills/git/release/SKILL.md": skill }, finds: [[".claude/skills/git/release/SKILL.md", 1]] },
      { files: { ".claude/agent/dev.md": skill }, finds: [[".claude/agent/dev.md", 1]] },
      { files: { ".cursor/rules/api.md": "Return errors as data.\n" }, finds: [[".cursor/rules/api.md", 1]] },
      {
        files: { ".github/instructions/api.md": "Return errors as data.\n" },
        finds: [[".github/instructions/api.md", 1]],
      },
      { files: { "claude.md": "Use pnpm.\n" }, finds: [["claude.md", 1]] },
    ],
    good: [
      {
        ".claude/skills/release/SKILL.md": skill,
        ".claude/skills/release/references/tags.md": "Tags.\n",
        ".claude/skills/README.md": "Our skills.\n",
        ".cursor/rules/README.md": "Our rules.\n",
        ".github/instructions/api.instructions.md": "Return errors as data.\n",
        "docs/agents.md": "What agents are.\n",
      },
    ],
  },
  *inRepository(facts) {
    for (const path of facts.repository.paths) {
      if (/(?:^|\/)(?:readme|index|_\w*)\.\w+$/i.test(path)) continue;
      const found = PLACES.find(({ pattern }) => pattern.test(path));
      if (found === undefined) continue;
      const { pattern, right: template, severity, why } = found;
      const folder = /(?:^|\/)(\.\w+)\//.exec(path)?.[1] ?? "";
      const tool = found.tool === "" ? (TOOLS[folder] ?? "Codex") : found.tool;
      const right = path.replace(pattern, template).replace("undefined", "");
      // A page of a skill may be called as the skill that it belongs to; and what lies in both places is not lost.
      if (right === path || facts.has(right) || (found.tool === "" && recognise(path)?.reference !== undefined))
        continue;
      yield {
        path,
        problem: `${tool} ${why}, and leaves this file out`,
        hint: `Move it to ${right}.`,
        severity,
        tools: [tool],
      };
    }
  },
});
