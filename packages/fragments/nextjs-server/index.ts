import { defineFragment, example, may, must, type Named, should, table } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const DOCS = "https://nextjs.org/docs/app";

const DATA_SECURITY = { source: "Next.js Docs, Data security", url: `${DOCS}/guides/data-security` };

const UPGRADE_15 = {
  source: "Next.js Docs, How to upgrade to version 15",
  url: `${DOCS}/guides/upgrading/version-15`,
};

const UPGRADE_16 = {
  source: "Next.js Docs, How to upgrade to version 16",
  url: `${DOCS}/guides/upgrading/version-16`,
};

/** When each major version stops getting security fixes. */
const SUPPORT = {
  "15": {
    endOfLife: { subject: "Next.js 15", date: "2027-01-31" },
    source: { source: "Pantheon Docs, Next.js 15 End of Life", url: "https://docs.pantheon.io/nextjs/nextjs-15-EOL" },
  },
  "16": {
    endOfLife: { subject: "Next.js 16", date: "2027-10-22" },
    source: { source: "Next.js, Support policy", url: "https://nextjs.org/support-policy" },
  },
};

const reviewed = "2026-11";

const fragment = defineFragment({
  id: "nextjs-server",
  version: manifest.version,
  title: "Next.js on the server",
  summary:
    "How the server side of a Next.js app reads, writes and guards data. Choose it for App Router apps on Next.js 16, or 15.",
  params: {
    version: z.enum(["16", "15"]).default("16").describe("The major version of Next.js."),
  },
  rules: {
    /** The documentation of the installed version. */
    bundledDocs: ({ version }) =>
      must(
        version === "16"
          ? "Before you use an API of Next.js, read its page in `node_modules/next/dist/docs/` (from 16.2 on), which describes the installed version; where it is missing, `npx @next/codemod@canary agents-md` downloads it. Follow it where a rule here differs, and say so."
          : "Before you use an API of Next.js 15, read its page under `nextjs.org/docs/15`; `npx @next/codemod@canary agents-md` downloads the version that is installed. Plan the upgrade to 16: 15 gets security fixes until the end of January 2027 only.",
        {
          why: "APIs and defaults change with every major version, and models have read the older ones.",
          evidence: [
            { source: "Next.js Docs, AI coding agents", url: `${DOCS}/guides/ai-agents` },
            SUPPORT[version].source,
          ],
          reviewed,
          endOfLife: SUPPORT[version].endOfLife,
        },
      ),
    /** Which entry point for what. */
    entryPoints: ({ version }) =>
      table(
        ["Entry point", "Use"],
        [
          [
            "Server Component",
            "Reads for a page (SSR, or ISR where cached), through a service function rather than the app's own Route Handler",
          ],
          ["Server Action", "Writes from the app's own UI"],
          ["Route Handler (`app/**/route.ts`)", "Webhooks, mobile and third-party clients, streams"],
          ["API route (`pages/api`)", "Existing Pages Router code only"],
          version === "16"
            ? ["Proxy (`proxy.ts`, the former middleware)", "Redirects, rewrites, headers, locale"]
            : ["Middleware (`middleware.ts`)", "Redirects, rewrites, headers, locale"],
        ],
      ),
    /** Server Actions as public endpoints. */
    serverActions: must(
      "Treat each Server Action as a public `POST` endpoint: authenticate, validate the arguments and authorise the object inside it, whatever the page around it has checked.",
      {
        why: "The action is reachable without the page.",
        evidence: [DATA_SECURITY],
      },
    ),
    /** Middleware, or proxy, and access checks. */
    middleware: ({ version }) =>
      must(
        version === "16"
          ? "Never rely on the proxy (middleware before 16) alone for access: let it redirect, and check again where data is read. Before 16.4.6, crafted requests get past it: say so in the report, and ask for the update."
          : "Never rely on middleware alone for access: let it redirect, and check again where data is read. Before 15.5.29, crafted requests get past it: say so in the report, and ask for the update.",
        {
          why: "A changed matcher, or an action moved to another route, drops its cover without a sign.",
          evidence: [
            { source: "CVE-2025-29927", url: "https://github.com/advisories/GHSA-f82v-jwr5-mffw" },
            { source: "CVE-2026-45109", url: "https://github.com/advisories/GHSA-26hh-7cqf-hhc6" },
            { source: "GHSA-6gpp-xcg3-4w24", url: "https://github.com/advisories/GHSA-6gpp-xcg3-4w24" },
          ],
          reviewed,
        },
      ),
    /** The data access layer. */
    dataAccess: must(
      'Start each module that touches the database or secrets with `import "server-only"`, and return picked fields: every prop of a Client Component, and every result of a Server Action, is sent to the browser.',
      { enforcedBy: "next build", evidence: [DATA_SECURITY] },
    ),
    /** Asynchronous request APIs. */
    asyncRequestApis: ({ version }) =>
      version === "16"
        ? must(
            "Await `params`, `searchParams`, `cookies()`, `headers()` and `draftMode()`, and type the first two with `PageProps` and `RouteContext`, which `next typegen` writes.",
            { enforcedBy: "tsc --noEmit", evidence: [UPGRADE_16], reviewed },
          )
        : must(
            "Await `params`, `searchParams`, `cookies()`, `headers()` and `draftMode()`, typed as promises; synchronous access is deprecated in Next.js 15 and gone in 16.",
            { enforcedBy: "tsc --noEmit", evidence: [UPGRADE_15], reviewed },
          ),
    /** What is never cached. */
    caching: must(
      "Cache nothing that belongs to one user. Before you cache anything, look for `cacheComponents` in `next.config.ts`: it decides between two models of caching.",
      {
        why: "A cached page, fetch or function result is shared by all users.",
        evidence: [{ source: "Next.js Docs, Caching", url: `${DOCS}/getting-started/caching` }],
        reviewed,
      },
    ),
    /** Linting. */
    lint: ({ version }) =>
      version === "16"
        ? should("Run ESLint or Biome yourself: `next lint` is gone, and `next build` lints nothing.", {
            evidence: [UPGRADE_16],
            reviewed,
          })
        : should("Run ESLint as a script of its own; `next lint` is deprecated and gone in version 16.", {
            evidence: [UPGRADE_16],
            reviewed,
          }),
    /** The Edge Runtime. */
    edgeRuntime: ({ version }) =>
      version === "16"
        ? should("Export no `runtime`: the Edge Runtime is deprecated, and `cacheComponents` refuses the export.", {
            evidence: [
              {
                source: "Next.js Docs, runtime",
                url: `${DOCS}/api-reference/file-conventions/route-segment-config/runtime`,
              },
            ],
            reviewed,
          })
        : may(
            'Set `runtime = "edge"` on a handler that needs Web APIs only; the Edge Runtime has no Node.js APIs, no TCP database driver and no ISR, and is deprecated in version 16.',
            { evidence: [{ source: "Next.js Docs, Edge Runtime", url: `${DOCS}/api-reference/edge` }], reviewed },
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
          return { ok: false, code: error.code, message: error.message };
        }
        revalidatePath("/bookings");
        return { ok: true };
      }
      `,
    ),
  },
  decides: ({ version }) => ({ "nextjs.version": version }),
});

/** How the server side of a Next.js app reads, writes and guards data. */
export interface NextjsServer extends Named<typeof fragment> {}
export const nextjsServer: NextjsServer = fragment;
