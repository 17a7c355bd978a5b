import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type AnyPersona, compile } from "@personakit/core";
import { type Readable, readables } from "@personakit/targets/read";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { CommandError } from "../issues/command-error.ts";
import { typedModule } from "./typed-persona.ts";

// Beside this file, so that modules find core.
const folder = mkdtempSync(join(import.meta.dirname, "modules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kind = (id: string) => readables.find((each) => each.id === id) as Readable;

const REVIEWER = `---
name: reviewer
description: Reviews changes. Use it for every pull request. Not for writing code.
tools: Read, Grep, Glob, WebSearch
model: sonnet
maxTurns: 12
emoji: "x"
---

# Reviewer

You review "changes", and say what's wrong.

## How to review

Read the diff first:

1. Run \`git diff\`.
2. Read it twice.
   - The tests, too.

- You must cite a file and a line for each finding, because a reader who has to look for the place will not look at all.
- Prefer a question to a guess.

### Report

\`\`\`ts
const path = \`\${root}/a\\b\`;
\`\`\`

| Level | Means |
|:--|--:|
| high | stop |

> Stay polite.
`;

let count = 0;

/** What a module's text says when it runs. */
async function run(text: string): Promise<AnyPersona> {
  const file = join(folder, `${++count}.ts`);
  writeFileSync(file, text);
  const [persona] = Object.values(await import(/* @vite-ignore */ pathToFileURL(file).href));
  return persona as AnyPersona;
}

const codesOf = async (path: string, text: string, id = "claude-agent") => {
  try {
    await typedModule({ path, text }, kind(id), { strengths: false });
    return [];
  } catch (error) {
    return CommandError.from(error).issues.map(({ code, place, problem }) => `${code} ${place}: ${problem}`);
  }
};

describe("a file as a typed module", () => {
  test("reads as an author would have written it", async () => {
    const file = { path: ".claude/agents/reviewer.md", text: REVIEWER };
    const { text, differences } = await typedModule(file, kind("claude-agent"), { strengths: false });
    expect(text).toMatchInlineSnapshot(`
      "import { definePersona, example, markdown, point, prose, section, table } from "@personakit/core";

      /** Reviews changes. */
      export const reviewer = definePersona({
        id: "reviewer",
        title: "Reviewer",
        description: {
          does: "Reviews changes.",
          when: "Use it for every pull request.",
          notFor: "Not for writing code.",
        },
        role: 'You review "changes", and say what\\'s wrong.',
        model: "balanced",
        exactTools: { "claude-agent": ["Read", "Grep", "Glob", "WebSearch"] },
        fields: { "claude-agent": { maxTurns: 12 } },
        uncheckedFields: { "claude-agent": { emoji: "x" } },
        use: [
          section({
            id: "how-to-review",
            title: "How to review",
            list: "asWritten",
            rules: {
              readDiffFirst: prose("Read the diff first:"),
              runGitDiff: point("Run \`git diff\`.", { style: "steps" }),
              readTwiceTestsToo: point("Read it twice.", { style: "steps", items: ["The tests, too."] }),
              citeFileLineFinding: point(
                "You must cite a file and a line for each finding, because a reader who has to look for the place will not look at all.",
              ),
              preferQuestionGuess: point("Prefer a question to a guess."),
            },
          }),
          section({
            id: "report",
            title: "Report",
            depth: 3,
            list: "asWritten",
            rules: {
              tsConstPathRoot: example("ts", "const path = \`\${root}/a\\\\b\`;"),
              levelMeansHighStop: table(["Level", "Means"], [["high", "stop"]], { delimiter: "|:--|--:|" }),
              stayPolite: markdown("> Stay polite."),
            },
          }),
        ],
      });
      "
    `);
    expect(differences).toEqual(["the front matter is spelled as the target writes it, and means the same"]);
  });

  test("is built to the same body, and to front matter that means the same", async () => {
    const file = { path: ".claude/agents/reviewer.md", text: REVIEWER };
    const { text, target } = await typedModule(file, kind("claude-agent"), { strengths: false });
    const built = target.compile(compile(await run(text))).artifacts[0]?.text ?? "";
    const body = (whole: string) => whole.slice(whole.indexOf("# Reviewer"));
    expect(body(built)).toBe(body(REVIEWER));
    const settings = (whole: string) => ({
      ...kind("claude-agent").read({ path: file.path, text: whole }).document,
      source: undefined,
    });
    expect(settings(built)).toEqual(settings(REVIEWER));
  });

  test("gives a point a strength only where it is asked for, and the point says one", async () => {
    const file = { path: ".claude/agents/reviewer.md", text: REVIEWER };
    const { text } = await typedModule(file, kind("claude-agent"), { strengths: true });
    expect(text).toContain('must(\n          "You must cite');
    expect(text).toContain('should("Prefer a question to a guess.")');
    expect(text).toContain('point("Run `git diff`.", { style: "steps" })');
  });

  test("says any text that it takes, whatever characters are in it", async () => {
    const words = fc.constantFrom("a", "`b`", "${c}", "\\", '"', "'", "\t", "é", "日本", "✅", "*d*", "must", "`");
    const line = fc.array(words, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(" "));
    const start = fc.constantFrom("", "- ", "1. ", "## ", "> ", "    ", "| ", "```\n", "- [ ] ");
    const lines = fc.array(fc.tuple(start, line, fc.constantFrom("\n", "\n\n")), { minLength: 1, maxLength: 12 });
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(lines, async (parts) => {
        const body = `${parts
          .map((part) => part.join(""))
          .join("")
          .trim()}\n`;
        const made = await typedModule({ path: "prompts/a.md", text: body }, kind("plain"), { strengths: true }).catch(
          (error) => CommandError.from(error) && undefined,
        );
        if (made === undefined) return;
        taken++;
        const built = made.target.compile(compile(await run(made.text))).artifacts[0];
        expect(built?.text).toBe(body);
      }),
      { numRuns: 150, seed: 7 },
    );
    expect(taken).toBeGreaterThan(60);
  });

  test("leaves to the tool what the tool fills in, and names it", async () => {
    const head = "---\nname: a\ndescription: D.\n---\n\n";
    const body = "Fix issue $1 of $ARGUMENTS.\n\n- Read ${CLAUDE_SKILL_DIR}/notes.md.\n";
    const made = await typedModule({ path: "SKILL.md", text: head + body }, kind("claude-skill"), { strengths: false });
    expect(made.text).toContain('substitutions: { "claude-skill": ["$1", "$ARGUMENTS", "${CLAUDE_SKILL_DIR}"] },');
    expect(made.differences.join("\n")).toContain("goes on putting values in for $1, $ARGUMENTS");
    const [built] = made.target.compile(compile(await run(made.text))).artifacts;
    expect(built?.text).toContain(body);
  });

  test("carries tools that are not known, and checks the others", async () => {
    const text = '---\nname: a\ndescription: D.\ntools: ["read", "codebase", "list_issues"]\n---\n\nText.\n';
    const file = { path: ".github/agents/a.agent.md", text };
    const made = await typedModule(file, kind("copilot-agent"), { strengths: false });
    expect(made.text).toContain('exactTools: { "copilot-agent": ["read"] },');
    expect(made.text).toContain('uncheckedTools: { "copilot-agent": ["codebase", "list_issues"] },');
    const [built] = made.target.compile(compile(await run(made.text))).artifacts;
    expect(kind("copilot-agent").read({ path: file.path, text: built?.text ?? "" }).toolNames).toEqual({
      known: ["read"],
      unknown: ["codebase", "list_issues"],
    });
  });

  test("makes a skill of a command, and invents no description", async () => {
    const head = '---\ndescription: D.\nargument-hint: "[issue]"\nmodel: opus\nmetadata:\n  a: "b"\n  c:\n---\n';
    const command = { path: ".claude/commands/fix.md", text: `${head}\nFix $1.\n` };
    const made = await typedModule(command, kind("claude-command"), { strengths: false });
    expect([made.target.id, made.built.path]).toEqual(["claude-skill", ".claude/skills/fix/SKILL.md"]);
    expect(made.text).toContain(
      'fields: { "claude-skill": { "argument-hint": "[issue]", model: "opus", metadata: { a: "b" } } },',
    );
    const text = { path: "prompts/a.md", text: "Text.\n" };
    expect((await typedModule(text, kind("plain"), { strengths: false })).text).toContain("description: false,");
  });

  test("is refused with the line where nothing else would say the same", async () => {
    const head = "---\nname: a\ndescription: D.\n";
    expect(await codesOf("a.md", `${head}---\r\nText.\r\n`.replace(/\r?\n/g, "\r\n"))).toEqual([
      "not-typed a.md:1: its lines do not end in LF, as those of every built file do",
    ]);
    expect(await codesOf("a.md", `${head}tools: []\n---\nText.\n`)).toEqual([
      "not-typed a.md:4: tools has names or values that only the file itself can say",
    ]);
    expect(await codesOf("a.md", `${head}---\n\n\`\`\`\nopen\n`)).toEqual([
      "not-typed a.md:6: nothing but the file itself says its text: it is empty, or leaves a block open",
    ]);
    expect(await codesOf("SKILL.md", `${head}---\n\nText.\n\n!\`git status\`\n`, "agent-skill")).toEqual([]);
    expect(await codesOf("SKILL.md", `${head}---\n\nText.\n\n!\`git status\`\n`, "claude-skill")).toEqual([
      'not-typed SKILL.md:8: the built file would say "! `git status`" there',
    ]);
    expect(await codesOf("a.md", "---\nname: a\n---\nText.\n")).toEqual([
      'no-description a.md:1: persona "a", target claude-agent: the persona has no description, and this tool chooses by it',
    ]);
    expect(await codesOf("a.md", `${head}mode: agent\n---\nText.\n`, "copilot-prompt")).toEqual([
      "not-typed a.md:4: PersonaKit does not write such files, so nothing would say mode",
    ]);
  });
});
