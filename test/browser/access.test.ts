import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packPackages } from "../installed.ts";
import { type Previewed, previewOf } from "../previewed.ts";
import { type Page, startBrowser } from "./browser.ts";
import { writeShop } from "./shop.ts";

// Whether the page is for everyone: by axe, in both themes, and on a narrow screen.

const newProject = packPackages("personakit", "@personakit/core");
const browse = startBrowser();
let preview: Previewed;

beforeAll(async () => {
  const project = newProject();
  writeShop(project);
  preview = await previewOf(project);
});

afterAll(() => preview.stop());

/** Everything that is wider than the screen and cannot be scrolled to. */
const TOO_WIDE = `[...document.querySelectorAll("body *")].filter((each) => {
  if (each.closest(".wide") !== null && !each.matches(".wide")) return false;
  const { right, width } = each.getBoundingClientRect();
  return width > 0 && right > innerWidth + 0.5;
}).map((each) => each.outerHTML.slice(0, 80))`;

/** Every view of a persona, by its tabs. */
async function eachView(page: Page, look: () => Promise<void>): Promise<void> {
  const count = await page.ask<number>('document.querySelectorAll(".tab").length');
  expect(count).toBeGreaterThan(2);
  for (let tab = 1; tab <= count; tab++) {
    await page.click(`.tab:nth-child(${tab})`);
    await page.is(`document.querySelector(".tab:nth-child(${tab})").ariaCurrent`, "page");
    await look();
  }
}

describe.each(["light", "dark"] as const)("%s", (theme) => {
  test.each([1440, 360])("every view is without a fault that axe knows, %i px wide", async (width) => {
    const page = await browse(`${preview.url}#/persona/ours`, { theme, width });
    await page.sees("Backend developer", "h1");
    await eachView(page, async () => expect(await page.violations()).toEqual([]));
    await page.click(".tab:first-child");
    await page.press("j", "j", "j");
    await page.sees("input/check", ".note");
    expect(await page.violations()).toEqual([]);
  });
});

test("360 px wide, nothing of a view is wider than the screen", async () => {
  const page = await browse(`${preview.url}#/persona/ours`, { width: 360 });
  await page.sees("Backend developer", "h1");
  await eachView(page, async () => {
    expect(await page.ask(TOO_WIDE)).toEqual([]);
    expect(await page.ask("document.documentElement.scrollWidth")).toBe(360);
  });
});

test("360 px wide, a tap on a line opens its note below the line, and closes it again", async () => {
  const page = await browse(`${preview.url}#/persona/ours`, { width: 360 });
  await page.click(".line:last-child");
  await page.sees("orders/shape", ".note");
  await page.is(
    `(() => {
      const line = document.querySelector(".line[aria-current]").getBoundingClientRect();
      const note = document.querySelector(".note").getBoundingClientRect();
      return line.top >= 0 && line.bottom <= note.top && note.bottom <= innerHeight && note.height > 100;
    })()`,
    true,
  );
  await page.click(".close");
  await page.is('document.querySelector(".note")', null);
});

test("360 px wide, the list of personas is behind a button and behind the key of the search", async () => {
  const page = await browse(`${preview.url}#/persona/ours`, { width: 360 });
  await page.sees("Backend developer", "h1");
  await page.seesNo("base", ".personas");
  await page.press("/");
  await page.type("bas");
  await page.click(".pick");
  await page.is("location.hash", "#/persona/base");
  await page.seesNo("tokens", ".personas");
  await page.resize(1440);
  await page.sees("tokens", ".personas");
});
