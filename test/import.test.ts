import { appendFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";
import { commitAll, git, type Project, packPackages } from "./installed.ts";

// Files that were written by hand come under PersonaKit with an empty diff: the built command on repositories of git.

const newProject = packPackages("personakit", "@personakit/webhooks");

/** A repository with our own five agents as plain Markdown, and a file that stands twice. */
function repository(): Project {
  const project = newProject();
  for (const path of agents()) project.write(`.claude/agents/${basename(path)}`, readFileSync(path, "utf8"));
  const text =
    "# Rules of this repository\n\n- Run `pnpm test` before you say that something works.\n- Ask before you add a dependency.\n- Write unit tests for business logic (80 % coverage).\n";
  for (const path of ["AGENTS.md", "CLAUDE.md"]) project.write(path, text);
  project.write(".gitignore", "node_modules\n");
  git(project, "init", "--quiet");
  commitAll(project);
  return project;
}

function agents(): string[] {
  const folder = join(ROOT, "packages/personas");
  return readdirSync(folder).flatMap((persona) => {
    const own = join(folder, persona, "agents");
    return readdirSync(own).map((name) => join(own, name));
  });
}

const changed = (project: Project) =>
  git(project, "status", "--porcelain")
    .split("\n")
    .filter((line) => line !== "");

describe("the page about your own files", () => {
  const page = readFileSync(join(ROOT, "docs/from-your-own-files.md"), "utf8");

  /** The files and commands of the page, in its order. */
  const steps = [...page.matchAll(/(?:(at the end of )?`([\w./-]+)`:\n\n)?^```(\w+)\n([\s\S]*?)^```$/gim)].map(
    ([, isEnd, file, language, text = ""]) => ({ isEnd: isEnd !== undefined, file, language, text }),
  );

  test("is true, command by command", () => {
    const project = repository();
    const said: string[] = [];
    for (const { isEnd, file, language, text } of steps) {
      if (file !== undefined && isEnd) appendFileSync(project.at(file), text);
      else if (file !== undefined) project.write(file, text);
      else if (language === "text") expect(inWords(said.at(-1))).toContain(inWords(text));
      else for (const line of text.trimEnd().split("\n")) said.push(run(project, line));
      if (text.includes("git diff --exit-code\n")) project.write("AGENTS.md", `${project.read("AGENTS.md")}- More.\n`);
    }
    expect(project.read("CLAUDE.md")).toContain("- More.\n");
    const built = project.read(".claude/agents/backend-developer-lambda.md");
    expect(built.startsWith(readFileSync(agents().find((path) => path.endsWith("lambda.md")) ?? "", "utf8"))).toBe(
      true,
    );
    expect(built).toContain("### Look it up\n\nAsk context7 for the documentation of AWS CDK");
    expect(built).toContain("\n## Webhooks\n");
    expect(built).not.toContain("own secret");
    expect(project.read(".github/agents/backend-developer-lambda.agent.md")).toContain("of AWS CDK");
    expect(said.join("\n")).toContain("personas/backend-developer-lambda.md:60");
    const typed = project.files().find((path) => /^personas\/backend-developer-nextjs\.m?[jt]s$/.test(path)) ?? "";
    expect(project.read(typed)).toContain("definePersona({");
    // The file that it was written from is built from it now, and differs in the spelling of its front matter alone.
    const [config = ""] = project.files().filter((path) => path.startsWith("personakit.config."));
    expect(project.read(config)).toContain(`./${typed}`);
    expect(project.run("check")).toMatchObject({ code: 0 });
    const diff = git(project, "diff", "-U0", ".claude/agents/backend-developer-nextjs.md");
    expect(
      diff
        .split("\n")
        .filter((line) => /^[+-][^+-]/.test(line) && !/^[+-](?:name|description|tools|model):/.test(line)),
    ).toEqual([]);
  });

  /** Without counts of tokens, which change with the prose of the agents. */
  function inWords(text = ""): string {
    return text.replace(/\d+/g, "0").replace(/ +/g, " ");
  }

  function run(project: Project, line: string): string {
    const [program = "", ...args] = line.split(" ");
    if (program === "git") return git(project, ...args);
    if (program === "mkdir") {
      mkdirSync(project.at(args.at(-1) ?? ""), { recursive: true });
      return "";
    }
    expect(line).toMatch(/^npx personakit /);
    const { code, out, err } = project.run(...args.slice(1));
    expect({ line, code, err: code === 0 ? "" : err }).toEqual({ line, code: 0, err: "" });
    return out;
  }
});

test("files of several tools come into a configuration in code, and what cannot is named", () => {
  const project = repository();
  project.write("package.json", { type: "module" });
  const config =
    'export default {\n  personas: [\n    { persona: "./AGENTS.md", targets: [] }, // ours\n  ],\n  targets: ["agent-skill"],\n};\n';
  project.write("personakit.config.ts", config);
  project.write(".cursor/rules/types.mdc", "\uFEFF---\r\nglobs: **/*.ts\r\n---\r\nUse types.\r\n");
  project.write(".claude/commands/fix.md", "---\nargument-hint: [issue] | all\n---\nFix $ARGUMENTS.");
  project.write(".github/copilot-instructions.md", "a\0b");
  commitAll(project);
  const before = project.files();
  const dry = project.run("import", "--dry-run", "--json");
  expect(dry.code).toBe(1);
  expect(JSON.parse(dry.out)).toMatchObject({
    ok: false,
    file: "personakit.config.ts",
    written: false,
    refused: [{ code: "not-text", place: ".github/copilot-instructions.md" }],
    left: [{ path: "AGENTS.md", reason: "is a source in personakit.config.ts already" }],
  });
  expect(project.files()).toEqual(before);
  const { code, out } = project.run("import", "--only", "claude-md,cursor-rule,claude-command");
  expect(code).toBe(0);
  expect(out).toContain('.claude/commands/fix.md:2: YAML refuses the field "argument-hint"');
  expect(out).toContain('Write: argument-hint: "[issue] | all"');
  expect(changed(project)).toEqual([" M personakit.config.ts"]);
  expect(project.read("personakit.config.ts")).toBe(
    config.replace(
      "// ours\n",
      '// ours\n    { persona: "./.claude/commands/fix.md", targets: [] },\n    { persona: "./.cursor/rules/types.mdc", targets: ["cursor-rule"] },\n    { persona: "./CLAUDE.md", targets: [] },\n',
    ),
  );
  expect(project.run("check")).toMatchObject({ code: 0 });
  // A list that is made by code is not touched, and what belongs there is said.
  project.write("personakit.config.ts", config.replace("personas: [", "personas: [].concat(").replace("  ],", "  ),"));
  const { code: refused, out: said, err } = project.run("import", "CLAUDE.md");
  expect(refused).toBe(2);
  expect(said + err).toContain('{ persona: "./CLAUDE.md", targets: [] }');
  // A module takes the place of one entry, and the build that proves it loads the new configuration.
  project.write(".claude/agents/tiny.md", "---\nname: tiny\ndescription: Helps.\n---\n\nYou help.\n");
  project.write(
    "personakit.config.ts",
    config.replace(
      "    { persona",
      '    { persona: "./.claude/agents/tiny.md", targets: ["claude-agent"] }, // mine\n    { persona',
    ),
  );
  expect(project.run("import", "--typescript", "--yes", ".claude/agents/tiny.md")).toMatchObject({ code: 0 });
  const entry = '{ persona: "./personas/tiny.js", targets: ["claude-agent"] }, // mine\n';
  expect(project.read("personakit.config.ts")).toContain(entry);
});
