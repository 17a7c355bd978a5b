import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Project, packPackages } from "../installed.ts";
import { type Previewed, previewOf } from "../previewed.ts";
import { type Page, type PageOptions, startBrowser } from "./browser.ts";
import { writeShop } from "./shop.ts";

// What a reader does with the page of `preview`, in a browser, as it is installed.

const newProject = packPackages("personakit", "@personakit/core");
const browse = startBrowser();
let project: Project;
let preview: Previewed;

beforeAll(async () => {
  project = newProject();
  writeShop(project);
  preview = await previewOf(project);
});

afterAll(() => preview.stop());

/** The page at a persona, once it is there. */
async function open(hash = "#/persona/ours", options?: PageOptions): Promise<Page> {
  const page = await browse(`${preview.url}${hash}`, options);
  await page.sees("Backend developer", "h1");
  return page;
}

/** The line that says something. */
const line = (text: string) => `.line ::-p-text(${text})`;

const FOCUSED = 'document.activeElement?.querySelector("code")?.innerText';
const TAB = 'document.querySelector(".tab[aria-current]")?.innerText';
const THEME = "document.documentElement.dataset.theme";

test("a line that is pointed at says where it comes from, what it was, and what was dropped beside it", async () => {
  const page = await open();
  for (const said of ["Changed here", "input/check replaced", "input/cache dropped", "The gateway caches."]) {
    await page.sees(said, ".changes");
  }
  await page.hover(line("Check all input with zod."));
  for (const said of ["input/check", "changed by\nours", "instead of\nmust: Check all input with a schema."]) {
    await page.sees(said, ".note");
  }
  await page.hover(line("Log what was refused."));
  for (const said of ["input/log", "should: Log what was refused.", "input of base@1.0.0", "The gateway caches."]) {
    await page.sees(said, ".note");
  }
  await page.hover("h1");
  await page.sees("Changed here", ".file");
});

test("a rule of a base says why it holds, and what it rests on", async () => {
  const page = await open("#/persona/base");
  await page.hover(line("Check all input with a schema."));
  for (const said of [
    "why\nInput is what others wrote.",
    "enforced by\nthe type of the handler",
    "https://owasp.org",
  ]) {
    await page.sees(said, ".note");
  }
  await page.is('document.querySelector(".note a").href', "https://owasp.org/input");
});

test("J and K go from rule to rule, and the arrows from line to line, with the note and the address", async () => {
  const page = await open();
  await page.press("j", "j", "j");
  await page.is(FOCUSED, "- Check all input with zod.");
  await page.sees("input/check", ".note");
  await page.press("j");
  await page.sees("input/log", ".note");
  await page.press("k", "ArrowUp", "ArrowUp");
  await page.is(FOCUSED, "## Input");
  await page.sees("heading", ".note");
  await page.press("ArrowDown", "ArrowDown");
  await page.sees("input/check", ".note");
  await page.is("location.hash", "#/persona/ours?file=.claude%2Fagents%2Fours.md&line=12");

  await page.reload();
  await page.sees("input/check", ".note");
  await page.press("j");
  await page.sees("input/log", ".note");
  await page.press("Escape");
  await page.sees("Changed here", ".file");
  await page.is("location.hash", "#/persona/ours?file=.claude%2Fagents%2Fours.md");
});

test("the lines are one stop of the Tab key, which shows the note", async () => {
  const page = await open();
  await page.click(".choice select");
  // The button of the dropped rules stands between them.
  await page.press("Escape", "Tab", "Tab");
  await page.is(FOCUSED, "---");
  await page.sees("heading, role or front matter", ".note");
  await page.press("Tab");
  await page.is('document.activeElement.closest(".lines") === null', true);
});

test("1, 2 and 3 change the view, and what is typed into the search does not", async () => {
  const page = await open();
  await page.press("2");
  await page.is(TAB, "Tokens");
  await page.press("3");
  await page.is(TAB, "Targets");
  await page.press("1");
  await page.is(TAB, "File");
  await page.press("/");
  await page.type("base 2t");
  await page.seesNo("ours", ".personas");
  await page.is(TAB, "File");
  await page.is(THEME, "light");
  await page.press("Escape");
  await page.is("document.activeElement === document.body", true);
  await page.press("2");
  await page.is(TAB, "Tokens");
});

test("the search finds personas by their words", async () => {
  const page = await open();
  await page.press("/");
  await page.type("our");
  await page.seesNo("base", ".personas");
  await page.sees("ours", ".personas");
  await page.type("zzz");
  await page.sees("Nothing has these words.", ".personas");
});

test("the theme is the system's until T changes it, and stays so", async () => {
  const page = await open("#/persona/ours", { theme: "dark" });
  await page.is(THEME, "dark");
  await page.press("t");
  await page.is(THEME, "light");
  await page.reload();
  await page.sees("Backend developer", "h1");
  await page.is(THEME, "light");
});

test("? shows the keys in a dialog, which hears its own keys alone and leaves by Esc", async () => {
  const page = await open();
  await page.press("?");
  await page.sees("next and previous rule", "dialog");
  await page.press("2", "t");
  expect(await page.violations()).toEqual([]);
  await page.press("Escape");
  await page.is('document.querySelector("dialog")', null);
  await page.is(TAB, "File");
  await page.is(THEME, "light");
});

test("a tile leads to the line that it stands for", async () => {
  const page = await open("#/persona/ours?tab=tokens");
  await page.click('[aria-label*="orders/ledger"]');
  await page.is(TAB, "File");
  await page.sees("orders/ledger", ".note");
});

test("a cell of the targets says what became of a feature", async () => {
  const page = await open("#/persona/ours?tab=targets");
  await page.click(".cell.is-mapped");
  await page.sees("description in agents-md:", ".reason");
});

test("an edit shows what it would do as it is typed, outlives a save, and is copied as an override", async () => {
  const own = newProject();
  own.write("dev.mjs", DEV);
  own.write("personakit.config.json", { personas: ["./dev.mjs"] });
  const served = await previewOf(own);
  // After the page is closed.
  onTestFinished(() => served.stop());
  const page = await browse(`${served.url}#/persona/dev?line=16`);
  await page.sees("Mock the clock.", ".line[aria-current]");
  await page.press("e");
  await page.is(TAB, "Try");
  await page.click('[aria-label="What tests/mock says"]');
  await page.press("End");
  await page.type(" Always.");
  await page.sees("patch", ".bump");
  await page.sees("Always.", ".try-lines ins");

  await page.click('[id="tests/coverage"]');
  await page.press("End", "0");
  await page.sees("Too big: expected number to be <=100", ".refused");
  await page.press("Backspace", "Backspace", "5");
  await page.sees("major", ".bump");
  await page.sees("80 → 85", ".meaning");
  await page.sees("was 80", ".was");
  expect(await page.violations()).toEqual([]);
  await page.resize(360);
  await page.is("document.documentElement.scrollWidth", 360);

  await page.sees("nothing found", ".personas");
  own.write("dev.mjs", DEV.replace("You build.", "You build it."));
  await page.sees('"coverage": 85', ".override");
  await page.sees('"should": "Mock the clock. Always."', ".override");
  await page.press("Backspace", "6");
  // At once: what is copied is what is typed, and not what was answered last.
  await page.hold("Control", "Enter");
  await page.sees("Copied", ".meaning");
  const text = await page.ask<string>("navigator.clipboard.readText()");
  expect(JSON.parse(text)).toMatchObject({ persona: "./dev.mjs", extend: { params: { tests: { coverage: 86 } } } });
  await page.press("Escape", "Escape");
  await page.sees("Nothing is changed", ".try-form");
  await page.seesNo("major", "main");
});

const DEV = `
import { defineFragment, definePersona, must, should } from "@personakit/core";
import { z } from "zod";

const tests = defineFragment({
  id: "tests", version: "1.0.0", title: "Tests", summary: "S.",
  params: { coverage: z.number().max(100).default(80) },
  rules: { floor: ({ coverage }) => must(\`Cover \${coverage} % of lines.\`), mock: should("Mock the clock.") },
  decides: ({ coverage }) => ({ "tests.coverage": coverage }),
});
export const dev = definePersona({
  id: "dev", title: "Developer", role: "You build.",
  description: { does: "Builds.", when: "Use it to build.", notFor: "" },
  use: [tests],
});
`;

test("the first view loads at most 150 KB of JavaScript", async () => {
  const page = await open();
  const scripts = page.requests.filter((each) => new URL(each).pathname.endsWith(".js"));
  expect(scripts).not.toEqual([]);
  let size = 0;
  for (const each of scripts) size += gzipSync(await (await fetch(each)).bytes()).length;
  expect(size).toBeLessThan(150_000);
});

test("a persona stands beside what it extends, rule by rule, and N goes from change to change", async () => {
  const page = await open("#/persona/ours?tab=compare");
  await page.sees("major by 1 of 2 changes", ".reasons");
  await page.sees("base@1.0.0", ".half-heads");
  await page.press("n", "n");
  await page.sees("- Check all input with a schema.", ".compared:focus .is-before");
  await page.is('[...document.querySelectorAll(".compared:focus del")].map((each) => each.innerText)', ["a schema"]);
  await page.press("n");
  await page.sees("input/cache", ".compared:focus");
  expect(await page.violations()).toEqual([]);
  // Between two targets there is no version to speak of.
  await page.ask(`location.hash = "#/persona/ours?tab=compare&with=.github/agents/ours.agent.md"`);
  await page.sees("copilot-agent", ".half-heads");
  await page.seesNo("major", ".reasons");
});

test("a line is kept with Enter, dropped rules go with D, and Y copies an id", async () => {
  const page = await open();
  await page.sees("dropped by ours: The gateway caches.", ".lines");
  await page.press("d");
  await page.seesNo("The gateway caches.", ".lines");
  await page.ask("navigator.clipboard.writeText = async (text) => { window.copied = text; }");
  await page.press("j", "j", "j", "Enter");
  await page.hover(line("Log what was refused."));
  await page.sees("input/check", ".note");
  await page.press("y");
  await page.is("window.copied", "input/check");
  await page.press("Enter");
  await page.sees("input/log", ".note");
});

test("the arrows walk the tiles of a file, and a tile leads to its line", async () => {
  const page = await open("#/persona/ours?tab=tokens");
  await page.ask('document.querySelector(".tile").focus()');
  await page.press("ArrowRight");
  const name = await page.ask<string>('document.activeElement.getAttribute("aria-label")');
  const path = name.split(", ")[1] ?? "";
  await page.sees(path, ".tile-said");
  await page.press("Enter");
  await page.sees(path, ".note");
});
