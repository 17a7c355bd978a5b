import { defineFragment, may, md, must, type Named, prose, raw, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** What differs between the stores. */
const STORES = {
  Redis: {
    use: "Redis is the cache that instances share",
    bound: "and set `maxmemory` with an eviction policy on an instance that holds nothing else",
    invalidate: "delete its keys",
    lock: "a lock taken with `SET key token NX PX ttl`",
    home: "a Redis that evicts nothing",
  },
  ElastiCache: {
    use: "ElastiCache is the cache that instances share",
    bound: "and set the `maxmemory-policy` of a node-based cluster that holds nothing else",
    invalidate: "delete its keys",
    lock: "a lock taken with `SET key token NX PX ttl`",
    home: "an ElastiCache cluster that evicts nothing",
  },
  "in-memory": {
    use: "Process memory is the cache, one per instance",
    bound: "and cap the number of entries",
    invalidate: "delete its keys in every instance, and let no TTL outlast the staleness you accept",
    lock: "a map of pending promises by key",
    home: "the database",
  },
} as const;

const fragment = defineFragment({
  id: "caching",
  version: manifest.version,
  title: "Caching",
  summary:
    "What is cached where, for how long, how it is invalidated, and what never is. Choose it when reads outnumber writes.",
  params: {
    store: z.enum(["Redis", "ElastiCache", "in-memory"]).default("Redis").describe("Where application data is cached."),
  },
  rules: {
    /** The layers of cache. */
    scope: ({ store }) =>
      prose(
        md`${STORES[store].use}. A CDN or the API gateway's cache holds public responses. Query caching (results kept under a key made from the query's arguments) comes after the query and its indexes are tuned.`,
      ),
    /** What stays out of every cache. */
    neverCached: must(
      "Never cache secrets, credentials or card data (read them from their own store), check authorisation before you serve a cached value, and send responses that belong to one user with `Cache-Control: private` or `no-store`.",
      {
        why: "A cache has weaker access control and longer memory than the store behind it.",
        evidence: [
          { source: "RFC 9111 section 5.2.2.5", url: "https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.5" },
          { source: "RFC 9111 section 5.2.2.7", url: "https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.7" },
        ],
      },
    ),
    /** What a key contains. */
    keys: must(
      "Build keys in one function from a schema version, the tenant and every input that changes the value, such as `v2:tenant:42:product:7`; raise the version when the shape of the value changes.",
      { why: "A key without the tenant serves one customer's data to another." },
    ),
    /** How long entries live. */
    ttlWithJitter: ({ store }) =>
      must(
        md`Give every entry a TTL with random jitter, so that entries written together do not expire together, ${raw(STORES[store].bound)}.`,
        { why: "Entries that expire together send all their readers to the database at once." },
      ),
    /** Removing what is out of date. */
    invalidation: ({ store }) =>
      must(
        md`Fill the cache on a miss (cache-aside); after the transaction that changes the data commits, and not before, ${STORES[store].invalidate}.`,
        { why: "Invalidated before the commit, the entry is refilled with the old value." },
      ),
    /** Many misses of one key at once. */
    stampede: ({ store }) =>
      should(
        md`Let one caller refill a hot key that has expired, behind ${raw(STORES[store].lock)}, while the others wait or take the stale value.`,
        { why: "Otherwise every request of that moment reaches the database (cache stampede)." },
      ),
    /** State that several instances need. */
    sharedState: ({ store }) =>
      should(
        md`Keep in process memory only what may differ between instances for one TTL; sessions, counters and locks live in ${STORES[store].home}, so that horizontal scaling behind a load balancer needs no sticky sessions.`,
      ),
    /** Responses at the edge. */
    cdn: may(
      "Serve assets through the CDN with a content hash in the name and `Cache-Control: public, max-age=31536000, immutable`, and public `GET` responses with `s-maxage` and an `ETag`.",
      {
        evidence: [
          { source: "RFC 8246", url: "https://www.rfc-editor.org/rfc/rfc8246" },
          { source: "RFC 9111 section 5.2.2.10", url: "https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.10" },
        ],
      },
    ),
    /** Compression and the size of machines. */
    compressionAndScaling: may(
      "Compress text responses (Brotli or gzip) at the CDN or proxy, not in the Node.js process; scale vertically only what cannot be split, such as the primary database.",
    ),
  },
  decides: ({ store }) => ({ "caching.store": store }),
});

/** What is cached where, for how long, how it is invalidated, and what never is. */
export interface Caching extends Named<typeof fragment> {}
export const caching: Caching = fragment;
