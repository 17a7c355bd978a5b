import { type Issue, markdown, must, type Origin, type PersonaKitError, section } from "@personakit/core";
import fc from "fast-check";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { expect, test } from "vitest";
import { compiled, rules } from "../compile.testing.ts";
import type { Artifact } from "../model/compiled.ts";
import { verifyArtifact } from "./verify.ts";

const openings = ["word", "`code`", "```", "~~~", "# ", "## ", "- ", "- [ ] ", "1. ", "> ", "<b>", "<", "---", "==="];
const others = [
  "`<b>`",
  "`",
  "```ts",
  "    ",
  "  ",
  "  - ",
  "  1. ",
  "| a | b |",
  "| --- |",
  "*",
  "_",
  "[x]: y",
  "[a](b)",
  "\\",
  "&lt;",
  "\t",
  "Ä",
  "'",
  "<!-- x -->",
  "`````",
  "](",
  "][",
  "]: x",
  "=",
];
const line = fc.array(fc.constantFrom(...openings, ...others), { maxLength: 4 }).map((parts) => parts.join(""));

function issuesOf(artifact: Artifact): readonly Issue[] {
  try {
    verifyArtifact(artifact);
    return [];
  } catch (error) {
    return (error as PersonaKitError).issues;
  }
}

// Most of a file is not parsed, because no line of it could be misread; that judgement must never be wrong.
test("a file is refused where a parser of all of it finds HTML, a heading of a rule, or code of several rules", () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 9 }), (lines) => {
      // A first line of its own, because a file may open with front matter.
      const text = `${["Start.", ...lines].join("\n")}\n`;
      const origins = ["", ...lines].map((_, index): Origin => ({ unit: "own", rule: `r${index >> 1}` }));
      const isMisread = fromMarkdown(text).children.some((node) => {
        const own = origins.slice((node.position?.start.line ?? 1) - 1, node.position?.end.line);
        const rules = new Set(own.map(({ rule }) => rule));
        return node.type === "heading" || (node.type === "code" && rules.size > 1) || hasHtml(node);
      });
      const isRefused = issuesOf({ path: "x.md", text, origins }).length > 0;
      expect(isRefused, JSON.stringify(text)).toBe(isMisread);
    }),
    { numRuns: 3000 },
  );
});

function hasHtml(node: Nodes): boolean {
  return node.type === "html" || ("children" in node && node.children.some(hasHtml));
}

test("a rule that opens a heading, a fence or HTML is refused, and a file that does not parse", () => {
  const artifact = compiled("plain").artifacts[0] as Artifact;
  const broken = (line: string) => ({ ...artifact, text: artifact.text.replace("- Do it.", line) });
  expect(() => verifyArtifact(artifact)).not.toThrow();
  expect(() => verifyArtifact(broken("# Do it."))).toThrow("(own/a): a rule opens a heading");
  expect(() => verifyArtifact(broken("- Do <b>it</b>."))).toThrow("there is HTML");
  expect(() => verifyArtifact({ ...artifact, path: "a.json" })).toThrow("does not parse");
});

test("HTML is said of each rule that has it, and of no other in its list", () => {
  const use = [
    section({
      id: "own",
      title: "Own",
      rules: {
        a: must("Do it."),
        b: must("Do it well."),
        c: must("Do <b>it</b>."),
        d: must("Do it again."),
        e: must("Do <i>it</i>."),
      },
    }),
  ];
  const artifact = compiled("plain", { use }).artifacts[0] as Artifact;
  const lineOf = (text: string) => artifact.text.split("\n").indexOf(text) + 1;
  expect(issuesOf(artifact).map(({ place }) => place)).toEqual([
    `${artifact.path}, line ${lineOf("- Do <b>it</b>.")} (own/c)`,
    `${artifact.path}, line ${lineOf("- Do <i>it</i>.")} (own/e)`,
  ]);
});

test("a skill whose name is not its folder's is refused", () => {
  const skill = compiled("agent-skill").artifacts[0] as Artifact;
  expect(() => verifyArtifact(skill)).not.toThrow();
  expect(() => verifyArtifact({ ...skill, path: ".agents/skills/other/SKILL.md" })).toThrow(
    'the skill is named "dev", but its folder is "other"',
  );
});

test("the Markdown in a file of TOML is read as any other, with the places of its rules", () => {
  const agent = compiled("codex-agent").artifacts[0] as Artifact;
  const broken = (line: string) => ({ ...agent, text: agent.text.replace("- Do it.", line) });
  expect(() => verifyArtifact(agent)).not.toThrow();
  expect(() => verifyArtifact(broken("- Do <b>it</b>."))).toThrow(/line \d+ \(own\/a\): there is HTML/);
  expect(() => verifyArtifact(broken("# Do it."))).toThrow("(own/a): a rule opens a heading");
  const quoted = compiled("codex-agent", { use: rules("Do <b>it</b> with `'''`.") }).artifacts[0] as Artifact;
  expect(() => verifyArtifact(quoted)).toThrow("(own/a): there is HTML");
});

test("a file that some other target made is refused for what a reader does not see, escaped or not", () => {
  const of = (path: string, text: string): Artifact => ({ path, text, origins: [] });
  for (const artifact of [
    of("x.md", "a\u202Eb\n"),
    of("x\u200B.md", "a\n"),
    { ...of("x.md", "a\n"), block: "a\u200B" },
    of("x.json", '{ "a": ["\\u202e"] }'),
    of("x.json", '{ "\\u202e": 1 }'),
    of("x.toml", 'a = "\\u202E"\n'),
    of("x.yaml", 'a: "\\x1b"\n'),
    of("x.mdc", '---\na: "\\e"\n---\nb\n'),
  ]) {
    expect(() => verifyArtifact(artifact), artifact.text).toThrow("invisible characters");
  }
  expect(() => verifyArtifact(of("x.md", '---\na: "b"\n---\nRefuse `\\u202e`.\n'))).not.toThrow();
});

test("a body that was read before is read again where its lines come from elsewhere, and what stands above it always", () => {
  const text = "# Dev\n\nBuild it.\n";
  const own = [{ unit: "dev" }, { unit: "dev" }, { unit: "dev" }];
  const above = (line: string) => ({ path: "x.md", text: `---\n${line}\n---\n${text}`, origins: [...own, ...own] });
  expect(() => verifyArtifact({ path: "x.md", text, origins: own })).not.toThrow();
  expect(() => verifyArtifact(above('a: "b"'))).not.toThrow();
  const ofRule = own.map((origin) => ({ ...origin, rule: "a" }));
  expect(() => verifyArtifact({ path: "x.md", text, origins: ofRule })).toThrow("a rule opens a heading");
  expect(() => verifyArtifact(above('a: "\u202Eb"'))).toThrow("x.md, line 2 (dev): there are invisible characters");
});

test("a parser reads only what may be misread, and not more of it than text has", () => {
  const of = (line: string, count: number): Artifact => ({
    path: "x.md",
    text: `${line}\n\n`.repeat(count),
    origins: Array.from({ length: count * 2 }, () => ({ unit: "own", rule: "a" })),
  });
  for (const line of ["\\".repeat(400), "![".repeat(200), "`<b>` and *c*"]) {
    expect(() => verifyArtifact(of(line, 2500))).not.toThrow();
  }
  expect(() => verifyArtifact(of("[a](<b>)", 200))).not.toThrow();
  expect(() => verifyArtifact(of("[a](<b>)", 201))).toThrow(
    'line 401 (own/a): what may be HTML, a heading or a fence has 201 "<"',
  );
  expect(() => verifyArtifact(of(`[a](<b>)${"c".repeat(400)}`, 100))).toThrow("more than the 30000 that are allowed");
  expect(() => verifyArtifact(of(`<b ${"<?".repeat(90)}${"c".repeat(9000)}`, 3))).toThrow("x.md, line");
});

test("what only a parser of the whole file sees is refused", () => {
  for (const text of [
    "[a](`)<b>`\n",
    "a `b\nc` <b> `d`\n",
    "[a][`]<b>`\n\nWord.\n\n[`]: x\n",
    "Word.\n ---\n",
    "Word.\n\n    a\n    b\n",
    "```\n`````\n<b>\n```\n",
    "~~~\n\nWord.\n",
  ]) {
    const origins = text.split("\n").map((_, index): Origin => ({ unit: "own", rule: `r${index}` }));
    const own = text.startsWith("```") ? origins.map(() => ({ unit: "own", rule: "a" })) : origins;
    expect(() => verifyArtifact({ path: "x.md", text, origins: own }), text).toThrow("x.md, line");
  }
});

/** A file of Markdown of an author's between two rules. */
const between = (text: string, title: string | false = "Own") =>
  compiled("plain", {
    use: [section({ id: "own", title, rules: { a: must("Do it."), b: markdown(text), c: must("Do it well.") } })],
  }).artifacts[0] as Artifact;

test.each([
  "# A heading\n\n<b>HTML</b> <!-- and a comment -->",
  "```ts\n# no heading\n\n<b>\n```",
  "- ```\n  a",
  "> - ```",
  "<div>\n\na\n\n</div>",
  "a\n===",
  `<!--\n\n# ${"a ".repeat(40_000)}\n\n-->`,
])("Markdown that stands as it is may open any block: %j", (text) => {
  expect(() => verifyArtifact(between(text))).not.toThrow();
});

test.each([
  ["  a", /\(own\/b\): it reads as a part of what stands above it/],
  ["    a", /\(own\/b\): it reads as a part of what stands above it/],
])("Markdown that goes on with the rule above is refused: %j", (text, problem) => {
  expect(() => verifyArtifact(between(text))).toThrow(problem);
});

test("a rule beside Markdown that stands as it is is read as any other", () => {
  const artifact = between("<b>a</b>");
  const broken = (line: string) => ({ ...artifact, text: artifact.text.replace("- Do it well.", line) });
  expect(() => verifyArtifact(artifact)).not.toThrow();
  expect(() => verifyArtifact(broken("- Do <b>it</b> well."))).toThrow("(own/c): there is HTML");
  expect(() => verifyArtifact(broken("# Do it well."))).toThrow("(own/c): a rule opens a heading");
});

test.each(["<!-- a", "```", "<pre>"])("what is left open above a rule is refused: %j", (line) => {
  const artifact = between("Then.");
  const open = { ...artifact, text: artifact.text.replace("Then.", line) };
  expect(() => verifyArtifact(open)).toThrow("(own/c): it reads as a part of what stands above it");
});

test("a file without front matter that begins like one is refused", () => {
  const begins = compiled("plain", {
    title: false,
    role: false,
    use: [section({ id: "own", title: false, rules: { a: markdown("---\nhooks: x\n---\n\nText.") } })],
  }).artifacts[0] as Artifact;
  expect(() => verifyArtifact(begins)).toThrow("line 1 (own/a): it begins with Markdown that tools read as front");
  const agent = compiled("claude-agent", {
    title: false,
    role: false,
    use: [section({ id: "own", title: false, rules: { a: markdown("---\n\nText.\n\n---") } })],
  }).artifacts[0] as Artifact;
  expect(() => verifyArtifact(agent)).not.toThrow();
});
