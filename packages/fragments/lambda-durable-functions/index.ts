import { defineFragment, example, must, type Named, prose, should, table } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg";
const SDK_GUIDE = "https://docs.aws.amazon.com/durable-execution";

const KEY_CONCEPTS = {
  source: "AWS Durable Execution SDK Developer Guide, Key concepts",
  url: `${SDK_GUIDE}/getting-started/key-concepts/`,
};

const STEPS = {
  source: "@aws/durable-execution-sdk-js 2.4.0, Step semantics",
  url: "https://github.com/aws/aws-durable-execution-sdk-js/tree/main/packages/aws-durable-execution-sdk-js",
};

const fragment = defineFragment({
  id: "lambda-durable-functions",
  version: manifest.version,
  title: "Lambda durable functions",
  summary:
    "Workflows written as one Lambda function that checkpoints its steps, and when a state machine is the better choice. Choose it where a process has several steps, waits or callbacks.",
  rules: {
    /** Durable function, state machine or neither. */
    choice: table(
      ["Take", "For a process"],
      [
        ["One plain handler", "that ends within a single invocation and can be repeated whole"],
        [
          "A durable function",
          "that belongs to one service and is mostly its business logic in TypeScript, Python or Java: branches, loops, callbacks and waits of up to a year, tested with the code around it",
        ],
        [
          "Step Functions, Standard",
          "that mostly calls AWS services without code in between, spans services of several teams, is written in a language without the SDK, such as Go, or must be understood by people who do not read code",
        ],
        ["Step Functions, Express", "that runs in high volume for short duration, every step idempotent"],
      ],
    ),
    /** How the choice is recorded. */
    recordedChoice: must(
      "Name in the pull request the row of the table that decided, and keep one process in one of them: a state machine may call a durable function, but never split one transaction's compensations between the two.",
      {
        evidence: [
          { source: "AWS Lambda Developer Guide, Lambda durable functions", url: `${GUIDE}/durable-functions.html` },
        ],
        reviewed: "2026-11",
      },
    ),
    /** How a durable function is created. */
    creation: must(
      "Create the function with `durableConfig` (in the CDK: `executionTimeout` for the whole process, `retentionPeriod` for its history) and wrap its handler in `withDurableExecution` of `@aws/durable-execution-sdk-js`; move the logic of an existing function into a new one.",
      {
        why: "Lambda sets durable execution when a function is created; the function's own timeout still ends each single invocation.",
        evidence: [
          KEY_CONCEPTS,
          {
            source: "AWS CDK API Reference, aws_lambda.DurableConfig",
            url: "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda.DurableConfig.html",
          },
        ],
        reviewed: "2026-11",
      },
    ),
    /** Code that replays the same way. */
    determinism: must(
      "Read the clock, random values, ids, databases and other services only inside `context.step`; code between steps computes from the event and from results of steps, and changes no variable inside a step's callback that is read outside.",
      {
        why: "The handler runs again from its first line after each wait and each failure, and steps that are done only return what they returned.",
        evidence: [
          {
            source: "AWS Durable Execution SDK Developer Guide, Determinism during replay",
            url: `${SDK_GUIDE}/patterns/best-practices/determinism/`,
          },
        ],
        reviewed: "2026-11",
      },
    ),
    /** Steps that may run twice. */
    repeatedSteps: must(
      "Give every step with a side effect an idempotency key that comes from the event, because a step runs at least once; where the other side takes no key, set `StepSemantics.AtMostOncePerRetry` together with a `retryStrategy` that never retries.",
      { why: "A step whose checkpoint was lost runs again.", evidence: [STEPS], reviewed: "2026-11" },
    ),
    /** Which errors a step retries. */
    retries: must(
      "Give each step that calls another service a `retryStrategy` that ends and retries transient errors only; by default a step tries everything again, a refused payment too. Leave compensations on the default.",
      {
        why: "Without it, a business error is repeated and its compensations start minutes late.",
        evidence: [STEPS],
        reviewed: "2026-11",
      },
    ),
    /** Undoing committed steps. */
    compensations: must(
      "Register a step's compensation before the step runs, and run them in reverse order as named steps when a later one fails; a compensation must succeed for a step that never happened.",
      {
        why: "A step that timed out may have committed.",
        enforcedBy: "A test that fails each step in turn and checks which compensations ran.",
      },
    ),
    /** Waits that end. */
    timeouts: must(
      "Set `timeout` on every `waitForCallback` and `createCallback`, and `heartbeatTimeout` where the other side works for long; treat its end as a failed step.",
      { why: "A callback that never comes otherwise holds the process until its execution timeout." },
    ),
    /** How an execution is started. */
    invocation: must(
      "Invoke a version or alias, never the bare function name, with `DurableExecutionName` set to the business key, such as the order id; and set `InvocationType: Event` wherever the process may outlast 15 minutes.",
      {
        why: "A repeated start with one name and payload returns the execution that runs already; a synchronous caller waits 15 minutes at most.",
        evidence: [
          {
            source: "AWS Lambda Developer Guide, Invoking durable Lambda functions",
            url: `${GUIDE}/durable-invoking.html`,
          },
          {
            source: "AWS Lambda API Reference, Invoke (DurableExecutionName)",
            url: "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html",
          },
        ],
        reviewed: "2026-11",
      },
    ),
    /** Executions that outlive a deployment. */
    deployments: must(
      "Change the order, names or results of steps only in a new version, and move the alias to it; executions that have started finish on the version that they started on.",
      {
        why: "A replay against other code ends in an error, or takes another path.",
        evidence: [
          {
            source: "AWS Lambda Developer Guide, Best practices for Lambda durable functions",
            url: `${GUIDE}/durable-best-practices.html`,
          },
        ],
      },
    ),
    /** Branches and nested work. */
    branches: should(
      "Call no durable operation inside a step; group several with `context.runInChildContext`, and run branches with `context.parallel` or `context.map` and a `maxConcurrency`, never with `Promise.all`.",
      {
        why: "Operations are matched by their order, which concurrent promises do not keep.",
        evidence: [STEPS],
        reviewed: "2026-11",
      },
    ),
    /** What is checkpointed. */
    smallResults: should(
      "Return ids, amounts and S3 keys from steps, never documents, tokens or personal data: each result is stored with the execution's history and read again at each replay.",
    ),
    /** Tests without waiting. */
    tests: should(
      "Test with `LocalDurableTestRunner` of `@aws/durable-execution-sdk-js-testing` and `skipTime: true`: the path that succeeds, a callback that times out, and each step that fails.",
      {
        evidence: [
          {
            source: "AWS Lambda Developer Guide, Testing Lambda durable functions",
            url: `${GUIDE}/durable-testing.html`,
          },
        ],
        reviewed: "2026-11",
      },
    ),
    /** The example, introduced. */
    exampleNotes: prose(
      "An order, as a saga: each call takes the order's id as its idempotency key, and nobody pays for goods that never ship.",
    ),
    /** An order workflow as a durable function. */
    saga: example(
      "ts",
      `
      import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";

      interface Compensation {
        readonly name: string;
        readonly run: () => Promise<void>;
      }

      const retryStrategy = (error: Error, attempt: number) => ({
        shouldRetry: error instanceof AppError && error.code === "UNAVAILABLE" && attempt < 3,
        delay: { seconds: 2 ** attempt },
      });

      export const handler = withDurableExecution(async (order: Order, context: DurableContext) => {
        const compensations: Compensation[] = [];
        try {
          compensations.push({ name: "refund", run: () => payments.refund(order.id) });
          await context.step("charge", () => payments.charge(order.id, order.total), { retryStrategy });
          compensations.push({ name: "release", run: () => inventory.release(order.id) });
          await context.step("reserve", () => inventory.reserve(order.id, order.items), { retryStrategy });
          compensations.push({ name: "cancel", run: () => warehouse.cancelShipment(order.id) });
          const tracking = await context.waitForCallback<string>(
            "ship",
            (callbackId) => warehouse.requestShipment(order.id, callbackId),
            { timeout: { days: 7 }, retryStrategy },
          );
          return { status: "SHIPPED", tracking };
        } catch (error) {
          for (const { name, run } of compensations.reverse()) await context.step(name, run);
          throw error;
        }
      });
      `,
    ),
  },
});

/** Workflows written as one Lambda function that checkpoints its steps, and when a state machine is the better choice. */
export interface LambdaDurableFunctions extends Named<typeof fragment> {}
export const lambdaDurableFunctions: LambdaDurableFunctions = fragment;
