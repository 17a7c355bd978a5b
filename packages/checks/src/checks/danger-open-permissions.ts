import { isWarning } from "../facts/warnings.ts";
import { defineCheck } from "../model/define-check.ts";

/** Fields that let a tool do everything without asking. */
const FIELDS: readonly { readonly key: RegExp; readonly value: RegExp; readonly says: string }[] = [
  { key: /^permission-?mode$/i, value: /^["']?bypassPermissions\b/, says: "nothing is asked for any more" },
  {
    key: /^allowed[-_]?tools$/i,
    value: /(?<![\w-])Bash\(\s*(?::?\*|\*:\*)\s*\)/,
    says: "every shell command runs without a question",
  },
];

const COMMANDS: readonly { readonly pattern: RegExp; readonly says: string }[] = [
  {
    pattern:
      /\b(?:claude|codex|gemini|qwen|copilot|amp)\b[^\n]{0,120}\s(?:--dangerously-skip-permissions|--dangerously-bypass-approvals-and-sandbox|--yolo|--allow-all-tools|--dangerously-allow-all)\b/g,
    says: "this starts an agent that asks for nothing",
  },
  {
    pattern: /\bchmod[ \t]+(?:-R[ \t]+|--recursive[ \t]+)?(?:0?777|a\+rwx)[ \t]+[\w./~$"'-]/g,
    says: "this lets everyone write there",
  },
];

export const dangerOpenPermissions = defineCheck({
  id: "danger/open-permissions",
  severity: "warning",
  what: "A permission for everything.",
  why: {
    text: "Whoever takes the file over also takes over the right to run any command without a question, and one injected sentence is enough to use it.",
    sources: [{ source: "https://code.claude.com/docs/en/permissions", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      {
        files: {
          ".claude/agents/dev.md":
            "---\nname: dev\ndescription: Writes code.\npermissionMode: bypassPermissions\n---\n\nWrite code.\n",
        },
        finds: [[".claude/agents/dev.md", 4]],
      },
      {
        files: {
          ".claude/commands/ship.md": "---\ndescription: Ships.\nallowed-tools: Read, Bash(*)\n---\n\nShip it.\n",
        },
        finds: [[".claude/commands/ship.md", 3]],
      },
      {
        files: {
          "AGENTS.md":
            "Set the rights:\n\n```sh\nchmod -R 777 storage\n```\n\nThen `claude -p --dangerously-skip-permissions`.\n",
        },
        finds: [
          ["AGENTS.md", 4],
          ["AGENTS.md", 7],
        ],
      },
    ],
    good: [
      {
        ".claude/commands/ship.md":
          "---\ndescription: Ships.\nallowed-tools: Read, Bash(git push:*), Bash(npm run *)\n---\n\nShip it.\n",
        "CLAUDE.md": "Never start `claude --dangerously-skip-permissions`, and never `chmod 777`. Use `chmod 755`.\n",
      },
    ],
  },
  *inFile({ path, text, head }) {
    for (const { key, start, valueStart, valueEnd } of head.fields) {
      const value = text.slice(valueStart, valueEnd).replace(/^\s*:?\s*/, "");
      for (const field of FIELDS) {
        if (!field.key.test(key) || !field.value.test(value)) continue;
        const problem = `with this value of ${key}, ${field.says}`;
        yield { path, at: start, problem, hint: "Name the commands that it needs." };
      }
    }
    for (const { pattern, says } of COMMANDS) {
      for (const { 0: found, index } of text.matchAll(pattern)) {
        if (isWarning(text, index)) continue;
        const at = { start: index, end: index + found.length };
        yield { path, at, problem: says, hint: "Give only the rights that the task needs." };
      }
    }
  },
});
