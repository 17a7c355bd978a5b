import { defineFragment, definePersona, md, must } from "@personakit/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { CommandError } from "../issues/command-error.ts";
import { paramsOfUnit, readSettings } from "./settings.ts";

const fragment = defineFragment({
  id: "testing-standards",
  title: "T",
  summary: "S.",
  params: {
    coverage: z.number().int().min(0).max(100).default(80),
    runner: z.enum(["vitest", "jest"]).default("vitest"),
    brokers: z.array(z.enum(["SQS", "SNS", "Kafka"])).default(["SQS"]),
    strict: z.boolean().default(false),
    owner: z.string().default("us"),
    ports: z.array(z.number()).default([]),
    ratio: z.number().positive().default(1),
  },
  rules: { a: ({ coverage }) => must(md`Cover ${coverage} %.`) },
});
const persona = definePersona({
  ...{ id: "p", title: "P", role: "R.", description: { does: "D.", when: "W.", notFor: "N." } },
  use: [fragment],
});
const params = paramsOfUnit(persona);
const read = (...settings: readonly string[]) => readSettings(settings, params);

test.each([
  ["coverage=90", { coverage: 90 }],
  ["runner=jest", { runner: "jest" }],
  ["brokers=SNS", { brokers: ["SNS"] }],
  ["brokers=SNS, Kafka", { brokers: ["SNS", "Kafka"] }],
  ["strict=true", { strict: true }],
  // A text stays a text, whatever else it could be.
  ["owner=90", { owner: "90" }],
  ["owner=a=b", { owner: "a=b" }],
  ["ports=1,2", { ports: [1, 2] }],
])("%s is read as its parameter has it", (setting, expected) => {
  expect(read(`testing-standards.${setting}`)).toEqual({ "testing-standards": expected });
});

test("several settings are put together, and the last word counts", () => {
  const settings = ["coverage=90", "runner=jest", "coverage=95"].map((each) => `testing-standards.${each}`);
  expect(read(...settings)).toEqual({ "testing-standards": { coverage: 95, runner: "jest" } });
});

test("the value that the persona has is known, not only the default", () => {
  const jest = definePersona({
    ...{ id: "q", title: "Q", role: "R.", description: { does: "D.", when: "W.", notFor: "N." } },
    use: [fragment.with({ runner: "jest" })],
  });
  expect(paramsOfUnit(jest).find(({ name }) => name === "runner")?.value).toBe("jest");
});

const WRONG: readonly (readonly [setting: string, code: string, hint: string])[] = [
  ["testing-standard.coverage=90", "unknown-fragment", 'Did you mean "testing-standards"?'],
  ["testing-standards.coverge=90", "unknown-parameter", 'Did you mean "coverage"?'],
  ["testing-standards.coverage=190", "invalid-parameter", "Expected a whole number from 0 to 100."],
  ["testing-standards.coverage=high", "invalid-parameter", "Expected a whole number from 0 to 100."],
  ["testing-standards.ratio=0", "invalid-parameter", "Expected a number above 0."],
  ["testing-standards.runner=jst", "invalid-parameter", 'Did you mean "jest"? Allowed: vitest, jest.'],
  ["testing-standards.brokers=SQS,Rabbit", "invalid-parameter", "Allowed: SQS, SNS, Kafka, one or more, with commas."],
  ["testing-standards.strict=yes", "invalid-parameter", "Allowed: true, false."],
  ["__proto__.polluted=1", "unknown-fragment", "Known: testing-standards."],
  ["testing-standards.__proto__=1", "unknown-parameter", "Known: coverage"],
  ["coverage=90", "usage", "For example: --set testing-standards.coverage=90."],
  ["testing-standards.coverage", "usage", "For example:"],
  ["a.b.c=1", "usage", "For example:"],
];

test.each(WRONG)("%s is refused, with what is right", (setting, code, hint) => {
  expect(issuesOf(setting)).toMatchObject([{ code, place: `--set ${setting}`, hint: expect.stringContaining(hint) }]);
});

test("everything that is wrong is said at once", () => {
  expect(issuesOf(...WRONG.map(([setting]) => setting)).map(({ code }) => code)).toEqual(WRONG.map(([, code]) => code));
});

function issuesOf(...settings: readonly string[]): CommandError["issues"] {
  try {
    read(...settings);
    return [];
  } catch (error) {
    return CommandError.from(error).issues;
  }
}
