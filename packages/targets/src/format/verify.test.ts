import { markdown, must, type Origin, type PersonaKitError, section } from "@personakit/core";
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

// Most of a file is not parsed, because no line of it could be misread; that judgement must never be wrong.
test("a file is refused where a parser of all of it finds HTML, a heading of a rule, or code of several rules", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 9 }), async (lines) => {
      // A first line of its own, because a file may open with front matter.
      const text = `${["Start.", ...lines].join("\n")}\n`;
      const origins = ["", ...lines].map((_, index): Origin => ({ unit: "own", rule: `r${index >> 1}` }));
      const isMisread = fromMarkdown(text).children.some((node) => {
        const own = origins.slice((node.position?.start.line ?? 1) - 1, node.position?.end.line);
        const rules = new Set(own.map(({ rule }) => rule));
        return node.type === "heading" || (node.type === "code" && rules.size > 1) || hasHtml(node);
      });
      const isRefused = await verifyArtifact({ path: "x.md", text, origins }).then(
        () => false,
        () => true,
      );
      expect(isRefused, JSON.stringify(text)).toBe(isMisread);
    }),
    { numRuns: 3000 },
  );
});

function hasHtml(node: Nodes): boolean {
  return node.type === "html" || ("children" in node && node.children.some(hasHtml));
}

test("a rule that opens a heading, a fence or HTML is refused, and a file that does not parse", async () => {
  const artifact = compiled("plain").artifacts[0] as Artifact;
  const broken = (line: string) => ({ ...artifact, text: artifact.text.replace("- Do it.", line) });
  await expect(verifyArtifact(artifact)).resolves.toBeUndefined();
  await expect(verifyArtifact(broken("# Do it."))).rejects.toThrow("(own/a): a rule opens a heading");
  await expect(verifyArtifact(broken("- Do <b>it</b>."))).rejects.toThrow("there is HTML");
  await expect(verifyArtifact({ ...artifact, path: "a.json" })).rejects.toThrow("does not parse");
});

test("HTML is said of each rule that has it, and of no other in its list", async () => {
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
  const error = await verifyArtifact(artifact).catch((thrown: PersonaKitError) => thrown);
  expect((error as PersonaKitError).issues.map(({ place }) => place)).toEqual([
    `${artifact.path}, line ${lineOf("- Do <b>it</b>.")} (own/c)`,
    `${artifact.path}, line ${lineOf("- Do <i>it</i>.")} (own/e)`,
  ]);
});

test("a skill whose name is not its folder's is refused", async () => {
  const skill = compiled("agent-skill").artifacts[0] as Artifact;
  await expect(verifyArtifact(skill)).resolves.toBeUndefined();
  await expect(verifyArtifact({ ...skill, path: ".agents/skills/other/SKILL.md" })).rejects.toThrow(
    'the skill is named "dev", but its folder is "other"',
  );
});

test("the Markdown in a file of TOML is read as any other, with the places of its rules", async () => {
  const agent = compiled("codex-agent").artifacts[0] as Artifact;
  const broken = (line: string) => ({ ...agent, text: agent.text.replace("- Do it.", line) });
  await expect(verifyArtifact(agent)).resolves.toBeUndefined();
  await expect(verifyArtifact(broken("- Do <b>it</b>."))).rejects.toThrow(/line \d+ \(own\/a\): there is HTML/);
  await expect(verifyArtifact(broken("# Do it."))).rejects.toThrow("(own/a): a rule opens a heading");
  const quoted = compiled("codex-agent", { use: rules("Do <b>it</b> with `'''`.") }).artifacts[0] as Artifact;
  await expect(verifyArtifact(quoted)).rejects.toThrow("(own/a): there is HTML");
});

test("a file that some other target made is refused for what a reader does not see, escaped or not", async () => {
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
    await expect(verifyArtifact(artifact), artifact.text).rejects.toThrow("invisible characters");
  }
  await expect(verifyArtifact(of("x.md", '---\na: "b"\n---\nRefuse `\\u202e`.\n'))).resolves.toBeUndefined();
});

test("a body that was read before is read again where its lines come from elsewhere, and what stands above it always", async () => {
  const text = "# Dev\n\nBuild it.\n";
  const own = [{ unit: "dev" }, { unit: "dev" }, { unit: "dev" }];
  const above = (line: string) => ({ path: "x.md", text: `---\n${line}\n---\n${text}`, origins: [...own, ...own] });
  await expect(verifyArtifact({ path: "x.md", text, origins: own })).resolves.toBeUndefined();
  await expect(verifyArtifact(above('a: "b"'))).resolves.toBeUndefined();
  const ofRule = own.map((origin) => ({ ...origin, rule: "a" }));
  await expect(verifyArtifact({ path: "x.md", text, origins: ofRule })).rejects.toThrow("a rule opens a heading");
  await expect(verifyArtifact(above('a: "\u202Eb"'))).rejects.toThrow(
    "x.md, line 2 (dev): there are invisible characters",
  );
});

test("a parser reads only what may be misread, and not more of it than text has", async () => {
  const of = (line: string, count: number): Artifact => ({
    path: "x.md",
    text: `${line}\n\n`.repeat(count),
    origins: Array.from({ length: count * 2 }, () => ({ unit: "own", rule: "a" })),
  });
  for (const line of ["\\".repeat(400), "![".repeat(200), "`<b>` and *c*"]) {
    await expect(verifyArtifact(of(line, 2500))).resolves.toBeUndefined();
  }
  await expect(verifyArtifact(of("[a](<b>)", 200))).resolves.toBeUndefined();
  await expect(verifyArtifact(of("[a](<b>)", 201))).rejects.toThrow(
    'line 401 (own/a): what may be HTML, a heading or a fence has 201 "<"',
  );
  await expect(verifyArtifact(of(`[a](<b>)${"c".repeat(400)}`, 100))).rejects.toThrow(
    "more than the 30000 that are allowed",
  );
  await expect(verifyArtifact(of(`<b ${"<?".repeat(90)}${"c".repeat(9000)}`, 3))).rejects.toThrow("x.md, line");
});

test("what only a parser of the whole file sees is refused", async () => {
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
    await expect(verifyArtifact({ path: "x.md", text, origins: own }), text).rejects.toThrow("x.md, line");
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
])("Markdown that stands as it is may open any block: %j", async (text) => {
  await expect(verifyArtifact(between(text))).resolves.toBeUndefined();
});

test.each([
  ["  a", /\(own\/b\): it reads as a part of what stands above it/],
  ["    a", /\(own\/b\): it reads as a part of what stands above it/],
])("Markdown that goes on with the rule above is refused: %j", async (text, problem) => {
  await expect(verifyArtifact(between(text))).rejects.toThrow(problem);
});

test("a rule beside Markdown that stands as it is is read as any other", async () => {
  const artifact = between("<b>a</b>");
  const broken = (line: string) => ({ ...artifact, text: artifact.text.replace("- Do it well.", line) });
  await expect(verifyArtifact(artifact)).resolves.toBeUndefined();
  await expect(verifyArtifact(broken("- Do <b>it</b> well."))).rejects.toThrow("(own/c): there is HTML");
  await expect(verifyArtifact(broken("# Do it well."))).rejects.toThrow("(own/c): a rule opens a heading");
});

test.each(["<!-- a", "```", "<pre>"])("what is left open above a rule is refused: %j", async (line) => {
  const artifact = between("Then.");
  const open = { ...artifact, text: artifact.text.replace("Then.", line) };
  await expect(verifyArtifact(open)).rejects.toThrow("(own/c): it reads as a part of what stands above it");
});

test("a file without front matter that begins like one is refused", async () => {
  const begins = compiled("plain", {
    title: false,
    role: false,
    use: [section({ id: "own", title: false, rules: { a: markdown("---\nhooks: x\n---\n\nText.") } })],
  }).artifacts[0] as Artifact;
  await expect(verifyArtifact(begins)).rejects.toThrow(
    "line 1 (own/a): it begins with Markdown that tools read as front",
  );
  const agent = compiled("claude-agent", {
    title: false,
    role: false,
    use: [section({ id: "own", title: false, rules: { a: markdown("---\n\nText.\n\n---") } })],
  }).artifacts[0] as Artifact;
  await expect(verifyArtifact(agent)).resolves.toBeUndefined();
});
