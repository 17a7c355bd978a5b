import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nastyMarkdown } from "./blocks.testing.ts";
import { matchPassages } from "./match.ts";
import { passagesIn } from "./passages.ts";
import { split } from "./split.ts";

/** For each passage of the new text, the old one's text; undefined for what is new. */
function matched(old: string, now: string): (string | undefined)[] {
  const before = passagesIn(split(old));
  return matchPassages(before, passagesIn(split(now))).map((index) =>
    index === undefined ? undefined : before[index]?.text,
  );
}

const OLD = "# Rules\n\n- Tag each release.\n- Never log a password or a token.\n- Ask first.\n";

describe("a passage is found again", () => {
  test.each<[string, string, (string | undefined)[]]>([
    ["as it was", OLD, ["# Rules", "Tag each release.", "Never log a password or a token.", "Ask first."]],
    ["with other blanks", "# Rules\n- Tag  each\n  release.", ["# Rules", "Tag each release."]],
    ["in another place", "# Rules\n- Ask first.\n- Tag each release.", ["# Rules", "Ask first.", "Tag each release."]],
    [
      "under a renamed heading",
      OLD.replace("# Rules", "# House rules"),
      ["# Rules", "Tag each release.", "Never log a password or a token.", "Ask first."],
    ],
    ["as a step, where it was a bullet", "# Rules\n\n1. Tag each release.", ["# Rules", "Tag each release."]],
    [
      "with another word",
      OLD.replace("password", "secret"),
      ["# Rules", "Tag each release.", "Never log a password or a token.", "Ask first."],
    ],
    [
      "alone between the same neighbours",
      OLD.replace("Tag each release.", "Mark a release."),
      ["# Rules", "Tag each release.", "Never log a password or a token.", "Ask first."],
    ],
    [
      "moved and reworded",
      "# Other\n\n- Never log a password, a token or a name.\n",
      [undefined, "Never log a password or a token."],
    ],
    [
      "not where it says something else",
      OLD.replace("Tag each release.", "Write tests."),
      ["# Rules", undefined, "Never log a password or a token.", "Ask first."],
    ],
    [
      "not in a new passage beside it",
      OLD.replace("- Ask", "- Log in with a key.\n- Ask"),
      ["# Rules", "Tag each release.", "Never log a password or a token.", undefined, "Ask first."],
    ],
    ["once, of two that are the same", "- a\n- a\n- a", [undefined, undefined, undefined]],
  ])("%s", (_, now, expected) => {
    expect(matched(OLD, now)).toEqual(expected);
  });
});

describe("a passage that was moved", () => {
  const [tag, ask] = ["- Tag each release.\n", "- Ask first.\n"];

  test("is found again by what it says, and best in its own section", () => {
    const now = `- Do not log a password or a token.\n${tag}${ask}`;
    expect(matched(`${tag}${ask}- Never log a password or a token.\n`, now)[0]).toBe(
      "Never log a password or a token.",
    );
    expect(matched(`${tag}${ask}- Never log a token.\n`, now)[0]).toBeUndefined();
  });

  test("is found again by its id, as long as it says something of the same", () => {
    const start = "Log each failed payment attempt";
    const [old, now] = ["one two three four five six", "red blue green white black grey"];
    expect(matched(`- ${start} ${old}\n${tag}${ask}`, `${tag}${ask}- ${start} ${now}\n`)[2]).toBe(`${start} ${old}`);
    const [more, other] = [
      "a b c d e f g h i j k l m n o p q r s t ",
      "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 ",
    ];
    const long = matched(`- ${start} ${more.repeat(2)}\n${tag}${ask}`, `${tag}${ask}- ${start} ${other}\n`);
    expect(long[2]).toBeUndefined();
  });
});

test("everything is found in the same text, and no passage twice in any", () => {
  fc.assert(
    fc.property(nastyMarkdown, nastyMarkdown, (old, now) => {
      const [before, after] = [passagesIn(split(old)), passagesIn(split(now))];
      expect(matchPassages(before, before)).toEqual(before.map((_, index) => index));
      const found = matchPassages(before, after).filter((index) => index !== undefined);
      expect(new Set(found).size).toBe(found.length);
    }),
    { numRuns: 500 },
  );
});

test("two texts of thousands of passages that share nothing, or everything, are compared in seconds", () => {
  const of = (word: string) =>
    passagesIn(split(Array.from({ length: 3000 }, (_, at) => `- ${word} ${at % 7} of ${at}\n`).join("")));
  expect(matchPassages(of("one"), of("two"))).toHaveLength(3000);
  expect(matchPassages(of("one"), of("one"))).toEqual(Array.from({ length: 3000 }, (_, at) => at));
}, 20_000);
