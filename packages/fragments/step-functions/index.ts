import { defineFragment, may, must, type Named, should, table } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "step-functions",
  version: manifest.version,
  title: "Step Functions workflows",
  summary:
    "How state machines retry, compensate, run in parallel and end. Choose it for transactions that span several services.",
  rules: {
    /** The two workflow types. */
    types: table(
      ["Type", "Choose it for", "Runs for at most", "Execution"],
      [
        ["Standard", "long, audited or non-idempotent work", "one year", "each state once, unless `Retry` repeats it"],
        [
          "Express",
          "high volume and short duration, every step idempotent",
          "five minutes",
          "may repeat when started asynchronously; history only in CloudWatch Logs",
        ],
      ],
    ),
    /** The choice of type. */
    workflowType: must(
      "Choose the type before creating the state machine, since it cannot be changed afterwards; start an Express workflow from a Standard one for a high-volume part of a long process.",
      {
        why: "An Express execution that runs twice repeats every effect that is not idempotent.",
        evidence: [
          {
            source: "AWS Step Functions Developer Guide, Choosing workflow type in Step Functions",
            url: "https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html",
          },
        ],
      },
    ),
    /** Undoing committed steps. */
    compensation: must(
      "Pair every step that commits a side effect with a compensating step (charge and refund, reserve and release), and route each `Catch` to the compensations of every step that may have committed, a timed-out one included, last one first.",
      {
        why: "No transaction spans services, so a failed one is undone step by step (saga).",
        enforcedBy: "A test that fails each step in turn and checks which compensations ran.",
        evidence: [
          {
            source: "AWS Prescriptive Guidance, Saga patterns",
            url: "https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/saga.html",
          },
        ],
      },
    ),
    /** Which errors are retried. */
    retries: must(
      "Give every `Task` a `Retry` on named transient errors (for Lambda: `Lambda.ServiceException`, `Lambda.SdkClientException`, `Lambda.TooManyRequestsException`) with `BackoffRate` and `JitterStrategy` set to `FULL`; send business errors to `Catch` without a retry.",
      {
        why: "A refused payment stays refused, and retries in step hit a struggling service together.",
        evidence: [
          {
            source: "AWS Step Functions Developer Guide, Handling errors in Step Functions workflows",
            url: "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html",
          },
          {
            source: "AWS Step Functions Developer Guide, Best practices for Step Functions",
            url: "https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html",
          },
        ],
      },
    ),
    /** Tasks that never answer. */
    timeouts: must(
      "Set `TimeoutSeconds` on every `Task`, and `HeartbeatSeconds` on tasks that wait for a callback (`.waitForTaskToken`).",
      {
        why: "The definition language sets no useful timeout, so a lost worker leaves the execution waiting.",
        evidence: [
          {
            source: "AWS Step Functions Developer Guide, Best practices for Step Functions",
            url: "https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html",
          },
        ],
      },
    ),
    /** Steps that run side by side. */
    parallelSteps: should(
      "Run independent steps in a `Parallel` or `Map` state with the `Catch` on that state; compensate every branch that may have committed, since one failure stops the others midway.",
      {
        evidence: [
          {
            source: "AWS Step Functions Developer Guide, Parallel workflow state",
            url: "https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html",
          },
        ],
      },
    ),
    /** The name of an execution. */
    executionName: should(
      "Name each Standard execution after its business key, such as the order id, so that a repeated `StartExecution` does not run the order twice.",
      {
        evidence: [
          {
            source: "AWS Step Functions API Reference, StartExecution",
            url: "https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html",
          },
        ],
      },
    ),
    /** What passes between states, and glue functions. */
    leanStates: may(
      "Pass ids and S3 keys between states instead of documents, and call AWS services through SDK integrations instead of functions that only forward a request.",
      {
        why: "State input and output have a size quota, and each forwarding function adds a cold start and a role.",
        evidence: [
          {
            source: "AWS Step Functions Developer Guide, Best practices for Step Functions",
            url: "https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html",
          },
        ],
      },
    ),
  },
});

/** How state machines retry, compensate, run in parallel and end. */
export interface StepFunctions extends Named<typeof fragment> {}
export const stepFunctions: StepFunctions = fragment;
