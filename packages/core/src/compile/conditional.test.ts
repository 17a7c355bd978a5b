import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineFragment, section } from "../define/define-fragment.ts";
import { definePersona } from "../define/define-persona.ts";
import { drop } from "../entries/kinds.ts";
import { must, should } from "../entries/rule.ts";
import { formatIssue } from "../issues/issue.ts";
import type { PersonaData } from "../model/persona.ts";
import { render } from "../render/render.ts";
import { compile } from "./compile.ts";

const queues = defineFragment({
  id: "queues",
  version: "1.0.0",
  title: "Queues",
  summary: "S.",
  params: { queue: z.enum(["sqs", "sns", "kafka"]).default("kafka"), fifo: z.boolean().default(false) },
  rules: {
    visibility: ({ queue }) => (queue === "sqs" ? must("Set a visibility timeout.") : undefined),
    group: ({ queue, fifo }) => (queue !== "kafka" && fifo ? must("Set a message group.") : undefined),
    retries: ({ queue }) => (queue === "sns" ? undefined : must("Retry.")),
  },
});
const spec = { id: "worker", title: "W", description: { does: "D.", when: "W.", notFor: "" }, role: "R." };
const persona = definePersona({
  ...spec,
  use: [queues, section({ id: "own", title: "Own", rules: { last: must("Last.") } })],
});

function compiled(data: PersonaData) {
  const warnings: string[] = [];
  const document = compile(data, { warn: (warning) => warnings.push(formatIssue(warning)) });
  const { text } = render(document, { referencePath: (id) => id }).body;
  return { document, warnings, items: text.match(/(?<=^- ).*$/gm), headings: text.match(/(?<=^## ).*$/gm) };
}

describe("a rule whose function returns nothing", () => {
  test("is not in the text, and those beside it are", () => {
    expect(compiled(persona).items).toEqual(["Retry.", "Last."]);
    const other = persona.extend({ id: "mine", params: { queues: { queue: "sqs", fifo: true } } });
    expect(compiled(other).items).toEqual(["Set a visibility timeout.", "Set a message group.", "Retry.", "Last."]);
  });

  test("leaves no heading where it is the last of its fragment, also from the second persona on", () => {
    for (let index = 0; index < 3; index++) {
      const none = persona.extend({ id: "mine", params: { queues: { queue: "sns" } } });
      expect(compiled(none).headings).toEqual(["Own"]);
    }
  });

  test("leaves nothing in a reference of its own, which is an error", () => {
    const own = section({ id: "own", title: "Own", rules: { a: must("A.") } });
    const use = [queues.with({ queue: "sns" })];
    const empty = definePersona({ ...spec, use: [own], references: { guide: { title: "G", when: "lost", use } } });
    expect(() => compile(empty)).toThrow('reference "guide": nothing is left in it');
  });

  test("is an anchor all the same: what is added stands where it would", () => {
    const added = persona.extend({
      id: "mine",
      addRules: {
        first: { before: "queues/visibility", rule: must("First.") },
        second: { after: "queues/group", rule: must("Second.") },
      },
    });
    expect(compiled(added).items).toEqual(["First.", "Second.", "Retry.", "Last."]);
    const none = added.extend({ id: "theirs", params: { queues: { queue: "sns" } } });
    expect(compiled(none).items).toEqual(["First.", "Second.", "Last."]);
    expect(compiled(none).headings).toEqual(["Queues", "Own"]);
  });
});

describe("a patch of a rule that does not stand", () => {
  test("that replaces it is an error with its condition", () => {
    const replaced = persona.extend({ id: "mine", rules: { queues: { visibility: must("Ours.") } } });
    expect(() => compile(replaced)).toThrow(
      'persona "mine", rules["queues"].visibility: rule "queues/visibility" does not stand here: it stands when queue is sqs. ' +
        'Set the parameter, take your text out, or add it as a rule of your own: addRules: { ... after: "queues/visibility" }.',
    );
  });

  test("that drops it is a warning with its condition, and the drop is kept", () => {
    const { warnings, document } = compiled(
      persona.extend({ id: "mine", rules: { queues: { group: drop("no groups") } } }),
    );
    expect(warnings).toEqual([
      'persona "mine", rules["queues"].group: rule "queues/group" does not stand here: it stands when queue is sqs or sns and fifo is true. ' +
        "Without the drop, the persona is the same.",
    ]);
    expect(document.dropped).toEqual([{ path: "queues/group", reason: "no groups", by: "mine" }]);
  });

  test("waits in the persona that is extended further, for the parameter that brings the rule", () => {
    const ours = persona.extend({
      id: "ours",
      params: { queues: { queue: "sqs" } },
      rules: { queues: { visibility: should("Ours.") } },
    });
    expect(compiled(ours).items).toEqual(["Retry.", "Ours.", "Last."]);
    const kafka = ours.extend({ id: "kafka", params: { queues: { queue: "kafka" } } });
    expect(compiled(kafka)).toMatchObject({ items: ["Retry.", "Last."], warnings: [] });
  });
});

test("a replacement may stand for some values only; elsewhere the rule counts as dropped", () => {
  const ours = persona.extend({
    id: "ours",
    rules: { queues: { retries: ({ fifo }) => (fifo ? must("Retry in order.") : undefined) } },
  });
  const { items, document } = compiled(ours);
  expect(items).toEqual(["Last."]);
  expect(document.dropped).toMatchObject([
    { path: "queues/retries", by: "ours", base: { text: "Retry." }, reason: /its replacement does not stand/i },
  ]);
  expect(compiled(ours.extend({ id: "fifo", params: { queues: { fifo: true } } })).items).toEqual([
    "Retry in order.",
    "Last.",
  ]);
});

describe("a deprecated rule", () => {
  const notes = { deprecated: { reason: "Clients send a token.", successor: "token" } };
  const tokens = defineFragment({
    id: "tokens",
    version: "1.0.0",
    title: "T",
    summary: "S.",
    rules: { cookie: must("Set a cookie.", notes), token: must("Send a token.") },
  });
  const base = persona.extend({ id: "base", use: [tokens] });
  const line = (use: string) =>
    `persona "mine": rule "tokens/cookie" is deprecated${use}: Clients send a token. Use tokens/token instead.`;

  test.each([
    ["is used", {}, [line("")]],
    ["is replaced", { rules: { tokens: { cookie: must("Ours.") } } }, [line(', and persona "mine" replaces it')]],
    [
      "is an anchor",
      { addRules: { more: { after: "tokens/cookie", rule: must("More.") } } },
      [line(', and "more" stands next to it')],
    ],
    ["is dropped", { rules: { tokens: { cookie: drop("no cookies") } } }, []],
  ])("that %s is said with its successor, for as long as it is there", (_, patch, warnings) => {
    // From the second persona on, a section is shared.
    for (let index = 0; index < 3; index++) {
      expect(compiled(base.extend({ id: "mine", ...patch } as never)).warnings).toEqual(warnings);
    }
  });

  test("names a successor that there is", () => {
    const wrong = { deprecated: { reason: "R.", successor: "tokn" } };
    const define = (deprecated: object) =>
      defineFragment({ ...tokens, rules: { a: must("A.", deprecated), token: must("T.") } } as never);
    expect(() => section({ id: "s", title: "S", rules: { a: must("A.", wrong), token: must("T.") } })).toThrow(
      'rule "a", deprecated.successor: there is no rule "tokn". Did you mean "token"?',
    );
    expect(() => section({ id: "s", title: "S", rules: { a: must("A.", { deprecated: { reason: "" } }) } })).toThrow(
      "deprecated.reason is missing or empty",
    );
    expect(() => define({ deprecated: "yes" })).toThrow("deprecated gives no reason");
    expect(() =>
      section({
        id: "s",
        title: "S",
        rules: { a: must("A.", { deprecated: { reason: "R.", successor: "Not A Rule" } }) },
      }),
    ).toThrow("deprecated.successor names no rule");
    const elsewhere = { deprecated: { reason: "R.", successor: "other-fragment/rule" } };
    expect(() => section({ id: "s", title: "S", rules: { a: must("A.", elsewhere) } })).not.toThrow();
  });
});
