import { defineFragment, may, must, type Named, prose, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "data-modelling",
  version: manifest.version,
  title: "Relational data modelling",
  summary:
    "How relational schemas are shaped, constrained, indexed and migrated. Choose it when the work changes tables.",
  rules: {
    /** Databases in scope. */
    scope: prose(
      "Terms are PostgreSQL's. On MySQL use their counterparts: `AUTO_INCREMENT` keys, `DATETIME(6)` in UTC, and online DDL with `ALGORITHM=INPLACE, LOCK=NONE`.",
    ),
    /** How a schema changes. */
    migrations: must(
      "Change a schema only through versioned, reversible migration files, tested in both directions; never run DDL by hand, and never edit an applied migration; add a new one.",
      { enforcedBy: "CI migrates an empty database up, down and up again." },
    ),
    /** Invariants that the database keeps. */
    constraints: must(
      "State invariants in the database, not only in code: `NOT NULL` unless absence means something, `UNIQUE`, `CHECK`, and a `FOREIGN KEY` with an explicit `ON DELETE` for every reference.",
      { why: "Two concurrent requests both pass a check in code." },
    ),
    /** Changes without downtime. */
    expandAndContract: should(
      "Expand and contract for zero downtime: in separate releases add the new column as nullable, write both, backfill in batches, switch reads, and only then drop the old one.",
      { why: "During a rollout, old and new code run against the same schema." },
    ),
    /** Indexes and the queries that they serve. */
    indexes: should(
      "Add an index for a query that exists, and name that query in the migration. Index foreign-key columns, order composite columns as the query filters them, and use `CREATE INDEX CONCURRENTLY` on live tables.",
      {
        why: "PostgreSQL does not index referencing columns by itself, and a plain `CREATE INDEX` blocks writes.",
        evidence: [
          {
            source: "PostgreSQL documentation, CREATE INDEX",
            url: "https://www.postgresql.org/docs/current/sql-createindex.html",
          },
          {
            source: "PostgreSQL documentation, Constraints",
            url: "https://www.postgresql.org/docs/current/ddl-constraints.html",
          },
        ],
      },
    ),
    /** Keys and column types. */
    keysAndTypes: should(
      "Use `bigint GENERATED ALWAYS AS IDENTITY` for internal keys and UUIDv7 for ids that clients see or create, `timestamptz` for points in time, and integer minor units or `numeric` for money.",
      {
        why: "UUIDv7 values sort by time and so keep inserts together in the index, which random ones do not.",
        evidence: [
          { source: "RFC 9562 section 5.7", url: "https://www.rfc-editor.org/rfc/rfc9562#section-5.7" },
          {
            source: "PostgreSQL documentation, Date/Time Types",
            url: "https://www.postgresql.org/docs/current/datatype-datetime.html",
          },
        ],
      },
    ),
    /** Normalisation and its exceptions. */
    normalisation: should(
      "Normalise to third normal form; keep a copy of data only for a measured query, and add what keeps the copy current (trigger, job or generated column) in the same migration.",
    ),
    /** Names of tables, columns and constraints. */
    naming: may(
      "In a schema without a convention, write `snake_case` plural tables, `<singular>_id` references, `_at` for timestamps, and named constraints, so that an error names the rule it broke.",
    ),
    /** Seed data and fixtures. */
    seeds: may(
      "Write seed scripts that can run twice (`INSERT ... ON CONFLICT DO NOTHING`), keep test fixtures apart from them, and fill neither from production data.",
    ),
  },
});

/** How relational schemas are shaped, constrained, indexed and migrated. */
export interface DataModelling extends Named<typeof fragment> {}
export const dataModelling: DataModelling = fragment;
