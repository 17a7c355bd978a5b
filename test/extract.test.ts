import { expect, test } from "vitest";
import { commitAll, git, type Project, packPackages } from "./installed.ts";

// What stands in several files becomes one text, with an empty diff: the built command on repositories of git.

const newProject = packPackages("personakit");

const changed = (project: Project) => git(project, "status", "--porcelain").trimEnd().split("\n");

const GATES = `## Gates

- Run all tests of the package before each commit, and name those that you could not run.
- Ask before you delete anything that git does not have, such as ignored files and local settings.
- Never change what a release has shipped: write a new version, and say in it what is new.
`;
const style = (language: string) => `## Style

- Write ${language} as the files around it do, with the same names for the same things.
- Comments say why something is there; what it does, a reader of ${language} can see for himself.
- Each function has one purpose, and a name that says it without the words of its neighbours.
- What is used in one place only is not made general, and what is used in three places is not copied a fourth time.
- Errors are handled where something can be done about them, and nowhere are they swallowed without a word.
`;
const agent = (name: string, text: string) =>
  `---\nname: ${name}\ndescription: The ${name} of this team.\n---\n\nYou are the ${name}.\n\n${text}\n## As ${name}\n\nOnly the ${name} says this.\n`;
/** Agents with too little of their own would be copies as a whole. */
const OWN = {
  api: "Draw the endpoints first, as a table with what each takes, what it answers and who may ask. Then write the slowest one, and measure it under load before any other is begun.\n\nTables of the database are changed in two steps, so that the old release still runs.\n",
  app: "Sketch each screen on paper, with its empty state and its errors. Show it to someone who has never seen the product, and watch in silence.\n\nBuild it for a thumb, for bright sunlight, for a slow phone, and for people who hear the screen read aloud.\n",
};
const pathOf = (name: string) => `.claude/agents/${name}.md`;
const RULES = `# Rules of this repository\n\n${"- Small commits, each with one purpose, and a subject line that says it.\n- No secret is ever written into a file.\n".repeat(2)}- Ask first.\n`;

/** Three agents with a passage, two with another that differs in a word; two equal files. */
function repository(): Project {
  const project = newProject();
  for (const name of ["planner", "reviewer", "tester"]) project.write(pathOf(name), agent(name, GATES));
  for (const [name, language] of [
    ["api", "Rust"],
    ["app", "Kotlin"],
  ] as const)
    project.write(pathOf(name), agent(name, `${OWN[name]}\n${style(language)}`));
  for (const path of ["AGENTS.md", "CLAUDE.md"]) project.write(path, RULES);
  project.write(".gitignore", "node_modules\n");
  git(project, "init", "--quiet");
  commitAll(project);
  return project;
}

test("copies are reported in every format, and become one text without a changed byte", () => {
  const project = repository();
  const before = project.files();
  const dry = (...args: readonly string[]) => project.run("extract", "--dry-run", ...args).out;
  expect(dry()).toContain("  gates: 3 places, equal, saves");
  const { groups } = JSON.parse(dry("--format", "json"));
  expect(groups).toContainEqual(
    expect.objectContaining({
      name: "style",
      of: "passage",
      match: "parameters",
      parameters: [{ name: "language", values: ["Rust", "Kotlin"] }],
    }),
  );
  expect(groups).toContainEqual(expect.objectContaining({ of: "file", match: "equal" }));
  expect(dry("--markdown")).toContain("| gates | passage, equal | `.claude/agents/planner.md:8-12`<br>");
  const [{ results }] = JSON.parse(dry("--format", "sarif")).runs;
  expect(results).toContainEqual(expect.objectContaining({ ruleId: "copied", level: "note" }));
  expect(project.files()).toEqual(before);

  // A file that git could not give back stops it.
  project.write("CLAUDE.md", `${RULES}- More.\n`);
  project.write("AGENTS.md", `${RULES}- More.\n`);
  const stopped = project.run("extract", "--yes");
  expect(stopped).toMatchObject({ code: 2, out: "" });
  expect(stopped.err).toContain("AGENTS.md, CLAUDE.md: are not committed as they are");
  expect(project.files()).toEqual(before);
  git(project, "checkout", "--quiet", ".");

  expect(project.run("extract", "--yes")).toMatchObject({ code: 0, err: "" });
  expect(git(project, "diff")).toBe("");
  expect(changed(project)).toEqual([
    "?? fragments/",
    "?? personakit.config.json",
    "?? personakit.lock.json",
    "?? personas/",
  ]);
  expect(project.read("fragments/gates.md")).toBe(GATES);
  expect(project.read("fragments/style.md")).toMatch(
    /^---\nparams: \{ language: \}\n---\n\n## Style\n\n- Write \{\{language\}\} as/,
  );
  expect(project.read("personas/app.md")).toContain('::use[../fragments/style.md]{depth="2" language="Kotlin"}');
  expect(project.run("check")).toMatchObject({ code: 0, err: "" });

  // What comes later is imported beside it.
  project.write(pathOf("late"), agent("late", "Nothing is shared here."));
  commitAll(project);
  expect(project.run("import", "--yes").out).toContain("The file has the bytes that it had");
  expect(project.run("check")).toMatchObject({ code: 0, err: "" });
});

test("after an import, one wording is taken, the entries say the rest, and one line undoes it", () => {
  const project = repository();
  project.write("GEMINI.md", RULES.replace("Ask first", "Never ask first"));
  commitAll(project);
  expect(project.run("import", "--yes").code).toBe(0);
  const early = project.run("extract", "--yes");
  expect(early.code).toBe(2);
  expect(early.err).toContain("personakit.config.json, personakit.lock.json: are not committed as they are");
  commitAll(project);
  const taken = project.run("extract", "agents", "--take", "GEMINI.md", "--yes");
  expect(taken).toMatchObject({ code: 0, err: "" });
  expect(taken.out).toContain("Built from them: CLAUDE.md");
  expect(project.read("CLAUDE.md")).toBe(project.read("GEMINI.md"));
  commitAll(project);
  const before = project.files();

  const { code, out, err } = project.run("extract", "--yes");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("  .claude/agents/planner.md:8-12 is ::use[../fragments/gates.md]");
  expect(out).toContain('+    { "persona": "./personas/planner.md", "format": "claude-agent" },');
  expect(changed(project)).toEqual([
    " M personakit.config.json",
    " M personakit.lock.json",
    "?? fragments/",
    "?? personas/",
  ]);
  const { personas } = JSON.parse(project.read("personakit.config.json"));
  expect(personas).toContainEqual({ persona: "./AGENTS.md", copies: ["CLAUDE.md", "GEMINI.md"] });
  expect(project.run("check")).toMatchObject({ code: 0, err: "" });
  const [, undo = ""] = /^To undo it: (.*)$/m.exec(out) ?? [];
  for (const command of undo.split(" && ")) git(project, ...command.split(" ").slice(1));
  expect(git(project, "status", "--porcelain")).toBe("");
  expect(project.files()).toEqual(before);

  // As modules, with the same bytes.
  expect(project.run("extract", "--yes", "--typescript")).toMatchObject({ code: 0, err: "" });
  expect(project.read("fragments/style.mjs")).toContain('language: z.string().default("Rust")');
  expect(project.run("check")).toMatchObject({ code: 0, err: "" });
  expect(changed(project).slice(0, 2)).toEqual([" M personakit.config.json", " M personakit.lock.json"]);
});

test("an edit that reached some copies only fails, until one wording is taken", () => {
  const project = repository();
  const edit = (name: string) =>
    project.write(pathOf(name), project.read(pathOf(name)).replace("Ask before", "Always ask before"));
  edit("planner");
  commitAll(project);
  const partial = project.run("check", "--copies", "--base", "HEAD~1");
  expect(partial.code).toBe(1);
  expect(partial.out).toContain(".claude/agents/reviewer.md:8-12");
  expect(partial.out).toContain(".claude/agents/tester.md:8-12");
  expect(partial.out).toContain("+- Always ask before you delete");
  const { drifts } = JSON.parse(project.run("extract", "--dry-run", "--json").out);
  const name = drifts.find(({ variants }: { variants: { text: string }[] }) =>
    variants.some(({ text }) => text.includes("Always")),
  )?.name;
  const take = [name, "--take", `./${pathOf("planner")}`];
  const shown = project.run("extract", ...take, "--dry-run");
  expect(shown).toMatchObject({ code: 0, err: "" });
  expect(shown.out).toContain("+- Always ask before you delete");
  expect(git(project, "status", "--porcelain")).toBe("");
  expect(project.run("extract", ...take, "--yes").code).toBe(0);
  expect(changed(project)).toEqual([` M ${pathOf("reviewer")}`, ` M ${pathOf("tester")}`]);
  expect(project.run("check", "--copies", "--base", "HEAD~1")).toMatchObject({ code: 0, err: "" });
});

test("what cannot be one text is named and stays, and the rest is written", () => {
  const project = newProject();
  const skill = (folder: string, more: string) => {
    project.write(`${folder}/gates/SKILL.md`, agent("gates", GATES));
    project.write(`${folder}/gates/references/more.md`, more);
  };
  skill(".claude/skills", "One.\n");
  skill(".github/skills", "Two.\n");
  for (const path of ["a/one.md", "b/one.md"]) project.write(`agents/${path}`, agent("one", RULES));
  for (const path of ["c/one.md", "d/one.md"]) project.write(`agents/${path}`, agent("one", style("Go")));
  for (const path of ["packages/x/AGENTS.md", "packages/y/AGENTS.md"])
    project.write(path, RULES.replaceAll("commit", "edit"));
  project.write("packages/x/personakit.config.json", { personas: ["./AGENTS.md"] });
  git(project, "init", "--quiet");
  project.write(".gitignore", "node_modules\n");
  commitAll(project);
  const { code, out } = project.run("extract", "--json");
  const { written, refused, entries } = JSON.parse(out);
  expect({ code, written }).toEqual({ code: 1, written: true });
  expect(refused).toEqual([
    {
      path: ".claude/skills/gates/SKILL.md",
      why: ".github/skills/gates/references/more.md would be built with other bytes",
    },
    { path: "agents/c/one.md", why: expect.stringContaining("two personas have this id") },
    { path: "packages/x/AGENTS.md", why: "it belongs to the project in packages/x" },
  ]);
  expect(entries).toMatchObject([{ copies: ["agents/b/one.md"] }]);
  expect(git(project, "diff")).toBe("");
  expect(project.run("check")).toMatchObject({ code: 0, err: "" });

  // A project that is not up to date proves nothing; in one that is, a name that it has already is left alone.
  git(project, "clean", "--quiet", "--force");
  project.write("personas/one.md", agent("one", "Another text."));
  const config = { personas: [{ persona: "./personas/one.md", format: "claude-agent" }] };
  project.write("personakit.config.json", config);
  commitAll(project);
  const stopped = project.run("extract", "--yes");
  expect(stopped).toMatchObject({ code: 1, out: "" });
  expect(stopped.err).toContain("a build would change .claude/agents/one.md");
  expect(git(project, "status", "--porcelain")).toBe("");
  project.run("build");
  commitAll(project);
  expect(project.run("extract", "--yes").out).toContain('another persona that is built is called "one"');
});

test("without git, and where nothing is shared, the answer is plain", () => {
  const project = newProject();
  project.write(pathOf("planner"), agent("planner", GATES));
  const alone = project.run("extract", "--dry-run");
  expect(alone).toMatchObject({ code: 0, err: "" });
  expect(alone.out).toContain("Nothing shared is worth a fragment.");
  for (const name of ["planner", "tester"])
    project.write(pathOf(name), agent(name, `${name === "planner" ? GATES : RULES}\n${style("Go")}`));
  expect(project.run("extract", "--dry-run").out).toContain("style: 2 places, equal");
  const stopped = project.run("extract", "--yes");
  expect(stopped.code).toBe(2);
  expect(stopped.err).toContain("are not committed as they are");
  expect(project.run("check", "--copies", "--base", "HEAD").code).toBe(2);
});
