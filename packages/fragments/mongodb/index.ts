import { defineFragment, must, type Named, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const MANUAL = "https://www.mongodb.com/docs/manual";

const fragment = defineFragment({
  id: "mongodb",
  version: manifest.version,
  title: "MongoDB",
  summary:
    "Filters, schemas, transactions and indexes in MongoDB, through its driver or Mongoose. Choose it where documents are the store.",
  rules: {
    /** Operators in filters. */
    filters: must(
      "Build filters from parsed strings, numbers and dates only; an object out of a request, such as `{ $ne: null }`, is an operator that matches what it should not.",
      {
        why: "A sign-in whose password is an operator succeeds without one.",
        evidence: [
          {
            source: "OWASP Web Security Testing Guide, Testing for NoSQL Injection",
            url: "https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/07-Input_Validation_Testing/05.6-Testing_for_NoSQL_Injection",
          },
        ],
      },
    ),
    /** The schema in the database. */
    schemaValidation: must(
      "Give each collection a `$jsonSchema` validator with `additionalProperties: false` and `_id` among its properties, changed by a migration script, and unique indexes for what must be unique; a check in code alone loses to the second writer.",
      { evidence: [{ source: "MongoDB Manual, Schema Validation", url: `${MANUAL}/core/schema-validation/` }] },
    ),
    /** One document, one change. */
    atomicUpdate: must(
      'Change a document with one `updateOne` or `findOneAndUpdate` whose filter holds the expected state (`{ _id, status: "pending" }`), and check `matchedCount`, or the `null` of `findOneAndUpdate`; never read, change in memory and write back.',
      { why: "Two requests that read the same state overwrite each other." },
    ),
    /** Several documents, one change. */
    transactions: must(
      "Where several documents change together, use `session.withTransaction`, which runs its callback again on `TransientTransactionError`; pass the session to every call inside, and call nothing else there.",
      { evidence: [{ source: "MongoDB Manual, Transactions", url: `${MANUAL}/core/transactions/` }] },
    ),
    /** What is embedded. */
    boundedDocuments: should(
      "Embed what is read and written with its parent and has an upper limit; refer to the rest by id, since a document ends at 16 MB.",
      { evidence: [{ source: "MongoDB Manual, Limits and Thresholds", url: `${MANUAL}/reference/limits/` }] },
    ),
    /** Proof that a query is fast. */
    plans: should(
      'Give every query an index and a limit: `explain("executionStats")` shows no `COLLSCAN` and about as many keys examined as documents returned. Order a compound index by equality, sort, range.',
      {
        evidence: [
          {
            source: "MongoDB Manual, The ESR (Equality, Sort, Range) Guideline",
            url: `${MANUAL}/tutorial/equality-sort-range-guideline/`,
          },
        ],
      },
    ),
  },
});

/** Filters, schemas, transactions and indexes in MongoDB, through its driver or Mongoose. */
export interface Mongodb extends Named<typeof fragment> {}
export const mongodb: Mongodb = fragment;
