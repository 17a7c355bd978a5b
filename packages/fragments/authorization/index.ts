import { defineFragment, example, must, type Named, prose, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const ASVS = {
  source: "OWASP ASVS 5.0 V8 Authorization",
  url: "https://github.com/OWASP/ASVS/blob/master/5.0/en/0x17-V8-Authorization.md",
};
const CHEAT_SHEET = {
  source: "OWASP Authorization Cheat Sheet",
  url: "https://cheatsheetseries.owasp.org/cheatsheets/Authorization_Cheat_Sheet.html",
};
const ROW_SECURITY = {
  source: "PostgreSQL documentation, Row Security Policies",
  url: "https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
};

const fragment = defineFragment({
  id: "authorization",
  version: manifest.version,
  title: "Authorisation",
  summary:
    "What a known caller may do: permissions, roles, ownership and PostgreSQL row-level security. Choose it for any service in which users differ in what they may see or change.",
  rules: {
    /** What happens without a permission. */
    denyByDefault: must(
      "Refuse what no permission allows: every route that is not public names its permission where it is registered.",
      {
        why: "The forgotten check then fails closed.",
        enforcedBy: "A test that walks the route table and fails on a private route without one.",
        evidence: [CHEAT_SHEET, ASVS],
      },
    ),
    /** Permissions in code, roles in one table. */
    permissions: must(
      "Check a permission such as `booking:cancel`, never a role name; one table in code says which role holds which permission.",
      {
        why: "A new role is then one row, not a search for every comparison with `admin`.",
        enforcedBy: "A search for comparisons with role names outside the table.",
        evidence: [CHEAT_SHEET],
      },
    ),
    /** The layer that decides. */
    decisionPoint: must(
      "Decide in the service that does the work, with the loaded resource in hand; a check in middleware, a resolver or the client comes on top of it, never in its place.",
      {
        why: "Jobs, webhooks and a second API reach the same service by other ways.",
        evidence: [ASVS],
      },
    ),
    /** 403 or 404. */
    refusal: must(
      "Answer 404 where the caller may not know that the resource exists, with the body of a real 404, and 403 where the caller may see it but not do this.",
      {
        why: "A 403 for a stranger's id confirms that the id is real.",
        evidence: [{ source: "RFC 9110 section 15.5.4", url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4" }],
      },
    ),
    /** The granting of roles. */
    grants: must(
      "Put the granting of roles behind a permission of its own, let nobody grant what they do not hold, and record who granted what to whom and when.",
      {
        why: "Whoever may edit roles freely holds them all.",
        evidence: [ASVS],
      },
    ),
    /** Row-level security that binds the application. */
    rowSecurity: must(
      "Where PostgreSQL row-level security guards a table, both `ENABLE` and `FORCE` it, and connect as a role that owns no table and lacks `SUPERUSER` and `BYPASSRLS`.",
      {
        why: "Owners skip policies that are only enabled; superusers and `BYPASSRLS` roles skip all of them.",
        enforcedBy: "A query over `pg_class` and `pg_roles` in the test suite.",
        evidence: [ROW_SECURITY],
      },
    ),
    /** The caller's identity inside the database. */
    rowContext: must(
      "Tell the database who is asking with `set_config(name, value, true)` inside the transaction; never with a plain `SET`, which stays on the pooled connection.",
      {
        why: "The next request on that connection would read as the previous user.",
        evidence: [
          {
            source: "PostgreSQL documentation, System Administration Functions",
            url: "https://www.postgresql.org/docs/current/functions-admin.html",
          },
        ],
      },
    ),
    /** Fields within a resource. */
    fields: should(
      "Name the fields that each role may read and write: one response type and one input schema per audience, never the database row itself.",
      {
        why: "A resource that the caller may see can hold a column that the caller may not.",
        evidence: [
          {
            source: "OWASP API Security Top 10 2023, API3 Broken Object Property Level Authorization",
            url: "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/",
          },
        ],
      },
    ),
    /** Roles that change. */
    freshness: should(
      "Read roles from the database at each request rather than from the token, so that a revoked role ends with the next request.",
      {
        why: "A role in a token lives as long as the token.",
        evidence: [ASVS],
      },
    ),
    /** Tests of refusals. */
    refusalTests: should(
      "Test each permission from both sides: a caller who holds it, one who does not, and one from another tenant with a valid id.",
      {
        why: "Tests that only sign in as the owner pass with no check at all.",
        evidence: [
          {
            source: "OWASP Authorization Testing Automation Cheat Sheet",
            url: "https://cheatsheetseries.owasp.org/cheatsheets/Authorization_Testing_Automation_Cheat_Sheet.html",
          },
        ],
      },
    ),
    /** How the role table works. */
    rbacNotes: prose(
      "**Roles and permissions (RBAC).** The table is the whole policy: each entry says whether a role holds a permission for its own resources or for any of its tenant. What is not listed is refused.",
    ),
    /** A typed role table and its use as code. */
    rbacCode: example(
      "ts",
      `
        export type Role = "member" | "support" | "admin";
        export type Permission = "booking:read" | "booking:cancel" | "role:grant";

        const GRANTS: Record<Role, Partial<Record<Permission, "own" | "any">>> = {
          member: { "booking:read": "own", "booking:cancel": "own" },
          support: { "booking:read": "any" },
          admin: { "booking:read": "any", "booking:cancel": "any", "role:grant": "any" },
        };

        export interface Actor {
          readonly id: string;
          readonly tenantId: string;
          readonly role: Role;
        }

        /** Without an owner, only a grant for any resource counts. */
        export function can(actor: Actor, permission: Permission, ownerId?: string): boolean {
          const grant = GRANTS[actor.role][permission];
          return grant === "any" || (grant === "own" && ownerId === actor.id);
        }

        export async function cancelBooking(actor: Actor, id: string): Promise<void> {
          const booking = await bookings.find(actor.tenantId, id); // an "any" grant ends at the tenant
          if (booking === undefined || !can(actor, "booking:read", booking.ownerId)) {
            throw new AppError("NOT_FOUND", "There is no booking with this id.");
          }
          if (!can(actor, "booking:cancel", booking.ownerId)) {
            throw new AppError("FORBIDDEN", "You may not cancel this booking.");
          }
          await bookings.cancel(id);
        }
      `,
    ),
    /** How the row-level security example works. */
    rlsNotes: prose(
      "**Row-level security (RLS) in PostgreSQL.** Permissive policies widen each other, so the tenant check is restrictive: it holds whatever else is added. An `any` grant needs a permissive policy of its own, on one more setting such as `app.role`. Without a caller, the functions return null and no row matches. The sub-selects let the planner evaluate each function once per statement. A view needs `security_invoker = true` (PostgreSQL 15), or it reads with its owner's rights. `FORCE` binds the owner too, so backfills run as a role with `BYPASSRLS`, or they touch no row.",
    ),
    /** Roles, policies and the request's transaction as SQL. */
    rlsSql: example(
      "sql",
      `
        -- Migration, run by the owner of the tables.
        CREATE ROLE api LOGIN NOSUPERUSER NOBYPASSRLS;
        GRANT SELECT, INSERT, UPDATE, DELETE ON bookings TO api;

        CREATE FUNCTION current_user_id() RETURNS uuid LANGUAGE sql STABLE
          RETURN nullif(current_setting('app.user_id', true), '')::uuid;
        CREATE FUNCTION current_tenant_id() RETURNS uuid LANGUAGE sql STABLE
          RETURN nullif(current_setting('app.tenant_id', true), '')::uuid;

        CREATE INDEX ON bookings (tenant_id, owner_id);
        ALTER TABLE bookings ENABLE ROW LEVEL SECURITY;
        ALTER TABLE bookings FORCE ROW LEVEL SECURITY;

        CREATE POLICY same_tenant ON bookings AS RESTRICTIVE
          USING (tenant_id = (SELECT current_tenant_id()))
          WITH CHECK (tenant_id = (SELECT current_tenant_id()));
        CREATE POLICY own_rows ON bookings
          USING (owner_id = (SELECT current_user_id()))
          WITH CHECK (owner_id = (SELECT current_user_id()));

        -- Each request, as the role api; the values are bound parameters from the verified session.
        BEGIN;
        SELECT set_config('app.user_id', :user_id, true), set_config('app.tenant_id', :tenant_id, true);
        SELECT id, status FROM bookings WHERE id = :id;
        COMMIT;

        -- Test: both queries return no row.
        SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'tenant_id'
        WHERE relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity);
        SELECT rolname FROM pg_roles WHERE rolname = 'api' AND (rolsuper OR rolbypassrls);
      `,
    ),
  },
});

/** What a known caller may do: permissions, roles, ownership and PostgreSQL row-level security. */
export interface Authorization extends Named<typeof fragment> {}
export const authorization: Authorization = fragment;
