import { defineFragment, must, type Named, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const DOCS = "https://nextjs.org/docs/app";

const UPGRADE_15 = {
  source: "Next.js Docs, How to upgrade to version 15",
  url: `${DOCS}/guides/upgrading/version-15`,
};

const reviewed = "2026-11";

const fragment = defineFragment({
  id: "nextjs-caching",
  version: manifest.version,
  title: "Caching in Next.js",
  summary:
    "What a Next.js app caches, how it says so, and what ends a cached entry. Choose it for App Router apps on Next.js 16, or 15.",
  params: {
    version: z.enum(["16", "15"]).default("16").describe("The major version of Next.js."),
  },
  rules: {
    /** What is cached, and how it is said. */
    reads: ({ version }) =>
      version === "16"
        ? must(
            'With `cacheComponents` in `next.config.ts`, cache a read under `"use cache"` with `cacheLife` and `cacheTag`, pass it what comes from cookies or headers as arguments, and put uncached reads under `Suspense`. Without it, state `next: { revalidate, tags }` on `fetch` and `unstable_cache` around the ORM.',
            {
              why: "A cached entry is shared by all users; with `cacheComponents`, `next build` fails on an uncached read outside `Suspense`.",
              enforcedBy: "next build",
              evidence: [
                { source: "Next.js Docs, Caching", url: `${DOCS}/getting-started/caching` },
                {
                  source: "Next.js Docs, Caching and Revalidating (Previous Model)",
                  url: `${DOCS}/guides/caching-without-cache-components`,
                },
              ],
              reviewed,
            },
          )
        : must(
            "State caching at each read: `next: { revalidate, tags }` on `fetch`, `unstable_cache` around Prisma; Next.js 15 caches neither by default.",
            {
              why: "A cached page or fetch is shared by all users.",
              evidence: [
                UPGRADE_15,
                {
                  source: "Next.js Docs, Incremental Static Regeneration",
                  url: `${DOCS}/guides/incremental-static-regeneration`,
                },
                {
                  source: "Next.js 15 Docs, Caching and Revalidating",
                  url: "https://nextjs.org/docs/15/app/getting-started/caching-and-revalidating",
                },
              ],
              reviewed,
            },
          ),
    /** Pages that are built before anyone asks. */
    prerendering: ({ version }) =>
      must(
        version === "16"
          ? "Without `cacheComponents`, give a page that reads no request data `revalidate` (ISR) or `await connection()`: it is otherwise prerendered once, when the app is built."
          : "Give a page that reads no request data `revalidate` (ISR) or `await connection()`: it is otherwise prerendered once, when the app is built.",
        {
          why: "Such a page shows the data of the last deployment, and `next dev` hides it.",
          evidence: [
            {
              source: "Next.js Docs, Incremental Static Regeneration",
              url: `${DOCS}/guides/incremental-static-regeneration`,
            },
          ],
          reviewed,
        },
      ),
    /** Caches after a write. */
    revalidation: ({ version }) =>
      version === "16"
        ? must(
            'Revalidate after the write commits: `updateTag(tag)` in the Server Action whose user must see it, `revalidateTag(tag, "max")` where the old state may show once more, `revalidateTag(tag, { expire: 0 })` in a webhook; never `revalidateTag` with one argument, which is the form of Next.js 15.',
            {
              why: "`updateTag` throws outside Server Actions, and the profile `max` serves stale content while it revalidates.",
              enforcedBy: "tsc --noEmit",
              evidence: [
                { source: "Next.js Docs, updateTag", url: `${DOCS}/api-reference/functions/updateTag` },
                { source: "Next.js Docs, revalidateTag", url: `${DOCS}/api-reference/functions/revalidateTag` },
              ],
              reviewed,
            },
          )
        : must(
            "Call `revalidateTag(tag)` or `revalidatePath(path)` after the write commits, in the action or handler that made it.",
            {
              why: "Called before, it refills the cache with the old state.",
            },
          ),
    /** Caches of several instances. */
    sharedCache: ({ version }) =>
      version === "16"
        ? should(
            'On functions, or on several instances, cache under `"use cache: remote"` with `cacheHandlers` in `next.config.ts`; plain `"use cache"` lives in one instance\'s memory, and neither outlives a deployment.',
            {
              evidence: [
                { source: "Next.js Docs, use cache: remote", url: `${DOCS}/api-reference/directives/use-cache-remote` },
              ],
              reviewed,
            },
          )
        : should(
            "Share the cache between instances with a `cacheHandler` in `next.config.ts`; by default each has its own.",
            {
              evidence: [{ source: "Next.js Docs, Self-hosting", url: `${DOCS}/guides/self-hosting` }],
              reviewed,
            },
          ),
  },
  decides: ({ version }) => ({ "nextjs.version": version }),
});

/** What a Next.js app caches, how it says so, and what ends a cached entry. */
export interface NextjsCaching extends Named<typeof fragment> {}
export const nextjsCaching: NextjsCaching = fragment;
