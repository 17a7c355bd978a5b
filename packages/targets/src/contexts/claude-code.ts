import type { Entry, ToolDescription } from "../context/description.ts";

const MINE = "user's private global instructions for all projects";
const PROJECT = "project instructions, checked into the codebase";
const LOCAL = "user's private project instructions, not checked in";

const RULES: Entry = { rules: ".claude/rules", format: "rules", label: PROJECT };

const FILES: readonly Entry[] = [
  { path: "CLAUDE.md", label: PROJECT, imports: true },
  { path: ".claude/CLAUDE.md", label: PROJECT, imports: true },
];

const OWN: Entry = { path: "CLAUDE.local.md", label: LOCAL, imports: true };

/** The files of a folder, where any folder has one that is not blank. */
const CLAUDE: readonly Entry[] = [...FILES, RULES, OWN];

/** The files of a folder otherwise. */
const AGENTS: readonly Entry[] = [
  RULES,
  { path: "AGENTS.md", label: PROJECT, imports: true },
  { path: ".claude/AGENTS.md", label: PROJECT, imports: true },
];

/** Claude Code: what `claude -p` sent, which is what it sends in a terminal. */
export const claudeCode: ToolDescription = {
  id: "claude-code",
  name: "Claude Code",
  version: "2.1.329",
  observed: "2026-11-28",
  documented: { source: "https://code.claude.com/docs/en/memory", date: "2026-11-21" },
  known: { memory: "observed", rules: "observed", skills: "observed", agents: "observed" },
  chain: { up: "top", withoutGit: "top" },
  order: ["memory", "style", "agents", "skills"],
  moved: { folder: ".claude", variable: "CLAUDE_CONFIG_DIR" },
  agreed: {
    file: ".claude.json",
    externalImports: ["projects", "{root}", "hasClaudeMdExternalIncludesApproved"],
  },
  spots: {
    memory: {
      role: "user",
      place: "first user message",
      open: "<system-reminder>\nCodebase and user instructions are shown below. Be sure to adhere to these instructions. IMPORTANT: These instructions OVERRIDE any default behavior and you MUST follow them exactly as written.\n\n",
      between: "\n\n",
      close: "\n</system-reminder>",
    },
    style: { role: "system", place: "first system message, output style" },
    agents: {
      role: "system",
      place: "first system message, agents",
      open: "Available agent types for the Agent tool:\n",
    },
    skills: {
      role: "system",
      place: "first system message, skills",
      open: "The following skills are available for use with the Skill tool:\n\n",
    },
    agent: { role: "system", place: "system prompt of the agent", when: "called" },
    skill: { role: "user", place: "user message behind the call", when: "called" },
    read: { role: "user", place: "behind the tool's result", when: "read", between: "\n" },
    readAgents: {
      role: "system",
      place: "system message behind the tool's result",
      when: "read",
      open: "tool.call hook additional context: ",
      between: "\n",
    },
  },
  wraps: {
    memory: { before: "Contents of {path} ({label}):\n\n" },
    read: {
      before: "<system-reminder>\nContents of {path}:\n\n",
      after: "\n</system-reminder>",
      escape: "system-reminder",
    },
    readAgents: { before: "Contents of {path}:\n\n" },
  },
  text: {
    bom: "dropped",
    lineEnds: "lf beside comments",
    frontMatter: "cut",
    comments: "block",
    trim: "both",
    empty: "skipped",
    blank: "skipped",
  },
  memory: [
    {
      at: "home",
      spot: "memory",
      sets: [
        [
          { path: ".claude/CLAUDE.md", label: MINE, imports: true, isTrusted: true },
          { rules: ".claude/rules", format: "rules", label: MINE },
        ],
      ],
    },
    {
      at: "outer first",
      spot: "memory",
      sets: [CLAUDE, AGENTS],
      choose: "together",
      counts: "files with text",
    },
  ],
  rules: {
    rules: {
      ending: ".md",
      isDeep: true,
      isSorted: false,
      globs: "paths",
      every: ["**"],
      unreadable: "left out",
      imports: true,
      isRealPath: true,
      relativeTo: "folder",
      isNameAnywhere: true,
      wrap: "memory",
    },
  },
  imports: {
    kind: "appended",
    depth: 4,
    notText: [".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".pdf", ".zip", ".gz", ".woff2", ".mp4", ".exe"],
  },
  once: "file",
  onRead: [
    { spot: "read", wrap: "read", at: "outer first", entries: [...FILES, OWN, RULES], text: { trim: "start" } },
    { spot: "read", wrap: "read", at: "matching rules", text: { trim: "start" } },
    { spot: "readAgents", wrap: "readAgents", at: "outer first", entries: AGENTS, ifKind: 1, text: { trim: "start" } },
  ],
  style: {
    spot: "style",
    settings: [".claude/settings.local.json", ".claude/settings.json"],
    key: "outputStyle",
    folder: ".claude/output-styles",
    before: "# Output Style: {name}\n",
  },
  skills: {
    spot: "skills",
    roots: [
      { at: "home", path: ".claude/skills" },
      { at: "nearest first", path: ".claude/skills" },
    ],
    depth: 1,
    order: { letters: "any case", within: "path" },
    same: "first",
    line: "- {name}: {description}",
    join: "\n",
    escape: "angles",
    badYaml: "read",
    repeated: "last",
    noDescription: "first line",
    noName: "file",
    names: "file",
    renamed: "{folder} ({name})",
    space: "collapsed",
    longest: { max: 1_536, mark: "…" },
    hiding: ["disable-model-invocation", "paths"],
    more: { key: "when_to_use", between: " - " },
    // The tool's own skills keep their descriptions; how much of the room is left follows from lists of four lengths.
    budget: { characters: 30_000, own: 6_150, beyond: "names", line: "- {name}" },
    called: {
      spot: "skill",
      before: "Base directory for this skill: {folder}\n\n",
      after: "",
      text: "body",
      words: "\\$ARGUMENTS(?!\\[)",
    },
  },
  agents: {
    spot: "agents",
    roots: [
      { at: "nearest first", path: ".claude/agents" },
      { at: "home", path: ".claude/agents" },
    ],
    depth: 20,
    ending: ".md",
    format: "markdown",
    order: { letters: "any case", within: "name", list: "name" },
    same: "first",
    line: "- {name}: {description} (Tools: {tools})",
    join: "\n",
    badYaml: "read",
    repeated: "last",
    noDescription: "left out",
    noName: "left out",
    wantsText: true,
    names: "field",
    space: "kept",
    newlines: true,
    tools: { all: "All tools", except: "All tools except " },
    called: { spot: "agent", keeps: ["memory", "skills"] },
  },
  notRead: ["AGENTS.override.md", "AGENT.md", "GEMINI.md", "QWEN.md", ".github/copilot-instructions.md"],
};
