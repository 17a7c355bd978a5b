import {
  compile,
  defineFragment,
  definePersona,
  drop,
  example,
  type Language,
  markdown,
  may,
  must,
  type PersonaData,
  point,
  prose,
  section,
  should,
  table,
} from "@personakit/core";
import { LANGUAGES, phrasesOf } from "@personakit/core/internal";
import { type Target, targets } from "@personakit/targets";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_REASON, type Override } from "../sources/override.ts";
import { handEdits } from "./hand-edits.ts";
import { meaningOf } from "./lines.ts";

const security = defineFragment({
  id: "security",
  version: "1.2.0",
  title: "Security",
  summary: "What must never reach production.",
  list: "checklist",
  rules: {
    intro: prose("Read it as an attacker would.\n\nTwice."),
    csrf: must("Send a CSRF token with each form."),
    hash: must("Hash passwords with bcrypt."),
    logs: must("Keep secrets out of logs; see [Deploying](ref:deploying)."),
    limit: should("Limit each address to 100 requests a minute."),
    cache: should("Cache nothing that is private."),
    code: example("ts", 'const a = 1;\n\nconst b = "x";'),
    statuses: table(["Status", "When"], [["`404`", "gone"]]),
  },
});
const steps = section({
  id: "release",
  title: "Release",
  list: "steps",
  rules: { tag: must("Tag the commit."), build: must("Build the image."), push: should("Push the image.") },
});
const deploying = {
  title: "Deploying",
  when: "you deploy",
  use: [section({ id: "deploy", title: "Deploy", rules: { zero: must("Deploy without downtime.") } })],
};

const START = {
  id: "base",
  title: "Base",
  description: { does: "Builds.", when: "Use it to build.", notFor: "Not for play." },
  role: "You build.",
} as const;
const base = definePersona({
  ...START,
  version: "3.0.0",
  use: [security, steps],
  references: { deploying },
});
const persona = base.extend({
  id: "payments",
  addRules: { ledger: { after: "security/hash", rule: must("Write money through the ledger.") } },
});

const target = (id: string) => targets.find((each) => each.id === id) as Target;

function build(of: PersonaData, id = "claude-agent", file = 0) {
  const document = compile(of);
  const artifact = target(id).compile(document).artifacts[file];
  if (artifact === undefined) throw new Error("no file");
  return { document, artifact };
}

/** What a hand has made of a file, read as an override. */
function edited(change: (text: string) => string, id?: string, file?: number) {
  const { document, artifact } = build(persona, id, file);
  const found = change(artifact.text);
  expect(found).not.toBe(artifact.text);
  return { found, ...handEdits({ artifact, found, document }) };
}

/** The persona with an override, as its author would then have written it. */
function overridden({ rules, addRules, ownRules }: Override): PersonaData {
  const ledger = ownRules.ledger === undefined ? must("Write money through the ledger.") : ownRules.ledger;
  const own = ledger === null ? {} : { ledger: { after: "security/hash" as const, rule: ledger } };
  const { extend } = base as unknown as { extend(patch: object): PersonaData };
  return extend({ id: "payments", rules, addRules: { ...own, ...addRules } });
}

const CASES: [what: string, change: (text: string) => string, override: Partial<Override>][] = [
  [
    "another text",
    (text) => text.replace("with bcrypt", "with argon2id"),
    { rules: { security: { hash: must("Hash passwords with argon2id.") } } },
  ],
  [
    "a wrapped line, another marker and more space",
    (text) => text.replace("- [ ] Hash passwords with bcrypt.", "* Hash  passwords\n  with argon2id."),
    { rules: { security: { hash: must("Hash passwords with argon2id.") } } },
  ],
  [
    "a text with a link to a reference",
    (text) => text.replace("Keep secrets out of logs", "Log no secret"),
    { rules: { security: { logs: must("Log no secret; see [Deploying](ref:deploying).") } } },
  ],
  ["a rule taken out", (text) => text.replace(/.*CSRF.*\n/, ""), { rules: { security: { csrf: drop(NO_REASON) } } }],
  [
    "a step taken out, and the numbers after it",
    (text) => text.replace("2. Build the image.\n3. Push", "2. Push"),
    { rules: { release: { build: drop(NO_REASON) } } },
  ],
  [
    "the last rule of a strength taken out, with its lead",
    (text) => text.replace(/Unless the project[\s\S]*?private\.\n\n/, ""),
    { rules: { security: { limit: drop(NO_REASON), cache: drop(NO_REASON) } } },
  ],
  [
    "a new rule",
    (text) => text.replace(/(.*CSRF.*\n)/, "$1- [ ] Rotate the keys every year.\n"),
    { addRules: { rotateKeysYear: { after: "security/csrf", rule: must("Rotate the keys every year.") } } },
  ],
  [
    "a new rule above all others",
    (text) => text.replace("- [ ] Send", "- [ ] Rotate keys.\n- [ ] Send"),
    { addRules: { rotateKeys: { before: "security/csrf", rule: must("Rotate keys.") } } },
  ],
  [
    "two new rules of a strength that the fragment does not have",
    (text) => text.replace("```ts", "Where it helps:\n\n- [ ] Use a vault.\n- [ ] Sign commits.\n\n```ts"),
    {
      addRules: {
        useVault: { after: "security/cache", rule: may("Use a vault.") },
        signCommits: { after: "security/cache", rule: may("Sign commits.") },
      },
    },
  ],
  [
    "a new step",
    (text) => text.replace("2. Build", "2. Sign the commit.\n3. Build").replace("3. Push", "4. Push"),
    { addRules: { signCommit: { after: "release/tag", rule: must("Sign the commit.") } } },
  ],
  [
    "one rule reworded beside one that is new",
    (text) =>
      text.replace("- [ ] Hash passwords with bcrypt.", "- [ ] Lock accounts.\n- [ ] Hash passwords with argon2id."),
    {
      rules: { security: { hash: must("Hash passwords with argon2id.") } },
      addRules: { lockAccounts: { after: "security/csrf", rule: must("Lock accounts.") } },
    },
  ],
  [
    "a rule moved to another strength",
    (text) =>
      text.replace(/.*CSRF.*\n/, "").replace("- [ ] Limit", "- [ ] Send a CSRF token with each form.\n- [ ] Limit"),
    { rules: { security: { csrf: should("Send a CSRF token with each form.") } } },
  ],
  [
    "a rule moved to another section",
    (text) => text.replace(/.*CSRF.*\n/, "").replace("3. Push", "3. Send a CSRF token with each form.\n4. Push"),
    {
      rules: { security: { csrf: drop("Moved: see addRules.csrf.") } },
      addRules: { csrf: { after: "release/build", rule: must("Send a CSRF token with each form.") } },
    },
  ],
  [
    "a rule that the persona adds itself",
    (text) => text.replace("through the ledger", "to the ledger"),
    { ownRules: { ledger: must("Write money to the ledger.") } },
  ],
  ["the same, taken out", (text) => text.replace(/.*ledger.*\n/, ""), { ownRules: { ledger: null } }],
  [
    "a paragraph",
    (text) => text.replace("Twice.", "Three\ntimes."),
    { rules: { security: { intro: prose("Read it as an attacker would.\n\nThree times.") } } },
  ],
  [
    "one more paragraph",
    (text) => text.replace("Twice.\n", "Twice.\n\nThen act.\n"),
    { rules: { security: { intro: prose("Read it as an attacker would.\n\nTwice.\n\nThen act.") } } },
  ],
  [
    "a line of code",
    (text) => text.replace("const a = 1;\n", "const a = 2;\n- x\n"),
    { rules: { security: { code: example("ts", 'const a = 2;\n- x\n\nconst b = "x";') } } },
  ],
  [
    "a new row of a table",
    (text) => text.replace("| `404` | gone |\n", "| `404` | gone |\n| `409` | a \\| b |\n"),
    {
      rules: {
        security: {
          statuses: table(
            ["Status", "When"],
            [
              ["`404`", "gone"],
              ["`409`", "a | b"],
            ],
          ),
        },
      },
    },
  ],
  [
    "a fragment taken out with its heading",
    (text) => text.replace(/## Release[\s\S]*?(?=## References)/, ""),
    { rules: { release: drop(NO_REASON) } },
  ],
];

describe("a change by hand is read as an override", () => {
  test.each(CASES)("%s", (_what, change, expected) => {
    const { found, override, unsaid } = edited(change);
    expect(unsaid).toEqual([]);
    expect(override).toEqual({ rules: {}, addRules: {}, ownRules: {}, ...expected });
    // What it says is what the hand has written.
    const { artifact } = build(overridden(override));
    const keys = (text: string) => meaningOf(text, phrasesOf({})).map(({ key }) => key);
    expect(keys(artifact.text)).toEqual(keys(found));
  });

  test("in a reference and in a block", () => {
    const reference = edited((text) => text.replace("downtime", "a gap"), "claude-agent", 1);
    expect(reference.override.rules).toEqual({ deploy: { zero: must("Deploy without a gap.") } });
    const block = edited((text) => text.replace("bcrypt", "argon2id"), "agents-md");
    expect(block.override.rules).toEqual({ security: { hash: must("Hash passwords with argon2id.") } });
  });
});

describe.each(Object.entries(LANGUAGES))("in %s", (language, phrases) => {
  const { document, artifact } = build({ ...persona, language: language as Language });
  const read = (change: (text: string) => string) =>
    handEdits({ artifact, found: change(artifact.text), document }).override;

  test("leads and the list of references are read as what they are", () => {
    expect(artifact.text).toContain(`${phrases.should}\n`);
    const news = `${phrases.may}\n\n- [ ] Use a vault.\n\n\`\`\`ts`;
    expect(read((text) => text.replace("```ts", () => news)).addRules).toEqual({
      useVault: { after: "security/cache", rule: may("Use a vault.") },
    });
    const withoutShould = (text: string) => text.replace(new RegExp(`${phrases.should}[\\s\\S]*?private\\.\\n\\n`), "");
    expect(read(withoutShould).rules).toEqual({ security: { limit: drop(NO_REASON), cache: drop(NO_REASON) } });
    const link = artifact.text
      .split("\n")
      .find((line) => line.startsWith("- [Deploying]"))
      ?.slice(2)
      .split(")")[0];
    expect(read((text) => text.replace("Send a CSRF token", `${link}), and send a CSRF token`)).rules).toEqual({
      security: { csrf: must("[Deploying](ref:deploying), and send a CSRF token with each form.") },
    });
  });

  test("a text without a lead that only it needed means the same", () => {
    const lead = `${phrases.may}\n\n`;
    const keys = (text: string) => meaningOf(text, phrases).map(({ key }) => key);
    expect(keys(artifact.text.replace("```ts", () => `${lead}\`\`\`ts`))).toEqual(keys(artifact.text));
  });
});

const written = base.extend({
  id: "written",
  use: [
    section({
      id: "lists",
      title: "Lists",
      list: "asWritten",
      rules: {
        label: prose("These,\nas they are:", { breaks: true, blank: 0 }),
        one: point("The first one."),
        two: must("The second one, which is binding."),
        three: point("The third one.", { items: ["A point within.", { text: "A step.", style: "steps" }] }),
        four: point("Read it.", { style: "steps" }),
        code: example("ts x", "  a\n", { exact: true, fence: "~~~" }),
        quote: markdown("> Quoted.\n\n- And listed.\n  - Within."),
        rows: table(["A", "B"], [["1", "2"]], { delimiter: "|:--|--:|" }),
      },
    }),
  ],
});

describe("a change by hand where rules stand as written", () => {
  test.each<[what: string, change: (text: string) => string, rules: object, added?: object]>([
    ["another text", (text) => text.replace("The first one", "A first one"), { one: point("A first one.") }],
    [
      "two texts, of which one is binding",
      (text) => text.replace("The first one", "A first one").replace("The second one", "A second one"),
      { one: point("A first one."), two: must("A second one, which is binding.") },
    ],
    ["a point taken out", (text) => text.replace("- The first one.\n", ""), { one: drop(NO_REASON) }],
    [
      "a new point",
      (text) => text.replace("- The second", "- Another one.\n- The second"),
      {},
      { anotherOne: { after: "lists/one", rule: point("Another one.") } },
    ],
    [
      "a new step",
      (text) => text.replace("1. Read it.\n", "1. Read it.\n2. Do more.\n"),
      {},
      { doMore: { after: "lists/four", rule: point("Do more.", { style: "steps" }) } },
    ],
    [
      "points within a point",
      (text) => text.replace("  - A point within.\n", "  - A point within.\n  - One more.\n    - Deeper.\n"),
      {
        three: point("The third one.", {
          items: ["A point within.", { text: "One more.", items: ["Deeper."] }, { text: "A step.", style: "steps" }],
        }),
      },
    ],
    [
      "Markdown as it stands",
      (text) => text.replace("> Quoted.", "> Cited.").replace("  - Within.", "  - Within.\n  - Too."),
      { quote: markdown("> Cited.\n\n- And listed.\n  - Within.\n  - Too.") },
    ],
    [
      "code that is left as it stands",
      (text) => text.replace("  a\n", "  b\n"),
      { code: example("ts x", "  b\n", { exact: true, fence: "~~~" }) },
    ],
    [
      "the alignment of a table",
      (text) => text.replace("|:--|--:|", "|--:|--:|"),
      { rows: table(["A", "B"], [["1", "2"]], { delimiter: "|--:|--:|" }) },
    ],
    [
      "a line of a paragraph",
      (text) => text.replace("as they are:", "as they stand:"),
      { label: prose("These,\nas they stand:", { breaks: true, blank: 0 }) },
    ],
  ])("%s", (_what, change, rules, added = {}) => {
    const { document, artifact } = build(written);
    const found = change(artifact.text);
    expect(found).not.toBe(artifact.text);
    const { override, unsaid } = handEdits({ artifact, found, document });
    expect(unsaid).toEqual([]);
    expect(override.rules).toEqual(Object.keys(rules).length === 0 ? {} : { lists: rules });
    expect(override.addRules).toEqual(added);
    // What it says is what the hand has written.
    const { extend } = written as unknown as { extend(patch: object): PersonaData };
    const again = build(extend({ id: "again", rules: override.rules, addRules: override.addRules }));
    const keys = (text: string) => meaningOf(text.slice(text.indexOf("# Base")), phrasesOf({})).map(({ key }) => key);
    expect(keys(again.artifact.text.replaceAll("/again/", "/written/"))).toEqual(keys(found));
  });
});

describe("of a line that belongs to no rule it is said what it belongs to", () => {
  test.each<[what: string, change: (text: string) => string, line: number, belongsTo: RegExp]>([
    ["front matter", (text) => text.replace("Builds.", "Makes."), 3, /description and the settings of "payments"/],
    ["the title", (text) => text.replace("# Base", "# Ours"), 6, /^is the title of "payments"/],
    ["the role", (text) => text.replace("You build.", "You make."), 8, /^is the role of "payments"/],
    ["a heading", (text) => text.replace("## Security", "## Safety"), 10, /^is the heading of security@1\.2\.0/],
    [
      "the list of references",
      (text) => text.replace("read it when you", "read it if you"),
      44,
      /when to read a reference/,
    ],
    [
      "text of the user's own",
      (text) => text.replace("## Release\n", "## Release\n\nBy us.\n"),
      38,
      /^is not part of a rule/,
    ],
    [
      "a new section",
      (text) => text.replace("## Release\n", "## Ours\n\n- A.\n\n## Release\n"),
      36,
      /^is a new heading/,
    ],
    ["a list inside a rule", (text) => text.replace(/(.*bcrypt.*\n)/, "$1  - At cost 12.\n"), 18, /list inside a rule/],
  ])("%s", (_what, change, line, belongsTo) => {
    const { unsaid, override } = edited(change);
    expect(unsaid[0]).toEqual({ line, belongsTo: expect.stringMatching(belongsTo) });
    expect(override.rules).toEqual({});
  });
});

describe("neighbours that have both changed keep apart", () => {
  const rule = must("Close every file.");
  const closed = must("Close each file.");
  const both = (text: string) => text.replace("every file", "each file");
  test.each<[what: string, entry: PersonaData["use"][number]["rules"][string], now: Override["rules"][string]]>([
    ["Markdown and a rule", markdown("> Quoted text."), { entry: markdown("> Cited text."), rule: closed }],
    [
      "points and a rule",
      must("Quoted:", { items: ["Quoted text."] }),
      { entry: must("Quoted:", { items: [{ text: "Cited text." }] }), rule: closed },
    ],
    ["code and a rule", example("sh", "Quoted text"), { entry: example("sh", "Cited text"), rule: closed }],
  ])("%s", (_, entry, rules) => {
    const own = section({ id: "own", title: "Own", rules: { entry: entry as never, rule } });
    const { document, artifact } = build(definePersona({ ...START, use: [own] }));
    const found = both(artifact.text).replace("Quoted text", "Cited text");
    expect(handEdits({ artifact, found, document })).toEqual({
      override: { rules: { own: rules }, addRules: {}, ownRules: {} },
      unsaid: [],
    });
  });

  test("two entries of Markdown", () => {
    const entries = { one: markdown("> One quotation."), two: markdown("> Two quotations.") };
    const own = section({ id: "own", title: "Own", rules: entries });
    const { document, artifact } = build(definePersona({ ...START, use: [own] }));
    const found = artifact.text.replaceAll("> ", "> Just ");
    const { override, unsaid } = handEdits({ artifact, found, document });
    const now = { one: markdown("> Just One quotation."), two: markdown("> Just Two quotations.") };
    expect([override.rules, unsaid]).toEqual([{ own: now }, []]);
  });
});

test("points of the first rule below a lead are that rule's, and the lead is not", () => {
  const rules = {
    all: must("Close files."),
    limits: should("Set limits:", { items: ["one minute,", "one megabyte."] }),
  };
  const { document, artifact } = build(definePersona({ ...START, use: [section({ id: "own", title: "Own", rules })] }));
  const found = artifact.text.replace("one minute", "two minutes");
  const { override, unsaid } = handEdits({ artifact, found, document });
  const limits = should("Set limits:", { items: [{ text: "two minutes," }, { text: "one megabyte." }] });
  expect([override.rules, unsaid]).toEqual([{ own: { limits } }, []]);
});

describe("whatever a hand has made of a file", () => {
  const { document, artifact } = build(persona);
  const lines = artifact.text.split("\n");

  test("it is read", () => {
    const line = fc.oneof(
      fc.constantFrom(...lines),
      fc.string(),
      fc.constantFrom("- A.", "  - B.", "9. C", "## D", "```", "|"),
    );
    const edit = fc.record({ at: fc.nat(lines.length), taken: fc.nat(4), put: fc.array(line, { maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
        const found = [...lines];
        for (const { at, taken, put } of edits) found.splice(at, taken, ...put);
        const { unsaid } = handEdits({ artifact, found: found.join("\n"), document });
        for (const each of unsaid) expect(each.line).toBeGreaterThan(0);
      }),
    );
  });

  test.each([
    ["many points", "- A point.\n".repeat(100_000)],
    ["one long paragraph", "Words\n".repeat(100_000)],
    ["one long line", `- ${"](".repeat(200_000)}\n`],
  ])("%s take no time to speak of", (_, more) => {
    const { unsaid, override } = handEdits({ artifact, found: artifact.text + more, document });
    expect(unsaid.length + Object.keys(override.addRules).length).toBeGreaterThan(0);
  });
});
