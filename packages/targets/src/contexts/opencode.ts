import type { AgentRules, SkillRules, ToolDescription } from "../context/description.ts";

/** The list of skills as several tools write it. */
export const SKILL_LINE =
  "  <skill>\n    <name>{name}</name>\n    <description>{description}</description>\n    <location>{path}</location>\n  </skill>";

/** The skills of OpenCode, and of tools that are made from it. */
export const OPENCODE_SKILLS = {
  spot: "skills",
  depth: 20,
  order: { letters: "any case", within: "name", list: "name" },
  line: SKILL_LINE,
  join: "\n",
  badYaml: "colons read",
  repeated: "refused",
  noDescription: "left out",
  noName: "left out",
  emptyFields: "quoted",
  wantsText: true,
  names: "field",
  space: "kept",
  hiding: [],
  called: {
    spot: "skill",
    before: '<skill_content name="{name}">\n# Skill: {name}\n\n',
    after: "",
    text: "body",
    trim: true,
  },
} as const satisfies Partial<SkillRules>;

/** The agents of OpenCode, and of tools that are made from it. */
export const OPENCODE_AGENTS = {
  spot: "agents",
  depth: 20,
  ending: ".md",
  format: "markdown",
  order: { letters: "any case", within: "name", list: "name" },
  same: "last",
  line: "- {name}: {description}",
  join: "\n",
  badYaml: "no fields",
  repeated: "refused",
  noDescription: { text: "This subagent should only be called manually by the user." },
  noName: "file",
  names: "field",
  space: "kept",
  called: { spot: "agent", keeps: ["memory", "skills"] },
} as const satisfies Partial<AgentRules>;

/** OpenCode: what `opencode run` sent. */
export const opencode: ToolDescription = {
  id: "opencode",
  name: "OpenCode",
  version: "1.18.33",
  observed: "2026-11-28",
  documented: { source: "https://opencode.ai/docs/agents", date: "2026-11-21" },
  known: { memory: "observed", skills: "observed", agents: "observed" },
  chain: { up: "git root", withoutGit: "top" },
  order: ["memory", "skills", "agents"],
  spots: {
    memory: { role: "system", place: "system message", between: "\n", close: "\n" },
    skills: {
      role: "system",
      place: "system message, skills",
      open: "Skills provide specialized instructions and workflows for specific tasks.\nUse the skill tool to load a skill when a task matches its description.\n<available_skills>\n",
      close: "\n</available_skills>",
    },
    agents: {
      role: "tool",
      place: "description of the tool task",
      open: "Available agent types and the tools they have access to:\n",
    },
    agent: { role: "system", place: "system message of the agent", when: "called", close: "\n" },
    skill: { role: "tool", place: "result of the tool skill", when: "called" },
    read: {
      role: "tool",
      place: "end of the tool's result",
      when: "read",
      open: "\n\n<system-reminder>\n",
      between: "\n\n",
      close: "\n</system-reminder>",
    },
  },
  wraps: { memory: { before: "Instructions from: {path}\n" } },
  text: {
    bom: "dropped",
    lineEnds: "kept",
    frontMatter: "kept",
    comments: "kept",
    trim: "none",
    empty: "skipped",
    blank: "sent",
  },
  memory: [
    {
      at: "home",
      spot: "memory",
      sets: [[{ path: ".config/opencode/AGENTS.md" }], [{ path: ".claude/CLAUDE.md" }]],
    },
    {
      at: "nearest first",
      spot: "memory",
      sets: [[{ path: "AGENTS.md" }], [{ path: "CLAUDE.md" }], [{ path: "CONTEXT.md" }]],
      choose: "together",
    },
  ],
  onRead: [{ spot: "read", wrap: "memory", at: "nearest first" }],
  skills: {
    ...OPENCODE_SKILLS,
    roots: [
      { at: "home", path: ".agents/skills" },
      { at: "home", path: ".claude/skills" },
      { at: "outer first", path: ".agents/skills" },
      { at: "outer first", path: ".claude/skills" },
      { at: "home", path: ".config/opencode/skills" },
      { at: "outer first", path: ".opencode/skill" },
      { at: "outer first", path: ".opencode/skills" },
      { at: "home", path: ".opencode/skills" },
    ],
    same: "last",
    sameVaries: true,
  },
  agents: {
    ...OPENCODE_AGENTS,
    roots: [
      { at: "home", path: ".config/opencode/agents" },
      { at: "outer first", path: ".opencode/agents" },
      { at: "outer first", path: ".opencode/agent" },
    ],
    sameVaries: true,
  },
  notRead: ["AGENTS.override.md", "CLAUDE.local.md", ".claude/CLAUDE.md", "GEMINI.md", "QWEN.md"],
};
