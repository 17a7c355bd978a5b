import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  type Bump,
  bumpOf,
  changesBetween,
  compile,
  defineFragment,
  definePersona,
  drop,
  greatestBump,
  may,
  must,
  prose,
  section,
  should,
  snapshot,
  snapshotOfFragment,
} from "../index.ts";

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
  test.each(cases)("%s", (_, [before, after], bump) => {
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
