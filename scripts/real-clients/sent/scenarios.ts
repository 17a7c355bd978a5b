import type { Files } from "./cases.ts";

// Repositories beyond those of the engine's own test. Every file has a marker word, so that nothing is sent unseen.

const marked = (word: string, more = "") => `Marked zq_${word}.\n${more}`;
const headed = (fields: string, body: string) => `---\n${fields}\n---\n${body}`;
const skill = (name: string, description: string) =>
  headed(`name: ${name}\ndescription: ${description}`, marked(`body_${name}`));

/** The file that each tool reads first, with one text. */
function first(text: string, folder = ""): Files {
  const names = ["CLAUDE.md", "AGENTS.md", "GEMINI.md", "QWEN.md", ".github/copilot-instructions.md"];
  return Object.fromEntries(
    names.map((name) => [folder + name, text.replace("zq_", `zq_${name.replace(/\W/g, "")}_`)]),
  );
}

const encoder = new TextEncoder();

export const MORE: { readonly [name: string]: Files } = {
  "imports in sub folders": {
    ...first(marked("root", "See @docs/style.md and @packages/api/guide.md.\n")),
    ...first(marked("api", "@guide.md\n@./src/deep/more.md\n@../../docs/style.md\n"), "packages/api/"),
    "docs/style.md": marked("style", "@detail/names.md\n@../docs/detail/names.md\n"),
    "docs/detail/names.md": marked("names", "@../style.md\n"),
    "packages/api/guide.md": marked("guide", "@src/deep/more.md"),
    "packages/api/src/deep/more.md": marked("more"),
  },
  "AGENTS.md and CLAUDE.md, one naming the other": {
    "AGENTS.md": marked("agents", "@CLAUDE.md\n"),
    "CLAUDE.md": "@AGENTS.md\n",
    "packages/AGENTS.md": marked("pkgs"),
    "packages/api/AGENTS.md": marked("api_agents"),
    "packages/api/CLAUDE.md": "@AGENTS.md\n\nMarked zq_api_claude.\n",
  },
  "rules with paths": {
    "CLAUDE.md": marked("root"),
    "AGENTS.md": marked("agents"),
    ".claude/rules/one.md": headed('paths: "packages/api/src/*.ts"', marked("rule_one")),
    ".claude/rules/two.md": headed("paths:\n  - '**/*.{ts,tsx}'\n  - src/**", marked("rule_two")),
    ".claude/rules/no.md": headed("paths: ['packages/web/**', '*.md']", marked("rule_no")),
    ".claude/rules/name.md": headed("paths: x.ts", marked("rule_name")),
    "packages/api/.claude/rules/near.md": headed('paths: "src/**/*.ts"', marked("rule_near")),
    ".github/instructions/one.instructions.md": headed("applyTo: packages/api/src/*.ts", marked("instr_one")),
    ".github/instructions/two.instructions.md": headed(
      'applyTo: "**/*.ts,**/*.tsx"\ndescription: zq_instr_two_said',
      marked("instr_two"),
    ),
    ".github/instructions/no.instructions.md": headed('applyTo: "web/**"', marked("instr_no")),
    ".qwen/rules/one.md": headed('paths:\n  - "packages/api/src/*.ts"', marked("qwen_one")),
    ".qwen/rules/no.md": headed("paths: ['packages/web/**']", marked("qwen_no")),
  },
  "skills of every length": Object.assign(
    {},
    ...[".claude", ".agents"].map((root) =>
      Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => {
          // One name in two folders would be another question.
          const name = `${root.slice(1, 2)}${String(index).padStart(2, "0")}-${"n".repeat(index)}z`;
          return [
            `${root}/skills/${name}/SKILL.md`,
            skill(name, `zq_said_${index}_${root.slice(1)} ${"w".repeat(index * 25)}`),
          ];
        }),
      ),
    ),
  ),
  "overrides in nested folders": {
    "AGENTS.md": marked("root"),
    "packages/AGENTS.md": marked("pkgs"),
    "packages/AGENTS.override.md": marked("pkgs_over"),
    "packages/api/AGENTS.md": marked("api"),
    "packages/api/AGENTS.override.md": "",
    "CLAUDE.local.md": "\n",
    "packages/CLAUDE.local.md": marked("pkgs_local"),
    "packages/api/.claude/CLAUDE.md": marked("api_dot"),
  },
  comments: first(
    [
      "<!-- zq_first --> behind",
      "",
      "> <!-- zq_quoted -->",
      "",
      "1. item",
      "   <!-- zq_in_item -->",
      "",
      "text",
      "<!-- zq_after_text -->",
      "",
      "<!-- zq_one --><!-- zq_two -->",
      "",
      "<!-- zq_open",
      "",
      "with a blank line -->",
      "",
      "````md",
      "```",
      "<!-- zq_fenced -->",
      "````",
      "",
      "<div>",
      "<!-- zq_in_html -->",
      "</div>",
      "",
      "<!-- zq_never_closed",
    ].join("\n"),
  ),
  "byte order marks and line ends": {
    ...first(`\uFEFF---\r\ntitle: zq_titled\r\n---\r\n\r\nMarked zq_crlf.\r\n\r\n\r\n@docs/part.md\r\nend\r\n`),
    "docs/part.md": `\uFEFF${marked("part").replaceAll("\n", "\r\n")}`,
    ...first("Marked zq_old.\rAfter a lone return.\r\n", "packages/api/"),
    ".claude/rules/r.md": "\uFEFFMarked zq_mark.\n",
  },
  links: {
    "shared/all.md": marked("all", "@part.md\n"),
    "shared/part.md": marked("part"),
    "part.md": marked("wrong_part"),
    "AGENTS.md": "->shared/all.md",
    "CLAUDE.md": "->AGENTS.md",
    "GEMINI.md": "->CLAUDE.md",
    "QWEN.md": "->shared/all.md",
    "packages/api/AGENTS.md": "->../../AGENTS.md",
    "packages/CLAUDE.md": "->CLAUDE.md",
    "packages/QWEN.md": "->nowhere.md",
    "packages/GEMINI.md": "->.",
    ".claude/skills/sl": "->../../shared/skill",
    "shared/skill/SKILL.md": skill("sl", "zq_said_sl"),
    ".agents/skills/sk/SKILL.md": skill("sk", "zq_said_sk"),
    ".claude/agents/linked.md": "->../../shared/agent.md",
    ".github/agents": "->../.claude/agents",
    "shared/agent.md": skill("linked", "zq_said_linked"),
  },
  "front matter of every kind": {
    "CLAUDE.md": headed("title: zq_titled", marked("claude")),
    "AGENTS.md": `---\n${marked("agents_open")}`,
    "GEMINI.md": headed("", marked("gemini")),
    "QWEN.md": `--- \ntitle: zq_qwen\n---\n${marked("qwen")}`,
    "packages/api/CLAUDE.md": `----\ntitle: zq_four\n----\n${marked("api_four")}`,
    "packages/api/AGENTS.md": `\n---\ntitle: zq_late\n---\n${marked("api_late")}`,
    ".claude/rules/x.md": headed("paths: 5", marked("rule_number")),
    ".claude/rules/y.md": headed('paths: ""', marked("rule_blank")),
  },
  "code around imports": {
    ...first(
      [
        "Marked zq_top.",
        "",
        "``@imp/a.md`` and `` `@imp/b.md` ``",
        "",
        "\\@imp/c.md @imp/d.md! @imp/e.md? @imp/f.md;",
        "",
        "*@imp/g.md* _@imp/h.md_ ~~@imp/i.md~~",
        "",
        "a  @imp/j.md\t@imp/k.md",
        "",
        "  ```",
        "  @imp/l.md",
        "  ```",
        "",
        "@imp/m.md@imp/n.md",
        "",
        "- item",
        "",
        "      @imp/o.md",
        "",
        "[a]: @imp/p.md",
        "",
        "<b>@imp/q.md</b> <b> @imp/r.md </b>",
        "",
        "@imp/s.md, @imp/t.md: @imp/u.md",
        "@./imp//v.md @imp/../imp/w.md",
      ].join("\n"),
    ),
    ...Object.fromEntries([..."abcdefghijklmnopqrstuvw"].map((name) => [`imp/${name}.md`, marked(`imp_${name}`)])),
  },
  "long chains": {
    "AGENTS.md": marked("root", `${"r".repeat(99)}\n`.repeat(200)),
    "packages/AGENTS.md": marked("pkgs", `${"ä".repeat(49)}\n`.repeat(130)),
    "packages/api/AGENTS.md": marked("api"),
  },
  "names in another case": {
    "Claude.md": marked("claude"),
    "Agents.md": marked("agents"),
    "Gemini.MD": marked("gemini"),
    "packages/api/agents.md": marked("api_agents"),
    ".claude/rules/R.MD": marked("rule"),
    ".github/Copilot-Instructions.md": marked("copilot"),
  },
  "not UTF-8, and blank": {
    "AGENTS.md": new Uint8Array([...encoder.encode("Marked zq_latin "), 0xe4, 0xf6, 0x0a, 0xf0, 0x9f, 0x0a]),
    "CLAUDE.md": "\uFEFF",
    "packages/api/AGENTS.md": "\uFEFF\n",
    "packages/api/CLAUDE.md": "\u00a0\n",
    "packages/AGENTS.md": "<!-- zq_only_a_comment -->\n",
  },
  "agents and skills with one name": {
    ".claude/agents/a.md": skill("twin", "zq_said_root"),
    ".claude/agents/deep/b.md": skill("solo", "zq_said_deep"),
    "packages/api/.claude/agents/c.md": skill("twin", "zq_said_api"),
    ".agents/skills/group/one/SKILL.md": skill("one", "zq_said_grouped"),
    "packages/api/.agents/skills/one/SKILL.md": skill("one", "zq_said_api_one"),
    ".claude/skills/one/SKILL.md": skill("one", "zq_said_claude_one"),
  },
};
