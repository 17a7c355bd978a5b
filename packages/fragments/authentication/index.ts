import { defineFragment, example, md, must, type Named, prose, should, table } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const ASVS = "https://github.com/OWASP/ASVS/blob/master/5.0/en";
const CHEAT_SHEETS = "https://cheatsheetseries.owasp.org/cheatsheets";

const fragment = defineFragment({
  id: "authentication",
  version: manifest.version,
  title: "Authentication",
  summary:
    "How callers prove who they are: sessions, JWT, OAuth 2.0 with PKCE, refresh tokens, second factors and social login. Choose it for any service that signs users or clients in.",
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
    /** Sessions that are new at every sign-in. */
    freshSession: must(
      "Issue a new random session id at sign-in and at every change of privilege, store only its hash, and delete it on the server at sign-out.",
      {
        why: "An id that survives sign-in can be planted beforehand, and one that only the browser forgets still works.",
        evidence: [
          {
            source: "OWASP Session Management Cheat Sheet",
            url: `${CHEAT_SHEETS}/Session_Management_Cheat_Sheet.html`,
          },
          { source: "OWASP ASVS 5.0 V7 Session Management", url: `${ASVS}/0x16-V7-Session-Management.md` },
        ],
      },
    ),
    /** What a JWT is checked for. */
    tokenVerification: must(
      "Verify every JWT against a fixed list of algorithms, the issuer, the audience, the type (`typ`) and the expiry; never act on a token that was only decoded.",
      {
        why: "A token for another service, or with an algorithm that its sender chose, is otherwise as good as yours.",
        evidence: [
          { source: "RFC 8725 section 3.1", url: "https://www.rfc-editor.org/rfc/rfc8725#section-3.1" },
          { source: "RFC 8725 section 3.9", url: "https://www.rfc-editor.org/rfc/rfc8725#section-3.9" },
          { source: "RFC 8725 section 3.11", url: "https://www.rfc-editor.org/rfc/rfc8725#section-3.11" },
          { source: "OWASP ASVS 5.0 V9 Self-contained Tokens", url: `${ASVS}/0x18-V9-Self-contained-Tokens.md` },
        ],
      },
    ),
    /** Refresh tokens that are spent once. */
    refreshRotation: must(
      "Replace a refresh token at each use, store only its hash, and revoke the whole family when a spent one comes back.",
      {
        why: "Of two holders of a stolen token, one must present it second.",
        evidence: [{ source: "RFC 9700 section 4.14.2", url: "https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2" }],
      },
    ),
    /** The OAuth grant. */
    codeFlow: must(
      "Use the OAuth 2.0 authorisation code grant with PKCE (`S256`), `state` and, for OpenID Connect, `nonce`, all fresh for each attempt; never the implicit or the password grant.",
      {
        why: "They bind the code to the client and the browser that asked for it.",
        evidence: [
          { source: "RFC 6749 section 4.1", url: "https://www.rfc-editor.org/rfc/rfc6749#section-4.1" },
          { source: "RFC 7636 section 4", url: "https://www.rfc-editor.org/rfc/rfc7636#section-4" },
          { source: "RFC 9700 section 2.1.1", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1" },
          { source: "RFC 9700 section 2.4", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.4" },
        ],
      },
    ),
    /** Redirect URIs, and where users land. */
    redirects: must(
      "Register every redirect URI in full, without wildcards; after sign-in send the user to a path on your own origin, never to a URL from the query.",
      {
        why: "A loose redirect hands the code, or the user, to another site.",
        evidence: [
          { source: "RFC 9700 section 2.1", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.1" },
          {
            source: "OWASP Unvalidated Redirects and Forwards Cheat Sheet",
            url: `${CHEAT_SHEETS}/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html`,
          },
        ],
      },
    ),
    /** The identity behind a social account. */
    accountLinking: must(
      "Identify a social account by issuer and subject (`iss`, `sub`), never by email; link it to an existing user only while that user is signed in.",
      {
        why: "An address can be reassigned, and some providers report one they never verified.",
        evidence: [
          {
            source: "OpenID Connect Core 1.0 section 5.7",
            url: "https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability",
          },
        ],
      },
    ),
    /** Second factors. */
    secondFactor: must(
      "Require a second factor, a passkey or TOTP, from administrators and offer it to everyone; accept a code once, and issue single-use recovery codes, stored hashed.",
      {
        why: "A password alone falls to reuse and phishing; a code that works twice falls to whoever overlooks it.",
        evidence: [
          {
            source: "OWASP Multifactor Authentication Cheat Sheet",
            url: `${CHEAT_SHEETS}/Multifactor_Authentication_Cheat_Sheet.html`,
          },
          { source: "RFC 6238 section 5.2", url: "https://www.rfc-editor.org/rfc/rfc6238#section-5.2" },
        ],
      },
    ),
    /** Password reset. */
    passwordReset: must(
      "Make a password reset token random, hashed at rest, expiring and single-use; a reset ends every session and refresh token of the account and skips no second factor.",
      {
        why: "A reset is a sign-in by email, and often the answer to a theft.",
        evidence: [
          { source: "OWASP Forgot Password Cheat Sheet", url: `${CHEAT_SHEETS}/Forgot_Password_Cheat_Sheet.html` },
        ],
      },
    ),
    /** Proof of identity before account changes. */
    sensitiveChanges: must(
      "Ask for the password or a second factor again before an email address, password or factor changes, and tell the previous address about the change.",
      {
        why: "A borrowed session must not become a stolen account.",
        evidence: [
          { source: "OWASP Authentication Cheat Sheet", url: `${CHEAT_SHEETS}/Authentication_Cheat_Sheet.html` },
        ],
      },
    ),
    /** Answers that reveal no account. */
    uniformAnswers: must(
      "Answer an unknown account and a wrong password with the same status, body and timing (verify a dummy hash); sign-up and reset answer alike for known and unknown addresses.",
      {
        why: "Any difference tells an attacker which accounts exist.",
        evidence: [
          { source: "OWASP Authentication Cheat Sheet", url: `${CHEAT_SHEETS}/Authentication_Cheat_Sheet.html` },
        ],
      },
    ),
    /** The lives of sessions and access tokens. */
    lifetimes: ({ sessionIdleMinutes, sessionHours, accessTokenMinutes, refreshDays }) =>
      should(
        md`End a session after ${sessionIdleMinutes} idle minutes and after ${sessionHours} hours in all, both checked on the server; an access token after ${accessTokenMinutes} minutes, and a family of refresh tokens after ${refreshDays} days.`,
        {
          why: "An access token cannot be taken back, so its life is the time a thief has.",
          evidence: [
            {
              source: "OWASP Session Management Cheat Sheet",
              url: `${CHEAT_SHEETS}/Session_Management_Cheat_Sheet.html`,
            },
            {
              source: "NIST SP 800-63B-4, Authentication Assurance Level 1, Reauthentication",
              url: "https://pages.nist.gov/800-63-4/sp800-63b.html",
            },
          ],
        },
      ),
    /** What passwords are accepted. */
    passwordPolicy: should(
      "Accept passwords from 8 characters (15 where no second factor follows) to at least 64 (with bcrypt, up to 72 bytes), without composition rules or forced changes, and refuse those on a list of breached ones.",
      {
        why: "Composition rules yield predictable passwords; breached lists are what attackers try first.",
        evidence: [
          { source: "NIST SP 800-63B-4, Passwords", url: "https://pages.nist.gov/800-63-4/sp800-63b.html" },
          { source: "OWASP ASVS 5.0 V6 Authentication", url: `${ASVS}/0x15-V6-Authentication.md` },
        ],
      },
    ),
    /** Which credential suits which caller. */
    credentials: table(
      ["Who signs in", "Credential", "Where it lives"],
      [
        [
          "A browser on your own site",
          "An opaque session id in a cookie",
          "Its hash in a session table or Redis; nothing in `localStorage`",
        ],
        [
          "A mobile app, command line or third-party client",
          "A JWT access token and a rotating refresh token",
          "The device's keychain",
        ],
        [
          "A user with an account elsewhere (social login, single sign-on)",
          "OpenID Connect through the authorisation code grant, then a session of your own",
          "The provider's tokens on the server, encrypted, and only if you call its API",
        ],
        [
          "Another service",
          "The client credentials grant, or an API key stored as a hash",
          "The caller's secret store",
        ],
      ],
    ),
    /** Libraries. */
    libraries: prose(
      "Libraries: `jose` for JWT, `openid-client` for OAuth 2.0 and OpenID Connect, `@simplewebauthn/server` for passkeys. Where the project has NextAuth.js (Auth.js), Better Auth, Passport, Supabase Auth or Amazon Cognito, keep it and hold its configuration to these rules.",
    ),
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
    /** How the OAuth example works. */
    oauthNotes: prose(
      "**Authorisation code with PKCE.** `startSignIn` builds the URL to redirect to; `finishSignIn` runs on the callback. Keep the attempt between them on the server, under a short-lived `__Host-` cookie with `SameSite=Lax` (the callback is a cross-site navigation, which `Strict` would strip), and delete it when the callback arrives. The library checks `state`, `iss`, `aud`, `exp` and `nonce`.",
    ),
    /** Both ends of the code flow as code. */
    oauthCode: example(
      "ts",
      `
        import * as oidc from "openid-client";

        // Once: const provider = await oidc.discovery(new URL("https://accounts.google.com"), clientId, clientSecret);
        const redirectUri = "https://app.example.com/auth/google/callback";

        export interface Attempt {
          readonly state: string;
          readonly nonce: string;
          readonly codeVerifier: string;
        }

        export async function startSignIn(provider: oidc.Configuration): Promise<{ url: URL; attempt: Attempt }> {
          const attempt = {
            state: oidc.randomState(),
            nonce: oidc.randomNonce(),
            codeVerifier: oidc.randomPKCECodeVerifier(),
          };
          const url = oidc.buildAuthorizationUrl(provider, {
            redirect_uri: redirectUri,
            scope: "openid email",
            state: attempt.state,
            nonce: attempt.nonce,
            code_challenge: await oidc.calculatePKCECodeChallenge(attempt.codeVerifier),
            code_challenge_method: "S256",
          });
          return { url, attempt };
        }

        export async function finishSignIn(provider: oidc.Configuration, query: string, attempt: Attempt) {
          const url = new URL(redirectUri); // not the request's own host, which the client controls
          url.search = query;
          const tokens = await oidc.authorizationCodeGrant(provider, url, {
            pkceCodeVerifier: attempt.codeVerifier,
            expectedState: attempt.state,
            expectedNonce: attempt.nonce,
            idTokenExpected: true,
          });
          const claims = tokens.claims();
          if (claims === undefined) throw new Error("The provider sent no ID token.");
          const email = claims.email_verified === true ? claims.email : undefined;
          return { issuer: claims.iss, subject: claims.sub, email };
        }
      `,
    ),
    /** How a social account becomes a user. */
    socialNotes: prose(
      "**Social login.** Look up issuer and subject. If they are known, open a session for their user. If they are new and the email belongs to an existing user, have that user sign in before you link the two; otherwise create a user. GitHub speaks OAuth 2.0 without OpenID Connect: there is no ID token and no `nonce`, and the subject is the numeric `id` from `GET /user`.",
    ),
    /** The table of social accounts. */
    socialSql: example(
      "sql",
      `
        CREATE TABLE identities (
          issuer text NOT NULL,
          subject text NOT NULL,
          user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
          PRIMARY KEY (issuer, subject)
        );
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
    /** How the TOTP example works. */
    totpNotes: prose(
      "**Second factor.** Until the code is accepted, the sign-in has no session, only a short-lived record of the password step. A TOTP secret is 20 random bytes, encrypted at rest, and counts once the user has confirmed it with a first code. Store the step of the last accepted code with `UPDATE totp_secrets SET last_step = :step WHERE user_id = :user_id AND last_step < :step`, and let the user in only if a row changed.",
    ),
    /** Checking a TOTP code as code. */
    totpCode: example(
      "ts",
      `
        import { createHmac, timingSafeEqual } from "node:crypto";

        /** RFC 6238 with its defaults: SHA-1, six digits, steps of 30 seconds. */
        function totp(secret: Buffer, step: number): string {
          const counter = Buffer.alloc(8);
          counter.writeBigUInt64BE(BigInt(step));
          const digest = createHmac("sha1", secret).update(counter).digest();
          const offset = digest.readUInt8(19) & 0x0f;
          return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
        }

        /** The step of a valid code, which must be later than the last one accepted; undefined for any other code. */
        export function acceptedStep(secret: Buffer, code: string, lastStep: number, now = Date.now()): number | undefined {
          if (!/^[0-9]{6}$/.test(code)) return undefined;
          const current = Math.floor(now / 30_000);
          return [current, current - 1].find(
            (step) => step > lastStep && timingSafeEqual(Buffer.from(totp(secret, step)), Buffer.from(code)),
          );
        }
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

/** How callers prove who they are: sessions, JWT, OAuth 2.0 with PKCE, refresh tokens, second factors and social login. */
export interface Authentication extends Named<typeof fragment> {}
export const authentication: Authentication = fragment;
