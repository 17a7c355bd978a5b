import { must, section } from "@personakit/core";
import { expect, test } from "vitest";
import { compiled, describedAs, rules } from "../compile.testing.ts";

test("refuses what Gemini CLI would read as a template, with the rule", () => {
  expect(() => compiled("gemini-agent", { use: rules("Set `${HOME}` first.") })).toThrow(
    'persona "dev", target gemini-agent, own/a: Gemini CLI would read ${HOME} as a template and fail',
  );
  expect(() => compiled("gemini-agent", { use: rules("It is `${today}`.") })).not.toThrow();
});

test("reads neither its description nor its references as templates", () => {
  const home = section({ id: "home", title: "Home", rules: { a: must("Set `${HOME}`.") } });
  const references = { guide: { title: "The guide", when: "lost", use: [home] } };
  expect(() => compiled("gemini-agent", { references, description: describedAs("Sets ${HOME}.") })).not.toThrow();
});
