import matter from "gray-matter";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { compiled, documentWith, linked, main, rules, targetOf } from "../compile.testing.ts";
import { filesInMemory } from "../context/in-memory.ts";
import { contextOf } from "../contexts.ts";
import { readFrontMatter } from "../format/front-matter.ts";
import { verifyArtifact } from "../format/verify.ts";
import { recognise } from "../readables.ts";

const GLOBS = [
  "src/**",
  "*.sql",
  "**/*.ts",
  "!dist/**",
  "[id]/**",
  "@scope/**",
  "{app}/**",
  "{{x}}",
  "&a",
  "%b",
  "a#b",
];
const ODD = ["...", "~/a", "null", "no", "1.0", "a:b", "a---b", "\\*", "?", "|", ">", "`a`", "-a"];

/** What a tool is sent in a repository with the files of `dev`: at the start, or later, for a file that it reads. */
function sentBy(tool: string, more: object, reads?: string): string {
  const files = compiled("claude-rule", more).artifacts.map(({ path, text }) => [`/r/${path}`, text]);
  const start = { files: filesInMemory({ ...Object.fromEntries(files), "/r/secret.md": "Imported." }), cwd: "/r" };
  const { parts = [] } = contextOf(tool, { ...start, gitRoot: "/r", reads }) ?? {};
  return parts.map(({ text }) => text).join("\n");
}

test("names files in a list, each in quotes, which readers of YAML 1.1 and 1.2 take alike", () => {
  expect(main("claude-rule", { paths: ["src/**", "*.sql"] })).toMatch(
    /^---\npaths:\n {2}- "src\/\*\*"\n {2}- "\*\.sql"\n---\n\n# Dev\n/,
  );
  for (const paths of [GLOBS, ODD]) {
    const text = main("claude-rule", { paths });
    const block = text.split("---\n")[1] ?? "";
    for (const data of [
      parse(block),
      parse(block, { version: "1.1" }),
      matter(text, {}).data,
      readFrontMatter(text).data,
    ]) {
      expect(data).toEqual({ paths });
    }
  }
});

test("has no front matter where the persona is for all files", () => {
  const { artifacts } = compiled("claude-rule");
  const [rule] = artifacts;
  expect(rule?.text.startsWith("# Dev\n")).toBe(true);
  expect(rule?.text).toBe(main("claude-rule", { paths: ["a"] }).split("---\n\n")[1]);
  expect(rule?.origins).toHaveLength((rule?.text.split("\n").length ?? 0) - 1);
  for (const each of artifacts) verifyArtifact(each);
});

test.each(["claude-code", "copilot-cli"])("is always loaded by %s, or with the files that it names", (tool) => {
  expect(sentBy(tool, {})).toContain("Do it.");
  const more = { paths: ["src/api/**"] };
  expect(sentBy(tool, more)).not.toContain("Do it.");
  expect(sentBy(tool, more, "/r/src/web/a.ts")).not.toContain("Do it.");
  expect(sentBy(tool, more, "/r/src/api/a.ts")).toContain("Do it.");
});

test("has references that are read when they are needed, and are no rules", () => {
  expect(sentBy("claude-code", linked)).toContain("(.claude/references/dev/guide.md)");
  expect(sentBy("claude-code", linked)).not.toContain("See [itself]");
});

test("imports nothing that its text only names", () => {
  const more = { use: rules("Ask @secret.md, and @../../secret.md.") };
  expect(sentBy("claude-code", more)).toContain("Ask `@secret.md`");
  expect(sentBy("claude-code", more)).not.toContain("Imported.");
});

test("cannot restrict tools, and says what it leaves out", () => {
  expect(() => targetOf("claude-rule").compile(documentWith({ tools: ["read"] }))).toThrow("restriction would be lost");
  const { fidelity } = compiled("claude-rule", { model: "deep", color: "red", paths: ["a"] });
  expect(Object.fromEntries(fidelity.map(({ feature, status }) => [feature, status]))).toEqual({
    ...{ description: "mapped", model: "dropped", color: "dropped", paths: "kept", body: "kept" },
  });
});

test.each([
  ["no front matter", "Use types.\n", {}],
  [
    "a text with commas and braces",
    '---\npaths: "src/**/*.{ts,tsx}, docs/**"\n---\nUse types.\n',
    { paths: ["src/**/*.ts", "src/**/*.tsx", "docs/**"] },
  ],
  ["a list", "\uFEFF---\r\npaths: ['*.md']\r\n---\r\nUse types.", { paths: ["*.md"] }],
  ["all files", '---\npaths: ["**/*"]\n---\nUse types.\n', {}],
  [
    "fields of other tools",
    "---\ndescription: Types.\nglobs: '*.ts'\nalwaysApply: true\n---\n\nUse types.\n",
    { description: "Types." },
  ],
])("of yours is the same bytes again, and the same rule elsewhere: %s", (_, text, said) => {
  const path = ".claude/rules/deep/types.md";
  const document = recognise(path)?.readable.read({ path, text }).document;
  if (document === undefined) throw new Error("It is no rule.");
  expect(document).toMatchObject({ id: "types", ...said });
  expect(targetOf("claude-rule").compile(document).artifacts[0]?.text).toBe(text);
  const [made] = targetOf("copilot-instructions").compile(document).artifacts;
  expect(readFrontMatter(made?.text ?? "").data).toMatchObject({ applyTo: document.paths?.join(",") ?? "**" });
});
