import { defineFragment, example, may, must, type Named, should, table } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const DATA_SECURITY = {
  source: "Next.js Docs, Data security",
  url: "https://nextjs.org/docs/app/guides/data-security",
};

const VERSION_15 = {
  source: "Next.js Docs, How to upgrade to version 15",
  url: "https://nextjs.org/docs/app/guides/upgrading/version-15",
};

const fragment = defineFragment({
  id: "nextjs-server",
  version: manifest.version,
  title: "Next.js on the server",
  summary:
    "How the server side of a Next.js 15 app reads, writes, caches and guards data. Choose it for App Router apps.",
  rules: {
    /** Which entry point for what. */
    entryPoints: table(
      ["Entry point", "Use"],
      [
        [
          "Server Component",
          "Reads for a page (SSR, or ISR where cached), through a service function rather than the app's own Route Handler",
        ],
        ["Server Action", "Writes from the app's own UI"],
        ["Route Handler (`app/**/route.ts`)", "Webhooks, mobile and third-party clients, streams"],
        ["API route (`pages/api`)", "Existing Pages Router code only"],
        ["Middleware (`middleware.ts`; `proxy.ts` from Next.js 16)", "Redirects, rewrites, headers, locale"],
      ],
    ),
    /** Server Actions as public endpoints. */
    serverActions: must(
      "Treat each Server Action as a public `POST` endpoint: authenticate, validate the arguments and authorise the object inside it, whatever the page around it has checked.",
      { why: "The action is reachable without the page.", evidence: [DATA_SECURITY] },
    ),
    /** Middleware and access checks. */
    middleware: must(
      "Never rely on middleware alone for access: let it redirect, and check again where data is read. Run at least Next.js 15.5.18, or 16.2.6 on 16; earlier releases let crafted requests past middleware.",
      {
        evidence: [
          { source: "CVE-2025-29927", url: "https://github.com/advisories/GHSA-f82v-jwr5-mffw" },
          { source: "CVE-2026-45109", url: "https://github.com/advisories/GHSA-26hh-7cqf-hhc6" },
        ],
      },
    ),
    /** The data access layer. */
    dataAccess: must(
      'Start each module that touches the database or secrets with `import "server-only"`, and return picked fields: every prop of a Client Component is sent to the browser.',
      { enforcedBy: "next build", evidence: [DATA_SECURITY] },
    ),
    /** Asynchronous request APIs. */
    asyncRequestApis: must(
      "Await `params`, `searchParams`, `cookies()`, `headers()` and `draftMode()`, typed as promises; synchronous access is deprecated in Next.js 15 and gone in 16.",
      { enforcedBy: "tsc --noEmit", evidence: [VERSION_15] },
    ),
    /** Caching and revalidation. */
    caching: must(
      "State caching at each read, never for per-user data: `next: { revalidate, tags }` on `fetch`, `unstable_cache` around Prisma, `revalidateTag` after writes (ISR). Next.js 15 caches neither by default, yet prerenders at build a page that reads no request data: give it `revalidate` or `await connection()`.",
      {
        why: "A cached page or fetch is shared by all users.",
        evidence: [
          VERSION_15,
          {
            source: "Next.js Docs, Incremental Static Regeneration",
            url: "https://nextjs.org/docs/app/guides/incremental-static-regeneration",
          },
          {
            source: "Next.js 15 Docs, Caching and Revalidating",
            url: "https://nextjs.org/docs/15/app/getting-started/caching-and-revalidating",
          },
        ],
      },
    ),
    /** Sessions with Auth.js. */
    session: should(
      "Use NextAuth.js (Auth.js) with the Prisma adapter behind one `requireUser()` wrapped in React's `cache`, and put user id and role into the session in the `session` callback.",
      { evidence: [{ source: "Auth.js, Prisma adapter", url: "https://authjs.dev/reference/prisma-adapter" }] },
    ),
    /** The Edge Runtime. */
    edgeRuntime: may(
      'Set `runtime = "edge"` on a handler that needs Web APIs only; the Edge Runtime has no Node.js APIs, no TCP database driver and no ISR.',
      { evidence: [{ source: "Next.js Docs, Edge Runtime", url: "https://nextjs.org/docs/app/api-reference/edge" }] },
    ),
    /** A Server Action. */
    action: example(
      "ts",
      `
      "use server";

      export async function cancelBooking(_previous: FormState, form: FormData): Promise<FormState> {
        const user = await requireUser();
        const input = parseForm(CancelBooking, form);
        if (!input.ok) return { ok: false, issues: input.issues };
        try {
          await bookings.cancel(user, input.value.bookingId); // refuses another user's booking
        } catch (error) {
          if (!(error instanceof AppError) || error.status >= 500) throw error;
          return { ok: false, message: error.message };
        }
        revalidatePath("/bookings");
        return { ok: true };
      }
      `,
    ),
  },
});

/** How the server side of a Next.js 15 app reads, writes, caches and guards data. */
export interface NextjsServer extends Named<typeof fragment> {}
export const nextjsServer: NextjsServer = fragment;
