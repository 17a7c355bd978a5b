import { defineFragment, must, type Named, prose, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "dynamodb",
  version: manifest.version,
  title: "DynamoDB",
  summary:
    "How DynamoDB tables get their keys, indexes, capacity and safe writes. Choose it when a service stores data in DynamoDB.",
  rules: {
    /** Which data belongs where. */
    scope: prose(
      "DynamoDB holds catalogues, sessions and other read-heavy data that is looked up by key. Aurora holds data that needs ACID transactions over many rows, joins or ad hoc queries.",
    ),
    /** Access patterns before tables. */
    accessPatterns: must(
      "List every access pattern with its key condition beside the table definition before creating the table. Serve one that needs another key from a global secondary index (GSI, eventually consistent), never by a `Scan` on the request path.",
      {
        why: "Keys cannot be changed after creation, and a `Scan` reads the whole table.",
        evidence: [
          {
            source: "Amazon DynamoDB Developer Guide, Best practices for querying and scanning data in DynamoDB",
            url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-query-scan.html",
          },
        ],
      },
    ),
    /** Keys that spread the load. */
    partitionKeys: must(
      "Choose partition keys, for the table and each GSI, with many values and even traffic, and spread a hot key with a shard suffix: one partition serves at most 3,000 read units and 1,000 write units a second.",
      {
        why: "Capacity bought for the table does not lift the limit of one partition.",
        evidence: [
          {
            source:
              "Amazon DynamoDB Developer Guide, Best practices for designing and using partition keys effectively in DynamoDB",
            url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html",
          },
        ],
      },
    ),
    /** Writes that race. */
    conditionalWrites: must(
      "Guard writes with a `ConditionExpression` (`attribute_not_exists(pk)`, or `version` equal to the one read) instead of reading first; use `TransactWriteItems` where several items change together.",
      {
        why: "Between a read and a write, another writer can win.",
        evidence: [
          {
            source: "Amazon DynamoDB Developer Guide, Condition expressions",
            url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html",
          },
        ],
      },
    ),
    /** Answers that are only part of the result. */
    partialResults: must(
      "Follow `LastEvaluatedKey` until it is absent, and resend `UnprocessedItems` and `UnprocessedKeys` with backoff; a call that succeeds may have done only part of the work.",
      {
        why: "Unread pages and unprocessed items raise no error.",
        evidence: [
          {
            source: "Amazon DynamoDB Developer Guide, Error handling with DynamoDB",
            url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html",
          },
        ],
      },
    ),
    /** Capacity mode and auto-scaling. */
    capacity: should(
      "Start in on-demand mode (`PAY_PER_REQUEST`) with a maximum throughput; move to provisioned capacity with auto scaling, on the table and each GSI, once traffic is steady.",
      {
        evidence: [
          {
            source: "Amazon DynamoDB Developer Guide, DynamoDB throughput capacity",
            url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html",
          },
        ],
      },
    ),
    /** Items that expire. */
    expiry: should(
      "Expire sessions and other short-lived items with a TTL attribute in epoch seconds, and filter expired ones out of every read, because deletion can lag by days.",
      {
        evidence: [
          {
            source: "Amazon DynamoDB Developer Guide, Using time to live (TTL) in DynamoDB",
            url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html",
          },
          {
            source: "Amazon DynamoDB Developer Guide, Working with expired items and time to live (TTL)",
            url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ttl-expired-items.html",
          },
        ],
      },
    ),
  },
});

/** How DynamoDB tables get their keys, indexes, capacity and safe writes. */
export interface Dynamodb extends Named<typeof fragment> {}
export const dynamodb: Dynamodb = fragment;
