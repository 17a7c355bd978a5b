import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compile } from "../compile/compile.ts";
import { must } from "../entries/rule.ts";
import { md } from "../markdown/md.ts";
import { defineFragment, section } from "./define-fragment.ts";
import { definePersona } from "./define-persona.ts";

const base = { title: "T", summary: "S.", rules: { one: must("One.") } };

describe("defineFragment", () => {
  test.each([
    [{ ...base, id: "Error Handling" }, 'fragment "Error Handling": the id is not kebab-case.'],
    [{ ...base, id: "a", title: " " }, "title is missing or empty"],
    [{ ...base, id: "a", summary: "" }, "summary is missing or empty"],
    [{ ...base, id: "a", title: "A\nB" }, 'fragment "a": title has line breaks'],
    [{ ...base, id: "a", summary: "A\n\nB" }, 'fragment "a": summary has line breaks'],
    [
      { ...base, id: "a", rules: { one: must("A:\n - b\n - c") } },
      'fragment "a", rule "one": the text has a list in it',
    ],
    [{ ...base, id: "a", rules: { one: must("A.", { why: "B\nC" }) } }, 'rule "one": why has line breaks'],
    [{ ...base, id: "a", rules: {} }, "there are no rules. A heading with nothing under it says so: keep: true."],
    [{ ...base, id: "a", rules: {}, keep: false }, "there are no rules"],
    [{ ...base, id: "a", keep: "yes" }, "keep is not true or false"],
    [{ ...base, id: "a", title: false, keep: true }, "there is no title to keep"],
    [{ ...base, id: "a", title: "" }, "title is missing or empty"],
    [{ ...base, id: "a", depth: 0 }, "the depth is not a whole number from 1 to 6"],
    [{ ...base, id: "a", depth: 7 }, "the depth is not a whole number from 1 to 6"],
    [{ ...base, id: "a", depth: "3" }, "the depth is not a whole number from 1 to 6"],
    [{ ...base, id: "a", rules: { "no-flaky": must("x") } }, 'rule "no-flaky": the id is not camelCase'],
    [{ ...base, id: "a", params: { p: z.number() } }, "params.p: there is no default"],
    [
      {
        ...base,
        id: "a",
        params: {
          p: z
            .string()
            .transform((text) => text.split(","))
            .default(["x"]),
        },
      },
      "params.p: the schema does not accept its own default. Leave out transforms.",
    ],
    [{ ...base, id: "a", params: { p: 80 } }, "params.p: this is not a zod schema"],
    [{ ...base, id: "a", list: "bulets" }, 'there is no list style "bulets". Did you mean "bullets"?'],
    [{ ...base, id: "a", decides: { x: 1 } }, "decides is not a function"],
    [{ ...base, id: "a", rule: {} }, 'there is no option "rule". Did you mean "rules"?'],
    [{ ...base, id: "a", rules: { one: "One." } }, 'rule "one": this is not a rule'],
    [undefined, "there is nothing to define"],
  ])("refuses %o", (spec, message) => {
    expect(() => defineFragment(spec as never)).toThrow(message);
  });

  test.each([
    [() => fail("of mine"), "of mine"],
    [async () => true, "Promise during synchronous parse"],
  ])("throws what a check of a parameter's schema throws", (check, message) => {
    const params = { p: z.number().refine(check).default(1) };
    expect(() => defineFragment({ ...base, id: "a", params })).toThrow(message);
  });

  test("names every mistake at once", () => {
    expect(() => defineFragment({ ...base, id: "A", title: "" })).toThrow(/kebab-case[\s\S]*title is missing or empty/);
  });
});

describe("with", () => {
  const fragment = defineFragment({
    id: "testing",
    title: "T",
    summary: "S.",
    params: { coverage: z.number().int().max(100).default(80), runner: z.enum(["vitest", "jest"]).default("vitest") },
    rules: { floor: ({ coverage, runner }) => must(md`${coverage} with ${runner}`) },
  });

  test("sets a value and keeps the other defaults", () => {
    expect(fragment.with({ coverage: 90 }).values).toEqual({ coverage: 90, runner: "vitest" });
  });

  test("leaves the fragment that it is called on as it is", () => {
    fragment.with({ coverage: 90 });
    expect(fragment.values.coverage).toBe(80);
  });

  test("suggests the nearest parameter", () => {
    expect(() => fragment.with({ coverge: 90 } as never)).toThrow(
      'fragment "testing": there is no parameter "coverge". Did you mean "coverage"?',
    );
  });

  test("refuses a value that the schema refuses", () => {
    expect(() => fragment.with({ coverage: 120 })).toThrow('fragment "testing", params.coverage: Too big');
    expect(() => fragment.with({ runner: "mocha" } as never)).toThrow("params.runner: Invalid option");
  });

  test("does not take names from the prototype for parameters", () => {
    expect(() => fragment.with({ toString: 1 } as never)).toThrow('there is no parameter "toString"');
  });
});

function fail(message: string): never {
  throw new Error(message);
}

describe("a misspelt option of an entry", () => {
  const defined = (entry: unknown) => section({ id: "own", title: "Own", rules: { a: entry as never } });
  test.each<[string, unknown, string]>([
    [
      "of a rule",
      must("A.", { itmes: ["one"] } as object),
      'rule "a": there is no option "itmes". Did you mean "items"?',
    ],
    [
      "of a point within it",
      must("A.", { items: [{ text: "one", itmes: ["two"] } as never] }),
      'rule "a", items[0]: there is no option "itmes". Did you mean "items"?',
    ],
    [
      "of a deprecation",
      must("A.", { deprecated: { reason: "Gone.", sucessor: "b" } as never }),
      'rule "a", deprecated: there is no option "sucessor". Did you mean "successor"?',
    ],
    ["of prose", { kind: "prose", text: "A.", brakes: true }, 'there is no option "brakes". Did you mean "breaks"?'],
    ["of Markdown", { kind: "markdown", text: "A.", blnk: 1 }, 'there is no option "blnk". Did you mean "blank"?'],
    [
      "of a table",
      { kind: "table", columns: ["A"], rows: [["1"]], delimeter: "|-|" },
      'there is no option "delimeter". Did you mean "delimiter"?',
    ],
    ["of code", { kind: "example", language: "", code: "a", exakt: true }, 'Did you mean "exact"?'],
  ])("%s is refused", (_, entry, message) => {
    expect(() => defined(entry)).toThrow(message);
  });

  test("is refused where a function makes the entry", () => {
    const made = () =>
      defineFragment({
        id: "own",
        title: "Own",
        summary: "S.",
        params: { on: z.boolean().default(true) },
        rules: { a: ({ on }) => must("A.", { itmes: [String(on)] } as object) },
      });
    const used = () =>
      compile(
        definePersona({
          id: "dev",
          title: "T",
          role: "R.",
          description: { does: "D.", when: "W.", notFor: "" },
          use: [made()],
        }),
      );
    expect(used).toThrow('there is no option "itmes"');
  });
});

test.each([null, false])("a function that returns %s is told what stands for nothing", (nothing) => {
  expect(() => section({ id: "own", title: "Own", rules: { a: nothing as never } })).toThrow("return undefined");
});
