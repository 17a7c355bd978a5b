import { defineFragment, example, may, must, type Named, prose, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const GOING_TO_PRODUCTION = {
  source: "BullMQ documentation, Going to production",
  url: "https://docs.bullmq.io/guide/going-to-production",
};

const RETRYING = {
  source: "BullMQ documentation, Retrying failing jobs",
  url: "https://docs.bullmq.io/guide/retrying-failing-jobs",
};

const fragment = defineFragment({
  id: "background-jobs",
  version: manifest.version,
  title: "Background jobs",
  summary: "How work is queued, scheduled, retried and watched. Choose it for services with jobs outside the request.",
  rules: {
    /** The libraries. */
    scope: prose("New queues use BullMQ on Redis; Bull stays only where it runs already."),
    /** Handlers that may run twice. */
    repeatableHandlers: must(
      "Write handlers that can run twice with one effect: BullMQ runs a job again when its worker stalls and loses the lock.",
      {
        evidence: [{ source: "BullMQ documentation, Stalled Jobs", url: "https://docs.bullmq.io/guide/jobs/stalled" }],
      },
    ),
    /** Payloads and enqueueing. */
    payload: must(
      "Put ids into the payload, not records or secrets, and validate it in the worker. Enqueue from an outbox row that the transaction wrote: a crash after the commit loses a direct `add`.",
      { why: "A job may run days after the code that queued it; one added before the commit may find no row." },
    ),
    /** Retries. */
    retries: must(
      "Set `attempts` and an exponential `backoff` with jitter on every queue (the default is one attempt), and throw `UnrecoverableError` for what no retry can mend.",
      { evidence: [RETRYING] },
    ),
    /** Dead letters and monitoring. */
    deadLetters: must(
      "Move a job whose attempts are spent to a dead-letter queue with its error; alert on that queue and on the age of the oldest waiting job, and keep a replay command.",
      { why: "The failed set fills silently." },
    ),
    /** Worker processes. */
    workerProcess: must(
      "Run workers apart from the web server with an explicit `concurrency`, Redis on `maxmemory-policy noeviction`, and `await worker.close()` on `SIGTERM`.",
      {
        why: "Evicted keys are lost jobs; an unclosed worker leaves stalled ones.",
        evidence: [GOING_TO_PRODUCTION],
      },
    ),
    /** Cron. */
    schedules: should(
      "Register cron jobs with `upsertJobScheduler` under a fixed id and an explicit `tz`; a timer inside the process fires once in every replica.",
      {
        evidence: [
          { source: "BullMQ documentation, Job Schedulers", url: "https://docs.bullmq.io/guide/job-schedulers" },
        ],
      },
    ),
    /** Priority. */
    priority: may(
      "Give slow work its own queue before you use `priority`; in BullMQ 1 comes first, and jobs without a priority come before all that have one.",
      {
        evidence: [
          { source: "BullMQ documentation, Prioritized", url: "https://docs.bullmq.io/guide/jobs/prioritized" },
        ],
      },
    ),
    /** Tasks spread over workers. */
    flows: may(
      "Split large work with `FlowProducer`: children run on any worker, and the parent waits for all of them.",
    ),
    /** A queue, its worker and its dead letters. */
    queue: example(
      "ts",
      `
      const connection = { url: env.REDIS_URL };
      const defaultJobOptions = {
        attempts: 5,
        backoff: { type: "exponential", delay: 1000, jitter: 0.5 },
        removeOnComplete: { age: 24 * 3600 },
        removeOnFail: { age: 7 * 24 * 3600 },
      };
      const mail = new Queue<unknown>("mail", { connection, defaultJobOptions });
      const dead = new Queue("mail-dead", { connection });

      const worker = new Worker<unknown>(
        "mail",
        async (job) => {
          const { bookingId } = parse(MailJob, job.data); // throws UnrecoverableError
          await sendConfirmation(bookingId); // checks the outbox key first
        },
        { connection, concurrency: 10 },
      );
      worker.on("failed", (job, error) => {
        if (job?.finishedOn === undefined) return; // a retry follows
        dead
          .add(job.name, { data: job.data, reason: error.message }, { jobId: "mail-" + job.id })
          .catch((err: unknown) => logger.error({ err, jobId: job.id }, "dead letter lost"));
      });
      worker.on("error", (err) => logger.error({ err }, "mail worker")); // pino prints an error only as err
      process.once("SIGTERM", () => void worker.close().then(() => process.exit(0)));

      const digests = new Queue("digests", { connection, defaultJobOptions });
      await digests.upsertJobScheduler("daily-digest", { pattern: "0 7 * * *", tz: "Europe/London" });
      `,
    ),
  },
});

/** How work is queued, scheduled, retried and watched. */
export interface BackgroundJobs extends Named<typeof fragment> {}
export const backgroundJobs: BackgroundJobs = fragment;
