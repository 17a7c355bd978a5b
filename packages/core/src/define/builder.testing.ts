import { z } from "zod";
import { defineFragment, definePersona, example, md, must, type Named, section, should } from "../../index.ts";

// What builder.test-d.ts and builder.errors.test-d.ts read types of.

const fragment = defineFragment({
  id: "testing-standards",
  title: "Testing",
  summary: "S.",
  params: { coverage: z.number().default(80), runner: z.enum(["vitest", "jest"]).default("vitest") },
  rules: {
    floor: ({ coverage }) => must(md`Cover ${coverage} %.`),
    flaky: should("Quarantine."),
    code: ({ runner }) => example("sh", runner),
  },
});

/** A fragment with parameters, under a short name as published fragments have it. */
export interface TestingStandards extends Named<typeof fragment> {}
export const testing: TestingStandards = fragment;

/** A fragment without parameters. */
export const plain = defineFragment({ id: "plain", title: "P", summary: "S.", rules: { one: must("One.") } });

export const description = { does: "D.", when: "W.", notFor: "N." };

/** A persona with a fragment and a section in its body, and one of each in its references. */
export const persona = definePersona({
  id: "backend",
  title: "B",
  description,
  role: "R.",
  use: [testing.with({ coverage: 90 }), section({ id: "own", title: "Own", rules: { a: must("A.") } })],
  references: {
    one: { title: "One", when: "w", use: [plain] },
    two: { title: "Two", when: "w", use: [section({ id: "deep", title: "D", rules: { b: must("B.") } })] },
  },
});

const renamedFragment = defineFragment({
  id: "queues",
  title: "Queues",
  summary: "S.",
  params: { queue: z.enum(["sqs", "kafka"]).default("sqs"), fifo: z.boolean().default(false) },
  rules: {
    /** Stands for one queue only. */
    visibility: ({ queue }) => (queue === "sqs" ? must("Set the visibility timeout.") : undefined),
    retries: must("Retry."),
    dedup: must("Deduplicate."),
  },
  renamed: {
    /** @deprecated It is called retries now. */
    attempts: "retries",
    tries: "attempts",
  },
  formerly: ["messaging", "events"],
});

/** A fragment that has had other ids, with a conditional rule, and one that has had other names. */
export interface Queues extends Named<typeof renamedFragment> {}
export const queues: Queues = renamedFragment;

/** A persona of that fragment, and of a section with an old name. */
export const worker = definePersona({
  id: "worker",
  title: "W",
  description,
  role: "R.",
  use: [
    queues,
    plain,
    section({ id: "steps", title: "Steps", rules: { now: must("N.") }, renamed: { before: "now" }, formerly: ["old"] }),
  ],
});
