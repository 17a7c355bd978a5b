import { expect, test } from "vitest";
import type { Catalogue } from "./catalogue.ts";
import { covers, search } from "./search.ts";

const fragment = (id: string, summary: string, rules: readonly string[], params = {}) => ({
  ...{ package: `@acme/${id}`, id, summary, tokens: 10, rules, params },
});
const persona = (id: string, summary: string, triggers: readonly string[], fragments: readonly string[]) => ({
  ...{ package: `@acme/persona-${id}`, export: id, id, summary, tokens: 100, triggers, fragments },
});

const catalogue: Catalogue = {
  personas: [
    persona("web-developer", "Builds sites with Next.js.", ["Route Handler"], ["sessions"]),
    persona("lambda-developer", "Builds functions.", ["API"], ["queues"]),
    persona("reviewer", "Reviews.", [], []),
  ],
  fragments: [
    fragment("queues", "How work waits for workers.", ["visibilityTimeout", "deadLetters"]),
    fragment("sessions", "How callers stay known.", ["hashPasswords", "rotateTokens"]),
    fragment("webhooks", "How events of others are verified.", ["signature"], { retention: {} }),
  ],
};
const found = (query: string) => search(query, catalogue).map(({ id }) => id);

test.each([
  ["an id", "webhooks", ["webhooks"]],
  ["a part of an id", "lambda", ["lambda-developer"]],
  ["a word of the summary", "verified", ["webhooks"]],
  ["the topic of a rule, and what is made of it", "dead letters", ["queues", "lambda-developer"]],
  ["a parameter", "retention", ["webhooks"]],
  ["words in another case", "HASH Passwords", ["sessions", "web-developer"]],
  ["a plural, or the one of it", "password queue", ["queues", "sessions", "web-developer", "lambda-developer"]],
  ["a trigger", "route handlers", ["web-developer"]],
  ["a name with a dot, whole", "next.js", ["web-developer"]],
  ["a name with a dot, without it", "nextjs", ["web-developer"]],
  ["a name with a dot, in two words", "next js", ["web-developer"]],
  ["a misspelt word", "lamda", ["lambda-developer"]],
  ["nothing that there is", "gardening", []],
  ["words that are everywhere", "the persona for a fragment", []],
  ["an empty query", "", []],
])("a search finds %s", (_, query, ids) => {
  expect(found(query)).toEqual(ids);
});

test("what has more of the words comes first, then what has them in the more telling place", () => {
  expect(found("developer tokens")).toEqual(["web-developer", "lambda-developer", "sessions"]);
  expect(found("developer")).toEqual(["web-developer", "lambda-developer"]);
});

test("the catalogue's order decides between equals, so that a search always says the same", () => {
  const turned = { ...catalogue, personas: [...catalogue.personas].reverse() };
  expect(search("developer", turned).map(({ id }) => id)).toEqual(["lambda-developer", "web-developer"]);
});

test("a word is covered only where the catalogue has it letter by letter", () => {
  expect(covers("lambda", catalogue)).toBe(true);
  expect(covers("lamda", catalogue)).toBe(false);
  expect(covers("lambda-gardening", catalogue)).toBe(false);
  expect(covers("persona", catalogue)).toBe(false);
});
