import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PAGE_FILES } from "../view/page-files.ts";
import { POLICY } from "../view/policy.ts";
import { sent } from "../view/sent.ts";
import type { Ask, Kind, Status } from "../view/view.ts";
import { isFromHere, LOOPBACK } from "./hosts.ts";

/** A server of the page. */
export interface Preview {
  /** Where the page is: `http://127.0.0.1:4173/`. */
  readonly url: string;
  /** Says that there are new answers, or what is wrong with the sources, which leaves the last ones; open pages follow at once. */
  changed(errors?: readonly string[]): void;
  /** Ends all connections. */
  close(): Promise<void>;
}

const HEADERS = {
  "content-security-policy": `${POLICY}; frame-ancestors 'none'`,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

const PAGE: { readonly [path: string]: readonly [file: string, type: string] } = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/page.js": ["page.js", "text/javascript; charset=utf-8"],
  "/page.css": ["page.css", "text/css; charset=utf-8"],
  "/icon.svg": ["icon.svg", "image/svg+xml"],
};

/** How a page is served. */
export interface PreviewOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Answers what the page asks. */
  readonly ask: Ask;
}

/**
 * Serves the page on loopback. Returns when it listens. Answers nothing but requests of the page itself. Throws what Node does where the
 * port is taken.
 *
 * @example
 * ```ts
 * import { servePreview } from "@personakit/preview";
 *
 * const preview = await servePreview({ port: 0, ask: async () => undefined });
 * preview.changed();
 * await preview.close();
 * ```
 */
export async function servePreview({ port, ask }: PreviewOptions): Promise<Preview> {
  const pages = new OpenPages();
  const server = createServer((request, response) => {
    const { port: own } = server.address() as AddressInfo;
    if (!isFromHere(own, request.headers)) return refuse(response, 403, "This page answers only on its own address.");
    return answer(request, response, pages, ask).catch((error: Error) => refuse(response, 500, error.message));
  });
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(port, LOOPBACK, done);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${taken}/`,
    changed: (errors = []) => pages.tell(errors),
    close: () =>
      new Promise((done) => {
        pages.end();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** The pages that are open, and what they were told last. */
class OpenPages {
  #status: Status = { revision: 0, errors: [] };
  readonly #listeners = new Set<ServerResponse>();

  add(response: ServerResponse): void {
    this.#listeners.add(response);
    response.on("close", () => this.#listeners.delete(response));
    // A page that loses its server looks for it twice a second.
    response.write(`retry: 500\n${eventOf(this.#status)}`);
  }

  tell(errors: readonly string[]): void {
    // Nothing has to be asked for again where the last answers still hold.
    const revision = this.#status.revision + (errors.length === 0 ? 1 : 0);
    this.#status = { revision, errors };
    for (const each of this.#listeners) each.write(eventOf(this.#status));
  }

  end(): void {
    for (const each of this.#listeners) each.end();
  }
}

function eventOf(status: Status): string {
  return `data: ${sent(status)}\n\n`;
}

/** The path of a question: `/data/persona/dev.json`. */
const QUESTION = /^\/data\/([a-z]+)(?:\/(.+))?\.json$/;

async function answer(request: IncomingMessage, response: ServerResponse, pages: OpenPages, ask: Ask): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://page");
  const question = QUESTION.exec(pathname);
  if (request.method !== "GET" && (request.method !== "POST" || question === null)) {
    return refuse(response, 405, "This page only reads.");
  }
  const file = Object.hasOwn(PAGE, pathname) ? PAGE[pathname] : undefined;
  if (file !== undefined) {
    response.writeHead(200, { ...HEADERS, "content-type": file[1] }).end(readFileSync(new URL(file[0], PAGE_FILES)));
  } else if (pathname === "/data/changes") {
    response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
    pages.add(response);
  } else if (question !== null) {
    const [, kind, name = ""] = question;
    const value = await ask(kind as Kind, name.split("/").map(decodeURIComponent).join("/"), await givenIn(request));
    if (value === undefined) return refuse(response, 404, "There is nothing of this name.");
    response.writeHead(200, { ...HEADERS, "content-type": "application/json" }).end(sent(value));
  } else refuse(response, 404, "There is no such page.");
}

/** In bytes: what a person types into a page is far less. */
const LARGEST_GIVEN = 1_000_000;

/** What the page has sent with its question. */
async function givenIn(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > LARGEST_GIVEN) throw new Error(`A page sends at most ${LARGEST_GIVEN} bytes.`);
  }
  return size === 0 ? undefined : JSON.parse(Buffer.concat(parts).toString());
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...HEADERS, "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}
