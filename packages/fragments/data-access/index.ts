import { defineFragment, may, md, must, type Named, raw, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** What differs between the libraries. */
const ORMS = {
  prisma: {
    bind: "Prisma Client methods or the `$queryRaw` tagged template; never call `$queryRawUnsafe` or `$executeRawUnsafe` with a built string",
    conflict: " (Prisma reports `P2034`)",
    relations: "`include` or a nested `select`",
    nextPage: "`cursor`, `skip: 1` (the cursor's own row) and `take`",
    gap: "where Prisma cannot express the query",
  },
  drizzle: {
    bind: "the Drizzle query builder or the `sql` tagged template; never pass input to `sql.raw`",
    conflict: "",
    relations: "a join or `with` of the relational query API",
    nextPage: "`(created_at, id) < (...)` in `where`",
    gap: "where Drizzle cannot express the query",
  },
  typeorm: {
    bind: "repository methods, or `:name` parameters in the query builder; never interpolate a value into a `where` string",
    conflict: "",
    relations: "`relations` or `leftJoinAndSelect`",
    nextPage: "`(created_at, id) < (:createdAt, :id)` in `where`",
    gap: "where TypeORM cannot express the query",
  },
  kysely: {
    bind: "the Kysely query builder or its `sql` tagged template; never pass input to `sql.raw`",
    conflict: "",
    relations: "a join or `jsonArrayFrom`",
    nextPage: "`(created_at, id) < (...)` in `where`",
    gap: "where Kysely cannot express the query",
  },
  sequelize: {
    bind: "model methods, or `bind` in `sequelize.query`; never interpolate a value into `literal`",
    conflict: "",
    relations: "`include`",
    nextPage: "`(created_at, id) < (...)` in a `literal` with bound values",
    gap: "where Sequelize cannot express the query",
  },
  none: {
    bind: "the driver's placeholders (`$1` in `pg`); never build the statement by concatenation or interpolation",
    conflict: "",
    relations: "a join or `WHERE id = ANY($1)`",
    nextPage: "`WHERE (created_at, id) < ($1, $2)`",
    gap: "instead of assembling rows in application code",
  },
} as const;

const POOLING = {
  server:
    "Create one connection pool per process with a set maximum, keep processes times that maximum below the database's `max_connections`, and close the pool on shutdown.",
  serverless:
    "Connect through RDS Proxy or another pooler, or give each instance one connection (pool `max: 1`, created outside the handler) and keep concurrency below the database's `max_connections`.",
} as const;

const fragment = defineFragment({
  id: "data-access",
  version: manifest.version,
  title: "Data access",
  summary:
    "How code queries a relational database: binding, transactions, pooling, loading and paging. Choose it for any service with a SQL database.",
  params: {
    runtime: z
      .enum(["serverless", "server"])
      .default("server")
      .describe("Whether the code runs in many short-lived instances or in long-running processes."),
    orm: z
      .enum(["prisma", "drizzle", "typeorm", "kysely", "sequelize", "none"])
      .default("prisma")
      .describe("The library that issues queries; none stands for a driver such as pg."),
  },
  rules: {
    /** How values enter a statement. */
    parameterBinding: ({ orm }) =>
      must(md`Keep every query parameterized through ${raw(ORMS[orm].bind)}.`, {
        why: "A value that is bound is never read as SQL.",
        evidence: [
          {
            source: "OWASP SQL Injection Prevention Cheat Sheet",
            url: "https://cheatsheetseries.owasp.org/cheatsheets/SQL_Injection_Prevention_Cheat_Sheet.html",
          },
        ],
      }),
    /** The scope of a transaction, and when it is run again. */
    transactions: ({ orm }) =>
      must(
        md`Wrap in a transaction only the statements that must commit together, with no network call inside. On SQLSTATE \`40001\` or \`40P01\`${raw(ORMS[orm].conflict)}, rerun the whole transaction from its first read, a bounded number of times.`,
        {
          why: "Long transactions hold locks; after a serialization failure or a deadlock the values read before are stale.",
          evidence: [
            {
              source: "PostgreSQL documentation, Serialization Failure Handling",
              url: "https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html",
            },
          ],
        },
      ),
    /** Connections to the database. */
    pooling: ({ runtime }) =>
      must(POOLING[runtime], {
        why: "Instances multiply connections until the database refuses new ones.",
        ...(runtime === "serverless" && {
          evidence: [
            {
              source: "Amazon Aurora User Guide, Amazon RDS Proxy for Aurora",
              url: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.html",
            },
          ],
        }),
      }),
    /** Loading related rows. */
    noQueryPerRow: ({ orm }) =>
      must(
        md`Never query inside a loop over rows (N+1); load the related rows of the whole list at once with ${raw(ORMS[orm].relations)}.`,
        { enforcedBy: "An integration test that counts the queries of a list endpoint." },
      ),
    /** Where queries live. */
    repositories: should(
      "Query only from repository modules, which accept the transaction as an argument and return domain types, not database rows.",
      { why: "Services can then combine repositories in one transaction and be tested without a schema." },
    ),
    /** Paging through long lists. */
    keyPagination: ({ orm }) =>
      should(
        md`Page by key, not by \`OFFSET\`: order descending by a unique key such as \`(created_at, id)\`, index those columns in that order, and continue after the last row with ${raw(ORMS[orm].nextPage)}.`,
        {
          why: "`OFFSET` reads and throws away every skipped row, and rows shift between pages.",
          evidence: [
            {
              source: "PostgreSQL documentation, LIMIT and OFFSET",
              url: "https://www.postgresql.org/docs/current/queries-limit.html",
            },
          ],
        },
      ),
    /** Proof that a query is fast. */
    queryPlans: may(
      "Compare `EXPLAIN (ANALYZE, BUFFERS)` before and after tuning a query, on data of production size, and paste both plans into the pull request.",
      {
        evidence: [
          {
            source: "PostgreSQL documentation, EXPLAIN",
            url: "https://www.postgresql.org/docs/current/sql-explain.html",
          },
        ],
      },
    ),
    /** Raw SQL for complex queries. */
    rawSql: ({ orm }) =>
      may(
        md`Write raw SQL ${raw(ORMS[orm].gap)}: window functions, recursive CTEs, \`INSERT ... ON CONFLICT\`; give its rows an explicit type.`,
      ),
  },
  decides: ({ runtime, orm }) => ({ "data.pooling": runtime, "data.orm": orm }),
});

/** How code queries a relational database: binding, transactions, pooling, loading and paging. */
export interface DataAccess extends Named<typeof fragment> {}
export const dataAccess: DataAccess = fragment;
