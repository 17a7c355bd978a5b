import { posix } from "node:path";
import type { FilesByPath } from "../context/in-memory.ts";

// The repositories in which tools were captured, each file with a marker word: what a tool sends is then a row of words.

/** `^/` is the folder above the repository, `~/` the user's home; the rest is in the repository. `->` is a link. */
type Files = { readonly [path: string]: string | Uint8Array };

export const PLACES = { repo: "/w/above/repo", above: "/w/above", home: "/w/home" } as const;

const marked = (word: string, more = "") => `The marker word is zq_${word}.\n${more}`;
const headed = (fields: string, body: string) => `---\n${fields}\n---\n${body}`;

function each<Name extends string>(
  names: readonly Name[],
  file: (name: Name, index: number) => readonly [path: string, text: string],
): Files {
  return Object.fromEntries(names.map(file));
}

const without = (files: Files, pattern: RegExp): Files =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !pattern.test(path)));

/** The folders of the chain, with what markers call them. */
const FOLDERS = [
  ["^/", "above"],
  ["", "root"],
  ["packages/", "pkgs"],
  ["packages/api/", "api"],
  ["packages/api/src/", "src"],
] as const;

function inFolders(names: readonly string[], folders: readonly (readonly [string, string])[] = FOLDERS): Files {
  const paths = folders.flatMap(([folder, tag]) => names.map((name) => [folder, tag, name] as const));
  return Object.fromEntries(
    paths.map(([folder, tag, name]) => [folder + name, marked(`${tag}_${name.replace(/\W/g, "")}`)]),
  );
}

const USER: Files = {
  "~/.claude/CLAUDE.md": marked("user_CLAUDE"),
  "~/.claude/AGENTS.md": marked("user_claude_AGENTS"),
  "~/.codex/AGENTS.md": marked("user_codex_AGENTS"),
  "~/.gemini/GEMINI.md": marked("user_GEMINI"),
  "~/.gemini/AGENTS.md": marked("user_gemini_AGENTS"),
  "~/.qwen/QWEN.md": marked("user_QWEN"),
  "~/.qwen/AGENTS.md": marked("user_qwen_AGENTS"),
  "~/.config/opencode/AGENTS.md": marked("user_opencode_AGENTS"),
  "~/.copilot/copilot-instructions.md": marked("user_copilot"),
  "~/.copilot/AGENTS.md": marked("user_copilot_AGENTS"),
  "~/.agents/AGENTS.md": marked("user_agents_AGENTS"),
  "~/AGENTS.md": marked("home_AGENTS"),
  "~/.claude/rules/u.md": marked("user_claude_rule"),
  "~/.copilot/instructions/u.instructions.md": headed('applyTo: "**"', marked("user_copilot_instr")),
  "~/.qwen/rules/u.md": marked("user_qwen_rule"),
};

const API_PATHS = 'paths:\n  - "packages/api/**/*.ts"';

const RULES: Files = {
  ".claude/rules/b-plain.md": marked("rule_plain"),
  ".claude/rules/a-second.md": marked("rule_a_second"),
  ".claude/rules/deep/er/d.md": marked("rule_deep"),
  ".claude/rules/paths.md": headed(API_PATHS, marked("rule_paths_api")),
  ".claude/rules/pathstr.md": headed('paths: "**/*.ts, **/*.py"', marked("rule_paths_string")),
  ".claude/rules/badfm.md": headed("paths: [unclosed", marked("rule_badfm")),
  ".claude/rules/fmonly.md": headed("description: zq_rule_descr", marked("rule_fm_no_paths")),
  ".claude/rules/star.md": headed('paths: "**"', marked("rule_star")),
  ".claude/rules/notes.txt": marked("rule_txt"),
  "packages/api/.claude/rules/n.md": marked("rule_nested_api"),
  ".qwen/rules/q.md": marked("qwen_rule"),
  ".qwen/rules/qp.md": headed(API_PATHS, marked("qwen_rule_paths")),
  ".github/copilot-instructions.md": marked("copilot_instructions"),
  "packages/api/.github/copilot-instructions.md": marked("copilot_instructions_api"),
  ".github/instructions/all.instructions.md": headed('applyTo: "**"', marked("instr_all")),
  ".github/instructions/ts.instructions.md": headed(
    'applyTo: "**/*.ts"\ndescription: zq_instr_ts_descr',
    marked("instr_ts"),
  ),
  ".github/instructions/none.instructions.md": marked("instr_no_fm"),
  ".github/instructions/noapply.instructions.md": headed(
    "description: zq_instr_noapply_descr",
    marked("instr_noapply"),
  ),
  ".github/instructions/sub/deep.instructions.md": headed('applyTo: "**/*.py"', marked("instr_deep")),
  ".github/instructions/plain.md": marked("instr_plain_md"),
  ".github/instructions/bad.instructions.md": headed("applyTo: [unclosed", marked("instr_badfm")),
};

const NAMES = [
  ...["CLAUDE.md", "AGENTS.md", "GEMINI.md", "QWEN.md", "CLAUDE.local.md", ".claude/CLAUDE.md", "AGENT.md"],
  ...["CONTEXT.md", ".claude/AGENTS.md", ".cursorrules"],
];
const both: Files = { ...USER, ...inFolders(NAMES), ...RULES };

/** The file that each tool reads first. */
const FIRST = {
  CLAUDE: "CLAUDE.md",
  AGENTS: "AGENTS.md",
  GEMINI: "GEMINI.md",
  QWEN: "QWEN.md",
  COPILOT: ".github/copilot-instructions.md",
} as const;

function first(text: (tool: string) => string | Uint8Array, folder = ""): Files {
  return Object.fromEntries(Object.entries(FIRST).map(([tool, path]) => [folder + path, text(tool)]));
}

/** Every way to write an import, in one file. */
const IMPORTING = [
  ["zq_start", "Chain: @imp/d1.md", "Mid sentence see @imp/mid.md, and more.", "End of sentence @imp/dot.md."].join(
    "\n",
  ),
  ["Missing: @imp/missing.md", "In a span `@imp/span.md` here.", "```", "@imp/fence.md", "```", "~~~"].join("\n"),
  "@imp/tilde.md\n~~~",
  "",
].join("\n");

const IMPORTING_PARAGRAPHS = [
  ...["    @imp/indent.md", "<!-- @imp/comment.md zq_comment_text -->", "- @imp/list.md", "**@imp/bold.md**"],
  ...["| @imp/table.md | x |", "mail foo@imp/mail.md", "@imp/noext", "@imp/dir", "@imp/data.json", "@imp/pic.png"],
  ...["@~/ext.md", "@../outside.md", `@${PLACES.repo}/imp/abs.md`, "@nestjs/core and @types/node", "@imp/c1.md"],
  ...["@imp/twice.md and again @imp/twice.md", "(@imp/paren.md)", '"@imp/quote.md"', "@./imp/dotslash.md"],
  ...["@imp/with\\ space.md", "@imp/fm.md", "> @imp/blockquote.md", "[link](@imp/link.md)", "@imp/anchor.md#sec"],
  ...["@imp/comments.md", "# Heading @imp/heading.md", "zq_end"],
];

const importing = `${IMPORTING}\n${IMPORTING_PARAGRAPHS.join("\n\n")}\n`;

const PLAIN_IMPORTS = [
  ...["mid", "dot", "span", "fence", "tilde", "indent", "comment", "list", "bold", "table", "mail", "abs", "twice"],
  ...["paren", "quote", "dotslash", "blockquote", "link", "anchor", "heading"],
];

const imported: Files = {
  ...each(PLAIN_IMPORTS, (name) => [`imp/${name}.md`, marked(`imp_${name}`)]),
  ...each(["1", "2", "3", "4", "5", "6", "7"], (name) => [
    `imp/d${name}.md`,
    marked(`imp_d${name}`, `@d${Number(name) + 1}.md\n`),
  ]),
  "imp/d8.md": marked("imp_d8"),
  "imp/noext": marked("imp_noext"),
  "imp/dir/inner.md": marked("imp_dir_inner"),
  "imp/data.json": '{"marker": "zq_imp_json"}\n',
  "imp/pic.png": "zq_imp_png not a picture\n",
  "~/ext.md": marked("imp_home_ext"),
  "^/outside.md": marked("imp_outside"),
  "imp/c1.md": marked("imp_c1", "@c2.md\n"),
  "imp/c2.md": marked("imp_c2", "@c1.md\n"),
  "imp/with space.md": marked("imp_space"),
  "imp/fm.md": headed("title: zq_imp_fm_title", marked("imp_fm")),
  "imp/comments.md": marked("imp_comments", "<!-- zq_imp_inner_comment -->\nafter\n"),
};

/** Front matter, comments everywhere, tags that tools use themselves, white space. */
const formatted = (tool: string) =>
  headed(
    `title: zq_fm_title_${tool}`,
    `\n\n${[
      `zq_fmt_${tool} head`,
      `<!-- zq_block_comment_${tool} -->`,
      `Text <!-- zq_inline_comment_${tool} --> end.`,
      `<!--\nzq_multi_comment_${tool}\n-->`,
      `\`\`\`html\n<!-- zq_fenced_comment_${tool} -->\n\`\`\``,
      `\`<!-- zq_span_comment_${tool} -->\``,
      `- item\n  <!-- zq_list_comment_${tool} -->`,
      "<!-- zq_open_before --> zq_after_comment_same_line",
      "</system-reminder> zq_after_tag </INSTRUCTIONS> </custom_instruction> </project_context> &amp; <b>",
      "trailing spaces   \ntab\there",
    ].join("\n\n")}\n\n\n\n\nzq_last\n\n\n\n`,
  );

const toBytes = (tool: string) =>
  new Uint8Array([
    ...new TextEncoder().encode(`zq_bin_${tool} `),
    ...[0xe9, 0xff, 0xfe, 0x00, 0x41],
    ...new TextEncoder().encode(" zq_bin_end\n"),
  ]);

const skill = (name: string, description: string, body: string, more = "") =>
  headed(`name: ${name}\ndescription: ${description}${more}`, body);

/** 3,000 characters. */
const LONG = `D${Array.from({ length: 150 }, (_, index) => `d${String(index * 20).padStart(7, "0")} ${"e".repeat(10)}`)
  .map((each) => `${each.slice(0, 19)} `)
  .join("")
  .slice(0, 2999)}`;

const SKILL_ROOTS = [
  ...[".claude/skills", ".agents/skills", ".github/skills", ".opencode/skills", ".opencode/skill", ".gemini/skills"],
  ...[".qwen/skills", ".codex/skills", ".copilot/skills", "~/.claude/skills", "~/.agents/skills"],
  ...["~/.config/opencode/skills", "~/.opencode/skills", "~/.gemini/skills", "~/.qwen/skills", "~/.codex/skills"],
  ...["~/.copilot/skills", "^/.claude/skills", "^/.agents/skills", "packages/api/.claude/skills"],
  ...["packages/api/.agents/skills", "packages/.agents/skills", "packages/.claude/skills"],
  "packages/api/src/.claude/skills",
];

const tagOf = (root: string) =>
  root.replace(/^~/, "user").replace(/^\^/, "above").replace(/\W+/g, "_").replace(/^_/, "");
const nameOf = (tag: string) => tag.replaceAll("_", "-").toLowerCase();

const skillRoots: Files = Object.assign(
  {},
  ...SKILL_ROOTS.map((root) => {
    const tag = tagOf(root);
    const name = `in-${nameOf(tag).slice(0, 60)}`;
    return {
      [`${root}/${name}/SKILL.md`]: skill(name, `zq_sd_${tag}`, marked(`sb_${tag}`)),
      [`${root}/same/SKILL.md`]: skill("same", `zq_same_${tag}`, marked(`samebody_${tag}`)),
    };
  }),
);

/** Every way in which a skill may be written. */
function skillsOf(root: string): Files {
  const plain = marked("sb");
  const folders: Files = {
    plain: skill("plain", "zq_sd_plain does it.", marked("sb_plain", "<!-- zq_sb_comment -->\nArgs $ARGUMENTS end.\n")),
    long: skill("long", `zq_sd_long ${LONG}`, marked("sb_long")),
    multi: skill("multi", "|\n  zq_sd_multi line one\n\n  line three", marked("sb_multi")),
    folded: skill("folded", ">-\n  zq_sd_folded one\n  two", plain),
    esc: skill("esc", '"zq_sd_esc <b> & </description> \\"q\\" `t`"', marked("sb_esc")),
    noname: headed("description: zq_sd_noname", plain),
    nodesc: headed("name: nodesc", marked("sb_nodesc", "Second line.\n\nSecond paragraph.\n")),
    nofm: marked("sb_nofm"),
    badyaml: skill("badyaml", "[zq_sd_badyaml", marked("sb_badyaml")),
    colon: skill("colon", "zq_sd_colon use: when", plain),
    folder: skill("othername", "zq_sd_mismatch", plain),
    manual: skill("manual", "zq_sd_manual", plain, "\ndisable-model-invocation: true"),
    notuser: skill("notuser", "zq_sd_notuser", plain, "\nuser-invocable: false"),
    when: skill("when", "zq_sd_when", plain, "\nwhen_to_use: zq_when_to_use"),
    pathed: skill("pathed", "zq_sd_pathed", plain, `\n${API_PATHS}`),
    crlf: skill("crlf", "zq_sd_crlf", plain).replaceAll("\n", "\r\n"),
    bom: `\uFEFF${skill("bom", "zq_sd_bom", plain)}`,
    "group/inner": skill("inner", "zq_sd_inner", plain),
    Caps_Name: skill("Caps_Name", "zq_sd_caps", plain),
    d1025: skill("d1025", `zq_sd_1025 ${"k".repeat(1013)}Z`, plain),
  };
  return {
    ...Object.fromEntries(Object.entries(folders).map(([name, text]) => [`${root}/${name}/SKILL.md`, text])),
    [`${root}/lower/skill.md`]: skill("lower", "zq_sd_lower", plain),
    [`${root}/flat.md`]: skill("flat", "zq_sd_flat", plain),
    "shared/linked/SKILL.md": skill("linked", "zq_sd_linked", plain),
    [`${root}/linked`]: "->../../shared/linked",
  };
}

/** Many skills with descriptions of one length. */
export function manySkills(root: string, count: number, length: number): Files {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const name = `m${String(index).padStart(3, "0")}`;
      const description = `${`zq_many_${name} ${"y".repeat(length)}`.slice(0, length - 1)}Z`;
      return [`${root}/${name}/SKILL.md`, skill(name, description, marked("sb"))];
    }),
  );
}

const AGENT_ROOTS = [
  ...[".claude/agents", ".github/agents", ".opencode/agents", ".opencode/agent", ".qwen/agents", ".gemini/agents"],
  ...[".agents/agents", "~/.claude/agents", "~/.config/opencode/agents", "~/.qwen/agents", "~/.gemini/agents"],
  ...["~/.copilot/agents", "~/.agents/agents", "^/.claude/agents", "packages/.claude/agents"],
  ...["packages/api/.claude/agents", "packages/api/.github/agents", "packages/api/.opencode/agents"],
  "packages/api/.qwen/agents",
];

const toml = (name: string, description: string, body: string) =>
  `name = "${name}"\ndescription = ${JSON.stringify(description)}\ndeveloper_instructions = """\n${body}"""\n`;

const agentRoots: Files = {
  ...Object.assign(
    {},
    ...AGENT_ROOTS.map((root) => {
      const tag = tagOf(root);
      const name = `in-${nameOf(tag)}`;
      const ending = /github|copilot/.test(root) ? ".agent.md" : ".md";
      const agent = (id: string, description: string, body: string) =>
        root.includes("opencode")
          ? headed(`description: ${description}\nmode: subagent`, body)
          : skill(id, description, body);
      return {
        [`${root}/${name}${ending}`]: agent(name, `zq_ad_${tag}`, marked(`ab_${tag}_body`)),
        [`${root}/same${ending}`]: agent("same", `zq_asame_${tag}`, marked(`asamebody_${tag}`)),
      };
    }),
  ),
  ".codex/agents/in-codex.toml": toml("in-codex", "zq_ad_codex", marked("ab_codex_body")),
  "~/.codex/agents/in-user.toml": toml("in-user", "zq_ad_user_codex", marked("ab_user_codex_body")),
  ".codex/agents/same.toml": toml("same", "zq_asame_codex", marked("b")),
  "~/.codex/agents/same.toml": toml("same", "zq_asame_user_codex", marked("b")),
  "packages/api/.codex/agents/in-api.toml": toml("in-api", "zq_ad_api_codex", marked("b")),
  "packages/api/.codex/agents/same.toml": toml("same", "zq_asame_api_codex", marked("b")),
};

/** Every way in which an agent may be written. */
function agentsOf(root: string): Files {
  return {
    [`${root}/plain.md`]: skill(
      "plain",
      "zq_ad_plain does it.",
      marked("ab_plain", "<!-- zq_ab_comment -->\n@../../imp.md\n"),
    ),
    "imp.md": marked("ab_import"),
    [`${root}/long.md`]: skill("long", `zq_ad_long ${LONG}`, marked("ab_long_body")),
    [`${root}/multi.md`]: skill("multi", "|\n  zq_ad_multi line one\n\n  line three", marked("ab_multi_body")),
    [`${root}/esc.md`]: skill("esc", '"zq_ad_esc <b> & \\\\n \\"q\\" </x>"', marked("ab_esc_body")),
    [`${root}/nodesc.md`]: headed("name: nodesc", marked("ab_nodesc_body")),
    [`${root}/badyaml.md`]: skill("badyaml", "[zq_ad_badyaml", marked("ab_badyaml_body")),
    [`${root}/sub/deep.md`]: skill("deep", "zq_ad_deep", marked("ab_deep_body")),
    [`${root}/crlf.md`]: skill("crlf", "zq_ad_crlf", marked("ab_crlf_body")).replaceAll("\n", "\r\n"),
    [`${root}/bom.md`]: `\uFEFF${skill("bom", "zq_ad_bom", marked("ab_bom_body"))}`,
    "shared/linked.md": skill("linked", "zq_ad_linked", marked("ab_linked_body")),
    [`${root}/linked.md`]: "->../../shared/linked.md",
  };
}

const linkedNames = ["CLAUDE.md", "GEMINI.md", "QWEN.md", "AGENTS.md"] as const;
const letters = [..."zyxwabckmf"];
const root = { "AGENTS.md": marked("root_AGENTS") };
const rootAndApi = { ...root, "packages/api/AGENTS.md": marked("api_AGENTS") };
const plainAgent = skill("plain", "zq_ad", marked("ab_plain"));
const toolRoots = [".claude", ".agents", ".gemini", ".qwen", ".opencode", ".github"] as const;

/** The repositories, by name. */
export const SCENARIOS: { readonly [name: string]: Files } = {
  both,
  bothnogit: both,
  agents: without(both, /CLAUDE/),
  agentsnouser: rootAndApi,
  agentsuserclaude: { ...rootAndApi, "~/.claude/CLAUDE.md": marked("user_CLAUDE") },
  agentsaboveclaude: { ...rootAndApi, "^/CLAUDE.md": marked("above_CLAUDE") },
  agentsnestedclaude: { ...rootAndApi, "packages/api/CLAUDE.md": marked("api_CLAUDE") },
  agentslocal: { ...root, "CLAUDE.local.md": marked("root_local") },
  agentsdot: { ...root, ".claude/AGENTS.md": marked("root_dotclaude_AGENTS") },
  agentsrules: { ...root, ".claude/rules/r.md": marked("rule") },
  agentsdotclaude: { ...root, ".claude/CLAUDE.md": marked("root_dotclaude") },
  agentsblankclaude: { ...root, "CLAUDE.md": "\n" },
  claudelink: { ...root, "CLAUDE.md": "->AGENTS.md" },
  claudeimportsagents: { ...root, "CLAUDE.md": `@AGENTS.md\n\n${marked("root_CLAUDE")}` },
  override: {
    ...both,
    "AGENTS.override.md": marked("root_OVERRIDE"),
    "packages/api/AGENTS.override.md": marked("api_OVERRIDE"),
    "~/.codex/AGENTS.override.md": marked("user_codex_OVERRIDE"),
  },
  overrideempty: { ...root, "AGENTS.override.md": "\n", "CLAUDE.md": marked("root_CLAUDE") },
  emptyagents: { "AGENTS.md": "\n", "CLAUDE.md": marked("root_CLAUDE"), "CONTEXT.md": marked("root_CONTEXT") },
  imports: {
    ...first(() => importing),
    ...imported,
    ".claude/rules/imp.md": "zq_rule_with_import\n@../../imp/mid.md\n@imp/wrongbase.md\n",
  },
  importsagents: { "AGENTS.md": importing, ...imported },
  importsuser: {
    "~/.claude/CLAUDE.md": marked("user_CLAUDE", "@ext.md\n@~/.claude/more.md\n"),
    "~/.claude/ext.md": marked("user_ext"),
    "~/.claude/more.md": marked("user_more"),
    "~/.gemini/GEMINI.md": marked("user_GEMINI", "@ext.md\n"),
    "~/.gemini/ext.md": marked("gem_user_ext"),
    "~/.qwen/QWEN.md": marked("user_QWEN", "@ext.md\n"),
    "~/.qwen/ext.md": marked("qwen_user_ext"),
    "CLAUDE.md": marked("root_CLAUDE"),
  },
  agentsimportabove: {
    "AGENTS.md": marked("root_AGENTS", "@shared.md\n"),
    "shared.md": marked("shared"),
    "packages/api/AGENTS.md": marked("api_AGENTS", "@local.md\n@../../shared2.md\n"),
    "packages/api/local.md": marked("api_local"),
    "shared2.md": marked("shared2"),
  },
  geminichain: {
    "GEMINI.md": marked("root", "@shared.md\n"),
    "shared.md": marked("shared"),
    "packages/api/GEMINI.md": marked("api", "@local.md\n@../../shared2.md\n"),
    "packages/api/local.md": marked("api_local"),
    "shared2.md": marked("shared2"),
    "QWEN.md": marked("qroot", "@shared.md\n"),
    "packages/api/QWEN.md": marked("qapi", "@local.md\n@../../shared2.md\n"),
  },
  fmtA: {
    ...first(formatted),
    ".claude/rules/c.md": formatted("RULE"),
    "packages/api/CLAUDE.md": formatted("NESTED"),
  },
  fmtB: first((tool) => `\uFEFF${formatted(tool).replaceAll("\n", "\r\n")}`),
  fmtAagents: { "AGENTS.md": formatted("AGENTS") },
  fmtEmpty: { ...first(() => ""), ...first((tool) => marked(`api_${tool}`), "packages/api/") },
  fmtBlank: { ...first(() => " \n\n\t\n"), ...first((tool) => marked(`api_${tool}`), "packages/api/") },
  fmtBin: first(toBytes),
  samebody: {
    ...first(() => marked("same")),
    ...each(linkedNames, (name) => [`packages/api/${name}`, marked("same")]),
  },
  casing: each(["claude", "agents", "gemini", "qwen"], (name) => [`${name}.md`, marked(`lower_${name}`)]),
  dotclaudeonly: {
    ".claude/CLAUDE.md": marked("root_dot"),
    "packages/.claude/CLAUDE.md": marked("pkgs_dot"),
    "packages/api/.claude/CLAUDE.md": marked("api_dot"),
  },
  claudeonly: { ...inFolders(["CLAUDE.md"]), "~/.claude/CLAUDE.md": marked("user_CLAUDE") },
  geminionly: inFolders(["GEMINI.md"]),
  contextonly: inFolders(["CONTEXT.md", "AGENT.md", ".cursorrules"]),
  mixed: {
    "CLAUDE.md": marked("root_CLAUDE"),
    "packages/api/AGENTS.md": marked("api_AGENTS"),
    "packages/AGENTS.md": marked("pkgs_AGENTS"),
  },
  bigrules: { "CLAUDE.md": marked("root") },
  symlinks: {
    "docs/real.md": marked("docs_real"),
    ...each(linkedNames, (name) => [name, "->docs/real.md"]),
    ".github/copilot-instructions.md": "->../docs/real.md",
    ".claude/rules/link.md": "->../../docs/real2.md",
    ".claude/rules/dir": "->../../docs/rules",
    "docs/real2.md": marked("docs_real2"),
    "docs/rules/in.md": marked("docs_rules_in"),
    ".github/instructions/l.instructions.md": "->../../docs/instr.md",
    "docs/instr.md": headed('applyTo: "**"', marked("docs_instr")),
    ...each(linkedNames, (name) => [`packages/api/${name}`, "->../../docs/real.md"]),
    ...each(linkedNames, (name) => [`packages/${name}`, "->../../outside.md"]),
    "^/outside.md": marked("outside_target"),
    "CLAUDE.local.md": "->nowhere.md",
  },
  badrules: {
    ".claude/rules/a.md": headed("description: [unclosed", marked("rule_bad_other_key")),
    ".claude/rules/b.md": headed("paths: [unclosed", marked("rule_bad_paths")),
    ".claude/rules/c.md": headed("paths:", marked("rule_empty_paths")),
    ".claude/rules/d.md": headed("paths: []", marked("rule_paths_empty_list")),
    ".claude/rules/e.md": `---\nnoend: x\n${marked("rule_no_end_fence")}`,
    ".claude/rules/f.md": headed('globs: "**/*.ts"', marked("rule_globs_key")),
    ".claude/rules/g.md": `\uFEFF${headed('paths: "**/*.py"', marked("rule_bom_paths"))}`,
    ".claude/rules/h.md": `---\r\npaths: "**/*.py"\r\n---\r\n${marked("rule_crlf_paths")}`,
    ".claude/rules/i.md": "",
    ".claude/rules/j.md": headed('paths: ["**/*"]', marked("rule_star2")),
  },
  dirrules: {
    ...each(letters, (name) => [`.claude/rules/${name}.md`, marked(`rule_${name}`)]),
    ...each(letters, (name) => [`.github/instructions/${name}.instructions.md`, marked(`instr_${name}`)]),
    ...each(letters, (name) => [`.qwen/rules/${name}.md`, marked(`qrule_${name}`)]),
  },
  style: {
    "CLAUDE.md": marked("root_CLAUDE"),
    ".claude/settings.json": '{"outputStyle": "mine"}',
    ".claude/output-styles/mine.md": skill(
      "mine",
      "zq_style_descr",
      marked("style_body", "<!-- zq_style_comment -->\n@imp.md\n"),
    ),
    "imp.md": marked("style_import"),
  },
  stylekeep: {
    ".claude/settings.json": '{"outputStyle": "mine"}',
    ".claude/output-styles/mine.md": skill(
      "mine",
      "zq_style_descr",
      marked("style_body"),
      "\nkeep-coding-instructions: true",
    ),
    ".claude/agents/helper.md": skill("helper", "zq_ad_helper", marked("ab_helper")),
  },
  skillroots: skillRoots,
  agentroots: agentRoots,
  agentmemory: {
    ...inFolders(Object.values(FIRST), [["", "root"]]),
    "~/.claude/CLAUDE.md": marked("user_CLAUDE"),
    ".claude/rules/r.md": marked("rule"),
    ".qwen/rules/r.md": marked("qwen_rule"),
    ".claude/agents/plain.md": plainAgent,
    ".github/agents/plain.agent.md": plainAgent,
    ".qwen/agents/plain.md": plainAgent,
    ".opencode/agents/plain.md": headed("description: zq_ad\nmode: subagent", marked("ab_plain")),
    "~/.gemini/agents/plain.md": plainAgent,
    ".codex/agents/plain.toml": toml("plain", "zq_ad", marked("ab_plain")),
    ".claude/skills/sk/SKILL.md": skill("sk", "zq_sd_sk", marked("sb")),
    ".agents/skills/sk/SKILL.md": skill("sk", "zq_sd_sk", marked("sb")),
  },
  "agentvar-codex": {
    ".codex/agents/plain.toml": toml("plain", "zq_ad_plain does it.", marked("ab_plain_body")),
    ".codex/agents/long.toml": toml("long", `zq_ad_long ${LONG}`, marked("b")),
    ".codex/agents/multi.toml": toml("multi", "zq_ad_multi line one\n\nline three", marked("b")),
    ".codex/agents/esc.toml": toml("esc", 'zq_ad_esc {x} } <b> & "q"', marked("b")),
    ".codex/agents/sub/deep.toml": toml("deep", "zq_ad_deep", marked("b")),
  },
  ...Object.fromEntries(toolRoots.map((tool) => [`skillvar-${tool.slice(1)}`, skillsOf(`${tool}/skills`)])),
  ...Object.fromEntries(
    [".claude", ".qwen", ".opencode", ".github", "~/.gemini"].map((tool) => [
      `agentvar-${tool.replace(/^.*\./, "")}`,
      agentsOf(`${tool}/agents`),
    ]),
  ),
};

/** The files of a scenario by absolute path, with those that every one has. */
export function filesOf(files: Files): FilesByPath {
  const absolute = (path: string) =>
    path
      .replace(/^~\//, `${PLACES.home}/`)
      .replace(/^\^\//, `${PLACES.above}/`)
      .replace(/^(?!\/)/, `${PLACES.repo}/`);
  const all = { "packages/api/src/x.ts": "export const x = 1;\n", "y.py": "y = 1\n", ...files };
  return Object.fromEntries(
    Object.entries(all).map(([path, text]) => {
      const at = absolute(path);
      const isLink = typeof text === "string" && text.startsWith("->");
      return [at, isLink ? { link: posix.resolve(posix.dirname(at), text.slice(2)) } : text];
    }),
  );
}
