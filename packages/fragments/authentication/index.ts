import { defineFragment, md, must, type Named, prose, should, table } from "@personakit/core";
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
  },
  decides: ({ sessionIdleMinutes, sessionHours, accessTokenMinutes, refreshDays }) => ({
    "sessions.idleMinutes": sessionIdleMinutes,
    "sessions.hours": sessionHours,
    "tokens.accessMinutes": accessTokenMinutes,
    "tokens.refreshDays": refreshDays,
  }),
});

/** How callers prove who they are: sessions, JWT, OAuth 2.0 with PKCE, refresh tokens, second factors and social login. */
export interface Authentication extends Named<typeof fragment> {}
export const authentication: Authentication = fragment;
