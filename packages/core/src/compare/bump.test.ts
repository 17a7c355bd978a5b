import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compile } from "../compile/compile.ts";
import { defineFragment, section } from "../define/define-fragment.ts";
import { definePersona } from "../define/define-persona.ts";
import { drop } from "../entries/kinds.ts";
import { markdown } from "../entries/markdown.ts";
import { prose } from "../entries/prose.ts";
import { may, must, point, should } from "../entries/rule.ts";
import { type Bump, bumpOf, greatestBump, isLess } from "./bump.ts";
import type { Change } from "./change.ts";
import { changesBetween } from "./changes.ts";
import { snapshot, snapshotOfFragment } from "./snapshot.ts";

type Params = Parameters<typeof defineFragment>[0]["params"];

/** The bump from one fragment to another. */
function ofFragments(
  before: { rules?: object; params?: Params; decides?: () => object },
  after: { rules?: object; params?: Params; decides?: () => object },
): Bump | undefined {
  const make = (spec: object) =>
    defineFragment({ id: "topic", title: "T", summary: "S.", rules: { kept: must("Keep.") }, ...spec } as never);
  const changes = changesBetween(snapshotOfFragment(make(before) as never), snapshotOfFragment(make(after) as never));
  return greatestBump(changes.map(bumpOf));
}

const kept = must("Keep.");

describe("a fragment's version", () => {
  const number = (min: number, max: number) => ({ coverage: z.number().min(min).max(max).default(50) });
  const choice = (...values: [string, ...string[]]) => ({ runner: z.enum(values).default("vitest") });
  const cases: readonly [string, Parameters<typeof ofFragments>, Bump | undefined][] = [
    ["nothing", [{}, {}], undefined],
    ["a rule in other words", [{}, { rules: { kept: must("Hold.") } }], "patch"],
    ["a rule added", [{}, { rules: { kept, more: should("More.") } }], "minor"],
    ["rules in another order", [{ rules: { kept, b: may("B.") } }, { rules: { b: may("B."), kept } }], "patch"],
    ["a rule removed", [{ rules: { kept, more: may("More.") } }, {}], "major"],
    ["a rule renamed", [{}, { rules: { held: kept } }], "major"],
    ["a must weakened", [{}, { rules: { kept: should("Keep.") } }], "major"],
    ["a should weakened", [{ rules: { kept: should("K.") } }, { rules: { kept: may("K.") } }], "minor"],
    ["a should raised", [{ rules: { kept: should("Keep.") } }, {}], "minor"],
    ["a rule made prose", [{}, { rules: { kept: prose("Keep.") } }], "major"],
    ["prose made a rule", [{ rules: { kept: prose("Keep.") } }, {}], "minor"],
    ["a decision changed", [{ decides: () => ({ a: 1 }) }, { decides: () => ({ a: 2 }) }], "major"],
    ["a decision taken back", [{ decides: () => ({ a: 1 }) }, {}], "major"],
    ["a decision added", [{}, { decides: () => ({ a: 1 }) }], "minor"],
    ["a parameter added", [{}, { params: number(0, 100) }], "minor"],
    ["a parameter removed", [{ params: number(0, 100) }, {}], "major"],
    ["a parameter narrowed", [{ params: number(0, 100) }, { params: number(0, 90) }], "major"],
    ["a parameter widened", [{ params: number(10, 90) }, { params: number(0, 100) }], "minor"],
    ["a choice removed", [{ params: choice("vitest", "jest") }, { params: choice("vitest") }], "major"],
    ["a choice added", [{ params: choice("vitest") }, { params: choice("vitest", "jest") }], "minor"],
    [
      "reworded and weakened at once",
      [{ rules: { kept, b: must("B.") } }, { rules: { kept: must("H."), b: may("B.") } }],
      "major",
    ],
  ];
  const deeper: object = { list: "asWritten", depth: 3 };
  const written: object = { list: "asWritten" };
  const holding = (rule: object) => ({ ...written, rules: { kept: rule } });
  const points: readonly [string, Parameters<typeof ofFragments>, Bump | undefined][] = [
    ["a point that gets a strength", [holding(point("K.")), holding(must("K."))], "minor"],
    ["a must that becomes a point", [holding(must("K.")), holding(point("K."))], "major"],
    ["a may that becomes a point", [holding(may("K.")), holding(point("K."))], "minor"],
    ["a point in other words", [holding(point("K.")), holding(point("L."))], "patch"],
    [
      "a point within a point in other words",
      [holding(point("K.", { items: ["a"] })), holding(point("K.", { items: ["b"] }))],
      "patch",
    ],
    ["a point that becomes prose", [holding(point("K.")), holding(prose("K."))], "major"],
    ["blank lines above a point", [holding(point("K.")), holding(point("K.", { blank: 2 }))], "patch"],
    ["another mark", [holding(point("K.")), holding(point("K.", { style: "steps" }))], "patch"],
    ["another depth", [{ ...written }, deeper], "patch"],
    ["Markdown in other words", [holding(markdown("> K.")), holding(markdown("> L."))], "patch"],
  ];
  test.each([...cases, ...points])("%s", (_, [before, after], bump) => {
    expect(ofFragments(before, after)).toBe(bump);
  });
});

describe("a persona's version", () => {
  const topic = (text: string, strength = must) =>
    defineFragment({ id: "topic", title: "T", summary: "S.", rules: { a: strength(text), b: must("B.") } });
  const own = section({ id: "own", title: "Own", rules: { c: must("C.") } });
  const description = { does: "Does.", when: "When.", notFor: "Not.", triggers: ["api", "sql"] };
  const base = (change: object = {}, used = topic("A.")) =>
    definePersona({ id: "dev", title: "Dev", description, role: "R.", use: [used, own], ...change });
  const bump = (before: ReturnType<typeof base>, after: ReturnType<typeof base>) =>
    greatestBump(changesBetween(snapshot(compile(before)), snapshot(compile(after))).map(bumpOf));

  const cases: readonly [string, object, object, Bump | undefined][] = [
    ["tools widened", { tools: ["read"] }, { tools: ["read", "shell"] }, "major"],
    ["a restriction lifted", { tools: ["read"] }, {}, "major"],
    ["tools narrowed", { tools: ["read", "shell"] }, { tools: ["read"] }, "minor"],
    ["a restriction set", {}, { tools: ["read"] }, "minor"],
    ["a server added", {}, { mcpServers: ["context7"] }, "major"],
    ["a server removed", { mcpServers: ["context7"] }, {}, "minor"],
    ["a trigger removed", {}, { description: { ...description, triggers: ["api"] } }, "major"],
    ["a trigger added", {}, { description: { ...description, triggers: ["api", "sql", "queue"] } }, "minor"],
    ["a tool more in one target", { exactTools: { a: ["Read"] } }, { exactTools: { a: ["Read", "Bash"] } }, "major"],
    ["a tool less in one target", { exactTools: { a: ["Read", "Bash"] } }, { exactTools: { a: ["Read"] } }, "minor"],
    ["a target's tools unnamed", { exactTools: { a: ["Read"] } }, {}, "major"],
    ["a word left to the tool", {}, { substitutions: { a: ["$1"] } }, "major"],
    ["a word less left to the tool", { substitutions: { a: ["$1", "$2"] } }, { substitutions: { a: ["$1"] } }, "minor"],
    ["a field added", {}, { fields: { a: { turns: 1 } } }, "minor"],
    ["a field changed", { fields: { a: { turns: 1 } } }, { fields: { a: { turns: 2 } } }, "major"],
    ["a field removed", { fields: { a: { turns: 1 } } }, {}, "major"],
    ["an unchecked field", {}, { uncheckedFields: { a: { turns: 1 } } }, "major"],
    ["another model", { model: "fast" }, { model: "deep" }, "minor"],
    ["sections in another order", {}, { use: [own, topic("A.")] }, "patch"],
    ["another role", {}, { role: "Another." }, "patch"],
    ["a section dropped", {}, { use: [topic("A.")] }, "major"],
  ];
  test.each(cases)("%s", (_, before, after, expected) => {
    expect(bump(base(before), base(after))).toBe(expected);
  });

  test("is a fragment's major change where the rule is rendered, and none where it is dropped or replaced", () => {
    const [before, after] = [topic("A."), topic("A.", should)];
    const dropping = (used: typeof before) =>
      base({}, used).extend({ id: "mine", rules: { topic: { a: drop("No.") } } });
    const replacing = (used: typeof before) =>
      base({}, used).extend({ id: "mine", rules: { topic: { a: must("Ours.") } } });
    expect(bump(base({}, before), base({}, after))).toBe("major");
    expect(bump(dropping(before) as never, dropping(after) as never)).toBeUndefined();
    expect(bump(replacing(before) as never, replacing(after) as never)).toBeUndefined();
  });
});

test("a rule with the same text under another id is renamed, one for one", () => {
  const about = {};
  const before = { rules: { "t/a": "must: A.", "t/b": "must: A.", "t/c": "must: C." }, about };
  const after = { rules: { "t/c": "must: C.", "t/d": "must: A.", "u/a": "should: A." }, about };
  expect(changesBetween(before, after)).toEqual([
    { kind: "renamed", path: "t/d", from: "t/a", before: "must: A.", after: "must: A." },
    { kind: "added", path: "u/a", after: "should: A." },
    { kind: "removed", path: "t/b", before: "must: A." },
  ]);
});

/** A change as `changesBetween` makes it. */
function change(kind: Change["kind"], path: string, before?: string, after?: string): Change {
  return { kind, path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

describe("one change", () => {
  const rules: readonly [Change["kind"], string | undefined, string | undefined, Bump][] = [
    ["reworded", "must: Do it.", "must: Do that.", "patch"],
    ["reworded", "prose: It is done.", "prose: That is done.", "patch"],
    ["added", undefined, "must: Do it.", "minor"],
    ["added", undefined, "prose: It is done.", "minor"],
    ["strengthened", "should: Do it.", "must: Do it.", "minor"],
    ["weakened", "must: Do it.", "should: Do it.", "major"],
    ["weakened", "should: Do it.", "may: Do it.", "minor"],
    ["removed", "must: Do it.", undefined, "major"],
    ["removed", "prose: It is done.", undefined, "major"],
    ["changed", "prose: It is done.", "must: Do it.", "minor"],
    ["changed", "must: Do it.", "prose: It is done.", "major"],
    ["changed", "prose: It is done.", "table: A", "patch"],
  ];
  test.each(rules)("of a rule: %s from %j to %j is %s", (kind, before, after, bump) => {
    expect(bumpOf(change(kind, "topic/a", before, after))).toBe(bump);
  });

  const others: readonly [string, string | undefined, string | undefined, Bump][] = [
    ["triggers", "api, sql", "api", "major"],
    ["triggers", "api", "sql, api", "minor"],
    ["tools", "read", "read, shell", "major"],
    ["tools", "read, edit", "read, shell", "major"],
    ["tools", "read", undefined, "major"],
    ["tools", undefined, "read", "minor"],
    ["tools", "read, shell", "read", "minor"],
    ["mcpServers", "context7", "context7, github", "major"],
    ["mcpServers", undefined, "context7", "major"],
    ["mcpServers", "context7", undefined, "minor"],
    ["mcpServers", "context7, github", "github", "minor"],
    ["decision testing.coverage", undefined, "80", "minor"],
    ["decision testing.coverage", "80", "90", "major"],
    ["decision testing.coverage", "80", undefined, "major"],
    ["reference guide", "Guide: lost", undefined, "major"],
    ["reference guide", undefined, "Guide: lost", "minor"],
    ["reference guide", "Guide: lost", "Guide: found", "patch"],
    ["param coverage", undefined, '{"type":"number"}', "minor"],
    ["param coverage", '{"type":"number"}', undefined, "major"],
    ["param coverage", '{"type":"number","default":80}', '{"type":"number","default":90}', "minor"],
    ["model", "fast", "deep", "minor"],
    ["paths", "src/**", "test/**", "minor"],
    ["list", "bullets", "steps", "patch"],
    ["title", "A", "B", "patch"],
    ["role", "A.", "B.", "patch"],
  ];
  test.each(others)("of %s: from %j to %j is %s", (path, before, after, bump) => {
    const kind = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    expect(bumpOf(change(kind, path, before, after))).toBe(bump);
  });

  const list = (maximum: number) => ({ type: "array", items: { type: "number", maximum } });
  const schemas: readonly [object, object, Bump][] = [
    [{ type: "number" }, { type: "string" }, "major"],
    [{ type: "string" }, { type: "string", pattern: "^a" }, "major"],
    [{ type: "string", pattern: "^a" }, { type: "string", pattern: "^b" }, "major"],
    [{ type: "string", pattern: "^a" }, { type: "string" }, "minor"],
    [{ type: "string" }, { type: "string", enum: ["a"] }, "major"],
    [{ type: "string", enum: ["a"] }, { type: "string" }, "minor"],
    [list(9), list(8), "major"],
    [list(8), list(9), "minor"],
    [{ type: "array" }, list(9), "major"],
    ...["minimum", "exclusiveMinimum", "minLength", "minItems"].flatMap((bound): [object, object, Bump][] => [
      [{ [bound]: 1 }, { [bound]: 2 }, "major"],
      [{}, { [bound]: 1 }, "major"],
      [{ [bound]: 2 }, { [bound]: 1 }, "minor"],
      [{ [bound]: 1 }, {}, "minor"],
    ]),
    ...["maximum", "exclusiveMaximum", "maxLength", "maxItems"].flatMap((bound): [object, object, Bump][] => [
      [{ [bound]: 2 }, { [bound]: 1 }, "major"],
      [{}, { [bound]: 1 }, "major"],
      [{ [bound]: 1 }, { [bound]: 2 }, "minor"],
      [{ [bound]: 1 }, {}, "minor"],
    ]),
  ];
  test.each(schemas)("of a parameter: from %j to %j is %s", (before, after, bump) => {
    expect(bumpOf(change("changed", "param p", JSON.stringify(before), JSON.stringify(after)))).toBe(bump);
  });
});

test.each<[Bump[], Bump | undefined]>([
  [[], undefined],
  [["patch"], "patch"],
  [["minor", "patch"], "minor"],
  [["patch", "major", "minor"], "major"],
])("the greatest of %j is %s", (bumps, greatest) => {
  expect(greatestBump(bumps)).toBe(greatest);
});

test.each<[Bump, Bump, boolean]>([
  ["patch", "minor", true],
  ["minor", "major", true],
  ["minor", "minor", false],
  ["major", "patch", false],
])("a %s is less than a %s: %s", (bump, other, expected) => {
  expect(isLess(bump, other)).toBe(expected);
});
