import { defineFragment, may, md, must, type Named, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const PACKAGES = {
  pino: "pino",
  winston: "winston",
  "aws-lambda-powertools": "@aws-lambda-powertools/logger",
};

const fragment = defineFragment({
  id: "observability",
  version: manifest.version,
  title: "Observability",
  summary: "Logs, traces, metrics and health checks that explain a running service. Choose it for anything deployed.",
  params: {
    logger: z.enum(["pino", "winston", "aws-lambda-powertools"]).default("pino").describe("The logging library."),
    runtime: z
      .enum(["serverless", "server"])
      .default("server")
      .describe("Whether the code runs as functions or in long-running processes."),
    traces: z.enum(["OpenTelemetry", "AWS X-Ray"]).default("OpenTelemetry").describe("The tracing system."),
  },
  rules: {
    /** Structured logs. */
    structuredLogs: ({ logger }) =>
      must(
        md`Log one JSON object per line through \`${PACKAGES[logger]}\`, with values in fields instead of in the message; never call \`console.log\`.`,
        { why: "Fields can be searched and counted, sentences cannot.", enforcedBy: "ESLint no-console" },
      ),
    /** Request and correlation ids. */
    correlation: must(
      "Put a request id and a correlation id on every log line: take the latter from `X-Correlation-Id` if that is a UUID, else create one, and send it on with every outbound call and message.",
      { why: "One id leads through all services that a request has touched." },
    ),
    /** Distributed traces. */
    traces: ({ traces }) =>
      traces === "OpenTelemetry"
        ? must(
            "Trace every request with OpenTelemetry: start its SDK before all other modules through `node --import` (Next.js: `instrumentation.ts`; ES modules also need `@opentelemetry/instrumentation/hook.mjs`), instrument HTTP, database and queue clients, and put the trace id on log lines.",
            {
              why: "The SDK cannot instrument a module that is already loaded.",
              evidence: [
                {
                  source: "OpenTelemetry documentation, JavaScript, Node.js getting started",
                  url: "https://opentelemetry.io/docs/languages/js/getting-started/nodejs/",
                },
                {
                  source: "OpenTelemetry JS, ECMAScript Modules vs. CommonJS",
                  url: "https://github.com/open-telemetry/opentelemetry-js/blob/main/doc/esm-support.md",
                },
              ],
            },
          )
        : must(
            "Trace every request in AWS X-Ray: turn on active tracing for functions and API stages, and instrument with AWS Distro for OpenTelemetry, not the X-Ray SDK, which gets only security fixes.",
            {
              evidence: [
                {
                  source: "AWS X-Ray Developer Guide, X-Ray SDK and Daemon support timeline",
                  url: "https://docs.aws.amazon.com/xray/latest/devguide/xray-sdk-daemon-timeline.html",
                },
              ],
              reviewed: "2026-11",
            },
          ),
    /** The meaning of log levels. */
    logLevels: should(
      "Log `error` for what a person must act on, `warn` for a handled fault, `info` once per request with route, status and duration, `debug` for the rest; read the level from `LOG_LEVEL`.",
      { why: "An `error` that nobody acts on hides the next one." },
    ),
    /** Liveness and readiness. */
    healthChecks: ({ runtime }) =>
      runtime === "serverless"
        ? should(
            "Probe one read route of each API with a CloudWatch Synthetics canary, since a function has no port to check.",
            {
              why: "An alarm on errors stays silent while no request arrives.",
              evidence: [
                {
                  source: "Amazon CloudWatch User Guide, Synthetic monitoring (canaries)",
                  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries.html",
                },
              ],
            },
          )
        : should(
            "Where a process listens on a port, serve liveness at `/livez` without calling any dependency, and readiness at `/readyz` with `503` while a dependency that every request needs is down.",
            {
              why: "A liveness check that calls the database restarts healthy processes when the database fails.",
              evidence: [
                {
                  source: "Kubernetes documentation, Configure Liveness, Readiness and Startup Probes",
                  url: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
                },
              ],
            },
          ),
    /** Metrics and alarms. */
    alarms: should(
      "Emit rate, errors and duration for each route and each dependency, and set alarms on error rate, a latency percentile and the age of the oldest queued message.",
      { why: "Averages hide the slow requests; the length of a queue does not say how long a message waits." },
    ),
    /** Error tracking. */
    errorTracking: may("Report unhandled errors to Sentry, tagged with the release and the correlation id."),
    /** Log aggregation. */
    aggregation: ({ runtime }) =>
      runtime === "serverless"
        ? may("Set a retention on every function's log group; CloudWatch Logs keeps events for ever by default.", {
            evidence: [
              {
                source: "Amazon CloudWatch Logs User Guide, Working with log groups and log streams",
                url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
              },
            ],
          })
        : may(
            "Write logs to stdout and let the platform ship them to one store (CloudWatch Logs, Loki, OpenSearch) with a set retention.",
            { evidence: [{ source: "The Twelve-Factor App, XI. Logs", url: "https://12factor.net/logs" }] },
          ),
  },
  decides: ({ logger, runtime, traces }) => ({
    "logging.library": logger,
    "tracing.system": traces,
    "service.runtime": runtime,
  }),
});

/** Logs, traces, metrics and health checks that explain a running service. */
export interface Observability extends Named<typeof fragment> {}
export const observability: Observability = fragment;
