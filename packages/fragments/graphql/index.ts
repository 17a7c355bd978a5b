import { defineFragment, example, may, md, must, type Named, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const GRAPHQL_CHEAT_SHEET = {
  source: "OWASP GraphQL Cheat Sheet",
  url: "https://cheatsheetseries.owasp.org/cheatsheets/GraphQL_Cheat_Sheet.html",
};

const fragment = defineFragment({
  id: "graphql",
  version: manifest.version,
  title: "GraphQL",
  summary: "How a GraphQL schema is shaped, resolved and bounded. Choose it for services with a GraphQL endpoint.",
  params: {
    maxDepth: z
      .number()
      .int()
      .min(3)
      .max(30)
      .default(10)
      .describe("The deepest operation accepted, in levels of nesting."),
  },
  rules: {
    /** Batched loading. */
    batching: must(
      "Load each relation through a `DataLoader` created per request; never share one between requests, where it serves one user's rows to another.",
      { evidence: [{ source: "DataLoader README, Caching", url: "https://github.com/graphql/dataloader#caching" }] },
    ),
    /** Authorisation per object. */
    objectAccess: must(
      "Authorise per object in the service that the resolver calls; a check on the endpoint or the parent does not cover a field that another path reaches.",
      {
        evidence: [
          GRAPHQL_CHEAT_SHEET,
          { source: "graphql.org, Authorization", url: "https://graphql.org/learn/authorization/" },
        ],
      },
    ),
    /** Depth, cost and width. */
    limits: ({ maxDepth }) =>
      must(
        md`Refuse operations that nest deeper than ${maxDepth} levels or exceed a cost budget before you execute them, and bound aliases and batches; prove each limit with a test.`,
        {
          why: "One query can ask for the whole database.",
          enforcedBy: "GraphQL Armor",
          evidence: [GRAPHQL_CHEAT_SHEET],
        },
      ),
    /** Errors. */
    errors: must(
      "Answer known errors with a code in `extensions.code`, and mask all others: the client gets a stable message, the log gets the exception.",
      { why: "Default formatters pass the exception's text on." },
    ),
    /** The schema. */
    schemaShape: should(
      "Shape the schema after what clients do, not after tables: lists as connections with a capped `first`, fields nullable where a resolver can fail, one input and one payload type per mutation.",
      {
        evidence: [
          {
            source: "GraphQL Cursor Connections Specification",
            url: "https://relay.dev/graphql/connections.htm",
          },
        ],
      },
    ),
    /** Subscriptions. */
    subscriptions: should(
      "Serve subscriptions with `graphql-ws`, not the unmaintained `subscriptions-transport-ws`: authenticate in `onConnect`, check each event against the subscriber's rights, publish through Redis.",
      {
        evidence: [
          {
            source: "subscriptions-transport-ws README",
            url: "https://github.com/apollographql/subscriptions-transport-ws",
          },
        ],
      },
    ),
    /** Persisted operations. */
    persistedOperations: may(
      "Accept persisted operations only, and turn introspection off in production, if all clients are yours.",
    ),
    /** Loaders in the request context. */
    loaders: example(
      "ts",
      `
      export function createContext(user: User) {
        return {
          user,
          listings: new DataLoader<string, Listing | null>(async (ids) => {
            const rows = await listings.findVisible(user, ids); // one query, with the access check
            const byId = new Map(rows.map((row) => [row.id, row]));
            return ids.map((id) => byId.get(id) ?? null); // same length, same order
          }),
        };
      }

      export const resolvers = {
        Booking: {
          listing: (booking: Booking, _: unknown, context: Context) => context.listings.load(booking.listingId),
        },
      };
      `,
    ),
  },
  decides: ({ maxDepth }) => ({ "graphql.maxDepth": maxDepth }),
});

/** How a GraphQL schema is shaped, resolved and bounded. */
export interface Graphql extends Named<typeof fragment> {}
export const graphql: Graphql = fragment;
