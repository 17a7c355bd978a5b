import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compile } from "../compile/compile.ts";
import { defineFragment } from "../define/define-fragment.ts";
import { definePersona } from "../define/define-persona.ts";
import { may, must, should } from "../entries/rule.ts";
import { type Bump, bumpOf, greatestBump } from "./bump.ts";
import { changesBetween } from "./changes.ts";
import { type Snapshot, snapshot, snapshotOfFragment } from "./snapshot.ts";

/** A fragment of a few parts, as its package would define it. */
const define = (spec: object) =>
  defineFragment({ id: "queues", title: "Q", summary: "S.", rules: { kept: must("Keep.") }, ...spec } as never);
const snapshotOf = (spec: object) => snapshotOfFragment(define(spec) as never);

function compared(before: Snapshot, after: Snapshot): { readonly said: string[]; readonly bump: Bump | undefined } {
  const changes = changesBetween(before, after);
  return {
    said: changes.map(({ kind, from, path }) => `${kind} ${from === undefined ? "" : `${from} -> `}${path}`),
    bump: greatestBump(changes.map(bumpOf)),
  };
}

interface Values {
  readonly queue: string;
  readonly fifo: boolean;
}

describe("a rule that stands for some values", () => {
  const queue = (standard: string, ...choices: [string, ...string[]]) => z.enum(choices).default(standard as never);
  const params = { queue: queue("sqs", "sqs", "sns", "kafka"), fifo: z.boolean().default(false) };
  const rule = (condition: (values: Values) => boolean, more: object = {}) =>
    snapshotOf({
      params,
      rules: { kept: must("Keep."), rule: (values: Values) => (condition(values) ? must("R.") : undefined) },
      ...more,
    });
  const always = rule(() => true);
  const sqs = rule((values) => values.queue === "sqs");
  const sns = rule((values) => values.queue === "sns");
  const both = rule((values) => values.queue !== "kafka");
  const fifo = rule((values) => values.queue === "sqs" && values.fifo);

  test.each<[string, Snapshot, Snapshot, string[], Bump | undefined]>([
    ["stands for fewer", both, sqs, ["narrowed queues/rule"], "major"],
    ["stands for more", sqs, both, ["widened queues/rule"], "minor"],
    ["stands for others", sqs, sns, ["narrowed queues/rule"], "major"],
    ["no longer always stands", always, both, ["narrowed queues/rule"], "major"],
    ["always stands now", both, always, ["widened queues/rule"], "minor"],
    ["needs one more value", sqs, fifo, ["narrowed queues/rule"], "major"],
    ["needs one less", fifo, sqs, ["widened queues/rule"], "minor"],
    ["stands for none", sqs, rule(() => false), ["changed queues/rule", "narrowed queues/rule"], "major"],
    ["stands as before", sqs, sqs, [], undefined],
    [
      "is gone, though it does not stand by default",
      sns,
      rule(() => false, { rules: { kept: must("Keep.") } }),
      ["removed queues/rule"],
      "major",
    ],
    [
      "no longer stands by default, because the default is another",
      sqs,
      rule((values) => values.queue === "sqs", { params: { ...params, queue: queue("sns", "sqs", "sns", "kafka") } }),
      ["narrowed queues/rule", "changed param queue"],
      "major",
    ],
    [
      "also stands for a value that is new",
      both,
      rule((values) => values.queue !== "kafka", {
        params: { ...params, queue: queue("sqs", "sqs", "sns", "kafka", "amqp") },
      }),
      ["widened queues/rule", "changed param queue"],
      "minor",
    ],
    [
      "does not stand for a value that is new",
      always,
      rule((values) => values.queue !== "amqp", {
        params: { ...params, queue: queue("sqs", "sqs", "sns", "kafka", "amqp") },
      }),
      ["changed param queue"],
      "minor",
    ],
    [
      "stands with the default of a parameter that is new",
      snapshotOf({ rules: { kept: must("Keep."), rule: must("R.") } }),
      always,
      ["added param queue", "added param fifo"],
      "minor",
    ],
    [
      "stands with the defaults of parameters that are new, and not with all other values",
      snapshotOf({ rules: { kept: must("Keep."), rule: must("R.") } }),
      rule(({ queue, fifo }) => queue === "sqs" || fifo === (queue === "sns")),
      ["added param queue", "added param fifo"],
      "minor",
    ],
    [
      "does not stand with the default of a parameter that is new",
      snapshotOf({ rules: { kept: must("Keep."), rule: must("R.") } }),
      rule((values) => values.fifo),
      ["narrowed queues/rule", "added param queue", "added param fifo"],
      "major",
    ],
  ])("and %s", (_, before, after, said, bump) => {
    expect(compared(before, after)).toEqual({ said, bump });
  });

  test("says both conditions, and whether it stands by default", () => {
    const [change] = changesBetween(both, sns);
    expect(change).toMatchObject({
      before: "stands when queue is sqs or sns",
      after: "stands when queue is sns; not by default",
    });
  });

  test("is compared with what was published before conditions were", () => {
    const { standing: _, ...older } = always;
    expect(compared(older, sqs)).toEqual({ said: ["narrowed queues/rule"], bump: "major" });
    expect(compared(older, always)).toEqual({ said: [], bump: undefined });
  });

  test("is in the snapshot with its text where it does not stand by default", () => {
    expect(sns.rules["queues/rule"]).toBe("must: R.");
    expect(
      compared(
        sns,
        rule((values) => values.queue === "sns", {}),
      ),
    ).toEqual({ said: [], bump: undefined });
  });
});

describe("a rename with an old name", () => {
  const before = { rules: { tries: must("Retry."), kept: must("Keep.") } };
  const after = (text = must("Retry."), more: object = {}) => ({
    rules: { retries: text, kept: must("Keep.") },
    renamed: { tries: "retries" },
    ...more,
  });
  const renamed = "renamed queues/tries -> queues/retries";

  test.each<[string, object, object, string[], Bump | undefined]>([
    ["is one change", before, after(), [renamed], "minor"],
    ["is one change in other words, too", before, after(must("Try again.")), [renamed], "minor"],
    ["counts as what it does to the rule", before, after(should("Retry.")), [renamed], "major"],
    [
      "counts as what it does to a weak rule",
      { rules: { tries: should("R."), kept: must("Keep.") } },
      after(may("R.")),
      [renamed],
      "minor",
    ],
    ["is major without it", before, after(must("Retry."), { renamed: undefined }), [renamed], "major"],
    [
      "is major once it goes",
      after(),
      after(must("Retry."), { renamed: undefined }),
      ["removed alias queues/tries"],
      "major",
    ],
    ["is nothing where it stays", after(), after(), [], undefined],
    [
      "is minor where it comes later",
      after(must("R."), { renamed: undefined }),
      after(must("R.")),
      ["added alias queues/tries"],
      "minor",
    ],
    [
      "may be renamed once more",
      after(),
      { rules: { again: must("Retry."), kept: must("Keep.") }, renamed: { tries: "retries", retries: "again" } },
      ["renamed queues/retries -> queues/again"],
      "minor",
    ],
    [
      "is major where the oldest name goes with the next rename",
      after(),
      { rules: { again: must("Retry."), kept: must("Keep.") }, renamed: { retries: "again" } },
      ["renamed queues/retries -> queues/again", "removed alias queues/tries"],
      "major",
    ],
    [
      "is major where the name leads elsewhere",
      after(),
      after(must("Retry."), { renamed: { tries: "kept" } }),
      ["changed alias queues/tries"],
      "major",
    ],
    ["goes with its rule", after(), { rules: { kept: must("Keep.") } }, ["removed queues/retries"], "major"],
  ])("%s", (_, one, two, said, bump) => {
    expect(compared(snapshotOf(one), snapshotOf(two))).toEqual({ said, bump });
  });

  test("of a fragment is one change, and its rules are compared as they were called", () => {
    const old = snapshotOf({
      id: "messaging",
      rules: { tries: must("Retry."), kept: must("Keep."), gone: must("Go.") },
    });
    const now = snapshotOf(after(must("Retry twice."), { formerly: ["messaging"] }));
    expect(compared(old, now)).toEqual({
      said: ["renamed messaging -> queues", "renamed messaging/tries -> queues/retries", "removed messaging/gone"],
      bump: "major",
    });
    const { alias } = changesBetween(old, now)[0] ?? {};
    expect(alias).toBe(true);
    expect(compared(now, snapshotOf(after(must("Retry twice."))))).toEqual({
      said: ["removed alias messaging"],
      bump: "major",
    });
  });

  test("is one change in a persona that uses the fragment, also where the record has no old names", () => {
    const personaOf = (spec: object) =>
      snapshot(
        compile(
          definePersona({
            id: "worker",
            title: "W",
            description: { does: "D.", when: "W.", notFor: "" },
            role: "R.",
            use: [define(spec)],
          }),
        ),
      );
    expect(compared(personaOf(before), personaOf(after(must("Try again."))))).toEqual({
      said: [renamed],
      bump: "minor",
    });
    const old = personaOf({ ...before, id: "messaging" });
    expect(compared(old, personaOf({ ...before, formerly: ["messaging"] }))).toEqual({
      said: ["renamed messaging -> queues"],
      bump: "minor",
    });
  });
});

describe("a deprecation", () => {
  const rule = (notes?: object) => snapshotOf({ rules: { kept: must("Keep.", notes) } });
  const deprecated = (reason: string, successor?: string) =>
    rule({ deprecated: { reason, ...(successor === undefined ? {} : { successor }) } });

  test.each<[string, Snapshot, Snapshot, string[], Bump | undefined]>([
    ["is minor", rule(), deprecated("R."), ["added deprecation queues/kept"], "minor"],
    ["is minor where it is taken back", deprecated("R."), rule(), ["removed deprecation queues/kept"], "minor"],
    ["for another reason is a patch", deprecated("R."), deprecated("S."), ["changed deprecation queues/kept"], "patch"],
    ["stays", deprecated("R."), deprecated("R."), [], undefined],
  ])("%s", (_, before, after, said, bump) => {
    expect(compared(before, after)).toEqual({ said, bump });
  });

  test("names the successor by its path", () => {
    expect(deprecated("R.", "other/rule").deprecated).toEqual({ "queues/kept": "R. Use other/rule instead." });
  });
});
