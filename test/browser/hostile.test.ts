import { afterAll, beforeAll, expect, test } from "vitest";
import { IMPORTS, personaSource } from "../fixtures.ts";
import { packPackages } from "../installed.ts";
import { type Previewed, previewOf } from "../previewed.ts";
import { startBrowser } from "./browser.ts";

// Whatever the text of a persona looks like, the page shows it as text. What is asked of other hosts, and what the policy has to stop,
// fails every test of a page.

const newProject = packPackages("personakit", "@personakit/core");
const browse = startBrowser();
let preview: Previewed;

const IMAGE = "<img src=https://evil.example/x onerror=window.isHacked=1>";
const SCRIPT = "</script><script>window.isHacked=1</script>";
const LONG = "x".repeat(20_000);
/** Turns the text after it around. */
const OVERRIDE = "\u202E";

const MODULE = `${IMPORTS}
const base = ${personaSource("base", { rule: 'must("A."), b: must("B.")' })};
export const hostile = base.extend({
  id: "hostile",
  title: ${JSON.stringify(IMAGE)},
  rules: { own: {
    a: must(${JSON.stringify(`\`${SCRIPT}\` ${LONG}`)}, {
      why: ${JSON.stringify(`${IMAGE} why${OVERRIDE}not`)},
      evidence: [{ source: "The source", url: "javascript:window.isHacked=1" }],
    }),
    b: drop(${JSON.stringify(`${SCRIPT} drop${OVERRIDE}ped`)}),
  } },
});
`;

const FILE = `---
name: verbatim
description: Does it ${IMAGE} turned${OVERRIDE}around.
---

${SCRIPT}

- Open [this](javascript:window.isHacked=1), ${LONG}
- turned${OVERRIDE}around, bell\u0007, tags\u{E0061}
`;

beforeAll(async () => {
  const project = newProject();
  project.write("hostile.mjs", MODULE);
  project.write("verbatim.md", FILE);
  // Twice, for what is shown of copies; a link leads nowhere, for what the doctor says.
  for (const path of ["AGENTS.md", "api/AGENTS.md"]) project.write(path, `${FILE}- See [the plan](${IMAGE}.md).\n`);
  project.write("personakit.config.json", {
    personas: ["./hostile.mjs", { persona: "./verbatim.md", format: "claude-agent" }],
    targets: ["claude-agent"],
  });
  preview = await previewOf(project);
});

afterAll(() => preview.stop());

/** What a page has only if text became more than text. */
const RUN = `[window.isHacked, document.querySelectorAll("main :is(img, script, iframe, [onerror], a:not([href^=http], [href^='#/']))").length]`;

test.each([
  ["/persona/hostile", LONG],
  ["/persona/verbatim", LONG],
  ["/persona/hostile?tab=tokens", "What each tool takes"],
  ["/persona/hostile?tab=compare", IMAGE],
  ["/file/AGENTS.md", LONG],
  ["/doctor", "AGENTS.md"],
  ["/copies", "AGENTS.md"],
])("nothing at %s runs, leads anywhere, or is wider than a narrow screen", async (hash, seen) => {
  const page = await browse(`${preview.url}#${hash}`, { width: 360 });
  await page.sees(seen, "main");
  expect(await page.ask(RUN)).toEqual([null, 0]);
  expect(await page.ask("document.documentElement.scrollWidth")).toBe(360);
});

test("markup in a title, a rule, a reason and evidence is read as it was written", async () => {
  const page = await browse(`${preview.url}#/persona/hostile`);
  await page.sees(IMAGE, "h1");
  await page.sees(SCRIPT, ".lines");
  await page.sees(SCRIPT, ".changes");
  await page.hover(".line:last-child");
  for (const said of [`${IMAGE} why`, "javascript:window.isHacked=1"]) await page.sees(said, ".note");
  expect(await page.ask(RUN)).toEqual([null, 0]);
});

test("characters that nobody sees, or that turn text around, are spelt out", async () => {
  const page = await browse(`${preview.url}#/persona/verbatim`);
  await page.sees("turned\\u{202e}around, bell\\u{7}, tags\\u{e0061}", ".lines");
  await page.sees("turned\\u{202e}around.", ".description");
  await page.ask('location.hash = "/file/AGENTS.md"');
  await page.sees("turned\\u{202e}around, bell", ".lines");
  await page.ask('location.hash = "/persona/hostile"');
  await page.sees("drop\\u{202e}ped", ".changes");
  await page.hover(".line:last-child");
  await page.sees("why\\u{202e}not", ".note");
});
