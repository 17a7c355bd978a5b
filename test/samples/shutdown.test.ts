import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { runningSamples } from "./running.ts";

const { pathOf } = await runningSamples();

/** The process around the sample: a slow route, on a port that is free. */
const AROUND = `
  import express from "express";
  const app = express();
  app.get("/slow", (_req, res) => {
    console.log("busy");
    setTimeout(() => res.end("served"), 500);
  });
  const listen = app.listen.bind(app);
  app.listen = () => listen(0, function () { console.log("port " + this.address().port); });
  const pool = { end: async () => console.log("pool closed") };
  Object.assign(globalThis, { app, pool, logger: console });
  await import("./containers.shutdownHandler.ts");
`;

// Windows has no signals to handle.
test.skipIf(process.platform === "win32")(
  "a service that is stopped answers what it has begun, closes its pool and ends",
  async () => {
    const around = join(dirname(pathOf("containers/shutdownHandler")), "around.mjs");
    writeFileSync(around, AROUND);
    const service = spawn(process.execPath, [around], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(service, "exit");
    const lines = createInterface(service.stdout)[Symbol.asyncIterator]();
    const line = async () => (await lines.next()).value;
    const [, port] = (await line())?.split(" ") ?? [];
    const request = fetch(`http://127.0.0.1:${port}/slow`).then((response) => response.text());
    expect(await line()).toBe("busy");
    service.kill("SIGTERM");
    expect(await request).toBe("served");
    expect(await line()).toBe("pool closed");
    expect(await ended).toEqual([0, null]);
  },
);
