import type { Block } from "./blocks.ts";
import type { Load } from "./packages.ts";

/** What an SQL sample takes for granted. */
export interface SqlSetting {
  /** The tables that it alters or refers to. */
  readonly before: string;
  /** Values of its parameters, as text. */
  readonly values?: { readonly [name: string]: string };
}

const ID = "00000000-0000-4000-8000-000000000001";
const USERS = "CREATE TABLE users (id uuid PRIMARY KEY)";

/** By the id of the sample. */
export const SQL: { readonly [id: string]: SqlSetting } = {
  "session-tokens/sessionSql": { before: USERS, values: { token_hash: "hash" } },
  "social-login/socialSql": { before: USERS },
  "session-tokens/refreshSql": {
    before: USERS,
    values: { family_id: "family", presented_hash: "presented", next_hash: "next" },
  },
  "authorization/rlsSql": {
    before: `CREATE TABLE bookings (
      id uuid PRIMARY KEY, tenant_id uuid NOT NULL, owner_id uuid NOT NULL, status text NOT NULL DEFAULT 'new'
    )`,
    values: { id: ID, user_id: ID, tenant_id: ID },
  },
};

/** A script with its named parameters filled in. One that has no value is left, for the database to refuse. */
export function filledIn(code: string, values: { readonly [name: string]: string } = {}): string {
  // A comment or a string may hold a colon; a cast has two.
  return code.replace(/--.*|'[^']*'|::|:([a-z_]\w*)/g, (whole, name?: string) => {
    if (name === undefined) return whole;
    const value = values[name];
    return value === undefined ? whole : `'${value.replaceAll("'", "''")}'`;
  });
}

/** A PostgreSQL in this process. Starting it takes longer than all that is asked of it. */
let database: Promise<{ exec(script: string): Promise<{ rows: { [column: string]: unknown }[] }[]> }> | undefined;

/** Runs a script in a schema of its own. */
export async function problemsOfSql({ id, code }: Block, load: Load): Promise<string[]> {
  database ??= load("@electric-sql/pglite").then(({ PGlite }) => PGlite.create());
  const { before = "", values } = SQL[id] ?? {};
  const postgres = await database;
  try {
    await postgres.exec(`CREATE SCHEMA sample; SET search_path TO sample; ${before}`);
    await postgres.exec(filledIn(code, values));
    return [];
  } catch (error) {
    return [String(error)];
  } finally {
    await postgres.exec("ROLLBACK; RESET ROLE; DROP SCHEMA sample CASCADE");
    const [roles] = await postgres.exec("SELECT rolname FROM pg_roles WHERE rolname !~ '^(pg_|postgres$)'");
    for (const { rolname } of roles?.rows ?? []) await postgres.exec(`DROP OWNED BY ${rolname}; DROP ROLE ${rolname}`);
  }
}
