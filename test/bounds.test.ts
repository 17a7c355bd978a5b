import {
  compile,
  type Document,
  definePersona,
  type Entry,
  example,
  markdown,
  md,
  must,
  point,
  prose,
  section,
  table,
} from "@personakit/core";
import { entriesOf, LIMITS } from "@personakit/core/internal";
import { countTokens, type Target, targets, verifyArtifact } from "@personakit/targets";
import { describe, test } from "vitest";
import { proseProblems } from "../packages/cli/src/plan/prose-checks.ts";
import { personaFiles } from "../packages/cli/src/sources/package-files.ts";
import { type PackedDocument, unpackDocument } from "../packages/cli/src/sources/packed-document.ts";
import { resultOf } from "./fuzz/fuzz.ts";

// No text of a size that is allowed takes time by the square of its length. The timeout is the assertion: a pattern or a
// loop that does takes minutes.

const UNITS = [
  ...[
    "\\",
    "`",
    "*",
    "_",
    "|",
    " ",
    "[",
    "]",
    "<",
    "&",
    "~",
    "#",
    "!",
    ">",
    "-",
    "\t",
    '"',
    "'",
    "a",
    "1",
    "é",
    "😀",
    "🇦",
  ],
  ...[
    "\n",
    "@a",
    "a`",
    "[a](",
    "](ref:",
    "](ref:a)",
    "*a",
    "**a_",
    "![",
    "<a",
    "$1",
    "- ",
    "1.",
    "a b ",
    "'''",
    "\\|",
    " @a",
    "(@a",
  ],
  ...[
    "- - ",
    "> > ",
    "`a` @a ",
    "|-",
    `${"- ".repeat(300)}\n`,
    ":-\n",
    "<!--",
    "<?",
    "<!a",
    "[a][",
    "&a",
    "&#1;",
    "word ",
    "``a`",
    "{{",
    "${",
    "https://a.b/",
    "== ",
    "a\n",
    "a\n\n",
  ],
];

const rule = { a: must("A.") };
const base = { id: "dev", title: "Dev", role: "You.", description: { does: "D.", when: "W.", notFor: "" } };
const own = (entry: (text: string) => Entry) => (text: string) => {
  const rules = Object.fromEntries(Array.from({ length: 3 }, (_, index) => [`r${index}`, entry(text)]));
  return { ...base, use: [section({ id: "own", title: "Own", rules })] };
};

/** Where a text can stand. */
const FIELDS: { readonly [field: string]: (text: string) => object } = {
  rule: own((text) => must(`a${text}`)),
  "value in md": own((text) => must(md`a ${text.slice(0, LIMITS.text.most / 2)} b`)),
  prose: own((text) => prose(`a${text}`)),
  "whole paragraph": own(prose),
  example: own((text) => example("ts", text)),
  "exact example": own((text) => example("ts", text, { exact: true, fence: "~~~~~" })),
  markdown: own((text) => markdown(`a\n\n${text}\n\n@a`)),
  "lines of prose": own((text) => prose(`a${text}`, { breaks: true, blank: 0 })),
  "points as written": (text) => {
    const rules = {
      a: point(`a${text}`, { breaks: true, items: [`a${text}`] }),
      b: markdown(`- - - a\n${text}`, { blank: 0 }),
    };
    return { ...base, use: [section({ id: "own", title: "Own", list: "asWritten", blankWithin: 0, rules })] };
  },
  cell: own((text) => table(["a"], [[text.slice(0, LIMITS.cell.most)], [`a${text.slice(0, 9_000)}|`]])),
  title: (title) => ({ ...base, title, use: [section({ id: "own", title, rules: rule })] }),
  role: (role) => ({ ...base, role: `a${role}`, use: [section({ id: "own", title: "Own", rules: rule })] }),
  description: (text) => ({
    ...base,
    description: {
      does: text.slice(0, 40_000),
      when: "W.",
      notFor: text.slice(0, 40_000),
      triggers: [text.slice(0, 9000)],
    },
    use: [section({ id: "own", title: "Own", rules: rule })],
  }),
  reference: (text) => ({
    ...base,
    use: [section({ id: "own", title: "Own", rules: rule })],
    references: { deep: { title: text, when: text, use: [section({ id: "deep", title: text, rules: rule })] } },
  }),
};

const [agentsMd, codexAgent, claudeSkill] = ["agents-md", "codex-agent", "claude-skill"].map(
  (id) => targets.find((target) => target.id === id) as Target,
) as [Target, Target, Target];

describe.each(Object.keys(FIELDS))("a text of 99,000 characters in a %s", (field) => {
  test.each(UNITS)(
    "of %j becomes files or issues",
    async (unit) => {
      const text = unit.repeat(99_000 / unit.length);
      await resultOf(async () => {
        const document = compile(definePersona(FIELDS[field]?.(text) as never));
        await resultOf(() => agentsMd.compile(document));
        if (field !== "rule") return;
        countTokens(text);
        for (const entry of entriesOf(document)) proseProblems(entry);
        await resultOf(() => unpack(document));
        for (const target of [codexAgent, claudeSkill]) {
          const made = await resultOf(() => target.compile(document));
          for (const artifact of made?.artifacts ?? []) await resultOf(() => verifyArtifact(artifact));
        }
      });
    },
    20_000,
  );
});

function unpack(document: Document): Document {
  const files = personaFiles(document, "document.json");
  const packed: PackedDocument = JSON.parse(files.at(-1)?.text ?? "");
  return unpackDocument(packed, (path) => files.find((file) => file.path === path)?.text ?? "", "@acme/one");
}

// A parser reads these lines at up to five microseconds and two kilobytes a character: it must not be given them.
test.each(["\\", "`", "\\|", "![", "!`a", "<", "- ", "~", "[a](<b>)"])(
  "a million characters of %j in paragraphs become a file or an issue",
  async (unit) => {
    const paragraphs = `a${unit.repeat(400 / unit.length)}\n\n`.repeat(225);
    const rules = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`r${index}`, prose(paragraphs)]));
    const document = compile(definePersona({ ...base, use: [section({ id: "own", title: "Own", rules })] }));
    for (const target of [agentsMd, claudeSkill]) {
      const made = await resultOf(() => target.compile(document));
      for (const artifact of made?.artifacts ?? []) await resultOf(() => verifyArtifact(artifact));
    }
  },
  20_000,
);
