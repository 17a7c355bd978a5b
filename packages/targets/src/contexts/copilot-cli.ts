import type { Entry, ReadStep, RuleFormat, ToolDescription } from "../context/description.ts";

const AGENTS: Entry = { path: "AGENTS.md", imports: true, anyCase: true };
const CLAUDE: Entry = { path: "CLAUDE.md", imports: true, anyCase: true };
const GEMINI: Entry = { path: "GEMINI.md", anyCase: true };
const COPILOT: Entry = { path: ".github/copilot-instructions.md", anyCase: true };
const DOT_CLAUDE = { path: ".claude/CLAUDE.md", imports: true, anyCase: true } as const;

/** How instructions are sent when a file is read: under their own path, and not at all where there is nothing in them. */
const ON_READ = {
  spot: "read",
  wrap: "read",
  isRealPath: true,
  text: { empty: "skipped", blank: "skipped" },
} as const satisfies Partial<ReadStep>;

/** Both kinds of rules stand there as they are, with their front matter. */
const RULES = {
  anyCase: true,
  isDeep: true,
  folderLinks: "skipped",
  isSorted: true,
  every: ["**"],
  unreadable: "matching",
  relativeTo: "git root",
  wrap: "raw",
} as const satisfies Partial<RuleFormat>;

/** GitHub Copilot CLI: what `copilot -p` sent. */
export const copilotCli: ToolDescription = {
  id: "copilot-cli",
  name: "GitHub Copilot CLI",
  version: "1.0.102",
  observed: "2026-11-28",
  documented: {
    source: "https://docs.github.com/en/copilot/how-tos/configure-custom-instructions",
    date: "2026-11-21",
  },
  known: { memory: "observed", rules: "observed", skills: "observed", agents: "observed" },
  chain: { up: "git root", withoutGit: "cwd" },
  order: ["skills", "memory", "agents"],
  spots: {
    memory: { role: "system", place: "system message, instructions", between: "\n\n" },
    skills: {
      role: "system",
      place: "system message, skills",
      open: "<available_skills>\n",
      close: "\n</available_skills>",
    },
    agents: {
      role: "tool",
      place: "description of the tool task",
      open: "User-provided custom agents:\n",
    },
    agent: { role: "system", place: "system message of the agent", when: "called" },
    skill: { role: "user", place: "user message behind the call", when: "called" },
    read: { role: "user", place: "user message behind the tool's result", when: "read", between: "" },
  },
  wraps: {
    memory: { before: "<custom_instruction>\n", after: "\n</custom_instruction>" },
    raw: {},
    read: {
      before: "\n<system_reminder>\nCustom instructions from {path}. Apply these to any code you write here:\n\n",
      after: "\n</system_reminder>",
      path: "from git root",
      escape: "xml",
    },
  },
  text: {
    bom: "dropped",
    lineEnds: "kept",
    frontMatter: "kept",
    comments: "kept",
    trim: "none",
    empty: "sent",
    blank: "sent",
  },
  memory: [
    { at: "home", spot: "memory", sets: [[{ path: ".copilot/copilot-instructions.md", anyCase: true }]] },
    { at: "git root and cwd", spot: "memory", sets: [[COPILOT]] },
    {
      at: "ends",
      spot: "memory",
      sets: [[AGENTS, CLAUDE, { ...DOT_CLAUDE, between: true }, GEMINI]],
    },
    {
      at: "home",
      spot: "memory",
      wrap: "raw",
      sets: [[{ rules: ".copilot/instructions", format: "instructions" }]],
    },
    { at: "ends", spot: "memory", wrap: "raw", sets: [[{ rules: ".github/instructions", format: "instructions" }]] },
    { at: "ends", spot: "memory", wrap: "raw", sets: [[{ rules: ".claude/rules", format: "claude" }]] },
  ],
  rules: {
    instructions: { ...RULES, ending: ".instructions.md", globs: "applyTo" },
    claude: { ...RULES, ending: ".md", globs: "paths", isNameAnywhere: true },
  },
  index: {
    spot: "memory",
    modes: ["matching"],
    before:
      "Here is a list of instruction files that contain rules for modifying or creating new code.\nThese files are important for ensuring that the code is modified or created correctly.\nPlease make sure to follow the rules specified in these files when working with the codebase.\nIf you have not already read the file, use the `view` tool to acquire it.\nMake sure to acquire the instructions before making any changes to the code.\n| Pattern | File Path | Description |\n| ------- | --------- | ----------- |\n",
    line: "| {globs} | '{path}' | {description} |",
    after: "\n",
  },
  imports: {
    kind: "inserted",
    mentions: {
      before: "^|[\\s(\\[\"'<>\\\\]",
      first: "[^\\s/~]",
      path: "[^\\s)\\]\"'<>*]",
      trailing: ".,;:!?",
      code: "fences",
    },
    before: '\n\n<imported_custom_instruction source="{path}">\n',
    after: "</imported_custom_instruction>",
    again: '\n\n<imported_custom_instruction source="{path}" skipped="already-loaded" />',
  },
  once: "text",
  onRead: [
    { ...ON_READ, at: "matching rules" },
    {
      ...ON_READ,
      at: "nearest first",
      entries: [COPILOT, AGENTS, CLAUDE, DOT_CLAUDE, GEMINI, { rules: ".claude/rules", format: "claude" }],
    },
  ],
  skills: {
    spot: "skills",
    roots: [
      { at: "nearest, outermost, between", path: ".github/skills", label: "project" },
      { at: "nearest, outermost, between", path: ".agents/skills", label: "project" },
      { at: "nearest, outermost, between", path: ".claude/skills", label: "project" },
      { at: "home", path: ".copilot/skills", label: "user" },
      { at: "home", path: ".agents/skills", label: "user" },
    ],
    depth: 20,
    order: { letters: "characters", within: "name", list: "name in one folder" },
    same: "first",
    line: "<skill>\n  <name>{name}</name>\n  <description>{description}</description>\n  <location>{label}</location>\n</skill>",
    join: "\n",
    escape: "xml",
    badYaml: "left out",
    repeated: "left out",
    longRow: "left out",
    noDescription: "body",
    noName: "file",
    wantsText: true,
    names: "field",
    space: "trimmed",
    longest: { max: 1_024 },
    hiding: ["disable-model-invocation"],
    budget: {
      characters: 15_000,
      beyond: "names at the end",
      line: "\nAdditional skills available (invoke by name): {names}",
    },
    called: {
      spot: "skill",
      before: '<skill-context name="{name}">\nBase directory for this skill: {folder}\n\n',
      after: "\n</skill-context>",
      text: "body",
    },
  },
  agents: {
    spot: "agents",
    roots: [
      { at: "home", path: ".copilot/agents" },
      { at: "nearest first", path: ".github/agents" },
      { at: "nearest first", path: ".claude/agents" },
    ],
    depth: 20,
    ending: ".md",
    mark: ".agent",
    format: "markdown",
    order: { letters: "characters", within: "name", list: "name" },
    same: "first",
    sameBy: "path",
    line: "- **{name}**: {description}",
    join: "\n\n",
    badYaml: "left out",
    repeated: "left out",
    longRow: "left out",
    noDescription: "left out",
    noName: "file",
    wantsText: true,
    emptyFields: "quoted",
    names: "field",
    space: "trimmed",
    called: { spot: "agent", keeps: ["skills", "agents"] },
  },
  notRead: ["QWEN.md", "CLAUDE.local.md", "AGENTS.override.md"],
};
