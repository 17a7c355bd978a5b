import type { ReplacedImports, ToolDescription } from "../context/description.ts";

/** Imports of Gemini CLI, and of tools that are made from it. */
export const GEMINI_IMPORTS = {
  kind: "replaced",
  depth: 5,
  mentions: { before: "^|\\s", first: "[A-Za-z./]", path: "\\S", code: "fences of backticks" },
  before: "<!-- Imported from: {written} -->\n",
  after: "\n<!-- End of import from: {written} -->",
  circular: "<!-- File already processed: {written} -->",
  outside: "<!-- Import failed: {written} - Path traversal attempt -->",
  folder: "<!-- Import failed: {written} - EISDIR: illegal operation on a directory, read -->",
} as const satisfies ReplacedImports;

/** Gemini CLI: what `gemini -p` sent. */
export const geminiCli: ToolDescription = {
  id: "gemini-cli",
  name: "Gemini CLI",
  version: "0.61.0",
  observed: "2026-11-28",
  documented: { source: "https://geminicli.com/docs/cli/gemini-md/", date: "2026-11-21" },
  known: { memory: "observed", skills: "observed", agents: "observed" },
  chain: { up: "git root", withoutGit: "cwd" },
  order: ["agents", "skills", "memory"],
  spots: {
    user: {
      role: "system",
      place: "system instruction",
      open: "<loaded_context>\n",
      between: "\n\n",
      close: "\n</loaded_context>",
    },
    memory: {
      role: "user",
      place: "first user message",
      open: "<loaded_context>\n<project_context>\n",
      between: "\n\n",
      close: "\n</project_context>\n</loaded_context>",
    },
    read: {
      role: "tool",
      place: "end of the tool's result",
      when: "read",
      open: "\n\n--- Newly Discovered Project Context ---\n",
      between: "\n\n",
      close: "\n--- End Project Context ---",
    },
  },
  wraps: {
    memory: { before: "--- Context from: {path} ---\n", after: "\n--- End of Context from: {path} ---" },
  },
  text: {
    bom: "dropped",
    lineEnds: "kept",
    frontMatter: "kept",
    comments: "kept",
    trim: "both",
    empty: "skipped",
    blank: "skipped",
  },
  memory: [
    { at: "home", spot: "user", sets: [[{ path: ".gemini/GEMINI.md", imports: true }]] },
    { at: "outer first", spot: "memory", sets: [[{ path: "GEMINI.md", imports: true }]] },
  ],
  imports: {
    ...GEMINI_IMPORTS,
    missing: "<!-- Import failed: {written} - ENOENT: no such file or directory, access '{path}' -->",
  },
  once: "file",
  untrusted: "sends nothing",
  onRead: [{ spot: "read", wrap: "memory", at: "outer first" }],
  notRead: ["AGENTS.md", "CLAUDE.md", "QWEN.md", ".github/copilot-instructions.md"],
};
