import { defineFragment, may, md, must, type Named, should, table } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "rest-conventions",
  version: manifest.version,
  title: "REST conventions",
  summary: "What each method answers and what each status means. Choose it for any HTTP API that exposes resources.",
  params: {
    validationStatus: z
      .union([z.literal(400), z.literal(422)])
      .default(400)
      .describe("HTTP status of a request that fails schema validation."),
  },
  rules: {
    /** The success status and body of each method. */
    methods: table(
      ["Request", "Answer"],
      [
        ["`GET` a list", "`200` with one page of items; no match is `200` with an empty page"],
        ["`GET` one resource", "`200`, or `404` when it does not exist"],
        ["`POST`", "`201` with the created resource, and its path in `Location`"],
        ["`PATCH`", "`200` with the resource after the change"],
        ["`DELETE`", "`204` without a body"],
      ],
    ),
    /** The meaning of each status code. */
    statuses: ({ validationStatus }) =>
      table(
        ["Status", "Meaning"],
        [
          ["`200`", "Done; the body holds the result"],
          ["`201`", "A resource was created"],
          ["`204`", "Done; there is no body"],
          [
            "`400`",
            validationStatus === 400
              ? "The request cannot be parsed or fails schema validation"
              : "The request cannot be parsed",
          ],
          ["`401`", "Credentials are missing, expired or invalid"],
          ["`403`", "The caller is known and may not do this"],
          ["`404`", "The resource does not exist, or the caller may not learn that it does"],
          ["`409`", "The request conflicts with the current state: a duplicate or a stale version"],
          [
            "`422`",
            validationStatus === 400
              ? "The request passes the schema but breaks a business rule"
              : "The request parses, but fails schema validation or breaks a business rule",
          ],
          ["`429`", "The caller is over its rate limit; `Retry-After` says when to come back"],
          ["`500`", "An unexpected fault in the server"],
          ["`503`", "A dependency is down or the service is full; `Retry-After` says when to come back"],
        ],
      ),
    /** Safe and idempotent methods. */
    methodSemantics: must(
      "Change no state on `GET`, and write `PUT` and `DELETE` so that a repeat leaves the same state as the first call.",
      {
        why: "Clients, proxies and crawlers repeat these methods without asking.",
        evidence: [
          { source: "RFC 9110 section 9.2.1", url: "https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1" },
          { source: "RFC 9110 section 9.2.2", url: "https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2" },
        ],
      },
    ),
    /** The cap on page size. */
    boundedLists: must("Cap the page size of every list on the server, whatever `limit` the client sends.", {
      why: "One unbounded list can exhaust the memory of the service and its database.",
      evidence: [
        {
          source: "OWASP API Security Top 10 2023, API4 Unrestricted Resource Consumption",
          url: "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
        },
      ],
    }),
    /** The shape of a page. */
    pagination: should(
      "Page lists by `limit` and `cursor`, answer `{ data, nextCursor }`, and set `nextCursor` to `null` on the last page.",
      { why: "Offsets skip or repeat items when rows are added between two pages." },
    ),
    /** Filter and sort fields. */
    filters: ({ validationStatus }) =>
      should(
        md`Filter and sort through query parameters on an allow-list of fields, and answer any other field with \`${validationStatus}\`.`,
        { why: "A filter that is silently ignored returns too much." },
      ),
    /** The form of paths. */
    resourcePaths: should(
      "Name paths after resources: plural nouns in kebab-case (`/order-items/{id}`), no verb that the method already says, no nesting beyond `/orders/{id}/items`.",
    ),
    /** The place of the API version. */
    versioning: should("Carry the major version in the path (`/v1/orders`), and raise it only for a breaking change.", {
      why: "A version per release forces every client to follow every release.",
    }),
    /** Partial updates. */
    partialUpdates: may("Read `PATCH` bodies as JSON Merge Patch: an absent field stays as it is, `null` removes it.", {
      evidence: [{ source: "RFC 7396 section 2", url: "https://www.rfc-editor.org/rfc/rfc7396#section-2" }],
    }),
  },
  decides: ({ validationStatus }) => ({ "validation.status": validationStatus }),
});

/** What each method answers and what each status means. */
export interface RestConventions extends Named<typeof fragment> {}
export const restConventions: RestConventions = fragment;
