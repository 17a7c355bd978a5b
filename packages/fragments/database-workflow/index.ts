import { defineFragment, must, type Named, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "database-workflow",
  version: manifest.version,
  title: "Database workflow",
  summary: "The five steps of a database change, from schema to query plan. Choose it where schemas or queries change.",
  list: "steps",
  rules: {
    /** The schema, drawn from its queries. */
    schemaDesign: must(
      "**Schema design.** List the queries first, then design tables for them; the step ends when each query names its index and each relation its delete rule.",
    ),
    /** Migrations that can be undone. */
    reversibleMigration: must(
      "**Reversible migration.** Change the schema only through a migration file, never directly on a database; the step ends when it applies, its way back applies and it applies again (Prisma has no down command: keep the SQL of `prisma migrate diff --script` as the way back).",
      { why: "A change made by hand exists in one environment and in no review." },
    ),
    /** ORM, query builder or raw SQL. */
    queryLayer: should(
      "**Query layer.** Write queries in the project's ORM or query builder (Prisma; SQLAlchemy or Tortoise in Python), and raw SQL where the generated query is slower or cannot express it.",
    ),
    /** Data to develop against. */
    seedScript: should(
      "**Seed script.** Fill two pages of every list; the step ends when one command makes a fresh clone usable.",
    ),
    /** Measured queries. */
    queryTuning: must(
      "**Query tuning.** Run `EXPLAIN ANALYZE` with production-sized data (writes inside `BEGIN` and `ROLLBACK`), then index, paginate and cache, in that order; the step ends when no list is unbounded.",
      {
        why: "`EXPLAIN ANALYZE` executes the statement, and on ten rows every plan looks fast.",
        evidence: [
          {
            source: "PostgreSQL documentation, EXPLAIN",
            url: "https://www.postgresql.org/docs/current/sql-explain.html",
          },
        ],
      },
    ),
  },
});

/** The five steps of a database change, from schema to query plan. */
export interface DatabaseWorkflow extends Named<typeof fragment> {}
export const databaseWorkflow: DatabaseWorkflow = fragment;
