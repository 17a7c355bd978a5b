import { afterAll, beforeAll, expect, test } from "vitest";
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

/** The page at a persona, once its lines are there. */
async function open(hash = "#/persona/ours", options?: PageOptions): Promise<Page> {
  const page = await browse(`${preview.url}${hash}`, options);
  await page.sees("Backend developer", "h1");
  return page;
}

/** The line that says something. */
const line = (text: string) => `.line ::-p-text(${text})`;

test("a line that is pointed at says where it comes from", async () => {
  const page = await open();
  await page.hover(line("Check all input with zod."));
  for (const said of ["input/check", "changed by\nours", "instead of\nmust: Check all input with a schema."]) {
    await page.sees(said, ".note");
  }
  await page.hover(line("Log what was refused."));
  await page.sees("input/log", ".note");
  await page.sees("The gateway caches.", ".note");
  expect(page.problems).toEqual([]);
});
