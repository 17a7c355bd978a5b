import { afterEach, beforeEach, expect, test } from "vitest";
import { personaModule } from "../fixtures.ts";
import { type Project, packPackages } from "../installed.ts";
import { type Previewed, previewOf } from "../previewed.ts";
import { startBrowser } from "./browser.ts";
import { BASE, OURS, writeShop } from "./shop.ts";

// An open page follows its project: saves, mistakes, personas that come and go, and a server that ends.

const newProject = packPackages("personakit", "@personakit/core");
let project: Project;
let preview: Previewed;

beforeEach(() => {
  project = newProject();
  writeShop(project);
});

afterEach(() => preview.stop());

// After that hook, so that its pages are closed before: what ends first is set up last.
const browse = startBrowser();

test("a save is seen without a reload, where the reader is; a mistake is said above, and is gone when it is mended", async () => {
  preview = await previewOf(project);
  const page = await browse(`${preview.url}#/persona/ours?line=12`);
  await page.sees("must: Check all input with zod.", ".note");
  await page.ask("window.isTheSame = true");

  project.write("ours.mjs", OURS.replace("with zod", "with valibot"));
  await page.sees("must: Check all input with valibot.", ".note");
  await page.sees("- Check all input with valibot.", ".lines");

  project.write("base.mjs", BASE.replace("Log what", "Log whatever"));
  await page.sees("- Log whatever was refused.", ".lines");

  project.write("ours.mjs", OURS.replace("input: {", "inputs: {"));
  await page.sees("The sources cannot be built. What you see is the last build that was right.", "[role=alert]");
  await page.sees("ours.mjs", "[role=alert]");
  await page.sees("- Check all input with valibot.", ".lines");
  expect(await page.violations()).toEqual([]);

  project.write("ours.mjs", OURS);
  await page.sees("- Check all input with zod.", ".lines");
  await page.is('document.querySelector("[role=alert]")', null);
  await page.is("window.isTheSame", true);
});

test("a project that cannot be built at first says why, and is there once it can", async () => {
  project.write("ours.mjs", "export const ours = ;");
  preview = await previewOf(project);
  const page = await browse(preview.url, { width: 360 });
  await page.sees("ours.mjs", "[role=alert]");
  await page.seesNo("What you see is the last build", "[role=alert]");
  expect(await page.violations()).toEqual([]);
  project.write("ours.mjs", OURS);
  await page.sees("Backend developer", "h1");
});

test("personas come and go as the configuration says, with what a build would warn of", async () => {
  preview = await previewOf(project);
  const page = await browse(`${preview.url}#/persona/ours`);
  await page.sees("Backend developer", "h1");
  project.write("new.mjs", personaModule("newcomer"));
  const targets = ["claude-agent", "claude-skill", "agent-skill"];
  project.write("personakit.config.json", { personas: ["./base.mjs", "./new.mjs"], targets });
  await page.sees("newcomer", ".personas");
  // What a build would warn of is there, folded.
  await page.click(".warnings summary");
  await page.sees("claude-agent and claude-skill: Claude Code", ".warnings");
  await page.seesNo("ours", ".personas");
  await page.sees("There is nothing of this name.", "main");
  // The browser says of its own accord what was not found.
  expect(page.problems.splice(0)).toEqual([expect.stringContaining("404")]);
});

test("a page that loses its server keeps what it shows, and follows the next one", async () => {
  preview = await previewOf(project);
  const page = await browse(`${preview.url}#/persona/ours`);
  await page.sees("- Check all input with zod.", ".lines");
  // What has been asked is answered, and the end of the server is all that goes wrong.
  await page.sees("Doctor", ".personas");
  await page.seesNo("looking", ".personas");
  await preview.stop();
  await page.sees("not connected", "[role=status]");
  await page.sees("- Check all input with zod.", ".lines");
  project.write("ours.mjs", OURS.replace("with zod", "with valibot"));
  preview = await previewOf(project, "--port", new URL(preview.url).port);
  await page.sees("- Check all input with valibot.", ".lines");
  await page.sees("watching", "[role=status]");
});
