import { defineFragment, must, type Named, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "node-runtime",
  version: manifest.version,
  title: "Node.js runtime and performance",
  summary:
    "What blocks, leaks or ends a Node.js process, and how it is measured. Choose it for a service that runs as a long-lived process.",
  rules: {
    /** Work that blocks. */
    eventLoop: must(
      "Keep CPU-bound and synchronous work off the request path: no `*Sync` calls, and images, PDFs, large CSV or JSON in a worker thread (`piscina`) or a job. Export a percentile of `monitorEventLoopDelay` as a metric.",
      {
        why: "Every open request waits for the one that computes.",
        enforcedBy: "ESLint n/no-sync; an alarm on the event-loop delay",
        evidence: [
          {
            source: "Node.js Docs, perf_hooks.monitorEventLoopDelay",
            url: "https://nodejs.org/api/perf_hooks.html#perf_hooksmonitoreventloopdelayoptions",
          },
        ],
      },
    ),
    /** Errors that nobody caught. */
    fatalErrors: must(
      "On `uncaughtException` and `unhandledRejection`, log the error and end the process with a code other than 0; the orchestrator starts a new one. Give every stream and emitter an `error` listener, as `pipeline` does.",
      {
        why: "After an exception that nobody expected, memory may hold half a change.",
        evidence: [
          {
            source: "Node.js Docs, Warning: Using 'uncaughtException' correctly",
            url: "https://nodejs.org/api/process.html#warning-using-uncaughtexception-correctly",
          },
        ],
      },
    ),
    /** What grows with traffic. */
    boundedMemory: must(
      "Bound every map, cache and list in memory that grows with traffic (`lru-cache` with `max`), and remove each listener where its subject ends.",
      { why: "Unbounded growth ends in exit code 137 at the hour of most traffic." },
    ),
    /** Idle connections behind a load balancer. */
    keepAlive: must(
      "Set the server's `keepAliveTimeout` above the load balancer's idle timeout (`65_000` for an Application Load Balancer at its default of 60 seconds), or it answers 502 now and then.",
      {
        evidence: [
          {
            source: "Elastic Load Balancing, Edit attributes for your Application Load Balancer",
            url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
          },
        ],
      },
    ),
    /** Large bodies. */
    streams: should(
      "Stream exports and files with `pipeline` from `node:stream/promises` instead of building them in memory; it handles backpressure and closes both ends on failure.",
    ),
    /** Several cores. */
    cluster: should(
      "Run one process per container and add containers; use cluster mode only on a machine without an orchestrator.",
    ),
    /** Evidence before tuning. */
    profileFirst: should(
      "Tune code only where a profile (`node --cpu-prof`) points, and put the latency percentiles before and after into the pull request. Find a leak by comparing two heap snapshots (`--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=/tmp`) taken under the same load.",
    ),
  },
});

/** What blocks, leaks or ends a Node.js process, and how it is measured. */
export interface NodeRuntime extends Named<typeof fragment> {}
export const nodeRuntime: NodeRuntime = fragment;
