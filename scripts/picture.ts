import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { launch } from "../test/browser/chromium.ts";

// Takes the picture of the page that the README shows: a persona of ours, at a rule that says why it holds.

const PICTURE = "docs/preview.png";
const PLACE = "#/persona/backend-developer-lambda?line=28";

/** In bytes: a README is read on phones, too. */
const LARGEST = 150_000;

const args = ["packages/cli/bin.ts", "preview", "packages/fragments", "packages/personas"];
const preview = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
const { browser } = await launch();
try {
  const [said] = await once(preview.stdout, "data");
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 540 });
  await page.goto(`${/http:\S+/.exec(String(said))?.[0]}${PLACE}`);
  await page.waitForSelector(".note");
  await page.waitForSelector("::-p-text(Fragments)");
  await page.evaluate("scrollTo(0, 0)");
  await page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  preview.kill();
}

const { size } = statSync(PICTURE);
console.log(`${PICTURE}: ${size} bytes`);
if (size > LARGEST) throw new Error(`The picture is larger than ${LARGEST} bytes.`);
