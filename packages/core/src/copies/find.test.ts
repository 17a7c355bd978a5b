import { describe, expect, test } from "vitest";
import { differingParts, findCopies } from "./find.ts";
import type { CopyFile } from "./units.ts";

const tokens = (text: string) => Math.ceil(text.length / 4);
const find = (files: readonly CopyFile[], least = 20) => findCopies(files, { tokens, least });
const places = (group: { readonly places: readonly { path: string; first: number; last: number }[] } | undefined) =>
  group?.places.map(({ path, first, last }) => `${path}:${first}-${last}`);

const GATES = [
  "## Gates",
  "",
  "- Run all tests of the package before each commit, and name those that you could not run.",
  "- Ask before you delete anything that git does not have, such as ignored files and local settings.",
  "- Write down which decision you took and why, in the description of the pull request.",
].join("\n");

/** An agent with text of its own around a passage. */
function agent(name: string, passage: string): CopyFile {
  const head = `---\nname: ${name}\n---\n`;
  const own = (what: string) => `The ${name} ${what} ${[...name].map((letter) => `${letter}${name}`).join(" ")}.`;
  return {
    path: `agents/${name}.md`,
    text: `${head}\n${own("reads")}\n\n${passage}\n\n## ${name}\n\n${own("writes")}\n`,
    body: head.length,
  };
}

describe("whole files", () => {
  const [one] = [agent("planner", GATES)];

  test("that are equal are one group, whatever their line ends", () => {
    // The head has three lines.
    const copy = { path: "copy/planner.md", text: one.text.replaceAll("\n", "\r\n"), body: (one.body ?? 0) + 3 };
    const { groups } = find([copy, one]);
    expect(groups).toMatchObject([{ name: "planner", of: "file", match: "equal" }]);
    expect(places(groups[0])).toEqual(["agents/planner.md:1-16", "copy/planner.md:1-16"]);
    expect(groups[0]?.saves).toBe(tokens(one.text));
  });

  test("may have another head, parameters or additions", () => {
    const body = one.text.slice(one.body);
    const other = { path: "b.md", text: `---\nname: other\n---\n${body}`, body: 20 };
    expect(find([one, other]).groups).toMatchObject([{ match: "head", text: body.trim() }]);
    expect(find([one, { path: "b.md", text: body.replaceAll("The planner", "The Test-Writer") }]).groups).toMatchObject(
      [{ match: "parameters", parameters: [{ values: ["planner", "Test-Writer"] }] }],
    );
    const longer = { path: "b.md", text: `${body}\nAnd tell them what you have found.\n` };
    expect(find([one, longer]).groups).toMatchObject([{ match: "additions" }]);
  });
});

describe("passages", () => {
  test("that are equal are found with their lines, and the order of the files does not matter", () => {
    const files = ["planner", "reviewer", "tester"].map((name) => agent(name, GATES));
    const { groups, drifts } = find(files);
    expect(groups).toMatchObject([{ name: "gates", of: "passage", match: "equal", heading: "Gates", text: GATES }]);
    expect(places(groups[0])).toEqual(["agents/planner.md:7-11", "agents/reviewer.md:7-11", "agents/tester.md:7-11"]);
    for (const { path, start, end } of groups[0]?.places ?? [])
      expect(files.find((file) => file.path === path)?.text.slice(start, end)).toBe(GATES);
    expect(drifts).toEqual([]);
    expect(find([...files].reverse())).toEqual(find(files));
  });

  test("that differ in names have parameters with what each place says", () => {
    const lookUp = (library: string) =>
      `## Look it up\n\nAsk context7 for the documentation of ${library} before you write code that calls it, and name the version of ${library} that you found there. Say so where it has none.`;
    const { groups } = find([
      agent("planner", lookUp("Rust")),
      agent("tester", lookUp("Go")),
      agent("writer", lookUp("Go")),
    ]);
    expect(groups).toMatchObject([
      { match: "parameters", parameters: [{ name: "language", values: ["Rust", "Go", "Go"] }] },
    ]);
    expect(groups[0]?.text).toBe(lookUp("{{language}}"));
  });

  test("that differ in ordinary words or numbers have drifted apart, also where most of them agree", () => {
    const edited = GATES.replace("Ask before", "Always ask before");
    const { drifts } = find(
      ["planner", "reviewer", "tester"].map((name) => agent(name, name === "tester" ? edited : GATES)),
    );
    expect(drifts.map(({ variants }) => variants.map(places))).toEqual([
      [["agents/planner.md:7-11", "agents/reviewer.md:7-11"], ["agents/tester.md:7-11"]],
    ]);
    const coverage = (number: number) =>
      `${GATES}\n- Keep the test coverage of the package above ${number}% in each of its modules.`;
    const numbers = find([agent("planner", coverage(80)), agent("tester", coverage(90))]);
    expect(numbers.groups.flatMap(({ parameters }) => parameters)).toEqual([]);
    expect(numbers.drifts).toHaveLength(1);
    expect(numbers.numbers).toMatchObject([{ topic: "test coverage", values: [{ value: "80%" }, { value: "90%" }] }]);
  });

  test("are none that say nothing alone: headings, licences, short items, a part of a list in two files", () => {
    const shared =
      "# Guide\n\n## Usage\n\nLicensed under the Apache License, Version 2.0, by its many authors and contributors.\n\n- Be nice.\n";
    expect(find([agent("planner", shared), agent("tester", shared)]).groups).toEqual([]);
    const [, , first = "", second = ""] = GATES.split("\n");
    const list = (own: string) => `- ${own} has an item of its own here\n${first}\n${second}`;
    expect(find([agent("planner", list("planner")), agent("tester", list("tester"))], 40).groups).toEqual([]);
  });
});

describe("what is no passage", () => {
  const names = ["planner", "reviewer", "tester"] as const;
  const found = (textOf: (name: string) => string) =>
    find(names.map((name) => agent(name, textOf(name)))).groups.map(({ text }) => text);

  test("is a table of contents, and links among those of each file", () => {
    const links = (to: string) =>
      ["first", "second", "third", "fourth", "fifth"]
        .map((part) => `- [The ${part} part of it all](${to}the-${part}-part-of-it-all)`)
        .join("\n");
    expect(found(() => `## Contents\n\n${links("#")}`)).toEqual([]);
    expect(found((name) => `- [Of ${name} alone](${name}.md)\n${links("docs/")}`)).toEqual([]);
  });

  test("is one step of a numbered list that differs", () => {
    const step = `1. ${GATES.slice(GATES.indexOf("Run")).replaceAll("\n- ", " ")}`;
    expect(found((name) => `${step}\n2. Do what only ${name} does.`)).toEqual([]);
  });

  test("is the beginning of a section behind one that is whole", () => {
    const start = "Tell whoever asked for it what you have done, and what you could not do.";
    const all = (name: string) =>
      `${GATES}\n\n## Report\n\n${start}\n\nOf ${name} nobody expects more than ${name} can do.`;
    expect(found(all)).toEqual([GATES]);
  });
});

test("two phrases in one place are an edit, though one has a name in it", () => {
  const body = (what: string) =>
    agent("x", `${GATES}\n- The rest is done in the ${what} of the repository, as its own documentation has it.`).text;
  const { groups, drifts } = find([
    { path: "a.md", text: body("release check") },
    { path: "b.md", text: body("CI wiring") },
  ]);
  expect(groups).toEqual([]);
  expect(drifts).toHaveLength(1);
});

test("many near copies of one text are one group each, with all of their places", () => {
  const text = (name: string) =>
    `${GATES}\n- Ask ${name} first, and write down in the log of the day what came of it.\n`;
  const files = Array.from({ length: 300 }, (_, index) => ({ path: `${index}.md`, text: text(`Team${index}`) }));
  const { groups } = find(files);
  expect(groups).toMatchObject([{ of: "file", match: "parameters" }]);
  expect(groups[0]?.places).toHaveLength(300);
});

test("differing words are marked in both texts", () => {
  expect(differingParts("Keep it above 80 %.", "Keep it above 90 %.")).toEqual([
    { text: "Keep it above ", differs: false },
    { text: "80", differs: true },
    { text: " %.", differs: false },
  ]);
});
