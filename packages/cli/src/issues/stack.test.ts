import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { callers, ownFrame, userFrame } from "./stack.ts";

const OWN = join(import.meta.dirname, "issue.ts:1:2");
const stackOf = (...frames: readonly string[]) =>
  ["Error: at x", ...frames.map((frame) => `    at ${frame}`)].join("\n");

describe("where a user's code stands in a stack", () => {
  test.each([
    ["alone", ["file:///p/one.mjs:3:5"], "/p/one.mjs:3:5"],
    ["in a function", ["spin (file:///p/a%20b/one.mjs:3:5)"], "/p/a b/one.mjs:3:5"],
    ["after a wait", ["async file:///p/one.mjs:3:5"], "/p/one.mjs:3:5"],
    ["as a path, from CommonJS", ["Object.<anonymous> (/p/one.cjs:3:5)"], "/p/one.cjs:3:5"],
    ["below ours", [`write (${OWN})`, `${pathToFileURL(OWN).href}`, "/p/one.cjs:3:5"], "/p/one.cjs:3:5"],
    ["below Node's own", ["node:internal/modules/x:3:5", "/p/one.cjs:3:5"], "/p/one.cjs:3:5"],
    ["below its packages", ["/p/node_modules/x/i.js:1:1", "/p/one.cjs:3:5"], "/p/one.cjs:3:5"],
    ["in its packages alone", ["/p/node_modules/x/i.js:1:1"], "/p/node_modules/x/i.js:1:1"],
    ["in what personas are made with alone", ["/p/node_modules/@personakit/core/dist/index.js:1:1"], undefined],
    ["nowhere", ["Promise.all (index 0)", OWN], undefined],
  ])("%s", (_, frames, place) => {
    expect(userFrame(stackOf(...frames))).toBe(place);
  });
});

test("the first line that is ours is found below Node's", () => {
  expect(ownFrame(stackOf("node:fs:1:1", "/p/one.mjs:1:1", `f (${OWN})`))).toBe(OWN);
  expect(ownFrame(stackOf("/p/one.mjs:1:1"))).toBeUndefined();
});

test("callers are read whatever a module has made of stacks", () => {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Object.assign(Error, { prepareStackTrace: () => "mine", stackTraceLimit: 0 });
    expect(callers()).toContain("stack.test.ts");
    expect(new Error("still theirs").stack).toBe("mine");
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
});
