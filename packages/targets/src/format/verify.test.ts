import type { Origin } from "@personakit/core";
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
];
const line = fc.array(fc.constantFrom(...openings, ...others), { maxLength: 4 }).map((parts) => parts.join(""));

// Most files are not parsed, because no line of them could be misread; that judgement must never be wrong.
test("whatever a Markdown parser reads as HTML, or as a heading of a rule, is refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), async (lines) => {
      // A first line of its own, because a file may open with front matter.
      const text = `${["Start.", ...lines].join("\n")}\n`;
      const origins = ["", ...lines].map((_, index): Origin => ({ unit: "own", rule: `r${index}` }));
      const misread = fromMarkdown(text).children.some((node) => node.type === "heading" || hasHtml(node));
      const refused = await verifyArtifact({ path: "x.md", text, origins }).then(
        () => false,
        () => true,
      );
      if (misread) expect(refused, JSON.stringify(text)).toBe(true);
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

test("a skill whose name is not its folder's is refused", async () => {
  const skill = compiled("agent-skill").artifacts[0] as Artifact;
  await expect(verifyArtifact(skill)).resolves.toBeUndefined();
  await expect(verifyArtifact({ ...skill, path: ".agents/skills/other/SKILL.md" })).rejects.toThrow(
    'the skill\'s name is "dev", its folder "other"',
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
    await expect(verifyArtifact(artifact), artifact.text).rejects.toThrow("a reader does not see");
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
  await expect(verifyArtifact(above('a: "\u202Eb"'))).rejects.toThrow("x.md, line 2 (dev): there are characters");
});
