import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findCopies } from "@personakit/core/copies";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readInstructionFiles } from "../copies/instruction-files.ts";
import { openProject, planOf } from "../project/open-project.ts";
import type { FragmentForm } from "./draft.ts";
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

/** Says it once, writes that, and returns it; what is built must be what was there. */
async function extract(form: FragmentForm = MARKDOWN, wanted: (name: string) => boolean = () => true): Promise<Once> {
  const files = readInstructionFiles(folder);
  const { groups } = findCopies(files, { tokens });
  const meant = groups.filter(({ name }) => wanted(name));
  const once = await sayOnce(folder, meant, files, form);
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
