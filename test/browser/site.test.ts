import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packPackages } from "../installed.ts";
import { startBrowser } from "./browser.ts";
import { writeShop } from "./shop.ts";

// A static site in a browser, below a path, as a host of files serves it: what was rendered ahead comes to life as it is.

const newProject = packPackages("personakit", "@personakit/core");
const browse = startBrowser();
const TYPES: { readonly [ending: string]: string } = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};
let server: Server;
let url: string;

beforeAll(async () => {
  const project = newProject();
  writeShop(project);
  project.write("queues.mjs", QUEUES);
  project.write(
    "guide.md",
    "# Guide\n\nHow to begin.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```ts\nconst a = 1;\n```\n",
  );
  const sources = ["./base.mjs", "./ours.mjs", "./queues.mjs"];
  expect(project.run("preview", ...sources, "--out", "www/site", "--docs", "guide.md")).toMatchObject({ code: 0 });
  server = createServer(({ url: asked = "" }, response) => {
    const path = new URL(asked, "http://site").pathname;
    response.setHeader("content-type", TYPES[extname(path)] ?? "text/plain");
    response.end(readFileSync(join(project.at("www"), path)));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/site/`;
});

afterAll(() => server.close());

const QUEUES = `
import { defineFragment, must } from "@personakit/core";

export const queues = defineFragment({
  id: "queues", version: "1.0.0", title: "Queues", summary: "How work waits.",
  rules: { retry: must("Retry three times.", { why: "Networks fail." }) },
});
`;

test("the catalogue finds a rule as you type, and leads to the page of its fragment", async () => {
  const page = await browse(`${url}index.html`);
  await page.is("document.documentElement.dataset.live", "");
  expect(await page.violations()).toEqual([]);
  await page.press("/");
  await page.type("retry");
  await page.sees("1 found");
  await page.seesNo("Backend developer");
  await page.click("::-p-text(Queues)");
  await page.sees("Networks fail.");
  await page.is("location.pathname", "/site/fragment/queues.html");
  expect(await page.violations()).toEqual([]);
});

test("a persona's page says which tab and line it shows, and has none that needs a server", async () => {
  const page = await browse(`${url}persona/ours.html#?tab=targets`, { theme: "dark", width: 360 });
  await page.sees("Choose a cell");
  expect(await page.ask("[...document.querySelectorAll('.tab')].map((each) => each.innerText)")).not.toContain("Try");
  await page.click(".tab:first-child");
  await page.sees("Check all input with zod.");
  // Ahead, the policy lets nothing have a style of its own; once the page is alive, the fragments have their colours.
  await page.is("document.querySelector('main [style]') !== null", true);
  await page.is("location.hash", "");
  await page.is("document.documentElement.dataset.theme", "dark");
  expect(await page.ask("document.documentElement.scrollWidth")).toBe(360);
});

test("a document is in the frame of the site, with the lists of everything beside it", async () => {
  const page = await browse(`${url}guide.html`, { theme: "dark" });
  await page.sees("How to begin.");
  await page.sees("queues", ".personas");
  expect(await page.violations()).toEqual([]);
});
