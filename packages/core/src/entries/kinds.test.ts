import { describe, expect, test } from "vitest";
import { Issues, issuesOf } from "../issues/issue.ts";
import { example } from "./example.ts";
import type { ListStyle } from "./kind.ts";
import { checkEntry, checkSource, drop, type Entry, isDrop, kindOf } from "./kinds.ts";
import { markdown } from "./markdown.ts";
import { prose } from "./prose.ts";
import { may, must, point, type RuleOptions, should } from "./rule.ts";
import { table } from "./table.ts";

/** The codes and problems that a check files. */
function filed(check: (issues: Issues, value: unknown) => void, value: unknown): string[] {
  const issues = new Issues("entry");
  check(issues, value);
  try {
    issues.throw();
    return [];
  } catch (error) {
    return (issuesOf(error) ?? []).map(({ code, problem }) => `${code}: ${problem}`);
  }
}

const EMPTY = "missing-text: the text is empty";
const statuses = table(["Status", "When"], [["404", "gone"]]);
const run = example("sh", "npm ci\nnpm test");

test.each<[Entry]>([
  [must("Bind.")],
  [should("Bind.", { why: "W." })],
  [must("Bind.", { reviewed: "2026-11", endOfLife: { subject: "Acme 2", date: "2027-01-31" } })],
  [may("Bind.")],
  [prose("One.\n\nTwo.")],
  [statuses],
  [table(["Status"], [])],
  [run],
  [example("", "plain")],
  [markdown("# Any\n\n> block\n\n<b>HTML</b>\n\n- a\n  ```\n  b\n  ```")],
])("%j is an entry", (entry) => {
  expect(filed(checkEntry, entry)).toEqual([]);
  expect(filed(checkEntry, JSON.parse(JSON.stringify(entry)))).toEqual([]);
});

test.each<[string, string, string]>([
  ["Do it:\n - a\n - b", "block-in-text: the text has a list in it", "a rule of its own"],
  ["Do it:\n1. a\n2. b", "block-in-text: the text has a numbered list in it", 'list: "steps"'],
  ["Do it:\n```ts\na\n```", "block-in-text: the text has a code fence in it", 'example("ts", "...")'],
  ["Do it:\n| a | b |\n| - | - |", "block-in-text: the text has a table in it", "table("],
  ["Title\n===", "block-in-text: the text has a dividing line in it", "sections have headings"],
  ["Do it.\n\nThen that.", "line-break: X has line breaks", "on one line"],
  ["Do it\nwell.", "line-break: X has line breaks", "on one line"],
  ["Do it\r\nwell.", "line-break: X has line breaks", "on one line"],
  ["# Do it", "block-in-text: the text has a heading in it", "a backslash before it"],
  ["- Do it", "block-in-text: the text has a list in it", "a backslash before it"],
  ["[ ] Do it", "block-in-text: the text has a list in it", '"checklist"'],
  ["> Do it", "block-in-text: the text has a quote in it", "the quotation sign"],
  ["<br>Do it", "block-in-text: the text has an HTML tag in it", "a code span"],
  ["[a]: http://b", "block-in-text: the text has a link definition in it", "[text](https://...)"],
])("a rule of %j is refused, with what to write instead", (text, issue, instead) => {
  for (const make of [must, should, may]) {
    const issues = new Issues("entry");
    checkEntry(issues, make(text));
    expect(issues.found.map(({ code, problem }) => `${code}: ${problem}`)).toEqual([issue.replace("X", "the text")]);
    expect(issues.found[0]?.hint).toContain(instead);
  }
  // Prose may have paragraphs, and lines that are wrapped.
  const inProse = issue.startsWith("line-break") ? [] : [issue.replace("the text", "a paragraph")];
  expect(filed(checkEntry, prose(`One.\n\n${text}`))).toEqual(inProse);
});

test.each([
  "\n  Do it.\n",
  "\\- Do it",
  "`a  b`\tc",
  "-1 is an error",
  "+1 counts",
  "#1 first",
  "2FA is on",
  "1.5 s at most",
  "**Do** it",
  "`# a` and `- b`",
  "<5 items",
  "< 5 items",
  "<https://a.example> says so",
  "[see](ref:guide)",
  "[auth]: two words are no address",
  "| is a bar",
  "=== compares",
  "snake_case - and more",
])("a rule of %j is kept as it stands", (text) => {
  expect(filed(checkEntry, must(text))).toEqual([]);
  expect(must(text).text).toBe(text.trim());
  expect(prose(`${text}\n\n${text}`).text).toBe(`${text.trim()}\n\n${text.trim()}`);
});

test("a paragraph of prose may be wrapped, and no line of it may end with a hard break", () => {
  expect(prose("\n  One,\n  two\tand  `three\n  four`.\n\n  Five\r\n  six.\n").text).toBe(
    "One, two\tand  `three four`.\n\nFive six.",
  );
  for (const text of ["One  \ntwo.", "One\\\ntwo."]) {
    expect(filed(checkEntry, prose(text))).toEqual(["line-break: a paragraph has line breaks"]);
  }
});

test.each([
  ["\n\n  - a\r\n\r\n    b  \n\n", "  - a\n\n    b  "],
  ["    code\n", "    code"],
  ["a\\\nb", "a\\\nb"],
])("Markdown of %j stands as it is, without the blank lines around it", (text, expected) => {
  expect(markdown(text).text).toBe(expected);
  expect(filed(checkEntry, markdown(text))).toEqual([]);
});

test.each<[string, string]>([
  ["```ts\na", "a code fence"],
  ["~~~~\na\n~~~", "a code fence"],
  ["- a\n  ```\n```", "a code fence"],
  ["<!-- a", "an HTML comment"],
  ["<pre>\n\na", "an HTML tag"],
  ["> a\n\n<script>", "an HTML tag"],
  ["<?a", "HTML"],
  ["<![CDATA[ a ]>", "HTML"],
])("Markdown of %j is refused, because it would take in what stands below", (text, block) => {
  const problem = `open-block: ${block} is left open, and would take in what stands below`;
  expect(filed(checkEntry, markdown(text))).toEqual([problem]);
  expect(filed(checkEntry, { kind: "markdown", text })).toEqual([problem]);
});

test.each(["> ```\n> a", "- ```\n  a", "<div>\n\na", "`<!--`", "a <!-- b", "    ```", "\\```"])(
  "Markdown of %j leaves nothing open",
  (text) => {
    expect(filed(checkEntry, markdown(text))).toEqual([]);
  },
);

/** What is filed of an entry in a section with that list. */
const filedIn = (list: ListStyle, entry: Entry) => filed((issues, value) => checkEntry(issues, value, list), entry);

test.each<[RuleOptions]>([
  [{}],
  [{ style: "steps", start: 7 }],
  [{ style: "checklist", blank: 0 }],
  [{ items: ["a", { text: "b", style: "steps", items: [{ text: "c", items: ["d"] }] }], why: "W." }],
])("a point with %j stands in a list as written, and nowhere else", (options) => {
  const entry = point("Bind.", options);
  expect(filedIn("asWritten", entry)).toEqual([]);
  expect(filedIn("asWritten", JSON.parse(JSON.stringify(entry)))).toEqual([]);
  for (const list of ["bullets", "checklist", "steps"] as const) {
    expect(filedIn(list, entry)).toContain(`out-of-place: a point without a strength stands in a list of ${list}`);
  }
});

test.each<[RuleOptions, string[]]>([
  [{ style: "stars" } as never, ['unknown-list-style: there is no list style "stars"']],
  [{ style: "asWritten" } as never, ['unknown-list-style: there is no list style "asWritten"']],
  [{ start: 2 }, ["wrong-type: start numbers a step"]],
  [{ style: "steps", start: -1 }, ["wrong-type: start is not a whole number of at most nine digits"]],
  [{ blank: 1.5 }, ["wrong-type: blank is not a whole number from 0 to 20"]],
  [{ blank: 21 }, ["wrong-type: blank is not a whole number from 0 to 20"]],
  [{ items: [] }, ["wrong-type: items is not a list of points"]],
  [{ items: "a" } as never, ["wrong-type: items is not a list of points"]],
  [{ items: [1] } as never, ["wrong-type: this is not a point"]],
  [{ items: [" "] }, [EMPTY]],
  [{ items: ["a\nb"] }, ["line-break: the text has line breaks"]],
  [{ items: [{ text: "a", items: ["- b"] }] }, ["block-in-text: the text has a list in it"]],
  [{ items: [{ text: "a", style: "stars" } as never] }, ['unknown-list-style: there is no list style "stars"']],
])("a point with %j is refused", (options, issues) => {
  expect(filedIn("asWritten", point("Bind.", options))).toEqual(issues);
});

test.each(["style", "start", "breaks"] as const)("%s has no meaning where rules are sorted", (name) => {
  const looks = { style: "steps", start: 1, breaks: true } as const;
  expect(filedIn("bullets", must("A.", { [name]: looks[name] }))).toContain(
    `out-of-place: ${name} has no meaning in a list of bullets`,
  );
  expect(filedIn("bullets", must("A.", { items: ["b"] }))).toEqual([]);
});

test("points within points have an end, also where they hold themselves", () => {
  const deep = (levels: number): object => ({ text: "a", ...(levels === 0 ? {} : { items: [deep(levels - 1)] }) });
  expect(filedIn("asWritten", point("A.", deep(10)))).toEqual([]);
  expect(filedIn("asWritten", point("A.", deep(11)))).toEqual([
    "over-limit: points stand within each other on more than the 10 levels that are allowed",
  ]);
  const self: { text: string; items: unknown[] } = { text: "a", items: [] };
  self.items = Array.from({ length: 50 }, () => self);
  expect(filedIn("asWritten", { kind: "rule", text: "A.", items: self.items } as never)).toContain(
    "over-limit: the rule has more than the 1000 points that are allowed",
  );
});

test("lines stay where their author wants them", () => {
  expect(point("\n  One,\r\n    two.\n", { breaks: true }).text).toBe("One,\ntwo.");
  expect(prose("One,\n two.\n\n\nThree\\\nfour.", { breaks: true }).text).toBe("One,\ntwo.\n\nThree\\\nfour.");
  const same = [point("One,\ntwo.", { breaks: true }), prose("One,\ntwo.\n\nThree.", { breaks: true })];
  for (const entry of same) expect(filedIn("asWritten", entry)).toEqual([]);
});

test.each([
  ["a\n- b", "block-in-text: the text has a list in it"],
  ["a\n===", "block-in-text: the text has a dividing line in it"],
  ["a | b\n:-|-:", "block-in-text: the text has a table in it"],
  ["a\n\nb", "line-break: the text has blank lines, indented ones, or line ends other than LF"],
])("of the lines of %j, each must go on with the one above", (text, issue) => {
  expect(filedIn("asWritten", point(text, { breaks: true }))).toEqual([issue]);
  const raw = { kind: "rule", text, breaks: true } as const;
  expect(filedIn("asWritten", raw)).toEqual([issue]);
});

test.each<[Entry]>([
  [example("ts title=x", "  a\n\n", { exact: true })],
  [example("ts", "a", { fence: "~~~~" })],
  [example("", "", { exact: true })],
  [table(["A"], [], { delimiter: "|:-:|" })],
  [table(["A", "B"], [], { delimiter: "---|---" })],
  [table(["A", "B"], [], { padded: true })],
])("%j is an entry that looks as it is told", (entry) => {
  expect(filed(checkEntry, entry)).toEqual([]);
});

const NO_FENCE = "wrong-type: the fence is none, or the code would close it";
const NO_DELIMITER = "wrong-type: the delimiter is not one of as many columns";
test.each<[Entry, string[]]>([
  [example("ts", "a", { exact: "yes" } as never), ["wrong-type: exact is not true or false"]],
  [example("ts `a`", "a", { exact: true }), ["wrong-type: the example's language is not one word"]],
  [example("ts", "a", { fence: "--" }), [NO_FENCE]],
  [example("ts", "a\n~~~~\nb", { fence: "~~~" }), [NO_FENCE]],
  [table(["A"], [], { delimiter: "| --- | --- |" }), [NO_DELIMITER]],
  [table(["A"], [], { delimiter: "| a |" }), [NO_DELIMITER]],
  [table(["A"], [], { padded: "yes" } as never), ["wrong-type: padded is not true or false"]],
  [table(["A"], [], { delimiter: "| --- |\n" }), [NO_DELIMITER]],
  // A reader sees a list below a paragraph, or a row of the table.
  [table(["A", "B"], [], { delimiter: "- | -" }), [NO_DELIMITER]],
  [table(["A", "B"], [], { delimiter: "---|\n---" }), [NO_DELIMITER]],
  [table(["A"], [], { delimiter: "|---|\n|---|" }), [NO_DELIMITER]],
  [prose("A.", { breaks: 1 } as never), ["wrong-type: breaks is not true or false"]],
])("%j is refused for how it looks", (entry, issues) => {
  expect(filed(checkEntry, entry)).toEqual(issues);
});

test.each([{ why: "A\nB" }, { enforcedBy: "A\n\n- b" }])("a rule with the notes %j is refused", (notes) => {
  expect(filed(checkEntry, must("Bind.", notes))).toEqual([`line-break: ${Object.keys(notes)} has line breaks`]);
});

test("a cell with line breaks is refused", () => {
  const broken = "line-break: a cell has line breaks";
  expect(filed(checkEntry, table(["A\nB"], [["a"]]))).toEqual([broken]);
  expect(filed(checkEntry, table(["A"], [["a\n- b"]]))).toEqual([broken]);
});

const NO_ROWS = "wrong-type: the table has no columns or rows of texts";
const NO_WORD = "wrong-type: the example's language is not one word";
const NO_CODE = "wrong-type: the example has no code";
const NO_END = "wrong-type: endOfLife names no subject and day";

test.each<[object, string[]]>([
  [{ kind: "rule", strength: "shall", text: "Bind." }, ['unknown-strength: there is no strength "shall"']],
  [{ kind: "rule", strength: 1, text: "Bind." }, ['unknown-strength: there is no strength "1"']],
  [{ kind: "rule", text: "Bind." }, ["out-of-place: a point without a strength stands in a list of bullets"]],
  [{ kind: "rule", strength: "must" }, [EMPTY]],
  [{ kind: "rule", strength: "must", text: 1 }, [EMPTY]],
  [{ kind: "rule", strength: "must", text: " " }, [EMPTY]],
  [{ kind: "rule", strength: "must", text: "Bind.\n# Evil" }, ["block-in-text: the text has a heading in it"]],
  [{ kind: "rule", strength: "must", text: "Bind.\r# Evil" }, ["block-in-text: the text has a heading in it"]],
  [must("Bind.", { reviewed: "2026" }), ["wrong-type: reviewed is not a month"]],
  [must("Bind.", { reviewed: 2026 } as never), ["wrong-type: reviewed is not a month"]],
  [must("Bind.", { endOfLife: "2027-01-31" } as never), [NO_END]],
  [must("Bind.", { endOfLife: { subject: "Acme 2", date: "2027-13-31" } }), [NO_END]],
  [must("Bind.", { endOfLife: { subject: "A".repeat(101), date: "2027-01-31" } }), [NO_END]],
  [{ kind: "markdown" }, [EMPTY]],
  [{ kind: "markdown", text: 1 }, [EMPTY]],
  [{ kind: "markdown", text: "\n" }, [EMPTY]],
  [{ kind: "markdown", text: "a\r\nb" }, ["line-break: the text has line ends other than LF"]],
  [{ kind: "markdown", text: "\na" }, ["line-break: the text has blank lines around it"]],
  [{ kind: "markdown", text: "a\n " }, ["line-break: the text has blank lines around it"]],
  [{ kind: "prose" }, [EMPTY]],
  [{ kind: "prose", text: ["One."] }, [EMPTY]],
  [{ kind: "prose", text: " \n" }, [EMPTY]],
  [{ kind: "table", rows: [] }, [NO_ROWS]],
  [{ kind: "table", columns: "Status", rows: [] }, [NO_ROWS]],
  [{ kind: "table", columns: [1], rows: [] }, [NO_ROWS]],
  [{ kind: "table", columns: ["Status"] }, [NO_ROWS]],
  [{ kind: "table", columns: ["Status"], rows: ["404"] }, [NO_ROWS]],
  [{ kind: "table", columns: ["Status"], rows: [[404]] }, [NO_ROWS]],
  [{ kind: "table", columns: ["A", "B"], rows: [["1", "2"], ["3"]] }, ["ragged-table: row 2 has 1 cells, not 2"]],
  [{ kind: "table", columns: ["A"], rows: [["1", "2"]] }, ["ragged-table: row 1 has 2 cells, not 1"]],
  [{ kind: "example", code: "a" }, [NO_WORD]],
  [{ kind: "example", language: 1, code: "a" }, [NO_WORD]],
  [{ kind: "example", language: "ts title", code: "a" }, [NO_WORD]],
  [{ kind: "example", language: "ts\n# Evil", code: "a" }, [NO_WORD]],
  [{ kind: "example", language: "ts`", code: "a" }, [NO_WORD]],
  [{ kind: "example", language: "ts" }, [NO_CODE]],
  [{ kind: "example", language: null, code: ["a"] }, [NO_WORD, NO_CODE]],
])("%j is refused", (value, issues) => {
  expect(filed(checkEntry, value)).toEqual(issues);
});

describe("not an entry", () => {
  test.each(["Bind.", undefined, null, [], [must("Bind.")], {}, { kind: "note" }, { kind: "toString" }, drop("no")])(
    "is %j",
    (value) => {
      expect(filed(checkEntry, value)).toEqual(["not-an-entry: this is not a rule"]);
    },
  );
});

test("a function of parameters is checked when it has made its entry", () => {
  expect(filed(checkSource, () => "Bind.")).toEqual([]);
  expect(filed(checkSource, "Bind.")).toEqual(["not-an-entry: this is not a rule"]);
});

test.each([
  [must("Bind.", { why: "W." }), "must", "must: Bind.", "must: Bind.", "Bind."],
  [should("Bind."), "should", "should: Bind.", "should: Bind.", "Bind."],
  [may("Bind."), "may", "may: Bind.", "may: Bind.", "Bind."],
  [point("Bind."), "point", "point: Bind.", "point: Bind.", "Bind."],
  [
    must("Bind:", { items: ["a", { text: "b", items: ["c"] }] }),
    "must",
    "must: Bind:",
    "must: Bind:\n  - a\n  - b\n    - c",
    "Bind:\n  - a\n  - b\n    - c",
  ],
  [prose("One.\n\nTwo."), "prose", "prose", "prose: One.\n\nTwo.", "One.\n\nTwo."],
  [statuses, "table", "table", "table: Status | When\n404 | gone", "Status When 404 gone"],
  [run, "example", "example", "example: sh\nnpm ci\nnpm test", "npm ci\nnpm test"],
  [markdown("> A\n> b"), "markdown", "markdown", "markdown: > A\n> b", "> A\n> b"],
])("%j is labelled %j, headed %j, compared by %j and read as %j", (entry, ...texts) => {
  const kind = kindOf(entry);
  expect([kind.label(entry), kind.headline(entry), kind.state(entry), kind.content(entry)]).toEqual(texts);
});

test.each<[Entry, { isProse: boolean; instructs: boolean }]>([
  [must("Bind."), { isProse: true, instructs: true }],
  [prose("One."), { isProse: true, instructs: false }],
  [statuses, { isProse: true, instructs: true }],
  [run, { isProse: false, instructs: true }],
  [markdown("> A"), { isProse: true, instructs: true }],
])("%j counts as %j", (entry, counts) => {
  expect(kindOf(entry)).toMatchObject(counts);
});

test.each([
  [drop("token auth only"), true],
  [must("Bind."), false],
  ["drop", false],
  [null, false],
])("%j takes a rule out: %s", (change, expected) => {
  expect(isDrop(change)).toBe(expected);
});
