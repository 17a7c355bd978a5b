import { quoted } from "@personakit/targets/read";
import { listed, whoDo } from "../facts/left-out.ts";
import { defineCheck } from "../model/define-check.ts";
import type { InstructionFile } from "../model/file.ts";
import type { Edit } from "../model/finding.ts";

/** What this package files as front matter that cannot be read. */
const CODES = [
  "invalid-yaml",
  "no-fields",
  "unread-front-matter",
  "unparsable-file",
  "long-closing-row",
  "duplicate-field",
];

/** Tools that were seen to read a field that YAML refuses as it stands. Where they leave a file out all the same, their context says so. */
const LENIENT: readonly string[] = ["Claude Code", "Codex", "Gemini CLI", "Qwen Code"];

/** A field that its tool shows to people: its own documentation has words in brackets there, which YAML refuses. */
const SHOWN = "argument-hint";

const DEV = "name: dev\ndescription: Writes code.";
const headed = (fields: string, end = "---") => `---\n${fields}\n${end}\n\nWrite code.\n`;

export const loadFrontMatter = defineCheck({
  id: "load/front-matter",
  severity: "error",
  what: "A tool cannot read the front matter, and drops the file or the field.",
  why: {
    text: "An unquoted colon is enough: YAML refuses the front matter, and many tools then leave out the whole file and do not say so. Of 7,758 public persona files, 17 % are not valid YAML. It is an error where a tool in use leaves the file out, and a note where all of them were seen to read the field as it stands.",
    sources: [
      { source: "7,758 files of public repositories, read with yaml 2.9", date: "2026-11-25" },
      { source: "https://github.com/personakit/personakit/blob/main/docs/what-each-tool-loads.md", date: "2026-11-28" },
    ],
  },
  examples: {
    bad: [
      {
        files: {
          ".github/copilot-instructions.md": "Use pnpm.\n",
          ".github/skills/release/SKILL.md":
            "---\nname: release\ndescription: Use it when: a release is due\n---\n\nTag the commit.\n",
        },
        finds: [[".github/skills/release/SKILL.md", 3]],
        fixed: {
          ".github/skills/release/SKILL.md":
            '---\nname: release\ndescription: "Use it when: a release is due"\n---\n\nTag the commit.\n',
        },
        tools: [
          {
            tool: "GitHub Copilot CLI",
            does: "leaves out the skill and does not say so",
            seen: { outcome: "lost", text: "<name>release</name>" },
          },
        ],
      },
      {
        files: { ".claude/commands/ship.md": "---\ndescription: Ships it: all of it\n---\n\nTag the commit.\n" },
        finds: [[".claude/commands/ship.md", 2]],
        fixed: { ".claude/commands/ship.md": '---\ndescription: "Ships it: all of it"\n---\n\nTag the commit.\n' },
        tools: [
          {
            tool: "Claude Code",
            does: "reads the field of a command as it stands",
            seen: { outcome: "kept", text: "Ships it: all of it" },
          },
        ],
      },
      {
        files: { ".codex/config.toml": "", ".agents/skills/dev/SKILL.md": headed(`${DEV}\nname: dev`) },
        finds: [[".agents/skills/dev/SKILL.md", 4]],
        right: { ".codex/config.toml": "", ".agents/skills/dev/SKILL.md": headed(DEV) },
        tools: [
          {
            tool: "Codex",
            does: "leaves out a skill with a field that is there twice",
            seen: { outcome: "lost", text: "- dev: Writes code." },
          },
        ],
      },
      {
        files: { ".codex/config.toml": "", ".agents/skills/dev/SKILL.md": headed(DEV, "----") },
        finds: [[".agents/skills/dev/SKILL.md", 4]],
        right: { ".codex/config.toml": "", ".agents/skills/dev/SKILL.md": headed(DEV) },
        tools: [
          {
            tool: "Codex",
            does: "leaves out a skill whose front matter a longer row closes",
            seen: { outcome: "lost", text: "- dev: Writes code." },
          },
        ],
      },
      {
        files: { ".claude/agents/dev.md": headed(`${DEV}\ndescription: Writes tests.`) },
        finds: [[".claude/agents/dev.md", 4]],
        right: { ".claude/agents/dev.md": headed("name: dev\ndescription: Writes tests.") },
        tools: [
          {
            tool: "Claude Code",
            does: "reads the last of a field that is there twice",
            seen: { outcome: "kept", text: "- dev: Writes tests." },
          },
        ],
      },
      {
        files: { ".claude/agents/dev.md": `\n${headed(DEV)}` },
        finds: [[".claude/agents/dev.md", 1]],
        right: { ".claude/agents/dev.md": headed(DEV) },
        tools: [
          {
            tool: "Claude Code",
            does: "leaves out an agent whose front matter is not on the first line",
            seen: { outcome: "lost", text: "- dev: Writes code." },
          },
        ],
      },
      {
        files: { ".opencode/skills/dev/SKILL.md": headed("name: dev\ndescription: [Writes code.") },
        finds: [[".opencode/skills/dev/SKILL.md", 3]],
        right: { ".opencode/skills/dev/SKILL.md": headed(DEV) },
        tools: [
          {
            tool: "OpenCode",
            does: "leaves out a skill that YAML refuses, unless only a colon is to blame",
            seen: { outcome: "lost", text: "<name>dev</name>" },
          },
        ],
      },
      {
        files: { ".gemini/agents/dev.md": headed("name: dev\ndescription: Writes: code.") },
        finds: [[".gemini/agents/dev.md", 3]],
        fixed: { ".gemini/agents/dev.md": headed('name: dev\ndescription: "Writes: code."') },
        tools: [
          {
            tool: "Gemini CLI",
            does: "leaves out an agent with a field that YAML refuses",
            seen: { outcome: "lost", text: "- dev -> Writes: code." },
          },
        ],
      },
    ],
    good: [
      // Only shown, and written as Claude Code's documentation has it.
      { ".claude/commands/ship.md": "---\nargument-hint: [version] [channel]\n---\n\nTag the commit.\n" },
      {
        ".github/copilot-instructions.md": "Use pnpm.\n",
        ".github/skills/release/SKILL.md":
          '---\nname: release\ndescription: "Use it when: a release is due"\n---\n\nTag the commit.\n',
      },
    ],
  },
  *inFile(file, facts) {
    const { path, head, isReference } = file;
    if (isReference) return;
    const dropping = facts
      .leftOut(path)
      .filter(({ code }) => ["bad-front-matter", "no-name", "no-description"].includes(code))
      .map(({ tool }) => tool.name);
    const tools = [...new Set(dropping)];
    const strict = file.readers.filter((name) => !LENIENT.includes(name));
    for (const { code, problem, hint, cause, place = "" } of head.issues) {
      if (!CODES.includes(code)) continue;
      const line = Number(/:(\d+)$/.exec(place)?.[1] ?? 1);
      const field = head.fields.find((each) => each.refused !== undefined && each.line === line);
      if (tools.length === 0 && field?.key === SHOWN) continue;
      const isRead = tools.length === 0 && strict.length === 0 && field !== undefined;
      const refused =
        code === "invalid-yaml"
          ? `YAML refuses ${field === undefined ? "its front matter" : `the field "${field.key}"`}`
          : code === "duplicate-field"
            ? `the field "${head.fields.find((each) => each.line === line)?.key}" is there more than once`
            : problem;
      const then = isRead
        ? `, and ${whoDo(file.readers, "reads", "read")} it as it stands`
        : tools.length === 0 && field !== undefined
          ? `, so that ${listed(strict)} may drop it, or the file`
          : tools.length === 0 && code === "duplicate-field"
            ? ", and tools read the first or the last"
            : "";
      yield {
        path,
        at: field?.start ?? startOfLine(file.text, line),
        problem: `${tools.length > 0 ? `${whoDo(tools, "leaves", "leave")} this file out: ` : ""}${refused}${cause === undefined ? "" : ` (${cause})`}${then}`,
        hint: hint !== undefined && hint.length > LONGEST ? "Put the value in quotes." : hint,
        ...(tools.length > 0
          ? { tools }
          : isRead
            ? { severity: "note" as const }
            : { severity: "warning" as const, ...(field === undefined ? {} : { tools: strict }) }),
        fix: field === undefined ? undefined : quotedField(file, field),
      };
    }
  },
});

/** A value that is longer than this is not repeated. */
const LONGEST = 300;

function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let count = 1; count < line; count++) at = text.indexOf("\n", at) + 1;
  return at;
}

/** A value in quotes, which reads as its text stands. A list in quotes would be one text, and more lines another one. */
function quotedField(
  { text }: InstructionFile,
  { valueStart, valueEnd, text: value = "" }: InstructionFile["head"]["fields"][number],
): readonly Edit[] | undefined {
  const stands = text.slice(valueStart, valueEnd);
  if (/[\r\n]/.test(stands) || /^\s*[[{&*!|>%@`"'-]/.test(stands)) return undefined;
  return [{ start: valueStart, end: valueEnd, text: ` ${quoted(value)}` }];
}
