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
  examples: {
    bad: [
      {
        files: { ".claude/skills/release.md": skill },
        finds: [[".claude/skills/release.md", 1]],
        right: { ".claude/skills/release/SKILL.md": skill },
        tools: [{ tool: "Claude Code", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { ".claude/skills/release/skill.md": skill },
        finds: [[".claude/skills/release/skill.md", 1]],
        right: { ".claude/skills/release/SKILL.md": skill },
        tools: [{ tool: "Claude Code", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { ".claude/skills/git/release/SKILL.md": skill },
        finds: [[".claude/skills/git/release/SKILL.md", 1]],
        right: { ".claude/skills/release/SKILL.md": skill },
        tools: [{ tool: "Claude Code", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { ".claude/agent/dev.md": skill },
        finds: [[".claude/agent/dev.md", 1]],
        right: { ".claude/agents/dev.md": skill },
        tools: [{ tool: "Claude Code", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { ".cursor/rules/api.md": "Return errors as data.\n" },
        finds: [[".cursor/rules/api.md", 1]],
        tools: [
          {
            tool: "Cursor",
            does: "reads rules from .mdc files alone",
            documented: { source: "https://cursor.com/docs/context/rules", date: "2026-10-07" },
          },
        ],
      },
      {
        files: { ".github/instructions/api.md": "Return errors as data.\n" },
        finds: [[".github/instructions/api.md", 1]],
        right: { ".github/instructions/api.instructions.md": "Return errors as data.\n" },
        tools: [
          {
            tool: "GitHub Copilot CLI",
            does: "leaves it out",
            seen: { outcome: "lost", text: "Return errors as data." },
          },
        ],
      },
      {
        files: { ".github/prompts/api.md": "Return errors as data.\n" },
        finds: [[".github/prompts/api.md", 1]],
        tools: [
          {
            tool: "GitHub Copilot",
            does: "reads prompts from .prompt.md files alone",
            documented: {
              source: "https://github.com/microsoft/vscode-docs",
              date: "2026-07-29",
            },
          },
        ],
      },
      {
        files: { ".codex/agents/release.md": skill },
        finds: [[".codex/agents/release.md", 1]],
        right: {
          ".codex/agents/release.toml":
            'name = "release"\ndescription = "Tags a release."\ndeveloper_instructions = "Tag the commit."\n',
        },
        tools: [{ tool: "Codex", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { ".gemini/agents/git/release.md": skill },
        finds: [[".gemini/agents/git/release.md", 1]],
        right: { ".gemini/agents/release.md": skill },
        tools: [{ tool: "Gemini CLI", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { ".qwen/agents/git/release.md": skill },
        finds: [[".qwen/agents/git/release.md", 1]],
        right: { ".qwen/agents/release.md": skill },
        tools: [{ tool: "Qwen Code", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { "claude.md": "Return errors as data.\n" },
        finds: [["claude.md", 1]],
        right: { "CLAUDE.md": "Return errors as data.\n" },
        tools: [
          { tool: "Claude Code", does: "leaves it out", seen: { outcome: "lost", text: "Return errors as data." } },
        ],
      },
      {
        files: { "agents.md": "Return errors as data.\n" },
        finds: [["agents.md", 1]],
        right: { "AGENTS.md": "Return errors as data.\n" },
        tools: [{ tool: "Codex", does: "leaves it out", seen: { outcome: "lost", text: "Return errors as data." } }],
      },
      {
        files: { "copilot-instructions.md": "Return errors as data.\n" },
        finds: [["copilot-instructions.md", 1]],
        right: { ".github/copilot-instructions.md": "Return errors as data.\n" },
        tools: [
          {
            tool: "GitHub Copilot CLI",
            does: "leaves it out",
            seen: { outcome: "lost", text: "Return errors as data." },
          },
        ],
      },
      {
        files: { ".agents/skills/release.md": skill },
        finds: [[".agents/skills/release.md", 1]],
        right: { ".agents/skills/release/SKILL.md": skill },
        tools: [{ tool: "Codex", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { ".agents/skills/release/skill.md": skill },
        finds: [[".agents/skills/release/skill.md", 1]],
        right: { ".agents/skills/release/SKILL.md": skill },
        tools: [{ tool: "Codex", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { ".github/skills/release.md": skill },
        finds: [[".github/skills/release.md", 1]],
        right: { ".github/skills/release/SKILL.md": skill },
        tools: [
          { tool: "GitHub Copilot CLI", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } },
        ],
      },
      {
        files: { ".github/skills/release/skill.md": skill },
        finds: [[".github/skills/release/skill.md", 1]],
        right: { ".github/skills/release/SKILL.md": skill },
        tools: [
          { tool: "GitHub Copilot CLI", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } },
        ],
      },
      {
        files: { ".gemini/skills/release.md": skill },
        finds: [[".gemini/skills/release.md", 1]],
        right: { ".gemini/skills/release/SKILL.md": skill },
        tools: [{ tool: "Gemini CLI", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { ".gemini/skills/release/skill.md": skill },
        finds: [[".gemini/skills/release/skill.md", 1]],
        right: { ".gemini/skills/release/SKILL.md": skill },
        tools: [{ tool: "Gemini CLI", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { ".qwen/skills/release.md": skill },
        finds: [[".qwen/skills/release.md", 1]],
        right: { ".qwen/skills/release/SKILL.md": skill },
        tools: [{ tool: "Qwen Code", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
      {
        files: { ".qwen/skills/release/skill.md": skill },
        finds: [[".qwen/skills/release/skill.md", 1]],
        right: { ".qwen/skills/release/SKILL.md": skill },
        tools: [{ tool: "Qwen Code", does: "leaves it out", seen: { outcome: "lost", text: "Tags a release." } }],
      },
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
