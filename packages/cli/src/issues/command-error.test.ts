import { readFileSync } from "node:fs";
import { PersonaKitError } from "@personakit/core";
import { describe, expect, test } from "vitest";
import { attemptEach, CommandError, failure, issue, throwIssues } from "./command-error.ts";

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
