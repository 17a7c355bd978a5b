import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { launch } from "../test/browser/chromium.ts";

// Takes the picture of the page that the README shows: the persona of a team, at one of its rules.

const PICTURE = "docs/preview.png";
const PROJECT = "examples/payments-team";
const PLACE = "#/persona/payments-backend?line=13";

/** In bytes: a README is read on phones, too. */
const LARGEST = 200_000;

const bin = resolve("packages/cli/bin.ts");
const preview = spawn(process.execPath, [bin, "preview"], { cwd: PROJECT, stdio: ["ignore", "pipe", "inherit"] });
const { browser } = await launch();
try {
  const [said] = await once(preview.stdout, "data");
  const page = await browser.newPage();
  await page.setViewport({ width: 1360, height: 660 });
  await page.goto(`${/http:\S+/.exec(String(said))?.[0]}${PLACE}`);
  await page.waitForSelector(".note");
  // The doctor says last what it has found.
  await page.waitForFunction('document.querySelector(".list-title") && !document.body.innerText.includes("looking")');
  await page.evaluate("scrollTo(0, 0)");
  await page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  preview.kill();
}

const { size } = statSync(PICTURE);
console.log(`${PICTURE}: ${size} bytes`);
if (size > LARGEST) throw new Error(`The picture is larger than ${LARGEST} bytes.`);
