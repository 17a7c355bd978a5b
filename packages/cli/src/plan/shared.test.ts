import { compile, definePersona, must, section } from "@personakit/core";
import { countTokens, type Target, targets } from "@personakit/targets";
import { expect, test } from "vitest";
import { doubleLoading, SharedLimits } from "./shared.ts";

const target = (id: string, readers: readonly string[], more: Partial<Target> = {}): Target =>
  ({ id, readers, ...more }) as Partial<Target> as Target;

test.each([
  ["one tool", ["A"], ["A", "B"], "A loads both, so it loads each persona twice"],
  ["two tools", ["A", "B"], ["B", "A"], "A, B load both, so it loads each persona twice"],
])("two targets that %s loads are a warning", (_, first, second, problem) => {
  expect(doubleLoading([target("one", first), target("two", second)])).toEqual([
    { code: "loaded-twice", place: "one and two", problem, hint: "Build only one of them." },
  ]);
});

test.each([
  ["no tool loads both", [target("one", ["A"]), target("two", ["B"])]],
  ["they are those that are built by default", [target("claude-agent", ["A"]), target("agent-skill", ["A"])]],
])("there is no warning where %s", (_, chosen) => {
  expect(doubleLoading(chosen)).toEqual([]);
});

test.each([
  ["copilot-instructions", ["GitHub Copilot"]],
  ["claude-agent", ["Claude Code", "GitHub Copilot"]],
  ["cursor-rule", []],
])("a rule of Claude Code beside %s is loaded twice by %j", (other, tools) => {
  const issues = doubleLoading(targets.filter(({ id }) => id === "claude-rule" || id === other));
  expect(issues.map(({ problem }) => problem)).toEqual(
    tools.length === 0 ? [] : [expect.stringMatching(new RegExp(`^${tools.join(", ")} loads? both`))],
  );
});

const description = { does: "Does.", when: "When.", notFor: "Not." };
const use = [section({ id: "own", title: "Own", rules: { a: must("A.") } })];

/** A persona with a file of this size for a target. */
function member(id: string, size: number, on: Target) {
  const document = compile(definePersona({ id, title: "T", role: "R.", description, use }));
  const file = { path: `${id}.md`, text: "x".repeat(size), origins: [] };
  return {
    document,
    request: { targets: [on] },
    artifacts: [
      { ...file, targets: [on.id] },
      { ...file, targets: ["another"] },
    ],
  };
}

/** What goes over the limits of the members' targets. */
function sharedLimits(members: readonly ReturnType<typeof member>[]): ReturnType<SharedLimits["issues"]> {
  const limits = new SharedLimits();
  for (const each of members) limits.add(each);
  return limits.issues();
}

type Limit = NonNullable<Target["limits"]>[number];

const sizeOfFiles: Limit["measure"] = (_, artifacts) => artifacts.reduce((sum, { text }) => sum + text.length, 0);

function limited(severity: Limit["severity"], measure = sizeOfFiles): Target {
  const limit = { what: "all files", unit: "bytes", max: 100, beyond: "cuts", measure, severity } as const;
  return target("tight", [], { limits: [limit] });
}

test.each(["error", "warning"] as const)(
  "what goes over a limit is an %s as the limit says, with the largest",
  (severity) => {
    const tight = limited(severity);
    const members = [
      ["a", 10],
      ["b", 40],
      ["c", 20],
      ["d", 31],
    ].map(([id, size]) => member(String(id), Number(size), tight));
    const { errors, warnings } = sharedLimits(members);
    const over = {
      code: "shared-limit",
      place: "tight",
      problem: "all files takes 101 bytes; above 100 the tool cuts",
      hint: "Largest: b (40), d (31), c (20).",
    };
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [], [`${severity}s`]: [over] });
  },
);

test("what just fits is not over it", () => {
  const tight = limited("error");
  expect(sharedLimits([member("a", 100, tight)])).toEqual({ errors: [], warnings: [] });
});

test("what is built for another target does not count", () => {
  const tight = limited("error", () => 60);
  const other = target("other", []);
  const members = [member("a", 1, tight), member("b", 1, other)];
  expect(sharedLimits(members)).toEqual({ errors: [], warnings: [] });
});

test("what lies in place already is a warning, until something is built beside it", () => {
  const tight = limited("error");
  const inPlace = ["a", "b"].map((id) => {
    const { artifacts, ...each } = member(id, 60, tight);
    const [file] = artifacts.map((artifact) => ({ ...artifact, isOwnText: true as const }));
    const copy = file === undefined ? [] : [{ ...file, path: "copy.md" }];
    return { ...each, artifacts: file === undefined ? [] : [{ ...file, isSource: true as const }, ...copy] };
  });
  expect(sharedLimits(inPlace)).toMatchObject({ errors: [], warnings: [{ code: "shared-limit" }] });
  expect(sharedLimits([...inPlace, member("c", 1, tight)])).toMatchObject({ errors: [{}], warnings: [] });
});

test("a limit of tokens counts them as they are, with the largest, once they may be too many", () => {
  const agents = targets.filter(({ id }) => id === "claude-agent");
  const described = (id: string, words: number) => {
    const { request: _, ...each } = member(id, 1, target("claude-agent", []));
    return { ...each, document: { ...each.document, description: "an ".repeat(words) }, request: { targets: agents } };
  };
  const tokens = ({ document }: ReturnType<typeof described>) => countTokens(document.description);
  // By their characters alone, these would be too many.
  const [one, two, three] = [described("one", 5000), described("two", 4500), described("three", 6000)];
  expect(sharedLimits([one, three])).toEqual({ errors: [], warnings: [] });
  const total = tokens(one) + tokens(two) + tokens(three);
  expect(sharedLimits([one, two, three])).toMatchObject({
    errors: [],
    warnings: [
      {
        problem: expect.stringContaining(`takes ${total} tokens; above 15000 the tool`),
        hint: `Largest: three (${tokens(three)}), one (${tokens(one)}), two (${tokens(two)}).`,
      },
    ],
  });
});
