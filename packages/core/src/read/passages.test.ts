import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KEBAB_CASE, RULE_ID } from "../model/names.ts";
import { anyCharacters, nastyMarkdown } from "./blocks.testing.ts";
import { passagesIn } from "./passages.ts";
import { split } from "./split.ts";

function idsOf(text: string, lists?: "items" | "whole"): string[] {
  return passagesIn(split(text), lists).map(({ section, id }) => `${section}/${id}`);
}

test.each<[string, string[]]>([
  ["Text first.\n\n# A title", ["opening/textFirst", "a-title/heading"]],
  [
    "## How to release a package to npm and tell people\n\n- Always tag the commit.\n- Write `HTTP` codes as numbers.\n\n```sh\nnpm publish\n```",
    [
      "how-to-release-a-package/heading",
      "how-to-release-a-package/alwaysTagCommit",
      "how-to-release-a-package/writeHttpCodesNumbers",
      "how-to-release-a-package/shNpmPublish",
    ],
  ],
  // A rule that becomes stricter keeps its id.
  ["- You must lint.\n", ["opening/lint"]],
  ["- You should lint.\n", ["opening/lint"]],
  ["1. [ ] **Bold label**: the rest", ["opening/boldLabelRest"]],
  ["- [x] See [the page](https://a.example/b) of `AbortController`", ["opening/seePageAbortController"]],
  ["- Don't café", ["opening/dontCafe"]],
  ["- 2 or 3 tests\n- 42", ["opening/tests", "opening/item1"]],
  // Words of nothing but stop words are better than none.
  ["- For each of them", ["opening/forEachOfThem"]],
  ["---\n\n- 日本語\n- 中文\n\n***", ["opening/break1", "opening/item1", "opening/item2", "opening/break2"]],
  [
    "- Keep the log of requests short\n- Keep the log of requests private",
    ["opening/keepLogRequestsShort", "opening/keepLogRequestsPrivate"],
  ],
  [
    "- alpha beta gamma delta one\n- alpha beta gamma delta two\n- alpha beta gamma delta",
    ["opening/alphaBetaGammaDeltaOne", "opening/alphaBetaGammaDeltaTwo", "opening/alphaBetaGammaDelta"],
  ],
  ["- Same\n- Same\n- Same 2", ["opening/same", "opening/same3", "opening/same2"]],
  ["# A\n# A\n# a 2", ["a/heading", "a2/heading", "a-2/heading"]],
  ["# Opening\n", ["opening/heading"]],
  ["a\n# Opening", ["opening/a", "opening2/heading"]],
  ["# Heading\n\nHeading", ["heading/heading", "heading/heading2"]],
])("the ids in %j", (text, ids) => {
  expect(idsOf(text)).toEqual(ids);
});

test("a list may be one passage", () => {
  expect(idsOf("- Tag it.\n- Push it.\n", "whole")).toEqual(["opening/tagPush"]);
});

test("a passage has its lines, its gap and its text", () => {
  const [, first, second] = passagesIn(split("# A\n\n\n-  one\n   two\n\n10. three"));
  expect(first).toMatchObject({ kind: "item", first: 4, last: 5, gap: 2, text: "one\n   two" });
  expect(second).toMatchObject({ kind: "item", first: 7, gap: 1, text: "three" });
});

describe("ids", () => {
  test("are ids, and no two the same, in any text", () => {
    fc.assert(
      fc.property(fc.oneof(nastyMarkdown, anyCharacters, fc.string({ unit: "grapheme" })), (text) => {
        const passages = passagesIn(split(text));
        for (const { section, id } of passages) {
          expect(section).toMatch(KEBAB_CASE);
          expect(id).toMatch(RULE_ID);
        }
        expect(new Set(idsOf(text)).size).toBe(passages.length);
      }),
      { numRuns: 1000 },
    );
  });

  test("do not depend on what stands elsewhere, unless it says the same", () => {
    const word = fc.constantFrom("alpha", "beta", "gamma", "delta", "tests", "logs", "the", "of");
    const item = fc.array(word, { minLength: 3, maxLength: 9 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.uniqueArray(item, { maxLength: 12 }), item, fc.nat(), (items, other, at) => {
        const before = passagesIn(split(items.map((text) => `- ${text}\n`).join("")));
        const where = at % (items.length + 1);
        const after = passagesIn(
          split(
            items
              .toSpliced(where, 0, other)
              .map((text) => `- ${text}\n`)
              .join(""),
          ),
        );
        const added = after.splice(where, 1)[0];
        const start = /^[a-z]+(?:[A-Z][a-z]*){0,3}/.exec(added?.id ?? "")?.[0] ?? "";
        for (const [index, { id }] of before.entries()) {
          if (!id.startsWith(start)) expect(after[index]?.id).toBe(id);
        }
      }),
      { numRuns: 300 },
    );
  });
});
