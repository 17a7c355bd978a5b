import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { ROOT } from "../../scripts/workspace.ts";
import { installOnce } from "../install-once.ts";

// A real browser for the tests of the page. Its packages are installed by the first run, so the compiler does not know their types.

/** Unpacks Chromium into the folder that it is installed in. Elsewhere than on Linux, Chrome has to be there. */
const UNPACK =
  'const { default: chromium } = require("@sparticuz/chromium"); chromium.setGraphicsMode = false; void chromium.executablePath();';
const IS_LINUX = process.platform === "linux";

function installed(): string {
  return installOnce(join(ROOT, "test/browser"), (folder) => {
    if (!IS_LINUX) return;
    // It unpacks into the temporary folder, which is one for all versions and all users.
    const env = { ...process.env, TMPDIR: folder };
    execFileSync(process.execPath, ["--eval", UNPACK], { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] });
  });
}

/** How a page is opened. */
export interface PageOptions {
  /** In CSS pixels. Default: 1440. */
  readonly width?: number;
  /** What the system says; the reader may choose another one. Default: "light". */
  readonly theme?: "light" | "dark";
}

/** A page in the browser. Whatever it does is awaited, and whatever it is asked waits until it is so. */
export class Page {
  /** Every address that the page has asked for. */
  readonly requests: string[] = [];
  /** What the browser has complained about: errors of scripts, and what the policy has kept from running. */
  readonly problems: string[] = [];
  // biome-ignore lint/suspicious/noExplicitAny: the types of puppeteer are in a folder that a checkout does not have yet.
  readonly #page: any;
  readonly #axe: string;

  // biome-ignore lint/suspicious/noExplicitAny: as above.
  constructor(page: any, axe: string) {
    this.#page = page;
    this.#axe = axe;
    page.on("request", (request: { url(): string }) => this.requests.push(request.url()));
    page.on("pageerror", (error: Error) => this.problems.push(error.message));
    page.on("console", (message: { type(): string; text(): string; location(): { readonly url?: string } }) => {
      if (["error", "warn"].includes(message.type())) this.problems.push(`${message.text()} ${message.location().url}`);
    });
  }

  /** Presses keys one after the other, as puppeteer names them: "j", "ArrowDown", "Escape". */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Types into what has the focus. */
  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Clicks on the first thing that a selector finds, once it is there: CSS, `::-p-text(words)`, `::-p-aria([name="words"])`. */
  async click(selector: string): Promise<void> {
    await this.#page.locator(selector).click();
  }

  /** Points at the first thing that a selector finds, once it is there. */
  async hover(selector: string): Promise<void> {
    await this.#page.locator(selector).hover();
  }

  /** Waits until the visible text of a part of the page contains a text. */
  async sees(text: string, selector = "body"): Promise<void> {
    const shown = () => this.ask<string>(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ""`);
    await expect.poll(shown, POLL).toContain(text);
  }

  /** Waits until an expression, which runs in the page, has a value. */
  async is(expression: string, value: unknown): Promise<void> {
    await expect.poll(() => this.ask(expression), POLL).toEqual(value);
  }

  /** The value of an expression, which runs in the page. */
  async ask<T>(expression: string): Promise<T> {
    return (await this.#page.evaluate(expression)) as T;
  }

  /** Changes the width of the window. */
  async resize(width: number): Promise<void> {
    await this.#page.setViewport({ width, height: 900 });
  }

  /** Writes what is seen as a PNG. */
  async shoot(path: string): Promise<void> {
    await this.#page.screenshot({ path });
  }

  /** What axe finds wrong for those who cannot see, point or tell colours apart: the rule, and where it is broken. */
  async violations(): Promise<string[]> {
    // Run by the debugger, which the policy of the page does not bind.
    await this.#page.evaluate(this.#axe);
    const { violations } = await this.ask<{
      readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
    }>("axe.run()");
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }

  /** Closes it. */
  async close(): Promise<void> {
    await this.#page.close();
  }
}

/** The limits only end what hangs. */
const POLL = { timeout: 30_000, interval: 20 };

/** Starts a browser before the tests of a file, and ends it after them. Returns how to open a page, which shares nothing with others. */
export function startBrowser(): (url: string, options?: PageOptions) => Promise<Page> {
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  let browser: any;
  let axe = "";

  beforeAll(async () => {
    const folder = installed();
    const load = createRequire(join(folder, "package.json"));
    ({ source: axe } = load("axe-core"));
    browser = await load("puppeteer-core").launch({
      // A sandbox of its own needs rights that a container does not give; the page is ours. No other name leads anywhere.
      args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
      headless: "shell",
      ...(IS_LINUX ? { executablePath: join(folder, "chromium") } : { channel: "chrome" }),
    });
  });

  afterAll(() => browser?.close());

  return async (url, { width = 1440, theme = "light" } = {}) => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(POLL.timeout);
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
    const opened = new Page(page, axe);
    await page.goto(url, { waitUntil: "domcontentloaded" });
    return opened;
  };
}
