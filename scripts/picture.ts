import { statSync } from "node:fs";
import { resolve } from "node:path";
import { launch } from "../test/browser/chromium.ts";
import { Project } from "../test/installed.ts";
import { previewOf } from "../test/previewed.ts";

// Takes the picture of the page that the README shows: the persona of a team, at one of its rules.

const PICTURE = "docs/preview.png";
const PROJECT = "examples/payments-team";
const PLACE = "#/persona/payments-backend?line=13";

/** In bytes: a README is read on phones, too. */
const LARGEST = 200_000;

const preview = await previewOf(new Project(resolve(PROJECT)));
const { browser } = await launch();
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1360, height: 660 });
  await page.goto(`${preview.url}${PLACE}`);
  await page.waitForSelector(".note");
  // The doctor says last what it has found.
  await page.waitForFunction('document.querySelector(".list-title") && !document.body.innerText.includes("looking")');
  await page.evaluate("scrollTo(0, 0)");
  await page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  await preview.stop();
}

const { size } = statSync(PICTURE);
console.log(`${PICTURE}: ${size} bytes`);
if (size > LARGEST) throw new Error(`The picture is larger than ${LARGEST} bytes.`);
