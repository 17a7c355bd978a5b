import { describe, expect, test } from "vitest";
import published from "../../published-rules.json" with { type: "json" };
import { differingParts } from "./differing.ts";
import { type KnownRule, RuleIndex } from "./rule-index.ts";
import { stemsOf } from "./stems.ts";

const rules = Object.entries(published).flatMap(([fragment, texts]) =>
  Object.entries(texts).map(([rule, state]): KnownRule => {
    const [strength = "", text = ""] = state.split(/: ([\s\S]*)/);
    return { package: `@personakit/${fragment}`, path: `${fragment}/${rule}`, strength, text };
  }),
);
const index = new RuleIndex(rules);

function find(text: string, { above = "", file = "api tests security event background environment" } = {}) {
  const found = index.find({ text, above: [above], file: new Set(stemsOf(`${file} ${text}`)) });
  return found?.rule.path;
}

describe("a published rule", () => {
  test("is found for its own text, and with another number in it", () => {
    const asItStands = rules.map(({ path, text }) => ({ path, found: find(text, { file: path }) }));
    expect(asItStands.filter(({ path, found }) => found !== path)).toEqual([]);
    const other = (text: string) => text.replace(/\d+/, "7");
    const missed = rules.filter(({ path, text }) => find(other(text), { file: path }) === undefined);
    expect(missed.map(({ path }) => path)).toEqual([]);
  });

  test.each([
    ["Hash passwords with bcrypt", "security-checklist/passwords"],
    ["**Hashing**: passwords are hashed with bcrypt and must be", "security-checklist/passwords"],
    ["Unit tests for business logic", "testing-standards/coverageFloor"],
    ["Write unit tests for business logic (80%+ coverage)", "testing-standards/coverageFloor"],
    ["Implement rate limiting on public endpoints", "security-checklist/rateLimits"],
    ["Retry logic with exponential backoff and jitter", "background-jobs/retries"],
    ["Use environment variables for secrets", "environment-configuration/secretSource"],
  ])("is found for: %s", (text, path) => {
    expect(find(text)).toBe(path);
  });

  test.each([
    ["two words in common", "Hash the passwords"],
    ["a line that opens a list", "Hash passwords with bcrypt:"],
    ["a question", "Do you hash passwords with bcrypt?"],
    ["a quotation", '"Hash passwords with bcrypt"'],
    ["a link alone", "[Hash passwords with bcrypt](#hash-passwords)"],
    ["code alone", "`hash passwords bcrypt`"],
    ["the opposite", "Never hash passwords with bcrypt"],
    ["words from all over a rule", "Send the scheme of a memory iteration for passwords at a cost"],
    ["a topic of three common words", "Environment variable configuration"],
  ])("is not found for %s", (_, text) => {
    expect(find(text)).toBeUndefined();
  });

  test("is not found below a heading that turns a point around", () => {
    expect(find("Hash passwords with bcrypt", { above: "❌ Avoid:" })).toBeUndefined();
    expect(find("Hash passwords with bcrypt", { above: "Passwords" })).toBeDefined();
  });

  test("is not found in a file that never speaks of its topic", () => {
    expect(find("Test handlers with mock events", { file: "" })).toBeUndefined();
    expect(find("Test handlers with mock events", { file: "AWS Lambda" })).toBe("lambda-functions/handlerTests");
  });
});

test("what differs is said by meaning, not by order or form", () => {
  const marked = (text: string, other: string) =>
    differingParts(text, other)
      .map((part) => (part.differs ? `[${part.text}]` : part.text))
      .join("");
  const rule = "Retry three times, and never log passwords.";
  expect(marked("Logging a password is never right; retry 5 times.", rule)).toBe(
    "Logging a password is never [right]; retry [5] times.",
  );
  expect(marked(rule, "Password logging, times, three, retries")).toBe(rule);
});

test("words in any form have one stem", () => {
  const same = [
    ["validate", "validates", "validated", "validating", "validation", "validator"],
    ["query", "queries"],
    ["log", "logs", "logging", "logged"],
    ["class", "classes"],
    ["cache", "caches", "caching", "cached"],
  ];
  for (const words of same) expect(new Set(words.flatMap(stemsOf)), words[0]).toHaveProperty("size", 1);
  expect(stemsOf("You should never use the 404 of HTTP/2")).toEqual(["404", "http", "2"]);
});
