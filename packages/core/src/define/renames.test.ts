import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compile } from "../compile/compile.ts";
import { drop } from "../entries/kinds.ts";
import { must, should } from "../entries/rule.ts";
import { formatIssue, type Issue } from "../issues/issue.ts";
import { entriesOf, pathOf } from "../model/document.ts";
import type { PersonaData } from "../model/persona.ts";
import { defineFragment, section } from "./define-fragment.ts";
import { definePersona } from "./define-persona.ts";

const about = { title: "T", summary: "S." };
const queues = defineFragment({
  ...about,
  id: "queues",
  version: "1.0.0",
  params: { queue: z.enum(["sqs", "kafka"]).default("sqs") },
  rules: { retries: ({ queue }) => must(`Retry on ${queue}.`), dedup: must("Deduplicate.") },
  renamed: { tries: "attempts", attempts: "retries" },
  formerly: ["messaging"],
});
const own = section({ id: "own", title: "Own", rules: { last: must("Last.") } });
const spec = { title: "W", description: { does: "D.", when: "W.", notFor: "" }, role: "R." };
const worker = definePersona({ ...spec, id: "worker", use: [queues, own] });

function compiled(persona: PersonaData) {
  const warnings: Issue[] = [];
  const document = compile(persona, { warn: (warning) => warnings.push(warning) });
  const texts = Object.fromEntries(
    entriesOf(document).map((entry) => [pathOf(entry), entry.kind === "rule" ? entry.text : ""]),
  );
  return { document, texts, warnings, lines: warnings.map(formatIssue) };
}

describe("a name that is nearly an old one", () => {
  test.each([
    [{ rules: { queues: { attemps: must("Ours.") } } }, 'Did you mean "attempts"? It is called "retries" now.'],
    [{ rules: { mesaging: drop("Not here.") } }, 'Did you mean "messaging"? It is called "queues" now.'],
    [{ params: { mesaging: {} } }, 'Did you mean "messaging"? It is called "queues" now.'],
    [
      { addRules: { mine: { after: "queues/attemps", rule: must("Ours.") } } },
      'Did you mean "queues/attempts"? It is called "queues/retries" now.',
    ],
    // A name of now that is as near is meant.
    [{ rules: { queues: { retres: must("Ours.") } } }, 'Did you mean "retries"?'],
  ])("is told with the name of now: %j", (patch, hint) => {
    const extend = () => worker.extend({ id: "mine", ...patch } as never);
    expect(extend).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ hint })] }));
  });
});

describe("an old name in a patch", () => {
  test.each([
    [
      "of a rule",
      { rules: { queues: { attempts: must("Ours.") } } },
      ["Ours.", "Deduplicate.", "Last."],
      [
        'persona "mine", rules["queues"].attempts: rule "queues/attempts" is called "queues/retries" now. Write "queues": { "retries": ... }.',
      ],
    ],
    [
      "of a rule that was renamed twice",
      { rules: { queues: { tries: must("Ours.") } } },
      ["Ours.", "Deduplicate.", "Last."],
      [
        'persona "mine", rules["queues"].tries: rule "queues/tries" is called "queues/retries" now. Write "queues": { "retries": ... }.',
      ],
    ],
    [
      "of a fragment and of its rule",
      { rules: { messaging: { attempts: must("Ours.") } } },
      ["Ours.", "Deduplicate.", "Last."],
      [
        'persona "mine", rules["messaging"]: fragment "messaging" is called "queues" now. Write "queues": { ... }.',
        'persona "mine", rules["queues"].attempts: rule "queues/attempts" is called "queues/retries" now. Write "queues": { "retries": ... }.',
      ],
    ],
    [
      "of a fragment that is dropped",
      { rules: { messaging: drop("none here") } },
      ["Last."],
      ['persona "mine", rules["messaging"]: fragment "messaging" is called "queues" now. Write "queues": { ... }.'],
    ],
    [
      "of a fragment whose parameter is set",
      { params: { messaging: { queue: "kafka" } } },
      ["Retry on kafka.", "Deduplicate.", "Last."],
      ['persona "mine", params["messaging"]: fragment "messaging" is called "queues" now. Write "queues": { ... }.'],
    ],
    [
      "of an anchor",
      { addRules: { more: { after: "messaging/attempts", rule: must("More.") } } },
      ["Retry on sqs.", "More.", "Deduplicate.", "Last."],
      [
        'persona "mine", addRules.more: rule "messaging/attempts" is called "queues/retries" now. Write after: "queues/retries".',
      ],
    ],
    [
      "of a fragment that another stands before",
      { use: [{ before: "messaging", fragment: section({ id: "x", title: "X", rules: { x: must("X.") } }) }] },
      ["X.", "Retry on sqs.", "Deduplicate.", "Last."],
      ['persona "mine", use: fragment "messaging" is called "queues" now. Write before: "queues".'],
    ],
  ])("%s works, and a warning has what to write", (_, patch, texts, lines) => {
    const result = compiled(worker.extend({ id: "mine", ...patch } as never));
    expect(Object.values(result.texts)).toEqual(texts);
    expect(result.lines).toEqual(lines);
  });

  test("works in a persona that others extend, and whoever extends it again is told where it stands", () => {
    const mine = worker.extend({ id: "mine", rules: { messaging: { tries: should("Ours.") } } });
    const theirs = mine.extend({ id: "theirs", rules: { queues: { dedup: drop("no") } } });
    expect(compiled(theirs).texts).toEqual({ "queues/retries": "Ours.", "own/last": "Last." });
    expect(compiled(theirs).warnings.map(({ place }) => place)).toEqual([
      'persona "mine", rules["messaging"]',
      'persona "mine", rules["queues"].tries',
    ]);
  });

  test("in a published persona is its author's, and not of those who extend it", () => {
    const published = worker.extend({ id: "mine", version: "1.0.0", rules: { messaging: { tries: should("Ours.") } } });
    expect(compiled(published).warnings).toHaveLength(2);
    expect(compiled(published.extend({ id: "theirs" })).warnings).toEqual([]);
  });

  test("also works where with has set a parameter", () => {
    const base = definePersona({ ...spec, id: "base", use: [queues.with({ queue: "kafka" })] });
    const mine = base.extend({ id: "mine", rules: { messaging: { tries: ({ queue }) => must(`Ours on ${queue}.`) } } });
    expect(compiled(mine).texts).toMatchObject({ "queues/retries": "Ours on kafka." });
  });

  test("beside the name of now is an error", () => {
    const both = { rules: { queues: { retries: must("A."), tries: must("B.") } } };
    expect(() => worker.extend({ id: "mine", ...both })).toThrow(
      'persona "mine", rules["queues"]: "retries" is changed under two names, "retries" and "tries". Write all of it under "retries".',
    );
    const ids = { rules: { queues: {}, messaging: {} } };
    expect(() => worker.extend({ id: "mine", ...ids })).toThrow(
      'rules: "queues" is changed under two names, "queues" and "messaging"',
    );
  });

  test("means the fragment that is called so now, where there is one", () => {
    const messaging = defineFragment({ ...about, id: "messaging", rules: { one: must("One.") } });
    const both = definePersona({ ...spec, id: "both", use: [queues, messaging] });
    const mine = both.extend({ id: "mine", rules: { messaging: { one: must("Ours.") } } });
    expect(compiled(mine)).toMatchObject({ texts: { "messaging/one": "Ours." }, warnings: [] });
    expect(compiled(mine).document.renamed).not.toHaveProperty("messaging");
  });

  test("that two fragments had is neither's", () => {
    const other = defineFragment({ ...about, id: "topics", rules: { one: must("One.") }, formerly: ["messaging"] });
    const both = worker.extend({ id: "both", use: [other] });
    expect(() => both.extend({ id: "mine", rules: { messaging: drop("x") } } as never)).toThrow(
      'there is no fragment "messaging"',
    );
    expect(compiled(both).document.renamed).toEqual({
      "queues/tries": "queues/retries",
      "queues/attempts": "queues/retries",
    });
  });

  test("that is misspelt is an error with the nearest name of now", () => {
    expect(() => worker.extend({ id: "mine", rules: { queues: { retires: must("A.") } } } as never)).toThrow(
      'there is no rule "retires". Did you mean "retries"?',
    );
  });
});

describe("an old name in a definition", () => {
  const rules = { retries: must("R."), dedup: must("D.") };
  test.each([
    [{ renamed: { dedup: "retries" } }, '"dedup" is a rule of the fragment, so it cannot be the old name of another'],
    [{ renamed: { tries: "retires" } }, 'renamed.tries: there is no rule "retires". Did you mean "retries"?'],
    [{ renamed: { tries: "attempts" } }, 'renamed.tries: there is no rule "attempts"'],
    [{ renamed: { tries: "attempts", attempts: "tries" } }, '"tries" -> "attempts" -> "tries" goes round in a circle'],
    [{ renamed: { tries: "tries" } }, '"tries" -> "tries" goes round in a circle'],
    [{ renamed: { tries: 1 } }, 'renamed.tries: there is no rule "1"'],
    [{ renamed: { "no-tries": "retries" } }, 'renamed: "no-tries" is not camelCase'],
    [{ renamed: ["tries"] }, "renamed: this is not an object"],
    [{ formerly: "messaging" }, "formerly is not a list of ids"],
    [{ formerly: ["Messaging"] }, "formerly is not a list of ids"],
    [{ formerly: ["queues"] }, '"queues" is the id that the fragment has now'],
  ])("%j is refused", (names, message) => {
    expect(() => defineFragment({ ...about, id: "queues", rules, ...names } as never)).toThrow(message);
  });

  test("may be that of a rule that was renamed again", () => {
    const renamed = { a: "b", b: "c", c: "retries" } as const;
    expect(() => defineFragment({ ...about, id: "queues", rules, renamed })).not.toThrow();
  });
});
