import { readFileSync } from "node:fs";
import { PersonaKitError } from "@personakit/core";
import { describe, expect, test } from "vitest";
import { attemptEach, CommandError, failure, issue, messageOf, stackOf, throwIssues } from "./command-error.ts";

function thrownBy(step: () => unknown): unknown {
  try {
    step();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

const definition = new PersonaKitError([
  { code: "unknown-rule", place: 'persona "x"', problem: "there is no rule" },
  { code: "missing-text", problem: "title is missing" },
]);
const system = thrownBy(() => readFileSync("/nowhere/at/all"));

describe("an error of a command, from", () => {
  test("one of its own, is the same", () => {
    const own = failure("usage", "--as", "is wrong");
    expect(CommandError.from(own, "p.mjs")).toBe(own);
  });

  test("a definition, has all its issues with the source before their places", () => {
    expect(CommandError.from(definition, "p.mjs").issues).toEqual([
      { code: "unknown-rule", place: 'p.mjs: persona "x"', problem: "there is no rule" },
      { code: "missing-text", place: "p.mjs", problem: "title is missing" },
    ]);
    expect(CommandError.from(definition).issues).toEqual(definition.issues);
  });

  test("another copy of core, is the same: an error is known by its name", () => {
    class PersonaKitErrorOfAnother extends Error {
      override readonly name = "PersonaKitError";
      readonly issues = definition.issues;
    }
    expect(CommandError.from(new PersonaKitErrorOfAnother()).issues).toEqual(definition.issues);
  });

  test("the system, has its message and the place", () => {
    expect(CommandError.from(system, "p.mjs").issues).toEqual([
      { code: "system", place: "p.mjs", problem: expect.stringMatching(/^ENOENT/) },
    ]);
  });

  test.each([[new TypeError("x is not a function")], ["a text"], [undefined]])("%s, is a bug of ours", (error) => {
    expect(thrownBy(() => CommandError.from(error, "p.mjs"))).toBe(error);
  });
});

describe("whatever is thrown", () => {
  const boom = () => {
    throw new Error("boom");
  };
  const hostile: readonly (readonly [string, unknown])[] = [
    ["a proxy", new Proxy({}, { get: boom, has: boom, getPrototypeOf: boom })],
    ["a proxy of an error", new Proxy(new Error("x"), { get: boom, has: boom })],
    ["what throws as text", { toString: boom }],
    ["what has no text", Object.create(null)],
    [
      "an error whose parts throw",
      Object.defineProperties(new Error("x"), { message: { get: boom }, stack: { get: boom } }),
    ],
    [
      "issues that throw",
      Object.assign(new Error("x"), { name: "PersonaKitError", issues: new Proxy([], { get: boom }) }),
    ],
    ["issues that are none", Object.assign(new Error("x"), { name: "PersonaKitError", issues: [{ code: 1 }] })],
    ["a symbol", Symbol("x")],
    ["nothing", undefined],
  ];

  test.each(hostile)("%s: it is no error that we know, and is said as data", (_, thrown) => {
    expect(CommandError.known(thrown)).toBeUndefined();
    const [internal, ...others] = CommandError.internal(thrown).issues;
    expect(others).toEqual([]);
    expect(internal).toMatchObject({ code: "internal", cause: expect.any(String) });
    expect(messageOf(thrown)).toEqual(expect.any(String));
    expect(stackOf(thrown)).toEqual(expect.any(String));
  });

  test("a text is not longer than a reader takes in", () => {
    const long = "x".repeat(1e7);
    for (const thrown of [long, new Error(long), { toString: () => long }])
      expect(messageOf(thrown)).toHaveLength(2003);
    const issues = [{ code: "c", problem: long }];
    const known = CommandError.known(Object.assign(new Error(), { name: "PersonaKitError", issues }));
    expect(known?.issues).toEqual([{ code: "c", problem: `${"x".repeat(2000)}...` }]);
  });

  test("a bug of ours has its place", () => {
    const bug = Object.assign(new Error("x"), { stack: `Error: x\n    at f (${import.meta.filename}:1:2)` });
    expect(CommandError.internal(bug).issues[0]?.cause).toBe(`x (${import.meta.filename}:1:2)`);
  });
});

test("bad input exits with 2, unless something else is said", () => {
  expect(failure("usage", undefined, "is wrong")).toMatchObject({ exitCode: 2, advice: undefined });
  const drift = new CommandError([], { exitCode: 1, advice: "Build." });
  expect(drift).toMatchObject({ exitCode: 1, advice: "Build." });
});

test("an issue holds only what was said: a text is a hint", () => {
  expect(issue("usage", undefined, "is wrong")).toEqual({ code: "usage", problem: "is wrong" });
  expect(issue("usage", "--as", "is wrong", "Try x.")).toEqual({
    code: "usage",
    place: "--as",
    problem: "is wrong",
    hint: "Try x.",
  });
  expect(issue("usage", "--as", "is wrong", { cause: "boom" })).toMatchObject({ cause: "boom" });
});

describe("attempts", () => {
  const step = async (item: string) => {
    if (item === "bad") throw failure("usage", item, "is wrong");
    if (item === "bug") throw new TypeError("a bug");
    return [item, item];
  };

  test("collect what came of each, and what was wrong with all", async () => {
    const { results, issues } = await attemptEach(["a", "bad", "b", "bad"], step);
    expect(results).toEqual(["a", "a", "b", "b"]);
    expect(issues.map(({ place }) => place)).toEqual(["bad", "bad"]);
  });

  test("stop at a bug of ours", async () => {
    await expect(attemptEach(["a", "bug"], step)).rejects.toThrow("a bug");
  });
});

test("issues are thrown together, and none are not", () => {
  expect(() => throwIssues([])).not.toThrow();
  const issues = [issue("usage", "a", "is wrong"), issue("usage", "b", "is wrong")];
  expect(thrownBy(() => throwIssues(issues))).toMatchObject({ issues });
});
