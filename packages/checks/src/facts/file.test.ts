import { expect, test } from "vitest";
import { repositoryOf } from "../examples.testing.ts";
import { runChecks } from "../run.ts";
import { keepLast } from "./file.ts";

test("of many results the last are kept, and the others made again", () => {
  const keep = keepLast(2);
  const made: string[] = [];
  const [first, second, third] = ["first", "second", "third"].map((name) =>
    keep(() => {
      made.push(name);
      return name;
    }),
  );
  expect([first?.(), second?.(), first?.(), third?.()]).toEqual(["first", "second", "first", "third"]);
  expect(made).toEqual(["first", "second", "third"]);
  expect([second?.(), first?.()]).toEqual(["second", "first"]);
  expect(made).toEqual(["first", "second", "third", "first"]);
});

test("in many files there is what is in each of them, at its place", () => {
  const agent = (name: string) =>
    `---\nname: ${name}\ndescription: Reviews.\n---\n\nRead [this](missing.md) in ${name}.\n`;
  const names = Array.from({ length: 100 }, (_, index) => `reviewer-${index}`);
  const files = Object.fromEntries(names.map((name) => [`.claude/agents/${name}.md`, agent(name)]));
  const other = { ".claude/agents/zz.md": agent("reviewer-7").replace("Read", "First read") };
  const { findings, facts } = runChecks(repositoryOf({ ...files, ...other }), { only: ["load", "says/missing-link"] });
  expect(findings.map(({ check, line }) => `${check} ${line}`)).toEqual([
    "load/same-name 2",
    ...Array.from({ length: 101 }, () => "says/missing-link 6"),
  ]);
  expect(facts.file(".claude/agents/reviewer-3.md")?.body).toContain("in reviewer-3.");
});
