import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findCopies } from "@personakit/core/copies";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readInstructionFiles } from "../copies/instruction-files.ts";
import { exclusively } from "../disk/lock.ts";
import { compareProject, openProject, type Project, planOf } from "../project/open-project.ts";
import { writeChanges } from "../project/write-changes.ts";
import { MARKDOWN } from "./fragment-text.ts";
import { type Once, sayOnce } from "./say-once.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "personakit-once-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string | object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof text === "string" ? text : `${JSON.stringify(text, null, 2)}\n`);
}
const read = (path: string) => readFileSync(join(folder, path), "utf8");

const GATES = `## Gates

- Run all tests of the package before each commit, and name those that you could not run.
- Ask before you delete anything that git does not have, such as ignored files and local settings.
- Never change what a release has shipped: write a new version, and say in it what is new.
- Write down which decision you took and why, in the description of the pull request.
`;
const OWN: { readonly [name: string]: string } = {
  planner: "Draw the endpoints first, as a table with what each takes and answers. Then write the slowest one.",
  tester: "Sketch each screen on paper, with its empty state. Show it to someone who has never seen it before.",
  writer: "Read the whole story aloud, twice, and strike every adjective that the reader would not miss at all.",
};
const agent = (name: string, text = GATES) =>
  `---\nname: ${name}\ndescription: The ${name}.\n---\n\nYou are the ${name}.\n\n${OWN[name]}\n\n${text}\n## As ${name}\n\nOnly the ${name} says this.\n`;
const pathOf = (name: string) => `.claude/agents/${name}.md`;
const RULES = `# Rules\n\n${"- Small commits, each with one purpose, and a subject line that says it.\n- No secret is ever written into a file.\n".repeat(2)}- Ask first.\n`;

const tokens = (text: string) => Math.ceil(text.length / 4);

/** Builds, as the command does: what is built is recorded, and counts for no copy. */
async function build(): Promise<void> {
  await exclusively(folder, "build", async (held) => {
    const project = openProject([], { out: folder }) as Project;
    const scope = { whole: true, hashes: true, tokens: false };
    await writeChanges(held, project.lockfile, await compareProject(project, scope, undefined, held), { force: true });
  });
}

/** Says it once, writes that, and returns it; what is built must be what was there. */
async function extract(): Promise<Once> {
  const files = readInstructionFiles(folder);
  const { groups } = findCopies(files, { tokens });
  const once = await sayOnce(folder, groups, files, MARKDOWN);
  for (const { path, text } of [...once.texts, once.config]) write(path, text);
  return once;
}

/** What is built from what is on disk now, by path; sources that lie where they are read are left out. */
async function built(): Promise<Map<string, string>> {
  const project = openProject([], { out: folder });
  const { personas } = project === undefined ? { personas: [] } : await planOf(project);
  return new Map(
    personas.flatMap(({ artifacts }) =>
      artifacts.flatMap(({ path, text, isSource }) => (isSource === true ? [] : [[path, text] as const])),
    ),
  );
}

/** Builds to the same bytes: each path is an output, and has the text that it had. */
async function expectBuilt(paths: readonly string[]): Promise<void> {
  const now = await built();
  expect([...now.keys()].sort()).toEqual([...paths].sort());
  for (const [path, text] of now) expect(text, path).toBe(read(path));
}

test("files that an import brought in get a source elsewhere, in the entry that they have", async () => {
  for (const name of ["planner", "tester"]) write(pathOf(name), agent(name));
  write("AGENTS.md", `${RULES}\n${GATES}`);
  write("CLAUDE.md", `${RULES}\n${GATES}`);
  write("personakit.config.json", {
    personas: [
      "./.claude/agents/planner.md",
      "./.claude/agents/tester.md",
      { persona: "./AGENTS.md", copies: ["CLAUDE.md"] },
    ],
  });
  await build();
  const { refused, texts, config } = await extract();
  expect(refused).toEqual([]);
  expect(texts.map(({ path }) => path)).toEqual([
    "fragments/gates.md",
    "personas/planner.md",
    "personas/tester.md",
    "personas/agents.md",
  ]);
  expect(JSON.parse(config.text).personas).toEqual([
    { persona: "./personas/planner.md", format: "claude-agent" },
    { persona: "./personas/tester.md", format: "claude-agent" },
    { persona: "./personas/agents.md", format: "agents-md", copies: ["CLAUDE.md"] },
  ]);
  await expectBuilt([pathOf("planner"), pathOf("tester"), "AGENTS.md", "CLAUDE.md"]);
});

test("copies that have entries of their own become one, and a file of another target stays", async () => {
  for (const path of ["AGENTS.md", "GEMINI.md", "packages/a/AGENTS.md"]) write(path, RULES);
  write("QWEN.md", RULES.replaceAll("\n", "\r\n"));
  write("personakit.config.json", {
    personas: [
      "./GEMINI.md",
      { persona: "./AGENTS.md", targets: ["agents-md"] },
      { persona: "./packages/a/AGENTS.md", targets: ["plain"] },
    ],
  });
  await build();
  const { refused, config } = await extract();
  expect(refused).toMatchObject([
    { path: "QWEN.md", why: "it is AGENTS.md but for its line ends" },
    { path: "packages/a/AGENTS.md", why: "it is also built for plain, and AGENTS.md is not" },
  ]);
  expect(JSON.parse(config.text).personas).toEqual([
    { persona: "./AGENTS.md", targets: ["agents-md"], copies: ["GEMINI.md"] },
    { persona: "./packages/a/AGENTS.md", targets: ["plain"] },
  ]);
});

test("what is extracted once is used by the next file, and a source that only a build reads keeps its place", async () => {
  for (const name of ["planner", "tester"]) write(pathOf(name), agent(name));
  await extract();
  await build();
  write(pathOf("writer"), agent("writer"));
  expect((await extract()).texts.map(({ path }) => path)).toEqual(["personas/writer.md"]);
  await build();
  expect(read("personas/writer.md")).toContain('::use[../fragments/gates.md]{depth="2"}');
  const more = `## More\n\n${OWN.writer}\n\n${RULES.slice(RULES.indexOf("- "))}`;
  for (const name of ["planner", "tester"]) write(`personas/${name}.md`, `${read(`personas/${name}.md`)}\n${more}`);
  await build();
  const { texts, entries } = await extract();
  expect(texts.map(({ path }) => path)).toEqual(["fragments/more.md", "personas/planner.md", "personas/tester.md"]);
  expect(entries).toEqual([]);
  await expectBuilt(["planner", "tester", "writer"].map(pathOf));
});

test("of two files of which one says more, each keeps its own, and what both say in a row is a fragment", async () => {
  const added = "## Numbers\n\nThe planner counts twice.\n";
  write("docs/agents/one.md", `${RULES}\n${GATES}\n## Last\n\n${OWN.writer} ${OWN.planner}\n`);
  write("docs/agents/two.md", `${RULES}\n${GATES}\n${added}\n## Last\n\n${OWN.writer} ${OWN.planner}\n`);
  const { groups, refused, left, texts } = await extract();
  expect(groups).toMatchObject([{ match: "additions" }]);
  expect({ refused, left }).toEqual({ refused: [], left: [] });
  expect(texts.map(({ path }) => path)).toEqual(["fragments/one.md", "personas/one.md", "personas/two.md"]);
  expect(read("personas/two.md")).toContain(added);
  expect(read("fragments/one.md")).toBe(`${RULES}\n${GATES}`);
  await expectBuilt(["docs/agents/one.md", "docs/agents/two.md"]);
});

test("a reference that several skills have is one text, unless a skill is built to other places", async () => {
  const skill = (name: string) =>
    `---\nname: ${name}\ndescription: The ${name}.\n---\n\n${OWN[name]}\n\nSee references/rules.md.\n`;
  const path = (name: string, file: string) => `.claude/skills/${name}/${file}`;
  for (const name of ["planner", "tester", "writer"]) {
    write(path(name, "SKILL.md"), skill(name));
    write(path(name, "references/rules.md"), RULES);
  }
  write("personakit.config.json", {
    personas: [
      "./.claude/skills/planner/SKILL.md",
      "./.claude/skills/tester/SKILL.md",
      { persona: "./.claude/skills/writer/SKILL.md", copies: [".github/skills/writer/SKILL.md"] },
    ],
  });
  await build();
  const { entries, refused } = await extract();
  expect(entries).toEqual([
    {
      persona: "./.claude/skills/planner/references/rules.md",
      format: "agents-md",
      targets: [],
      copies: [path("tester", "references/rules.md")],
    },
  ]);
  expect(refused).toEqual([
    {
      path: path("writer", "references/rules.md"),
      why: `it is built to other places with ${path("writer", "SKILL.md")}, and only that file can use a fragment`,
    },
  ]);
});

test("of groups that overlap, the one that saves most is written, and the other names it", async () => {
  for (const name of ["planner", "tester", "writer"]) write(pathOf(name), agent(name));
  const files = readInstructionFiles(folder);
  const [gates] = findCopies(files, { tokens }).groups;
  if (gates === undefined) throw new Error("There is no group.");
  const [head = "", , item = ""] = GATES.split("\n");
  const places = gates.places.map((place) => {
    const start = place.start + head.length + 2;
    return { ...place, start, end: start + item.length };
  });
  const tests = { ...gates, name: "tests", text: item, places };
  const once = await sayOnce(folder, [gates, tests], files, MARKDOWN);
  expect(once.left).toEqual([{ name: "tests", why: "it overlaps with gates: extract it after that" }]);
  expect(once.groups.map(({ name }) => name)).toEqual(["gates"]);
  expect(once.refused).toEqual([]);
});
