import { defineFragment, may, md, must, type Named, raw, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const BEST_PRACTICES = {
  source: "AWS Lambda Developer Guide, Best practices for working with AWS Lambda functions",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html",
};

/** The last day on which Lambda supports a runtime. */
const NODE_ENDS = { "nodejs22.x": "2027-04-30", "nodejs24.x": "2028-04-30" };

/** What differs between the languages of functions. */
const LANGUAGES = {
  typescript: {
    name: "TypeScript",
    handler:
      "Export one `async` handler from `src/handlers/[name].ts`, with a single responsibility: translate the event, call business logic, translate the result. Business logic imports nothing from `aws-lambda`.",
    handlerSource: {
      source: "AWS Lambda Developer Guide, Define Lambda function handler in Node.js",
      url: "https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html",
    },
    types:
      "Type each handler with its trigger's event and result from `@types/aws-lambda`, such as `SQSEvent` and `SQSBatchResponse`, after reading that event's page in the AWS documentation; never use `any` or a hand-written event interface.",
    typeChecker: "tsc",
    idempotency: "with `makeIdempotent` from `@aws-lambda-powertools/idempotency`",
    parsing: "`BatchProcessor` of `@aws-lambda-powertools/batch` takes `parser` and `schema` for this",
    parsingSource: {
      source: "Powertools for AWS Lambda (TypeScript), Batch processing",
      url: "https://docs.aws.amazon.com/powertools/typescript/latest/features/batch/",
    },
    packaging:
      "import single clients such as `@aws-sdk/client-sqs`, and bundle each function separately with `esbuild --bundle --minify --platform=node`, so that a cold start loads only that handler's code",
  },
  python: {
    name: "Python",
    handler:
      "Define one `handler(event, context)` in `src/handlers/[name].py`, with a single responsibility: translate the event, call business logic, translate the result. Business logic imports nothing from `aws_lambda_powertools.utilities.data_classes` and knows no `event`.",
    handlerSource: {
      source: "AWS Lambda Developer Guide, Define Lambda function handler in Python",
      url: "https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html",
    },
    types:
      "Type each handler with its trigger's class from Powertools, such as `SQSEvent` under `@event_source(data_class=SQSEvent)`, and with `LambdaContext`, after reading that event's page in the AWS documentation; never index into a bare `dict`.",
    typeChecker: "mypy --strict",
    idempotency: "with `@idempotent` from `aws_lambda_powertools.utilities.idempotency`",
    parsing: "`BatchProcessor(event_type, model=...)` of Powertools parses each record with a Pydantic model",
    parsingSource: {
      source: "Powertools for AWS Lambda (Python), Batch processing",
      url: "https://docs.aws.amazon.com/powertools/python/latest/utilities/batch/",
    },
    packaging:
      "package each function with its own requirements only, and turn on SnapStart where the import of its libraries dominates the start, so that a cold start loads only that handler's code",
  },
  go: {
    name: "Go",
    handler:
      "Give each function its own `cmd/[name]/main.go`, whose `main` builds the dependencies and calls `lambda.Start` with a handler of a single responsibility: translate the event, call business logic, translate the result. Business logic imports nothing from `aws-lambda-go`.",
    handlerSource: {
      source: "AWS Lambda Developer Guide, Define Lambda function handlers in Go",
      url: "https://docs.aws.amazon.com/lambda/latest/dg/golang-handler.html",
    },
    types:
      "Type each handler with its trigger's structs from `github.com/aws/aws-lambda-go/events`, such as `events.SQSEvent` and `events.SQSEventResponse`, after reading that event's page in the AWS documentation; never decode into `map[string]any`.",
    typeChecker: "go vet",
    idempotency: "with a conditional `PutItem` (`attribute_not_exists`) into a table with a TTL",
    parsing: "decode with `DisallowUnknownFields` and check the struct, with `validator` for one",
    parsingSource: {
      source: "Go standard library, encoding/json, Decoder.DisallowUnknownFields",
      url: "https://pkg.go.dev/encoding/json#Decoder.DisallowUnknownFields",
    },
    packaging:
      "and build each function into a `bootstrap` of its own with `GOOS=linux CGO_ENABLED=0 go build -tags lambda.norpc`, so that a cold start loads only that handler's code",
  },
} as const;

const fragment = defineFragment({
  id: "lambda-functions",
  version: manifest.version,
  title: "Lambda functions",
  summary:
    "How AWS Lambda handlers are laid out, typed, packaged, retried and tested. Choose it for any service that runs on Lambda.",
  params: {
    language: z
      .enum(["typescript", "python", "go"])
      .default("typescript")
      .describe("The language that functions are written in."),
    runtime: z
      .enum(["nodejs22.x", "nodejs24.x"])
      .default("nodejs24.x")
      .describe("The identifier of the managed Node.js runtime that functions in TypeScript are deployed on."),
  },
  rules: {
    /** Languages, runtime, and where configuration comes from. */
    scope: ({ language, runtime }) => {
      const others = Object.values(LANGUAGES).flatMap(({ name }) => (name === LANGUAGES[language].name ? [] : [name]));
      const id = { typescript: runtime, python: "python3.14", go: "provided.al2023" }[language];
      return must(
        md`Write new functions in ${LANGUAGES[language].name} on \`${id}\`, unless the repository writes its functions in ${others.join(" or ")}; give each its configuration through environment variables and Systems Manager Parameter Store.`,
        {
          why: "Lambda blocks updates of functions some months after it deprecates their runtime.",
          evidence: [
            {
              source: "AWS Lambda Developer Guide, Lambda runtimes",
              url: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
            },
          ],
          reviewed: "2026-11",
          ...(language === "typescript" && {
            endOfLife: { subject: `Lambda's ${runtime}`, date: NODE_ENDS[runtime] },
          }),
        },
      );
    },
    /** Where a handler lives and how little it does. */
    thinHandler: ({ language }) =>
      must(LANGUAGES[language].handler, {
        why: `Logic that knows no event shape can be unit tested and moved to another trigger${language === "typescript" ? "; runtimes from Node.js 24 on refuse callback handlers" : ""}.`,
        evidence: [BEST_PRACTICES, LANGUAGES[language].handlerSource],
      }),
    /** The types of events and results. */
    eventTypes: ({ language }) =>
      must(LANGUAGES[language].types, {
        why: "REST and HTTP APIs, queues and buses send different shapes under similar names.",
        enforcedBy: LANGUAGES[language].typeChecker,
      }),
    /** What events carry, checked. */
    eventPayload: ({ language }) =>
      must(
        md`Parse the payload of each event with a schema before business logic sees it: an SQS \`body\`, the \`Message\` of an SNS notification inside it, an EventBridge \`detail\` (${raw(LANGUAGES[language].parsing)}). Report a record that does not parse as failed, and log its id and the issues, never its body.`,
        {
          why: "No gateway has checked what a queue delivers; a failed record ends in the dead letter queue, where a person can see it.",
          enforcedBy: "A handler test with a malformed record.",
          evidence: [LANGUAGES[language].parsingSource],
        },
      ),
    /** Repeated delivery of one event. */
    idempotentHandlers: ({ language }) =>
      must(
        md`Make every handler with side effects idempotent. Where the effect and its record cannot share a database transaction, record a key from the payload first, for example ${raw(LANGUAGES[language].idempotency)}.`,
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
      "Set `ReportBatchItemFailures` on every SQS, Kinesis and DynamoDB Streams event source mapping, and return the failed records in `batchItemFailures`; on a FIFO queue, stop at the first failure and return every later record too. On streams also set `MaximumRetryAttempts` and an `OnFailure` destination.",
      {
        why: "Otherwise one bad record makes Lambda deliver the whole batch again, and on a stream holds up its shard until it expires.",
        evidence: [
          {
            source: "AWS Lambda Developer Guide, Handling errors for an SQS event source in Lambda",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
          },
          {
            source: "AWS Lambda Developer Guide, Retain discarded batch records for a DynamoDB event source in Lambda",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html",
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
    /** What a cold start loads, and what outlives an invocation. */
    coldStart: ({ language }) =>
      should(
        md`Create SDK clients once, outside the handler, and keep nothing of a caller there, since the next one gets the same instance; ${raw(LANGUAGES[language].packaging)}.`,
        {
          why: "Start-up time grows with the code that is loaded, and the SDK in the runtime changes version without a deployment.",
          evidence: [BEST_PRACTICES],
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
  decides: ({ language, runtime }) => ({
    "lambda.language": language,
    ...(language === "typescript" && { "lambda.runtime": runtime }),
  }),
});

/** How AWS Lambda handlers are laid out, typed, packaged, retried and tested. */
export interface LambdaFunctions extends Named<typeof fragment> {}
export const lambdaFunctions: LambdaFunctions = fragment;
