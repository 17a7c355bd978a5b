import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineFragment, section } from "../define/define-fragment.ts";
import { must } from "../entries/rule.ts";
import { standingInWords, standingsOf } from "./standing.ts";

const params = {
  queue: z.enum(["sqs", "sns", "kafka"]).default("sqs"),
  fifo: z.boolean().default(false),
  status: z.union([z.literal(400), z.literal(422)]).default(422),
  brokers: z.array(z.enum(["SQS", "Kafka"])).default(["SQS", "Kafka"]),
  most: z.number().default(10),
};
interface Values {
  readonly queue: "sqs" | "sns" | "kafka";
  readonly fifo: boolean;
  readonly status: 400 | 422;
  readonly brokers: readonly string[];
  readonly most: number;
}

/** When a rule stands that stands where a condition holds. */
function said(condition: (values: Values) => boolean): string | undefined {
  const fragment = defineFragment({
    id: "queues",
    title: "Q",
    summary: "S.",
    params,
    rules: { always: must("A."), rule: (values) => (condition(values) ? must("R.") : undefined) },
  });
  const { rule, ...others } = standingsOf(fragment);
  expect(others).toEqual({});
  return rule && standingInWords(rule);
}

describe("when a rule stands", () => {
  test.each<[string | undefined, (values: Values) => boolean]>([
    [undefined, () => true],
    ["with none of the values that were tried", () => false],
    ["when queue is sqs", ({ queue }) => queue === "sqs"],
    ["when queue is sns or kafka", ({ queue }) => queue !== "sqs"],
    ["when fifo is true", ({ fifo }) => fifo],
    ["when status is 400", ({ status }) => status === 400],
    ["when queue is sqs and fifo is true", ({ queue, fifo }) => queue === "sqs" && fifo],
    [
      "when queue is sqs or sns and fifo is true and status is 422",
      ({ queue, fifo, status }) => queue !== "kafka" && fifo && status === 422,
    ],
    ["when queue is sqs, or when queue is sns or kafka and fifo is true", ({ queue, fifo }) => queue === "sqs" || fifo],
    ['when brokers is ["Kafka"] or ["SQS","Kafka"]', ({ brokers }) => brokers.includes("Kafka")],
    ["with none of the values that were tried", ({ most }) => most > 10],
    [undefined, ({ most }) => most > 9],
  ])("is said: %s", (expected, condition) => {
    expect(said(condition)).toBe(expected);
  });

  test("beyond 256 combinations, each parameter is tried alone", () => {
    const choice = z.enum(["a", "b", "c", "d"]).default("a");
    let calls = 0;
    const fragment = defineFragment({
      id: "many",
      title: "M",
      summary: "S.",
      params: { one: choice, two: choice, three: choice, four: choice, five: choice },
      rules: {
        both: ({ one, two }) => {
          calls++;
          return one === "a" && two !== "d" ? must("R.") : undefined;
        },
        either: ({ one, two }) => (one === "b" || two === "b" ? must("R.") : undefined),
        first: must("F."),
      },
    });
    const { both, either } = standingsOf(fragment);
    expect(both && standingInWords(both)).toBe("when one is a and two is a or b or c");
    expect(either && standingInWords(either)).toBe("when one is b, or when two is b");
    expect(calls).toBeLessThan(30);
  });

  test("a function that throws counts as one that stands: compiling says what it throws", () => {
    expect(
      said(({ fifo }) => {
        if (fifo) throw new Error("of mine");
        return true;
      }),
    ).toBeUndefined();
  });
});

describe("a fragment of which nothing can stand", () => {
  const none = { id: "a", title: "A", summary: "S.", rules: { rule: () => undefined } };

  test("is refused, where every value of its parameters is known", () => {
    const { queue, fifo, most } = params;
    expect(() => defineFragment({ ...none, params: { queue, fifo } })).toThrow(
      'fragment "a": none of its rules stands, whatever the values of its parameters',
    );
    expect(() => defineFragment({ ...none, params: { queue, most } })).not.toThrow();
  });

  test("is left out, where it is a section whose module decides", () => {
    expect(() => section({ id: "a", title: "A", rules: { rule: () => undefined } })).not.toThrow();
  });
});
