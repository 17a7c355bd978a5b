import { defineFragment, must, type Named, table } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** A table's head for each library, in the order of its columns. */
const LIBRARIES = {
  "next-auth": "NextAuth.js 4 and Auth.js 5 beta",
  "better-auth": "Better Auth 1",
} as const;

/** What each library is set to, by concern. */
const SETTINGS: readonly (readonly [concern: string, settings: { readonly [L in keyof typeof LIBRARIES]: string }])[] =
  [
    [
      "Stolen session table",
      {
        "next-auth":
          "the Prisma adapter stores `sessionToken` in clear: wrap its session methods to hash it, and return the plain one from `createSession`",
        "better-auth":
          "the cookie adds an HMAC to the stored token: keep `BETTER_AUTH_SECRET` out of the database, and use `bearer({ requireSignature: true })`",
      },
    ],
    [
      "Idle limit (default)",
      {
        "next-auth": "`session.maxAge` (30 days); `session.updateAge` (1 day) well below",
        "better-auth": "`session.expiresIn` (7 days); `session.updateAge` (1 day) well below",
      },
    ],
    [
      "Absolute limit (none)",
      {
        "next-auth": "a `createdAt` column, compared in the wrapped adapter",
        "better-auth": "`session.createdAt`, compared in `requireUser()`",
      },
    ],
    [
      "Sign-out everywhere",
      {
        "next-auth":
          'database sessions; with `strategy: "jwt"`, a session version on the user, compared in `requireUser()`',
        "better-auth":
          "`revokeSessionsOnPasswordReset: true`; no `session.cookieCache`, which honours a revoked session until its `maxAge`",
      },
    ],
    [
      "OAuth checks",
      {
        "next-auth":
          '`checks: ["pkce", "state", "nonce"]` on OpenID Connect providers, `["pkce", "state"]` on others; the default of 4 is `["state"]`, of 5 `["pkce"]`',
        "better-auth": "built in; leave `pkce` of `genericOAuth` at `true`",
      },
    ],
    [
      "Account linking",
      {
        "next-auth": "never `allowDangerousEmailAccountLinking`",
        "better-auth": "`account.accountLinking.disableImplicitLinking: true`",
      },
    ],
    [
      "Passwords",
      {
        "next-auth": 'avoid the Credentials provider, which forces `strategy: "jwt"`',
        "better-auth":
          "`requireEmailVerification: true`; the default is scrypt, so set `emailAndPassword.password.hash` and `verify` to argon2id",
      },
    ],
    [
      "Rate limits of sign-in",
      {
        "next-auth": "none: limit `/api/auth/*` yourself, in Redis",
        "better-auth": '`rateLimit.storage: "database"`; the default counts in memory',
      },
    ],
    [
      "Renewed cookies",
      {
        "next-auth":
          "through `/api/auth/session`, which `SessionProvider` requests on focus; a Server Component cannot set cookies",
        "better-auth":
          "through `/api/auth/get-session`, which `useSession()` requests; `nextCookies()` last, for Server Actions",
      },
    ],
  ];

const MIGRATION = {
  source: "Auth.js, Migrate to Better Auth",
  url: "https://authjs.dev/getting-started/migrate-to-better-auth",
};

const fragment = defineFragment({
  id: "nextjs-auth",
  version: manifest.version,
  title: "Sign-in with NextAuth.js or Better Auth",
  summary:
    "Which settings of NextAuth.js (Auth.js) and Better Auth hold sessions, OAuth and passwords to account. Choose it for Next.js apps that sign users in.",
  params: {
    libraries: z
      .array(z.enum(["next-auth", "better-auth"]))
      .min(1)
      .default(["next-auth", "better-auth"])
      .describe("The libraries in use, a column each."),
  },
  rules: {
    /** The choice of library. */
    library: must(
      "Keep the library that the app has, at its latest patch, and take Better Auth for a new app: Auth.js is part of it now and gets only security patches and critical fixes, and `next-auth@5` never left beta.",
      {
        why: "A move rewrites the session and account tables and signs everyone out; do it for a feature.",
        evidence: [
          MIGRATION,
          {
            source: "Auth.js is now part of Better Auth",
            url: "https://github.com/nextauthjs/next-auth/discussions/13252",
          },
        ],
        reviewed: "2026-11",
      },
    ),
    /** One reader of the session. */
    requireUser: must(
      "Read the session in one `requireUser()` wrapped in React's `cache`, which checks both limits and returns id and role (`session` callback of NextAuth.js, `customSession` of Better Auth).",
      { why: "Limits that are checked in one place are checked everywhere." },
    ),
    /** What the table is for. */
    settings: must(
      "Set every row of the table explicitly, with a test; the defaults are those of `next-auth` 4.24.15 and 5.0.0-beta.32, and `better-auth` 1.7.25.",
      {
        why: "Defaults differ between the libraries, and changed between versions of one.",
        evidence: [
          { source: "Auth.js Reference, core", url: "https://authjs.dev/reference/core" },
          { source: "Better Auth, Options", url: "https://www.better-auth.com/docs/reference/options" },
        ],
        reviewed: "2026-11",
      },
    ),
    /** The settings, side by side. */
    table: ({ libraries }) =>
      table(
        ["Concern", ...libraries.map((library) => LIBRARIES[library])],
        SETTINGS.map(([concern, settings]) => [concern, ...libraries.map((library) => settings[library])]),
      ),
  },
});

/** Which settings of NextAuth.js (Auth.js) and Better Auth hold sessions, OAuth and passwords to account. */
export interface NextjsAuth extends Named<typeof fragment> {}
export const nextjsAuth: NextjsAuth = fragment;
