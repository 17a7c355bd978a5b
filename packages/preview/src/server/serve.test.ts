import { request } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PersonaView } from "../view/view.ts";
import { type Preview, servePreview } from "./serve.ts";

let preview: Preview;

beforeEach(async () => {
  preview = await servePreview({ port: 0 });
});

afterEach(() => preview.close());

const DEV: PersonaView = {
  ...{ id: "dev", title: "Dev", description: "Builds.", source: "./dev.ts" },
  ...{ files: [], origins: [], dropped: [], fidelity: [] },
};

/** Sends a request whose headers a browser would not let a page set. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET") {
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
      asked.end();
    },
  );
}

test("what is shown is there, and one persona with all of its files", async () => {
  preview.show({ name: "shop", personas: [DEV], warnings: ["w"] });
  const { personas, ...rest } = JSON.parse((await ask("/data/project")).text);
  expect(rest).toEqual({ name: "shop", warnings: ["w"], errors: [], revision: 1 });
  expect(personas).toEqual([
    { id: "dev", title: "Dev", description: "Builds.", source: "./dev.ts", tokens: 0, targets: [], changes: 0 },
  ]);
  expect(JSON.parse((await ask("/data/persona?id=dev")).text)).toEqual(DEV);
  expect(await ask("/data/persona?id=constructor")).toMatchObject({ status: 404 });
});

test("sources that cannot be built leave the last build there, with what is wrong", async () => {
  preview.show({ name: "shop", personas: [DEV], warnings: [] });
  preview.fail(["dev.ts: no such rule"]);
  const { personas, errors } = JSON.parse((await ask("/data/project")).text);
  expect([personas.length, errors]).toEqual([1, ["dev.ts: no such rule"]]);
  preview.show({ name: "shop", personas: [], warnings: [] });
  expect(JSON.parse((await ask("/data/project")).text).errors).toEqual([]);
});

test("open pages hear of a change", async () => {
  const events = new Promise<string>((done) => {
    request(new URL("/data/changes", preview.url), (response) => {
      let text = "";
      response.on("data", (part) => {
        text += part;
        if (text.includes("data: 1")) done(text);
        else preview.show({ name: "shop", personas: [], warnings: [] });
      });
    }).end();
  });
  expect(await events).toBe("data: 0\n\ndata: 1\n\n");
});

test.each([
  ["another name for this machine", { host: "rebound.example:PORT" }],
  ["another port", { host: "127.0.0.1:1" }],
  ["a page of another origin", { origin: "https://evil.example" }],
  ["a page in a sandbox", { origin: "null" }],
])("%s is refused", async (_, headers: { readonly host?: string; readonly origin?: string }) => {
  preview.show({ name: "shop", personas: [DEV], warnings: [] });
  const { port } = new URL(preview.url);
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace("PORT", port)]));
  for (const path of ["/", "/data/project", "/data/persona?id=dev", "/data/changes"]) {
    const { status, text } = await ask(path, sent);
    expect([status, text]).toEqual([403, "This page answers only on its own address.\n"]);
  }
});

test("nothing can be sent to it, and nothing but the page runs in it", async () => {
  expect(await ask("/data/project", {}, "POST")).toMatchObject({ status: 405 });
  expect(await ask("/../package.json")).toMatchObject({ status: 404 });
  const { headers } = await ask("/data/project", { host: `localhost:${new URL(preview.url).port}` });
  expect(headers).toMatchObject({
    "content-security-policy": expect.stringMatching(/^default-src 'none'; script-src 'self'; style-src 'self';/),
    "x-content-type-options": "nosniff",
  });
});

test("a second one takes another port, and one that is taken is an error", async () => {
  const second = await servePreview({ port: 0 });
  expect(second.url).not.toBe(preview.url);
  await second.close();
  await expect(servePreview({ port: Number(new URL(preview.url).port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
});
