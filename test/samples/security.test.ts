import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runningSamples } from "./running.ts";
import { filledIn, SQL } from "./sql.ts";

// What the samples on identity, access and webhooks promise, asked of the samples themselves.

const { load, run, codeOf } = await runningSamples();

const ANN = "00000000-0000-4000-8000-00000000000a";
const BEN = "00000000-0000-4000-8000-00000000000b";

type Row = { readonly [column: string]: unknown };

/** A PostgreSQL with the tables of some samples. */
async function databaseOf(...ids: readonly string[]) {
  const { PGlite } = await load("@electric-sql/pglite");
  const database = await PGlite.create();
  afterAll(() => database.close());
  const run = async (script: string, values: { readonly [name: string]: string } = {}): Promise<Row[]> => {
    const results: readonly { rows: Row[] }[] = await database.exec(filledIn(script, values));
    return results.at(-1)?.rows ?? [];
  };
  await run([...new Set(ids.map((id) => SQL[id]?.before ?? ""))].join(";"));
  return run;
}

/** A part of an SQL sample: from the comment that names it to the next comment, or to the end. */
function part(id: string, name: string): string {
  const [, code] = new RegExp(`-- ${name}[^\n]*\n([\\s\\S]*?)(?=\n-- |$)`).exec(codeOf(id)) ?? [];
  if (code === undefined) throw new Error(`${id} has no part ${name}`);
  return code;
}

/** What stands before the first comment that names a query. */
function tables(id: string): string {
  return codeOf(id).split("\n-- ")[0] ?? "";
}

describe("a session", async () => {
  const sql = await databaseOf("session-tokens/sessionSql");
  await sql(tables("session-tokens/sessionSql"));
  const { openSession, findUser, closeSession } = await run("session-tokens/sessionCode");
  const find = part("session-tokens/sessionSql", "sessions.find");
  const tokenOf = (cookie: string) => /^__Host-session=([\w-]{43});/.exec(cookie)?.[1] ?? "";
  const shift = (column: string, by: string) => sql(`UPDATE sessions SET ${column} = now() - interval '${by}'`);
  const lastSeen = async () => (await sql("SELECT last_seen_at::text, xmin::text FROM sessions"))[0];
  let token: string;

  beforeEach(async () => {
    vi.stubGlobal("sessions", {
      insert: (token_hash: string, id: string) =>
        sql("INSERT INTO sessions (token_hash, user_id) VALUES (:token_hash, :id)", { token_hash, id }),
      find: async (token_hash: string) => (await sql(find, { token_hash }))[0]?.user_id,
      delete: (token_hash: string) => sql("DELETE FROM sessions WHERE token_hash = :token_hash", { token_hash }),
    });
    await sql("DELETE FROM users; INSERT INTO users VALUES (:id)", { id: ANN });
    const cookie = await openSession(ANN);
    expect(cookie).toMatch(/; Path=\/; Max-Age=28800; Secure; HttpOnly; SameSite=Lax$/);
    token = tokenOf(cookie);
  });

  test("is found by its token alone, of which only the hash is stored", async () => {
    expect(await findUser(token)).toBe(ANN);
    expect(await findUser(`${token}x`)).toBeUndefined();
    expect(await sql("SELECT token_hash FROM sessions")).not.toEqual([{ token_hash: token }]);
    expect(tokenOf(await openSession(ANN))).not.toBe(token);
  });

  test("writes nothing within a minute of the last write, and then renews itself", async () => {
    await shift("last_seen_at", "50 seconds");
    const before = await lastSeen();
    expect(await findUser(token)).toBe(ANN);
    expect(await lastSeen()).toEqual(before);
    await shift("last_seen_at", "70 seconds");
    const stale = await lastSeen();
    expect(await findUser(token)).toBe(ANN);
    expect(await lastSeen()).not.toEqual(stale);
    expect(await sql("SELECT 1 FROM sessions WHERE last_seen_at > now() - interval '10 seconds'")).toHaveLength(1);
  });

  test.each([
    ["last_seen_at", "29 minutes", "31 minutes"],
    ["created_at", "7 hours 59 minutes", "8 hours 1 minute"],
  ])("ends by %s", async (column, within, beyond) => {
    await shift(column, within);
    expect(await findUser(token)).toBe(ANN);
    await shift(column, beyond);
    expect(await findUser(token)).toBeUndefined();
  });

  test("ends on the server at sign-out", async () => {
    await closeSession(token);
    expect(await findUser(token)).toBeUndefined();
  });
});

describe("an access token", async () => {
  vi.stubGlobal("env", { JWT_SECRET: "0123456789abcdef0123456789abcdef" });
  const { issueAccessToken, verifyAccessToken } = await run("session-tokens/jwtCode");
  const { SignJWT } = await load("jose");
  const key = new TextEncoder().encode("0123456789abcdef0123456789abcdef");

  /** A token that is right but for what a test changes. */
  const signed = ({
    header = {},
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    expires = "5 minutes",
    secret = key,
  } = {}) =>
    new SignJWT()
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt", ...header })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(ANN)
      .setExpirationTime(expires)
      .sign(secret);

  test("names its user", async () => {
    expect(await verifyAccessToken(await issueAccessToken(ANN))).toBe(ANN);
    expect(await verifyAccessToken(await signed())).toBe(ANN);
  });

  test.each([
    ["another issuer", () => signed({ issuer: "https://evil.example.com" })],
    ["another API's audience", () => signed({ audience: "https://other.example.com" })],
    ["another type", () => signed({ header: { typ: "JWT" } })],
    ["another algorithm", () => signed({ header: { alg: "HS512" }, secret: new Uint8Array(64) })],
    ["another key", () => signed({ secret: new Uint8Array(32) })],
    ["a past expiry", () => signed({ expires: "1 minute ago" })],
    ["no signature", async () => `${btoa('{"alg":"none","typ":"at+jwt"}')}.${(await signed()).split(".")[1]}.`],
    ["no token at all", async () => ""],
  ])("is refused with %s", async (_what, token) => {
    await expect(verifyAccessToken(await token())).rejects.toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
  });
});

describe("a refresh token", async () => {
  const sql = await databaseOf("session-tokens/refreshSql");
  await sql(tables("session-tokens/refreshSql"));
  const rotate = part("session-tokens/refreshSql", "families.rotate");
  const { openFamily, refresh } = await run("session-tokens/refreshCode");

  beforeAll(() => {
    vi.stubGlobal("families", {
      insert: (id: string, user: string, hash: string) =>
        sql("INSERT INTO refresh_families (id, user_id, token_hash) VALUES (:id, :user, :hash)", { id, user, hash }),
      rotate: async (family_id: string, presented_hash: string, next_hash: string) =>
        (await sql(rotate, { family_id, presented_hash, next_hash }))[0]?.user_id,
      delete: (id: string) => sql("DELETE FROM refresh_families WHERE id = :id", { id }),
    });
    return sql("INSERT INTO users VALUES (:id)", { id: ANN });
  });

  test("is replaced at each use, and its pair names the user", async () => {
    const first = await openFamily(ANN);
    const second = await refresh(first);
    expect(second.refreshToken).not.toBe(first);
    const { verifyAccessToken } = await run("session-tokens/jwtCode");
    expect(await verifyAccessToken(second.accessToken)).toBe(ANN);
    expect((await refresh(second.refreshToken)).refreshToken).not.toBe(second.refreshToken);
  });

  test("that comes back when it is spent ends the family, for the thief and for the owner", async () => {
    const first = await openFamily(ANN);
    const { refreshToken } = await refresh(first);
    await expect(refresh(first)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(refresh(refreshToken)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("serves one of two requests at once", async () => {
    const first = await openFamily(ANN);
    const outcomes = await Promise.allSettled([refresh(first), refresh(first)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("dies with its family, however often it was renewed", async () => {
    const { refreshToken } = await refresh(await openFamily(ANN));
    await sql("UPDATE refresh_families SET expires_at = now() - interval '1 second'");
    await expect(refresh(refreshToken)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test.each(["", ".", "no-family.no-secret"])("is refused as %j", async (presented) => {
    await expect(refresh(presented)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});

describe("a one-time code", async () => {
  const { acceptedStep } = await run("totp/totpCode");
  const secret = Buffer.from("12345678901234567890");

  // RFC 6238, appendix B, for SHA-1. The last six of eight digits are the code of six.
  test.each([
    [59, "94287082"],
    [1111111109, "07081804"],
    [1111111111, "14050471"],
    [1234567890, "89005924"],
    [2000000000, "69279037"],
    [20000000000, "65353130"],
  ])("is that of RFC 6238 at %i seconds", (seconds, code) => {
    expect(acceptedStep(secret, code.slice(2), 0, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  test("counts in its own step and in the next, and once", () => {
    const at = (seconds: number, last = 0) => acceptedStep(secret, "287082", last, seconds * 1000);
    expect([at(29), at(30), at(59), at(60), at(89), at(90)]).toEqual([undefined, 1, 1, 1, 1, undefined]);
    expect(at(59, 1)).toBeUndefined();
  });

  test.each(["", "28708", "2870820", "28708a", " 287082"])("is not %j", (code) => {
    expect(acceptedStep(secret, code, 0, 59_000)).toBeUndefined();
  });
});

test("a sign-in elsewhere starts with PKCE, state and nonce, new for each attempt", async () => {
  const { startSignIn } = await run("social-login/oauthCode");
  const oidc = await load("openid-client");
  const server = { issuer: "https://id.example.com", authorization_endpoint: "https://id.example.com/authorize" };
  const provider = new oidc.Configuration(server, "client");
  const { url, attempt } = await startSignIn(provider);
  const query = Object.fromEntries(url.searchParams);
  expect(query).toMatchObject({ code_challenge_method: "S256", state: attempt.state, nonce: attempt.nonce });
  expect(query.code_challenge).toBe(await oidc.calculatePKCECodeChallenge(attempt.codeVerifier));
  const other = await startSignIn(provider);
  for (const name of ["state", "nonce", "codeVerifier"]) expect(other.attempt[name]).not.toBe(attempt[name]);
});

describe("permissions", async () => {
  const { can, cancelBooking } = await run("authorization/rbacCode");
  const actor = (role: string, id = ANN) => ({ id, tenantId: "t", role });

  test("end where the grant ends", () => {
    expect(can(actor("member"), "booking:cancel", ANN)).toBe(true);
    expect(can(actor("member"), "booking:cancel", BEN)).toBe(false);
    expect(can(actor("member"), "booking:cancel")).toBe(false);
    expect(can(actor("support"), "booking:read", BEN)).toBe(true);
    expect(can(actor("support"), "booking:cancel", ANN)).toBe(false);
    expect(can(actor("admin"), "role:grant")).toBe(true);
  });

  test("hide what a caller may not see, and refuse what it may see and not change", async () => {
    const cancel = vi.fn();
    vi.stubGlobal("bookings", {
      find: async (tenant: string) => (tenant === "t" ? { id: "1", ownerId: BEN } : undefined),
      cancel,
    });
    await expect(cancelBooking(actor("member"), "1")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(cancelBooking(actor("support"), "1")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(cancelBooking({ ...actor("admin"), tenantId: "u" }, "1")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(cancel).not.toHaveBeenCalled();
    await cancelBooking(actor("member", BEN), "1");
    expect(cancel).toHaveBeenCalledWith("1");
  });
});

describe("row-level security", async () => {
  const sql = await databaseOf("authorization/rlsSql");
  const [migration = "", request = "", proof = ""] =
    codeOf("authorization/rlsSql").split(/\n-- (?:Each request|Test).*\n/);
  await sql(migration);
  const [, tenantA, tenantB, own, foreign, other] = Array.from(
    { length: 6 },
    (_, n) => `00000000-0000-4000-8000-00000000010${n}`,
  ) as [string, string, string, string, string, string];
  await sql(
    `INSERT INTO bookings (id, tenant_id, owner_id) VALUES
      ('${own}', '${tenantA}', '${ANN}'), ('${foreign}', '${tenantA}', '${BEN}'), ('${other}', '${tenantB}', '${ANN}')`,
  );

  /** A statement as the role that serves requests, for Ann in tenant A. */
  const asAnn = async (statement: string) => {
    const context = request.slice(0, request.indexOf("SELECT id"));
    try {
      return await sql(`SET ROLE api; ${context} ${statement}`, { user_id: ANN, tenant_id: tenantA });
    } finally {
      await sql("ROLLBACK; RESET ROLE");
    }
  };

  test("shows a user's own rows of one tenant, whatever is asked", async () => {
    expect(await asAnn("SELECT id FROM bookings")).toEqual([{ id: own }]);
    expect(await asAnn(`SELECT id FROM bookings WHERE id = '${other}'`)).toEqual([]);
    expect(await asAnn(`SELECT id FROM bookings WHERE id = '${foreign}'`)).toEqual([]);
  });

  test("answers the sample's own request", async () => {
    for (const [id, rows] of [
      [own, 1],
      [other, 0],
    ] as const) {
      const script = `SET ROLE api; ${request.replace("COMMIT;", "")}`;
      expect(await sql(script, { user_id: ANN, tenant_id: tenantA, id })).toHaveLength(rows);
      await sql("ROLLBACK; RESET ROLE");
    }
  });

  test("changes and removes nothing of others", async () => {
    expect(await asAnn(`UPDATE bookings SET status = 'x' WHERE id <> '${own}' RETURNING id`)).toEqual([]);
    expect(await asAnn(`DELETE FROM bookings WHERE id <> '${own}' RETURNING id`)).toEqual([]);
    expect(await asAnn(`UPDATE bookings SET status = 'x' RETURNING id`)).toEqual([{ id: own }]);
  });

  test.each([
    [
      "another tenant",
      () => `INSERT INTO bookings (id, tenant_id, owner_id) VALUES (gen_random_uuid(), '${tenantB}', '${ANN}')`,
    ],
    [
      "another user",
      () => `INSERT INTO bookings (id, tenant_id, owner_id) VALUES (gen_random_uuid(), '${tenantA}', '${BEN}')`,
    ],
    ["another tenant, moved there", () => `UPDATE bookings SET tenant_id = '${tenantB}'`],
  ])("writes nothing for %s", async (_what, statement) => {
    await expect(asAnn(statement())).rejects.toThrow("row-level security");
  });

  test("shows nothing where no user is set", async () => {
    expect(await sql("SET ROLE api; SELECT id FROM bookings")).toEqual([]);
    await sql("RESET ROLE");
  });

  test("has a test that finds a table and a role without it", async () => {
    const [openTables = "", freeRoles = ""] = proof.split(/;\n/);
    expect(await sql(openTables)).toEqual([]);
    expect(await sql(freeRoles)).toEqual([]);
    await sql("CREATE TABLE notes (tenant_id uuid); ALTER ROLE api BYPASSRLS");
    expect(await sql(openTables)).toEqual([{ relname: "notes" }]);
    expect(await sql(freeRoles)).toEqual([{ rolname: "api" }]);
    await sql("ALTER TABLE notes ENABLE ROW LEVEL SECURITY");
    expect(await sql(openTables)).toEqual([{ relname: "notes" }]);
  });
});

describe("a webhook", async () => {
  const { isAuthentic } = await run("webhooks/verification");
  const { Webhook } = await load("standardwebhooks");
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const body = Buffer.from('{"test": 2432232314}');

  /** Headers as the reference implementation signs them. */
  const signedAt = (sent = new Date(), by = secret) =>
    new Headers({
      "webhook-id": "msg_1",
      "webhook-timestamp": String(Math.floor(sent.getTime() / 1000)),
      "webhook-signature": new Webhook(by).sign("msg_1", sent, body.toString()),
    });
  const changed = (name: string, value: string) => {
    const headers = signedAt();
    headers.set(name, value);
    return headers;
  };

  test("is authentic when a known secret signed it", () => {
    expect(isAuthentic(body, signedAt(), [secret])).toBe(true);
    expect(isAuthentic(body, signedAt(), ["whsec_AAAA", secret])).toBe(true);
    const two = `v1,${"A".repeat(43)}= ${signedAt().get("webhook-signature")}`;
    expect(isAuthentic(body, changed("webhook-signature", two), [secret])).toBe(true);
  });

  test.each<[what: string, headers: () => Headers]>([
    ["another secret", () => signedAt(new Date(), "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")],
    ["an old timestamp", () => signedAt(new Date(Date.now() - 301_000))],
    ["a timestamp of the future", () => signedAt(new Date(Date.now() + 360_000))],
    ["a timestamp that is no number", () => changed("webhook-timestamp", "soon")],
    ["another id", () => changed("webhook-id", "msg_2")],
    ["no signature", () => changed("webhook-signature", "")],
    [
      "a signature of another kind",
      () => changed("webhook-signature", (signedAt().get("webhook-signature") ?? "").replace("v1,", "v1a,")),
    ],
    ["no headers", () => new Headers()],
  ])("is refused with %s", (_what, headers) => {
    expect(isAuthentic(body, headers(), [secret])).toBe(false);
  });

  test("is refused with another body", () => {
    expect(isAuthentic(Buffer.from('{"test": 1}'), signedAt(), [secret])).toBe(false);
  });
});

describe("a payment", async () => {
  const { default: Stripe } = await load("stripe");
  const { default: express } = await load("express");
  const stripe = new Stripe("sk_test_1");
  const app = express();
  const storeOnce = vi.fn(async () => {});
  const markPaidAndShip = vi.fn(async () => {});
  vi.stubGlobal("app", app);
  vi.stubGlobal("stripe", stripe);
  vi.stubGlobal("env", { STRIPE_WEBHOOK_SECRET: "whsec_1" });
  const { fulfil } = await run("payments/endpoint");
  const server = createServer(app).listen(0);
  afterAll(() => server.close());
  const payload = JSON.stringify({
    id: "evt_1",
    object: "event",
    type: "checkout.session.completed",
    data: { object: {} },
  });

  const post = (signature: string) => {
    vi.stubGlobal("env", { STRIPE_WEBHOOK_SECRET: "whsec_1" });
    vi.stubGlobal("events", { storeOnce });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`;
    const headers = { "content-type": "application/json", "stripe-signature": signature };
    return fetch(url, { method: "POST", headers, body: payload });
  };

  test("is noted once its event is authentic, and not before", async () => {
    expect((await post("t=1,v1=00")).status).toBe(400);
    expect(storeOnce).not.toHaveBeenCalled();
    const signature = stripe.webhooks.generateTestHeaderString({ payload, secret: "whsec_1" });
    expect((await post(signature)).status).toBe(200);
    expect(storeOnce).toHaveBeenCalledWith("evt_1", expect.objectContaining({ id: "evt_1" }));
  });

  test("ships what is paid, by what Stripe says of the session now", async () => {
    vi.stubGlobal("orders", { markPaidAndShip });
    const retrieve = vi.spyOn(stripe.checkout.sessions, "retrieve");
    retrieve.mockResolvedValueOnce({ payment_status: "unpaid", client_reference_id: "o-1" });
    await fulfil("cs_1");
    expect(markPaidAndShip).not.toHaveBeenCalled();
    retrieve.mockResolvedValueOnce({ payment_status: "paid", client_reference_id: "o-1" });
    await fulfil("cs_1");
    expect(markPaidAndShip).toHaveBeenCalledWith("o-1");
  });
});

describe("the environment", () => {
  test("is refused with the name of each variable that is missing or wrong", async () => {
    for (const name of ["DATABASE_URL", "JWT_SECRET"]) vi.stubEnv(name, undefined);
    vi.stubEnv("STRIPE_SECRET_KEY", "pk_1");
    vi.stubEnv("PORT", "0");
    const error = await run("environment-configuration/schema").catch((reason: unknown) => reason);
    vi.unstubAllEnvs();
    for (const name of ["DATABASE_URL", "JWT_SECRET", "STRIPE_SECRET_KEY", "PORT"])
      expect(String(error)).toContain(name);
  });
});

test("a data loader asks once, and answers in the order of the questions", async () => {
  const findVisible = vi.fn(async () => [{ id: "b" }, { id: "a" }]);
  vi.stubGlobal("listings", { findVisible });
  const { createContext, resolvers } = await run("graphql/loaders");
  const context = createContext({ id: ANN, tenantId: "t" });
  const asked = ["a", "b", "hidden", "a"].map((listingId) => resolvers.Booking.listing({ listingId }, null, context));
  expect(await Promise.all(asked)).toEqual([{ id: "a" }, { id: "b" }, null, { id: "a" }]);
  expect(findVisible.mock.calls).toEqual([[{ id: ANN, tenantId: "t" }, ["a", "b", "hidden"]]]);
});
