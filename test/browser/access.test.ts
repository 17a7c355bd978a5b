import { afterAll, beforeAll, expect, test } from "vitest";
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

/** Everything that is wider than the screen and cannot be scrolled to; the page itself must not be scrolled to the side. */
const TOO_WIDE = `[document.documentElement.scrollWidth > 360 ? "page" : [], ...[...document.querySelectorAll("body *")].filter((each) => {
  if (each.closest(".wide") !== null && !each.matches(".wide")) return false;
  const { right, width } = each.getBoundingClientRect();
  return width > 0 && right > 360.5;
}).map((each) => each.outerHTML.slice(0, 80))].flat()`;

/** Every view, with something that is seen of it when it is there. */
const VIEWS: readonly (readonly [hash: string, seen: string])[] = [
  ["/persona/ours", "- Check all input with zod."],
  ["/persona/ours?line=12", "instead of"],
  ["/persona/ours?tab=tokens", "What each tool takes"],
  ["/persona/ours?tab=targets", "Choose a cell"],
  ["/persona/ours?tab=compare", "Next change"],
  ["/persona/ours?tab=try", "Change a parameter"],
  ["/context", "Sent before your prompt"],
  ["/doctor", "says/missing-link"],
  ["/copies", "Numbers that differ"],
  ["/file/CLAUDE.md", "sent at the start"],
  ["/file/CLAUDE.md?line=9", "says/missing-link"],
  ["/persona/nobody", "There is nothing of this name."],
];

/** Looks at every view. Returns what was found, by its address. */
async function lookAt(
  page: Page,
  look: () => Promise<readonly string[]>,
): Promise<readonly (readonly [string, string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const [hash, seen] of VIEWS) {
    await page.ask(`location.hash = ${JSON.stringify(hash)}`);
    await page.sees(seen, "main");
    for (const each of await look()) found.push([hash, each]);
  }
  // The browser says of its own accord what was not found.
  page.problems.splice(0);
  return found;
}

test.each([
  ["light", 1440],
  ["dark", 360],
] as const)("every view is without a fault that axe knows, %s and %i px wide", async (theme, width) => {
  const page = await browse(preview.url, { theme, width });
  expect(await lookAt(page, () => page.violations())).toEqual([]);
});

test("360 px wide, nothing of a view is wider than the screen", async () => {
  const page = await browse(preview.url, { width: 360 });
  expect(await lookAt(page, () => page.ask(TOO_WIDE))).toEqual([]);
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
