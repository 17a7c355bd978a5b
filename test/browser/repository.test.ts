import { afterAll, beforeAll, expect, test } from "vitest";
import { packPackages } from "../installed.ts";
import { type Previewed, previewOf } from "../previewed.ts";
import { type Page, startBrowser } from "./browser.ts";

// What the page shows of a repository without a configuration: from a finding to its line, and from a copy to the others.

const newProject = packPackages("personakit");
const browse = startBrowser();
let preview: Previewed;

const GATES = `## Gates

- Run all tests of the package before each commit, and name those that you could not run.
- Ask before you delete anything that git does not have, such as ignored files and local settings.
- Keep each function below forty lines, and each file below four hundred, unless a table needs more.
`;
const agent = (name: string, text = GATES) =>
  `---\nname: ${name}\ndescription: The ${name}.\n---\n\nYou are the ${name} of this team.\n\n${text}`;

beforeAll(async () => {
  const project = newProject();
  project.write(".codex/config.toml", "");
  project.write("AGENTS.md", `${"Use pnpm. ".repeat(33)}\n`.repeat(100));
  for (const name of ["planner", "reviewer", "tester"]) project.write(`.claude/agents/${name}.md`, agent(name));
  project.write(".claude/agents/writer.md", agent("writer", GATES.replace("Ask before", "Always ask before")));
  preview = await previewOf(project);
});

afterAll(() => preview.stop());

/** A view without a fault that axe knows, at both widths. */
async function isForEveryone(page: Page): Promise<void> {
  for (const width of [360, 1440]) {
    await page.resize(width);
    expect(await page.violations()).toEqual([]);
    expect(await page.ask("document.documentElement.scrollWidth")).toBe(width);
  }
}

test("a finding leads to its line, a folder to what the model sees, and a copy to the others", async () => {
  const page = await browse(preview.url);
  await page.sees("5 instruction files, all of them load. 1 error", "main");
  await isForEveryone(page);
  await page.click(".findings a");
  await page.sees("Codex leaves out the last", ".note");
  await isForEveryone(page);

  await page.press("Escape", "g");
  await page.click(".matrix ::-p-text(Codex)");
  await page.sees("32,768 of 33,100 bytes arrive", ".stack");
  await isForEveryone(page);

  await page.click("::-p-text(Copies and drift)");
  await page.sees("Always ask before", "main");
  await isForEveryone(page);
  await page.click('::-p-aria([name=".claude/agents/writer.md:8-12"])');
  await page.sees(".claude/agents/planner.md:8-12", ".note");
  expect(page.problems).toEqual([]);
});
