import { defineFragment, may, md, must, type Named, prose, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "lambda-functions",
  version: manifest.version,
  title: "Lambda functions",
  summary:
    "How AWS Lambda handlers are laid out, typed, packaged, retried and tested. Choose it for any service that runs on Lambda.",
  params: {
    runtime: z
      .enum(["nodejs22.x", "nodejs24.x"])
      .default("nodejs22.x")
      .describe("The identifier of the managed Node.js runtime that functions are deployed on."),
  },
  rules: {
    /** Languages, runtime, and where configuration comes from. */
    scope: ({ runtime }) =>
      prose(
        md`New functions are TypeScript on \`${runtime}\`, unless the repository writes its functions in Python or Go. Configuration reaches a function through environment variables and Systems Manager Parameter Store.`,
      ),
    /** Where a handler lives and how little it does. */
    thinHandler: must(
      "Export one `async` handler from `src/handlers/[name].ts`, with a single responsibility: translate the event, call business logic, translate the result. Business logic imports nothing from `aws-lambda`.",
      {
        why: "Logic that knows no event shape can be unit tested and moved to another trigger; runtimes from Node.js 24 on refuse callback handlers.",
        evidence: [
          {
            source: "AWS Lambda Developer Guide, Best practices for working with AWS Lambda functions",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html",
          },
          {
            source: "AWS Lambda Developer Guide, Define Lambda function handler in Node.js",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html",
          },
        ],
      },
    ),
    /** The types of events and results. */
    eventTypes: must(
      "Type each handler with its trigger's event and result from `@types/aws-lambda`, such as `SQSEvent` and `SQSBatchResponse`, after reading that event's page in the AWS documentation; never use `any` or a hand-written event interface.",
      { why: "REST and HTTP APIs, queues and buses send different shapes under similar names.", enforcedBy: "tsc" },
    ),
    /** Repeated delivery of one event. */
    idempotentHandlers: must(
      "Make every handler with side effects idempotent. Where the effect and its record cannot share a database transaction, record a key from the payload first, for example with `makeIdempotent` from `@aws-lambda-powertools/idempotency`.",
      {
        why: "Lambda may deliver one event several times, even without an error.",
        enforcedBy: "A handler test that delivers the same event twice.",
        evidence: [
          {
            source: "AWS Lambda Developer Guide, How Lambda handles errors and retries with asynchronous invocation",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
          },
        ],
      },
    ),
    /** Batches in which some records fail. */
    partialBatches: must(
      "Set `ReportBatchItemFailures` on every SQS, Kinesis and DynamoDB Streams event source mapping, and return the failed records in `batchItemFailures`; on a FIFO queue, stop at the first failure and return every later record too.",
      {
        why: "Otherwise one bad record makes Lambda deliver the whole batch again.",
        evidence: [
          {
            source: "AWS Lambda Developer Guide, Handling errors for an SQS event source in Lambda",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
          },
        ],
      },
    ),
    /** Secrets that a warm instance can see change. */
    secrets: must(
      "Read a secret from AWS Secrets Manager where it is used, through the parameters utility of Powertools with a `maxAge`, and once more past the cache (`forceFetch`) when a credential is refused. Environment variables hold its name, never its value.",
      {
        why: "Whoever may call `lambda:GetFunctionConfiguration` reads those in plain text, and a warm instance outlives a rotation.",
        evidence: [
          {
            source: "AWS Lambda Developer Guide, Use Secrets Manager secrets in Lambda functions",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html",
          },
          {
            source: "Powertools for AWS Lambda (TypeScript), Parameters",
            url: "https://docs.aws.amazon.com/powertools/typescript/latest/features/parameters/",
          },
        ],
      },
    ),
    /** What a cold start loads. */
    coldStart: should(
      "Create SDK clients at module scope, import single clients such as `@aws-sdk/client-sqs`, and bundle each function separately with `esbuild --bundle --minify --platform=node`, so that a cold start loads only that handler's code.",
      {
        why: "Start-up time grows with the code that is loaded, and the SDK in the runtime changes version without a deployment.",
        evidence: [
          {
            source: "AWS Lambda Developer Guide, Best practices for working with AWS Lambda functions",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html",
          },
        ],
      },
    ),
    /** Tests of handlers. */
    handlerTests: should(
      "Test each handler with mock events generated by `sam local generate-event`: a valid event, a malformed one, a failing service, the same event twice, and for batches one bad record among good ones.",
      { why: "The event mapping is the part that unit tests of business logic never touch." },
    ),
    /** Memory and warm capacity. */
    memoryTuning: may(
      "Set memory from an AWS Lambda Power Tuning run with realistic payloads; where cold starts still miss the latency target, put Provisioned Concurrency on an alias.",
      {
        why: "Memory also sets the share of CPU, so more of it can cost less.",
        evidence: [
          {
            source: "AWS Lambda Developer Guide, Configure Lambda function memory",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html",
          },
          {
            source: "AWS Lambda Developer Guide, Configuring provisioned concurrency",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html",
          },
        ],
      },
    ),
    /** Work that the caller does not wait for. */
    asyncInvocation: may(
      "Use asynchronous invocation (`InvocationType: Event`) for work whose result the caller does not need, with an `OnFailure` destination: by default Lambda retries twice, then discards the event.",
      {
        evidence: [
          {
            source: "AWS Lambda Developer Guide, How Lambda handles errors and retries with asynchronous invocation",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
          },
        ],
      },
    ),
    /** Fewer invocations for the same work. */
    batching: may(
      "Batch where latency allows: raise `BatchSize` and `MaximumBatchingWindowInSeconds` on queue and stream sources, and write with `SendMessageBatch` and `BatchWriteItem`.",
    ),
    /** Layers and functions at the edge. */
    layersAndEdge: may(
      "Use layers for binaries and extensions that several functions share, and Lambda@Edge for header, redirect and token logic close to the viewer; Lambda@Edge takes neither layers nor environment variables.",
      {
        evidence: [
          {
            source: "Amazon CloudFront Developer Guide, Restrictions on Lambda@Edge",
            url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html",
          },
        ],
      },
    ),
  },
  decides: ({ runtime }) => ({ "lambda.runtime": runtime }),
});

/** How AWS Lambda handlers are laid out, typed, packaged, retried and tested. */
export interface LambdaFunctions extends Named<typeof fragment> {}
export const lambdaFunctions: LambdaFunctions = fragment;
