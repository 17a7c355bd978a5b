import { defineFragment, must, type Named, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const BUILDERS_LIBRARY = {
  source: "Amazon Builders' Library, Timeouts, retries, and backoff with jitter",
  url: "https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/",
};

const SQS_CONCURRENCY = {
  source: "AWS Lambda Developer Guide, Configuring scaling behavior for SQS event source mappings",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html",
};

/** What differs between one long-running process and many short-lived ones, each with a memory of its own. */
const RUNTIMES = {
  server: {
    deadline: "",
    breaker: {
      text: "Put a circuit breaker such as `opossum` around each remote dependency, and while it is open, answer with a cached or reduced result, or with `503` and `Retry-After`.",
      notes: { why: "Failing at once keeps one broken dependency from taking the rest down." },
    },
    bound: {
      text: "Bound parallel calls and in-memory queues (`p-limit`, a maximum length) and refuse the excess with `503`; never run `Promise.all` over a list of unknown length.",
      notes: { why: "Unbounded work turns a slow dependency into an exhausted process." },
    },
  },
  serverless: {
    deadline:
      " Keep enough of the function's remaining time (`context.getRemainingTimeInMillis()`) to record the failure.",
    breaker: {
      text: "Build a circuit breaker on state that all instances share: a DynamoDB or Redis item with a TTL, read before the call; for a queue consumer, lower the source's maximum concurrency or pause its event source mapping. One in memory, such as `opossum`, sees a single instance's calls and rarely opens.",
      notes: {
        why: "Each execution environment has its own memory and serves one request at a time.",
        evidence: [
          {
            source: "AWS Prescriptive Guidance, Circuit breaker pattern",
            url: "https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/circuit-breaker.html",
          },
        ],
      },
    },
    bound: {
      text: "Bound instances as well as calls: `MaximumConcurrency` on each SQS source, reserved concurrency on what calls a database or a vendor with a limit, `p-limit` inside a batch; never run `Promise.all` over a list of unknown length.",
      notes: {
        why: "A function scales until the dependency behind it fails.",
        evidence: [SQS_CONCURRENCY],
      },
    },
  },
} as const;

const fragment = defineFragment({
  id: "resilience",
  version: manifest.version,
  title: "Resilience",
  summary:
    "How a service behaves when what it calls is slow, down or repeated. Choose it for anything that calls a network.",
  params: {
    runtime: z
      .enum(["serverless", "server"])
      .default("server")
      .describe("Whether the code runs in many short-lived instances or in long-running processes."),
  },
  rules: {
    /** Timeouts on outbound calls. */
    timeouts: ({ runtime }) =>
      must(
        `Set a timeout on every outbound call, databases and queues included, shorter than the caller's own; with \`fetch\`, pass \`AbortSignal.timeout(ms)\`.${RUNTIMES[runtime].deadline}`,
        { why: "A call that never ends holds its connection and its caller's.", evidence: [BUILDERS_LIBRARY] },
      ),
    /** Which failures to retry. */
    retryable: must(
      "Retry an HTTP call only after a timeout, a lost connection, `429`, `502`, `503` or `504`, and only where the operation is idempotent or carries an idempotency token; an SDK classifies its own errors (DynamoDB throttles with `400`).",
      {
        why: "A repeated `POST` may charge twice, and a malformed request stays malformed.",
        evidence: [
          { source: "RFC 9110 section 9.2.2", url: "https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2" },
          BUILDERS_LIBRARY,
          {
            source: "Amazon DynamoDB Developer Guide, Error handling with DynamoDB",
            url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html",
          },
        ],
      },
    ),
    /** Idempotent operations. */
    idempotency: must(
      "Make every operation that can arrive twice idempotent: store its idempotency token (the `Idempotency-Key` header with the caller's id, or the message id) with the result in one transaction, and answer a repeat from the store.",
      {
        why: "Clients and queues deliver again whenever an answer is lost.",
        evidence: [
          {
            source: "Amazon Builders' Library, Making retries safe with idempotent APIs",
            url: "https://aws.amazon.com/builders-library/making-retries-safe-with-idempotent-APIs/",
          },
        ],
      },
    ),
    /** Backoff and its limits. */
    backoff: should(
      "Wait between retries with capped exponential backoff and full jitter, obey `Retry-After`, stop after three attempts within a request, and retry in one layer only, counting the SDK's own retries.",
      {
        why: "Retries in several layers multiply the load on a service that is already failing.",
        evidence: [
          BUILDERS_LIBRARY,
          {
            source: "AWS SDKs and Tools Reference Guide, Retry behavior (standard mode: three attempts)",
            url: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
          },
          { source: "RFC 9110 section 10.2.3", url: "https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3" },
        ],
      },
    ),
    /** Circuit breakers and degraded answers. */
    circuitBreaker: ({ runtime }) => should(RUNTIMES[runtime].breaker.text, RUNTIMES[runtime].breaker.notes),
    /** Bounded concurrency. */
    boundedConcurrency: ({ runtime }) => should(RUNTIMES[runtime].bound.text, RUNTIMES[runtime].bound.notes),
  },
  decides: ({ runtime }) => ({ "resilience.runtime": runtime }),
});

/** How a service behaves when what it calls is slow, down or repeated. */
export interface Resilience extends Named<typeof fragment> {}
export const resilience: Resilience = fragment;
