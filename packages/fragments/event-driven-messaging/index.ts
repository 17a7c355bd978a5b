import { defineFragment, must, type Named, should, table } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** What each broker is for, where its failed messages go, and what confirms a publish. */
const BROKERS = {
  SQS: [
    "queues work for one consumer",
    "redrive policy; behind Lambda `maxReceiveCount` of at least 5, and a visibility timeout of at least six times the function's timeout plus the batching window",
    "empty `Failed` from `SendMessageBatch`",
  ],
  SNS: [
    "fan-out of one event to several queues",
    "redrive policy per subscription",
    "empty `Failed` from `PublishBatch`",
  ],
  EventBridge: [
    "routing by content, to and from third parties too",
    "`DeadLetterConfig` per rule target",
    "`FailedEntryCount` of 0 from `PutEvents`",
  ],
  RabbitMQ: [
    "routing through exchanges",
    "quorum queue with `x-delivery-limit` and `x-dead-letter-exchange`",
    "publisher confirm",
  ],
  Kafka: [
    "ordered log that consumers can replay",
    "topic that the consumer writes after counted attempts",
    "`acks=all`",
  ],
} as const;

const fragment = defineFragment({
  id: "event-driven-messaging",
  version: manifest.version,
  title: "Event-driven messaging",
  summary:
    "How events are described, published, consumed and set aside when they fail. Choose it for asynchronous processing through queues, topics or event buses.",
  params: {
    brokers: z
      .array(z.enum(["SQS", "SNS", "EventBridge", "RabbitMQ", "Kafka"]))
      .min(1)
      .default(["SQS", "SNS", "EventBridge"])
      .describe("The message brokers in use."),
  },
  rules: {
    /** The brokers in use: purpose, dead letters, confirmation. */
    brokers: ({ brokers }) =>
      table(
        ["Broker", "Use", "Dead letters", "Publish confirmed by"],
        brokers.map((broker) => [broker, ...BROKERS[broker]]),
      ),
    /** What every event carries. */
    eventSchema: must(
      "Give every event an `id`, `type`, `version`, `occurredAt` and `data`, with its schema in the repository. Within a version, only add optional fields; publish a breaking change as a new version beside the old one.",
      { why: "Consumers deploy on their own schedule and cannot all change at once." },
    ),
    /** Messages that arrive more than once. */
    idempotentConsumers: must(
      "Insert the event `id` under a unique constraint in the transaction that holds the effect, acknowledge the message only after it commits, and acknowledge a duplicate without repeating the effect.",
      {
        why: "Delivery is at least once on all of these brokers in their usual setting.",
        enforcedBy: "A consumer test that delivers the same event twice.",
      },
    ),
    /** Messages that keep failing. */
    deadLetterQueues: must(
      "Give every consumer a dead-letter queue with a limit on receives, an alarm when it is not empty, and a written procedure for sending its messages back.",
      {
        why: "A message that always fails otherwise blocks the queue or is dropped.",
        evidence: [
          {
            source: "AWS Lambda Developer Guide, Creating and configuring an Amazon SQS event source mapping",
            url: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
          },
          {
            source:
              "Amazon EventBridge User Guide, Using dead-letter queues to process undelivered events in EventBridge",
            url: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html",
          },
        ],
      },
    ),
    /** State changes and their events, both or neither. */
    outbox: must(
      "Never commit state and then publish in a second step; write the event to an outbox in the same transaction, or publish from the database's change stream. An outbox row is sent once the broker has confirmed it.",
      {
        why: "A crash between the commit and the publish loses the event; batch calls succeed even when entries fail.",
        evidence: [
          {
            source: "AWS Prescriptive Guidance, Transactional outbox pattern",
            url: "https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/transactional-outbox.html",
          },
          {
            source: "Amazon EventBridge User Guide, Sending events with PutEvents",
            url: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html",
          },
        ],
      },
    ),
    /** Events that arrive out of order. */
    ordering: should(
      "Assume no order between events. Where one aggregate needs it, use the aggregate's id as the ordering key (such as a FIFO `MessageGroupId` or a Kafka record key) and discard an event whose sequence number is not newer.",
    ),
    /** One event, several consumers. */
    fanOut: should(
      "Fan out to a separate queue, subscription or consumer group for each consuming service; services that share one each see only part of the events.",
      { why: "Separate queues also retry and fail separately." },
    ),
  },
});

/** How events are described, published, consumed and set aside when they fail. */
export interface EventDrivenMessaging extends Named<typeof fragment> {}
export const eventDrivenMessaging: EventDrivenMessaging = fragment;
