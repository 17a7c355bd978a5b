import { defineFragment, must, type Named, should, table } from "@personakit/core";
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
          "wrap the Prisma adapter, which stores `sessionToken` in clear: hash it in `createSession`, `getSessionAndUser`, `updateSession` and `deleteSession`, and return the plain token from `createSession` for the cookie",
        "better-auth":
          "the cookie carries an HMAC over the stored token: keep `BETTER_AUTH_SECRET` out of the database, and give `bearer()` `requireSignature: true`",
      },
    ],
    [
      "Idle limit (default)",
      {
        "next-auth": "`session.maxAge` (30 days), with `session.updateAge` (1 day) well below it",
        "better-auth": "`session.expiresIn` (7 days), with `session.updateAge` (1 day) well below it",
      },
    ],
    [
      "Absolute limit (none)",
      {
        "next-auth": "a `createdAt` column of your own, compared in the wrapped `getSessionAndUser`",
        "better-auth": "`session.createdAt`, compared in `requireUser()`",
      },
    ],
    [
      "Sign-out everywhere",
      {
        "next-auth":
          'database sessions; with `strategy: "jwt"`, a session version on the user, compared in `requireUser()`',
        "better-auth":
          "`revokeSessionsOnPasswordReset: true` (default `false`); no `session.cookieCache`, which honours a revoked session until its `maxAge`",
      },
    ],
    [
      "OAuth checks",
      {
        "next-auth":
          '`checks: ["pkce", "state", "nonce"]` on OpenID Connect providers, `["pkce", "state"]` on others; the default of 4 is `["state"]`, of 5 `["pkce"]`',
        "better-auth": "`state` always, PKCE where the provider takes it; leave `pkce` of `genericOAuth` at `true`",
      },
    ],
    [
      "Account linking",
      {
        "next-auth": "never `allowDangerousEmailAccountLinking`",
        "better-auth": "`account.accountLinking.disableImplicitLinking: true` (default `false`)",
      },
    ],
    [
      "Passwords",
      {
        "next-auth": 'avoid the Credentials provider, which forces `strategy: "jwt"`',
        "better-auth":
          "`emailAndPassword` with `requireEmailVerification: true`; its hash is scrypt, another goes into `password.hash` and `password.verify`",
      },
    ],
    [
      "Rate limits of sign-in",
      {
        "next-auth": "none built in: limit `/api/auth/*` yourself, in Redis",
        "better-auth": '`rateLimit.storage: "database"` or `"secondary-storage"`; the default counts in memory',
      },
    ],
    [
      "Renewed cookies",
      {
        "next-auth":
          "through `/api/auth/session`, which `SessionProvider` requests on focus; a Server Component cannot set cookies",
        "better-auth":
          "`nextCookies()` as the last plugin sets them in Server Actions; elsewhere through `/api/auth/get-session`, which `useSession()` requests",
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
      "Keep the library that the app has, at its latest patch, and take Better Auth for a new app: the Auth.js project is part of it now and gets only security patches and critical fixes; `next-auth@5` has never left beta.",
      {
        why: "A move rewrites the session and account tables and signs everyone out; do it for a feature, not for its own sake.",
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
      "Read the session in one `requireUser()` wrapped in React's `cache`, which checks both limits and returns id and role; the `session` callback of NextAuth.js, or `customSession` of Better Auth, puts them there.",
      { why: "Limits that are checked in one place are checked everywhere." },
    ),
    /** What the table is for. */
    settings: must(
      "Set every row of the table explicitly and cover it with a test; the versions read are `next-auth` 4.24.15 and 5.0.0-beta.32, and `better-auth` 1.7.25, so look a default up again in another version.",
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
    /** Secrets of providers. */
    providerTokens: should(
      "Store a provider's access and refresh tokens only if you call its API, and encrypt them (`account.encryptOAuthTokens` of Better Auth; a wrapped `linkAccount` in NextAuth.js).",
    ),
  },
});

/** Which settings of NextAuth.js (Auth.js) and Better Auth hold sessions, OAuth and passwords to account. */
export interface NextjsAuth extends Named<typeof fragment> {}
export const nextjsAuth: NextjsAuth = fragment;
