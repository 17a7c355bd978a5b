import { request } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Ask, PersonaView } from "../view/view.ts";
import { type Preview, servePreview } from "./serve.ts";

let preview: Preview;

/** Knows one persona; says what it was given. */
const answers: Ask = async (kind, name, given) =>
  (kind === "persona" && name === "dev" ? (given ?? DEV) : undefined) as never;

beforeEach(async () => {
  preview = await servePreview({ port: 0, ask: answers });
});

afterEach(() => preview.close());

const DEV: PersonaView = {
  ...{ id: "dev", title: "Dev", description: "Builds.", source: "./dev.ts" },
  ...{ files: [], origins: [], dropped: [], fidelity: [] },
};

/** Sends a request whose headers a browser would not let a page set. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET", body = "") {
  return new Promise<{ readonly status: number | undefined; readonly headers: object; readonly text: string }>(
    (done, failed) => {
      const asked = request(new URL(path, preview.url), { method, headers }, (response) => {
        let text = "";
        response.on("data", (part) => {
          text += part;
        });
        response.on("end", () => done({ status: response.statusCode, headers: response.headers, text }));
      });
      asked.on("error", failed);
      asked.end(body);
    },
  );
}

test("what it is asked is answered, and what the page has sent goes along", async () => {
  expect(JSON.parse((await ask("/data/persona/dev.json")).text)).toEqual(DEV);
  const given = { drop: ["a/b"] };
  expect(JSON.parse((await ask("/data/persona/dev.json", {}, "POST", JSON.stringify(given))).text)).toEqual(given);
  expect(await ask("/data/persona/other.json")).toMatchObject({ status: 404 });
  expect(await ask("/data/persona/dev.json", {}, "POST", "{")).toMatchObject({ status: 500 });
  expect(await ask("/data/persona/dev.json", {}, "POST", `"${"a".repeat(1_000_000)}"`)).toMatchObject({ status: 500 });
});

test("what nobody would see is spelt out, and what languages and emoji need is not", async () => {
  const answer = async (text: string) =>
    JSON.parse((await ask("/data/persona/dev.json", {}, "POST", JSON.stringify({ text }))).text).text;
  expect(await answer("a\u202Eb\u0007 \u{E0061}")).toBe("a\\u{202e}b\\u{7} \\u{e0061}");
  expect(await answer("a\tb \u{1F469}\u200D\u{1F4BB}")).toBe("a\tb \u{1F469}\u200D\u{1F4BB}");
});

test("open pages hear of a change, and of what is wrong", async () => {
  const events = new Promise<string>((done) => {
    request(new URL("/data/changes", preview.url), (response) => {
      let text = "";
      response.on("data", (part) => {
        text += part;
        if (text.includes("no such rule")) done(text);
        else preview.changed(["dev.ts: no such rule"]);
      });
    }).end();
  });
  expect(await events).toBe(
    'retry: 500\ndata: {"revision":0,"errors":[]}\n\ndata: {"revision":0,"errors":["dev.ts: no such rule"]}\n\n',
  );
});

test.each([
  ["another name for this machine", { host: "rebound.example:PORT" }],
  ["another port", { host: "127.0.0.1:1" }],
  ["a page of another origin", { origin: "https://evil.example" }],
  ["a page in a sandbox", { origin: "null" }],
])("%s is refused", async (_, headers: { readonly host?: string; readonly origin?: string }) => {
  const { port } = new URL(preview.url);
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace("PORT", port)]));
  for (const path of ["/", "/data/persona/dev.json", "/data/changes"]) {
    const { status, text } = await ask(path, sent);
    expect([status, text]).toEqual([403, "This page answers only on its own address.\n"]);
  }
});

test("nothing can be sent to it, and nothing but the page runs in it", async () => {
  expect(await ask("/", {}, "POST")).toMatchObject({ status: 405 });
  expect(await ask("/../package.json")).toMatchObject({ status: 404 });
  const { headers } = await ask("/data/persona/dev.json", { host: `localhost:${new URL(preview.url).port}` });
  expect(headers).toMatchObject({
    "content-security-policy": expect.stringMatching(/^default-src 'none'; script-src 'self'; style-src 'self';/),
    "x-content-type-options": "nosniff",
  });
});

test("a second one takes another port, and one that is taken is an error", async () => {
  const second = await servePreview({ port: 0, ask: answers });
  expect(second.url).not.toBe(preview.url);
  await second.close();
  await expect(servePreview({ port: Number(new URL(preview.url).port), ask: answers })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});
