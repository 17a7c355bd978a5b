import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { summaryOf } from "../view/of-persona.ts";
import type { PersonaView, ProjectSummary, ProjectView } from "../view/view.ts";
import { isFromHere, LOOPBACK } from "./hosts.ts";

/** A server of the page. */
export interface Preview {
  /** Where the page is: `http://127.0.0.1:4173/`. */
  readonly url: string;
  /** Shows a project; open pages follow at once. */
  show(project: ProjectView): void;
  /** Says what is wrong with the sources; the page keeps the last project that was right. */
  fail(errors: readonly string[]): void;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Scripts, styles and data come from the server alone; whatever text of a persona looks like, none of it runs. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS = {
  "content-security-policy": POLICY,
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

/** The built page lies beside the built server. */
const FOLDER = import.meta.url.endsWith(".ts")
  ? new URL("../../dist/page/", import.meta.url)
  : new URL("./page/", import.meta.url);

/**
 * Serves the page on loopback. Returns when it listens. Answers nothing but requests of the page itself. Throws what Node does where the
 * port is taken; port 0 takes a free one.
 *
 * @example
 * ```ts
 * import { servePreview } from "@personakit/preview";
 *
 * const preview = await servePreview({ port: 0 });
 * preview.show({ name: "shop", personas: [], warnings: [] });
 * await preview.close();
 * ```
 */
export async function servePreview({ port }: { readonly port: number }): Promise<Preview> {
  const state = new State();
  const server = createServer((request, response) => {
    const { port: own } = server.address() as AddressInfo;
    if (!isFromHere(own, request.headers)) return refuse(response, 403, "This page answers only on its own address.");
    if (request.method !== "GET") return refuse(response, 405, "This page only reads.");
    return answer(request, response, state);
  });
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(port, LOOPBACK, done);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${taken}/`,
    show: (project) => state.show(project),
    fail: (errors) => state.fail(errors),
    close: () =>
      new Promise((done) => {
        state.end();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** What is shown, and who is told when it changes. */
class State {
  #project: ProjectView = { name: "", personas: [], warnings: [] };
  #errors: readonly string[] = [];
  #revision = 0;
  readonly #listeners = new Set<ServerResponse>();

  show(project: ProjectView): void {
    this.#project = project;
    this.#errors = [];
    this.#tell();
  }

  fail(errors: readonly string[]): void {
    this.#errors = errors;
    this.#tell();
  }

  end(): void {
    for (const each of this.#listeners) each.end();
  }

  listen(response: ServerResponse): void {
    this.#listeners.add(response);
    response.on("close", () => this.#listeners.delete(response));
    response.write(`data: ${this.#revision}\n\n`);
  }

  summary(): ProjectSummary {
    const { personas, ...rest } = this.#project;
    return { ...rest, revision: this.#revision, errors: this.#errors, personas: personas.map(summaryOf) };
  }

  persona(id: string): PersonaView | undefined {
    return this.#project.personas.find((each) => each.id === id);
  }

  #tell(): void {
    this.#revision++;
    for (const each of this.#listeners) each.write(`data: ${this.#revision}\n\n`);
  }
}

function answer({ url = "/" }: IncomingMessage, response: ServerResponse, state: State): void {
  const { pathname, searchParams } = new URL(url, "http://page");
  const file = Object.hasOwn(PAGE, pathname) ? PAGE[pathname] : undefined;
  if (file !== undefined) {
    response.writeHead(200, { ...HEADERS, "content-type": file[1] }).end(readFileSync(new URL(file[0], FOLDER)));
  } else if (pathname === "/data/project") json(response, state.summary());
  else if (pathname === "/data/persona") {
    const persona = state.persona(searchParams.get("id") ?? "");
    if (persona === undefined) refuse(response, 404, "There is no persona of this name.");
    else json(response, persona);
  } else if (pathname === "/data/changes") {
    response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
    state.listen(response);
  } else refuse(response, 404, "There is no such page.");
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { ...HEADERS, "content-type": "application/json" }).end(JSON.stringify(value));
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...HEADERS, "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}
