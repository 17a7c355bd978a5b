import { defineFragment, may, must, type Named, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const UPGRADE = {
  source: "Prisma Docs, Upgrade to v7",
  url: "https://www.prisma.io/docs/guides/upgrade-prisma-orm/v7",
};

const fragment = defineFragment({
  id: "prisma",
  version: manifest.version,
  title: "Prisma",
  summary:
    "How Prisma 7 is generated, connected, migrated and seeded. Choose it for services that reach their database through Prisma.",
  rules: {
    /** The client and its driver adapter. */
    adapter: must(
      "On Prisma 7, generate with `prisma-client` into an `output` of your own, import the client from there, and construct it with a driver adapter, `new PrismaClient({ adapter: new PrismaPg({ connectionString }) })`: `@prisma/adapter-pg`, `@prisma/adapter-mariadb` (MySQL too) or `@prisma/adapter-better-sqlite3`.",
      {
        why: "Version 7 has no engine that connects by itself: `new PrismaClient()` without an adapter throws.",
        enforcedBy: "tsc",
        evidence: [UPGRADE],
        reviewed: "2026-11",
      },
    ),
    /** MongoDB. */
    mongodb: must(
      "Keep a project on MongoDB at Prisma 6 and `prisma db push`, since 7 has no connector for it; start a new one on the `mongodb` driver.",
      {
        evidence: [UPGRADE],
        reviewed: "2026-11",
      },
    ),
    /** Configuration. */
    config: must(
      "Keep the database's address and the seed command in `prisma.config.ts`, no longer in `schema.prisma` and `package.json`, and load `.env` there yourself.",
      { evidence: [UPGRADE], reviewed: "2026-11" },
    ),
    /** One client per process. */
    oneClient: must(
      "Create one `PrismaClient` in one module and, outside production, keep it on `globalThis`; each hot reload otherwise opens another pool.",
    ),
    /** The commands of a migration. */
    migrations: must(
      "Create migrations with `prisma migrate dev --create-only`, read the SQL, keep the way back from `prisma migrate diff --script` beside it, and apply with `prisma migrate deploy`. Run `prisma generate` and `prisma db seed` yourself; on SQL databases, use `prisma db push` on a private one only.",
      {
        why: "Since version 7, `migrate dev` neither generates nor seeds.",
        evidence: [
          UPGRADE,
          {
            source: "Prisma Docs, Generating down migrations",
            url: "https://www.prisma.io/docs/orm/prisma-migrate/workflows/generating-down-migrations",
          },
        ],
        reviewed: "2026-11",
      },
    ),
    /** Indexes on live tables. */
    concurrentIndex: must(
      "Give `CREATE INDEX CONCURRENTLY` a migration file of its own: PostgreSQL runs several statements of one file in one transaction, where it refuses this one.",
      {
        evidence: [
          {
            source: "PostgreSQL documentation, CREATE INDEX",
            url: "https://www.postgresql.org/docs/current/sql-createindex.html",
          },
        ],
      },
    ),
    /** The size of the pool. */
    pool: should(
      "Set pool size and timeouts in the adapter's options (`max`, `connectionTimeoutMillis` for `pg`), since `connection_limit` in the URL is ignored; where functions scale by themselves, as on Vercel, put a pooler in between (PgBouncer, RDS Proxy or Prisma Accelerate).",
      { why: "The driver waits for a connection without end by default.", evidence: [UPGRADE], reviewed: "2026-11" },
    ),
    /** Hooks around queries. */
    extensions: may("Hook into queries, as for soft deletion, with a client extension (`$extends`); `$use` is gone.", {
      evidence: [UPGRADE],
    }),
  },
});

/** How Prisma 7 is generated, connected, migrated and seeded. */
export interface Prisma extends Named<typeof fragment> {}
export const prisma: Prisma = fragment;
