import { describe, expect, test } from "vitest";
import { formatIssue, hintFor, type Issue, Issues, issuesOf, PersonaKitError } from "./issue.ts";

/** What a collector has found. */
function found(issues: Issues): readonly Issue[] {
  try {
    issues.throw();
    return [];
  } catch (error) {
    return issuesOf(error) ?? [];
  }
}

describe("a place", () => {
  test.each([
    [[], 'persona "x"'],
    [["params"], 'persona "x", params'],
    [[".csrf"], 'persona "x".csrf'],
    [["[0]"], 'persona "x"[0]'],
    [['reference "deep"', "use[0]"], 'persona "x", reference "deep", use[0]'],
    [['rules["security"]', ".csrf"], 'persona "x", rules["security"].csrf'],
    [["references.drop", '["deep"]', ".reason"], 'persona "x", references.drop["deep"].reason'],
  ])("further in by %j is %s", (parts, place) => {
    const issues = parts.reduce((at, part) => at.at(part), new Issues('persona "x"'));
    expect(issues.place).toBe(place);
    issues.add("missing-text", "title is missing");
    expect(found(issues)).toStrictEqual([{ code: "missing-text", place, problem: "title is missing" }]);
  });
});

describe("a collector", () => {
  test("throws all that was found, at all places, and nothing when there is nothing", () => {
    const issues = new Issues("a");
    expect(() => issues.throw()).not.toThrow();
    issues.at("b").add("wrong-type", "it is no list", "Expected a list.");
    issues.at("c").at(".d").add("missing-text", "it is empty");
    expect(issues.found.length).toBe(2);
    expect(() => issues.throw()).toThrow("a, b: it is no list. Expected a list.\na, c.d: it is empty.");
  });

  test("says of an unknown name what it should be, and what it is about", () => {
    const issues = new Issues("a");
    issues.unknown("list-style", "bulets", ["bullets"]);
    issues.unknown("rule", "crsf", ["csrf"], "security/crsf");
    expect(found(issues)).toEqual([
      {
        code: "unknown-list-style",
        place: "a",
        problem: 'there is no list style "bulets"',
        hint: 'Did you mean "bullets"?',
        subject: "bulets",
      },
      {
        code: "unknown-rule",
        place: "a",
        problem: 'there is no rule "crsf"',
        hint: 'Did you mean "csrf"?',
        subject: "security/crsf",
      },
    ]);
  });

  test("refuses keys that nothing reads", () => {
    const issues = new Issues("a");
    issues.unknownKeys({ title: "T", titel: "T" }, ["title", "role"]);
    expect(found(issues)).toMatchObject([{ code: "unknown-option", subject: "titel" }]);
  });

  test.each(["", " \n\t", undefined, null, 3, ["text"]])("refuses %j where a text must be", (text) => {
    const issues = new Issues("a");
    issues.wrongTexts({ title: "T", role: text });
    expect(found(issues)).toEqual([{ code: "missing-text", place: "a", problem: "role is missing or empty" }]);
  });
});

describe("issues that a step throws", () => {
  test("are filed at the collector's place, with all that they say", () => {
    const issues = new Issues('persona "x"');
    issues.add("missing-text", "title is missing");
    issues.collect(() => {
      throw new PersonaKitError([
        { code: "invalid-parameter", place: 'fragment "a", params.p', problem: "Too big", hint: "H.", subject: "p" },
        { code: "unread", problem: "it cannot be read", cause: "EACCES" },
      ]);
    });
    expect(found(issues)).toEqual([
      { code: "missing-text", place: 'persona "x"', problem: "title is missing" },
      {
        code: "invalid-parameter",
        place: 'persona "x", fragment "a", params.p',
        problem: "Too big",
        hint: "H.",
        subject: "p",
      },
      { code: "unread", place: 'persona "x"', problem: "it cannot be read", cause: "EACCES" },
    ]);
  });

  test("are filed only where they are issues: a bug goes through", () => {
    const bug = new TypeError("x is not a function");
    const issues = new Issues("a");
    expect(() =>
      issues.collect(() => {
        throw bug;
      }),
    ).toThrow(bug);
    expect(issues.found.length).toBe(0);
  });
});

test.each<[Partial<Issue>, string]>([
  [{}, "it cannot be read."],
  [{ place: "a.json" }, "a.json: it cannot be read."],
  [{ cause: "EACCES" }, "it cannot be read: EACCES."],
  [{ cause: "Permission denied." }, "it cannot be read: Permission denied."],
  [{ hint: "Allow it." }, "it cannot be read. Allow it."],
  [{ place: "a.json", cause: "EACCES", hint: "Allow it." }, "a.json: it cannot be read: EACCES. Allow it."],
  [{ subject: "a" }, "it cannot be read."],
])("an issue with %j reads %j", (parts, line) => {
  expect(formatIssue({ code: "unread", problem: "it cannot be read", ...parts })).toBe(line);
});

describe("the issues of an error", () => {
  const issue: Issue = { code: "unread", problem: "it cannot be read" };

  test("are known where another copy of core has thrown it", async () => {
    const path = "./issue.ts?copy";
    const copy: { PersonaKitError: typeof PersonaKitError } = await import(path);
    const error = new copy.PersonaKitError([issue]);
    expect(error).not.toBeInstanceOf(PersonaKitError);
    expect(issuesOf(error)).toEqual([issue]);
  });

  test.each([
    ["another error", new Error("no")],
    ["another error with issues", Object.assign(new Error("no"), { issues: [issue] })],
    ["an error of that name without issues", Object.assign(new Error("no"), { name: "PersonaKitError" })],
    ["what is no error", { name: "PersonaKitError", issues: [issue] }],
    ["nothing", undefined],
  ])("are none of %s", (_, error) => {
    expect(issuesOf(error)).toBeUndefined();
  });
});

test.each([
  ["crsf", ["hash", "csrf"], 'Did you mean "csrf"?'],
  ["sonnet", ["fast", "balanced", "deep"], "Known: fast, balanced, deep."],
  ["sonnet", [], "There are none."],
])("the hint for %s among %j is %s", (name, known, hint) => {
  expect(hintFor(name, known)).toBe(hint);
});
