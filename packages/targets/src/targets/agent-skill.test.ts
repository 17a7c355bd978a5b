import { expect, test } from "vitest";
import { compiled, describedAs, examples, front, linked } from "../compile.testing.ts";

test("writes a folder named after the skill, with links that hold inside it", () => {
  const { artifacts } = compiled("agent-skill", linked);
  expect(artifacts.map(({ path }) => path)).toEqual([
    ".agents/skills/dev/SKILL.md",
    ".agents/skills/dev/references/guide.md",
  ]);
  expect(artifacts[0]?.text).toContain("Read [the guide](references/guide.md).");
  expect(artifacts[1]?.text).toContain("See [itself](guide.md).");
});

test("refuses a description that the specification would cut, with the numbers", () => {
  expect(() => compiled("agent-skill", { description: describedAs("x".repeat(1100)) })).toThrow(
    'persona "dev", target agent-skill, description: it has 1106 characters; the specification allows 1024.',
  );
});

test("refuses to lose a restriction", () => {
  expect(() => compiled("agent-skill", { tools: ["read"] })).toThrow("the restriction would be lost");
});

test("says that it leaves out worked examples", () => {
  const description = { ...describedAs("Does."), examples };
  expect(front("agent-skill", { description })).toMatchObject({ description: "Does. When." });
  const reason = expect.stringContaining("1024");
  const { fidelity } = compiled("agent-skill", { description });
  expect(fidelity).toContainEqual({ feature: "examples", status: "dropped", reason });
});
