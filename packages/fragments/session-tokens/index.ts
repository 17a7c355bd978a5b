import { defineFragment, example, type Named, prose } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "session-tokens",
  version: manifest.version,
  title: "Sessions and tokens in code",
  summary:
    "Session cookies, JWT access tokens and rotating refresh tokens, as code and tables. Choose it where the service keeps its own sessions and signs its own tokens instead of taking a library or a provider.",
  params: {
    sessionIdleMinutes: z
      .number()
      .int()
      .min(1)
      .max(1440)
      .default(30)
      .describe("The idle time after which a session ends, in minutes."),
    sessionHours: z
      .number()
      .int()
      .min(1)
      .max(720)
      .default(8)
      .describe("The age at which a session ends however active it is, in hours."),
    accessTokenMinutes: z
      .number()
      .int()
      .min(1)
      .max(60)
      .default(15)
      .describe("The life of an access token, in minutes."),
    refreshDays: z
      .number()
      .int()
      .min(1)
      .max(365)
      .default(30)
      .describe("The time after which a client signs in again however often it refreshed, in days."),
  },
  rules: {
    /** How the session example works. */
    sessionNotes: prose(
      "**Session cookie.** The browser holds a random token, the database its hash. The `__Host-` prefix makes the browser insist on `Secure`, `Path=/` and no `Domain`, so that no sibling subdomain can set the cookie.",
    ),
    /** Opening and finding a session as code. */
    sessionCode: ({ sessionHours }) =>
      example(
        "ts",
        `
          import { createHash, randomBytes } from "node:crypto";

          const hash = (token: string) => createHash("sha256").update(token).digest("base64url");

          /** After each sign-in: stores a new session and returns the value of \`Set-Cookie\`. */
          export async function openSession(userId: string): Promise<string> {
            const token = randomBytes(32).toString("base64url");
            await sessions.insert(hash(token), userId);
            return "__Host-session=" + token + "; Path=/; Max-Age=${sessionHours * 3600}; Secure; HttpOnly; SameSite=Lax";
          }

          /** On each request: the user behind the cookie, or undefined. */
          export function findUser(token: string): Promise<string | undefined> {
            return sessions.find(hash(token));
          }

          /** At sign-out; the response also clears the cookie with \`Max-Age=0\`. */
          export function closeSession(token: string): Promise<void> {
            return sessions.delete(hash(token));
          }
        `,
      ),
    /** The session table and its look-up. */
    sessionSql: ({ sessionIdleMinutes, sessionHours }) =>
      example(
        "sql",
        `
          CREATE TABLE sessions (
            token_hash text PRIMARY KEY,
            user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            created_at timestamptz NOT NULL DEFAULT now(),
            last_seen_at timestamptz NOT NULL DEFAULT now()
          );
          CREATE INDEX ON sessions (user_id);

          -- sessions.find: checks both limits on each request, and writes at most once in ${renewalSeconds(sessionIdleMinutes)} seconds.
          WITH found AS (
            SELECT token_hash, user_id FROM sessions
            WHERE token_hash = :token_hash
              AND last_seen_at > now() - interval '${sessionIdleMinutes} minutes'
              AND created_at > now() - interval '${sessionHours} hours'
          ), renewed AS (
            UPDATE sessions SET last_seen_at = now() FROM found
            WHERE sessions.token_hash = found.token_hash
              AND last_seen_at < now() - interval '${renewalSeconds(sessionIdleMinutes)} seconds'
          )
          SELECT user_id FROM found;
        `,
      ),
    /** How the JWT example works. */
    jwtNotes: prose(
      "**JWT access token.** `HS256` serves one service that both issues and verifies, with a random secret of 32 bytes or more. Where others verify, sign with `ES256`, publish the public keys, and verify against `createRemoteJWKSet(new URL(jwksUri))` with `ES256` as the only algorithm; `ERR_JWKS_TIMEOUT` and `ERR_JOSE_GENERIC` then mean an outage, so throw `UNAVAILABLE`. Anyone can read the claims, so they hold ids and no personal data.",
    ),
    /** Issuing and verifying an access token as code. */
    jwtCode: ({ accessTokenMinutes }) =>
      example(
        "ts",
        `
          import { errors, jwtVerify, SignJWT } from "jose";

          const key = new TextEncoder().encode(env.JWT_SECRET);
          const issuer = "https://auth.example.com";
          const audience = "https://api.example.com";

          export function issueAccessToken(userId: string): Promise<string> {
            return new SignJWT()
              .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
              .setIssuer(issuer)
              .setAudience(audience)
              .setSubject(userId)
              .setIssuedAt()
              .setExpirationTime("${accessTokenMinutes} minutes")
              .sign(key);
          }

          /** The user in an access token. Throws unless this issuer made it, for this API, and it is still valid. */
          export async function verifyAccessToken(token: string): Promise<string> {
            try {
              const { payload } = await jwtVerify<{ sub: string }>(token, key, {
                algorithms: ["HS256"],
                issuer,
                audience,
                typ: "at+jwt",
                requiredClaims: ["sub", "exp"],
              });
              return payload.sub;
            } catch (error) {
              if (!(error instanceof errors.JOSEError)) throw error;
              throw new AppError("UNAUTHENTICATED", "The access token is not valid.", { cause: error });
            }
          }
        `,
      ),
    /** How the rotation example works. */
    refreshNotes: prose(
      "**Refresh token rotation.** A token is a family id and a secret. The row holds the hash of the one secret that still counts, so a spent, forged or expired token matches nothing and costs the family its row. Rotation leaves `expires_at` alone. A client sends one refresh at a time; two at once look like theft.",
    ),
    /** Rotation as code. */
    refreshCode: example(
      "ts",
      `
        /** At sign-in: the first refresh token of a new family. */
        export async function openFamily(userId: string): Promise<string> {
          const familyId = randomBytes(16).toString("base64url");
          const secret = randomBytes(32).toString("base64url");
          await families.insert(familyId, userId, hash(secret));
          return familyId + "." + secret;
        }

        /** Spends a refresh token and returns the next pair. */
        export async function refresh(presented: string) {
          const [familyId = "", secret = ""] = presented.split(".");
          const next = randomBytes(32).toString("base64url");
          const userId = await families.rotate(familyId, hash(secret), hash(next));
          if (userId === undefined) {
            await families.delete(familyId);
            throw new AppError("UNAUTHENTICATED", "Sign in again.");
          }
          return { accessToken: await issueAccessToken(userId), refreshToken: familyId + "." + next };
        }
      `,
    ),
    /** The table of token families and its rotation. */
    refreshSql: ({ refreshDays }) =>
      example(
        "sql",
        `
        CREATE TABLE refresh_families (
          id text PRIMARY KEY,
          user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
          token_hash text NOT NULL,
          expires_at timestamptz NOT NULL DEFAULT now() + interval '${refreshDays} days'
        );
        CREATE INDEX ON refresh_families (user_id);

        -- families.rotate: of two requests with the same token, one finds no row.
        UPDATE refresh_families
        SET token_hash = :next_hash
        WHERE id = :family_id AND token_hash = :presented_hash AND expires_at > now()
        RETURNING user_id;
      `,
      ),
  },
  decides: ({ sessionIdleMinutes, sessionHours, accessTokenMinutes, refreshDays }) => ({
    "sessions.idleMinutes": sessionIdleMinutes,
    "sessions.hours": sessionHours,
    "tokens.accessMinutes": accessTokenMinutes,
    "tokens.refreshDays": refreshDays,
  }),
});

/** How long a session goes without a write: not so long that an idle limit of one minute would be missed. */
function renewalSeconds(idleMinutes: number): number {
  return Math.min(60, idleMinutes * 15);
}

/** Session cookies, JWT access tokens and rotating refresh tokens, as code and tables. */
export interface SessionTokens extends Named<typeof fragment> {}
export const sessionTokens: SessionTokens = fragment;
