import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launch } from "./chromium.ts";

// Pages in a real browser, for tests.

/** How a page is opened. */
export interface PageOptions {
  /** In CSS pixels. Default: 1440. */
  readonly width?: number;
  /** What the system says; the reader may choose another one. Default: "light". */
  readonly theme?: "light" | "dark";
}

/** A page in the browser. Whatever it does is awaited, and whatever it is asked waits until it is so. */
export class Page {
  /** Of its server. */
  readonly url: string;
  /** Every address that the page has asked for. */
  readonly requests: string[] = [];
  /** What the browser has complained about: errors of scripts, and what the policy has kept from running. */
  readonly problems: string[] = [];
  // biome-ignore lint/suspicious/noExplicitAny: the types of puppeteer are in a folder that a checkout does not have yet.
  readonly #page: any;
  readonly #axe: string;

  // biome-ignore lint/suspicious/noExplicitAny: as above.
  constructor(page: any, axe: string, url: string) {
    this.#page = page;
    this.#axe = axe;
    this.url = url;
    page.on("request", (request: { url(): string }) => this.requests.push(request.url()));
    page.on("pageerror", (error: Error) => this.problems.push(error.message));
    page.on("console", (message: { type(): string; text(): string; location(): { readonly url?: string } }) => {
      const said = `${message.text()} ${message.location().url}`;
      // A server that has ended is what the page itself has to say.
      if (["error", "warn"].includes(message.type()) && !said.includes("net::ERR_CONNECTION")) this.problems.push(said);
    });
  }

  /** Presses keys one after the other, as puppeteer names them: "j", "ArrowDown", "Escape". */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Presses a key while another one is held down. */
  async hold(held: string, key: string): Promise<void> {
    await this.#page.keyboard.down(held);
    await this.#page.keyboard.press(key);
    await this.#page.keyboard.up(held);
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
    await expect.poll(() => this.#textOf(selector), POLL).toContain(text);
  }

  /** Waits until the visible text of a part of the page is without a text. */
  async seesNo(text: string, selector = "body"): Promise<void> {
    await expect.poll(() => this.#textOf(selector), POLL).not.toContain(text);
  }

  /** Waits until an expression, which runs in the page, has a value. */
  async is(expression: string, value: unknown): Promise<void> {
    await expect.poll(() => this.ask(expression), POLL).toEqual(value);
  }

  /** The value of an expression, which runs in the page. */
  async ask<T>(expression: string): Promise<T> {
    return (await this.#page.evaluate(expression)) as T;
  }

  #textOf(selector: string): Promise<string> {
    return this.ask(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ""`);
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

  /** Loads it again. */
  async reload(): Promise<void> {
    await this.#page.reload({ waitUntil: "domcontentloaded" });
  }

  /** Closes it, with all that its reader has chosen. */
  async close(): Promise<void> {
    await this.#page.browserContext().close();
  }
}

/** The limits only end what hangs. */
const POLL = { timeout: 60_000, interval: 20 };

/**
 * Starts a browser before the tests of a file, and ends it after them. Returns how to open a page, which shares nothing with others. After
 * each test, no page may have asked anyone but its own server, and none may have met an error or text that tried to run.
 */
export function startBrowser(): (url: string, options?: PageOptions) => Promise<Page> {
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  let browser: any;
  let axe = "";
  const pages: Page[] = [];

  beforeAll(async () => {
    ({ browser, axe } = await launch());
  });

  afterEach(async () => {
    for (const page of pages.splice(0)) {
      await page.close();
      expect(page.requests.filter((each) => !each.startsWith(page.url))).toEqual([]);
      expect(page.problems).toEqual([]);
    }
  });

  afterAll(() => browser?.close());

  return async (url, { width = 1440, theme = "light" } = {}) => {
    const context = await browser.createBrowserContext();
    await context.overridePermissions(new URL(url).origin, ["clipboard-read", "clipboard-sanitized-write"]);
    const page = await context.newPage();
    page.setDefaultTimeout(POLL.timeout);
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
    const opened = new Page(page, axe, new URL("/", url).href);
    pages.push(opened);
    await page.goto(url, { waitUntil: "domcontentloaded" });
    return opened;
  };
}
