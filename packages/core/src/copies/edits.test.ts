import { describe, expect, test } from "vitest";
import { partialEdits } from "./edits.ts";
import type { CopyFile } from "./units.ts";

const RULE = "Ask before you delete anything that git does not have, such as ignored files and settings.";
const GATES = `## Gates\n\n- Run all tests of the package before each commit, and name those that did not run.\n- ${RULE}\n`;
const file = (name: string, text: string): CopyFile => ({
  path: `${name}.md`,
  text: `# ${name}\n\nOnly ${name}.\n\n${text}`,
});
const edit = (text: string) => text.replace("Ask before", "Always ask before");
const behind = (before: readonly CopyFile[], after: readonly CopyFile[]) =>
  partialEdits(before, after).map((each) => each.behind.map(({ path, first, last }) => `${path}:${first}-${last}`));

describe("an edit of a section", () => {
  const before = ["a", "b", "c"].map((name) => file(name, GATES));

  test("that reached one of three copies names the other two, with their lines", () => {
    const after = before.map((each, index) => (index === 0 ? { ...each, text: edit(each.text) } : each));
    expect(behind(before, after)).toEqual([["b.md:5-8", "c.md:5-8"]]);
    expect(partialEdits(before, after)).toMatchObject([{ of: "section", heading: "Gates", is: edit(GATES).trim() }]);
  });

  test("that reached all is complete, also with other edits beside it", () => {
    const after = before.map(({ path, text }, index) => ({
      path,
      text: `${edit(text)}\n## New ${index}\n\nSomething else.\n`,
    }));
    expect(behind(before, after)).toEqual([]);
  });

  test("is no edit where it took the text out, or the file", () => {
    expect(behind(before, [file("a", ""), ...before.slice(1)])).toEqual([]);
    expect(behind(before, before.slice(1))).toEqual([]);
  });

  test("that went different ways is named where it was made", () => {
    const [a, b] = before as [CopyFile, CopyFile];
    const after = [
      { ...a, text: edit(a.text) },
      { ...b, text: b.text.replace("Ask before", "Never") },
    ];
    expect(partialEdits([a, b], after)).toMatchObject([{ edited: [{ path: "a.md" }, { path: "b.md" }], behind: [] }]);
  });

  test("that did not reach a single item elsewhere names the item", () => {
    const own = file("d", `Some text.\n\n- ${RULE}\n`);
    const after = before.map((each) => ({ ...each, text: edit(each.text) }));
    expect(behind([...before, own], [...after, own])).toEqual([["d.md:7-7"]]);
  });
});

test("an edit of a whole copy names the others once, and moved lines are no edit", () => {
  const copy = (path: string) => ({ ...file("a", GATES), path });
  const before = [copy("a.md"), copy("x/a.md"), copy("y/a.md")];
  const [first, ...rest] = before as [CopyFile, CopyFile, CopyFile];
  expect(behind(before, [{ ...first, text: edit(first.text) }, ...rest])).toEqual([["x/a.md:1-8", "y/a.md:1-8"]]);
  expect(
    behind(
      before,
      before.map((each) => ({ ...each, text: edit(each.text) })),
    ),
  ).toEqual([]);
});

test("copies that differ in a name stay copies: an edit of one is partial, a new name is not", () => {
  const text = (tool: string) =>
    `## Rules\n\nAsk ${tool} for the documentation of a library before you call it, and say which version it was.\n`;
  const before = [file("a", text("Context7")), file("b", text("DeepWiki"))];
  const [a, b] = before as [CopyFile, CopyFile];
  expect(behind(before, [{ ...a, text: a.text.replace("before you call it", "first of all") }, b])).toEqual([
    ["b.md:5-7"],
  ]);
  expect(behind(before, [{ ...a, text: a.text.replace("Context7", "Docfork") }, b])).toEqual([]);
});

describe("what each copy has of its own is no partial edit", () => {
  const [a, b] = [file("a", GATES), file("b", GATES)];

  test("a date or a version, a line below a section, and a tag that opens the next one", () => {
    const dated = (name: string, date: string) => file(name, `**Last updated**: ${date}  \n**Owner**: ${RULE}\n`);
    expect(
      behind(
        [dated("a", "2026-01-01"), dated("b", "2026-01-01")],
        [dated("a", "2026-02-02"), dated("b", "2026-01-01")],
      ),
    ).toEqual([]);
    expect(behind([a, b], [{ ...a, text: `${a.text}\n---\n` }, b])).toEqual([]);
    const tagged = (each: CopyFile, tag: string) => ({
      ...each,
      text: `${each.text}\n<${tag}>\n\n## Of ${tag}\n\nText of ${tag}.\n`,
    });
    expect(behind([tagged(a, "rules"), tagged(b, "rules")], [tagged(a, "steps"), tagged(b, "rules")])).toEqual([]);
  });

  test("the name of a file, and the same edit beside it", () => {
    const named = (path: string, name: string, text = GATES) => {
      const head = `---\nname: ${name}\n---\n`;
      return { path, text: head + text, body: head.length };
    };
    const before = [named("x/a.md", "a"), named("y/a.md", "a")];
    expect(behind(before, [named("x/a.md", "x-a"), named("y/a.md", "a")])).toEqual([]);
    expect(behind(before, [named("x/a.md", "x-a", edit(GATES)), named("y/a.md", "y-a", edit(GATES))])).toEqual([]);
    expect(behind(before, [named("x/a.md", "x-a", edit(GATES)), named("y/a.md", "a")])).toHaveLength(1);
  });

  test("a line that names the file that says it now", () => {
    const after = { ...a, text: a.text.replace(/- Run[\s\S]*/, "See [the rules](b.md).\n") };
    expect(behind([a, b], [after, b])).toEqual([]);
  });

  test("another section with the same heading", () => {
    const other =
      "## Gates\n\nOnly what the manager of the release has seen with his own eyes may be published at all.\n";
    const both = file("a", `${GATES}\n${other}`);
    const after = file("a", other.replace("manager", "owner"));
    expect(behind([both, b], [after, b])).toEqual([]);
  });
});
