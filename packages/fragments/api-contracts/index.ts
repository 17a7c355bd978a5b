import { defineFragment, may, md, must, type Named, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "api-contracts",
  version: manifest.version,
  title: "API contracts",
  summary:
    "How an OpenAPI document stays true to the service. Choose it for any API that another team or program calls.",
  params: {
    contractFile: z
      .string()
      .min(1)
      .default("openapi.yaml")
      .describe("Path of the OpenAPI document, from the root of the repository."),
    openapi: z.enum(["3.0", "3.1"]).default("3.1").describe("OpenAPI version of the contract."),
  },
  rules: {
    /** The contract as a file of the repository. */
    contractFile: ({ contractFile, openapi }) =>
      must(
        md`Describe every endpoint in \`${contractFile}\` (OpenAPI ${openapi}), and change it in the same commit as the handler.`,
        {
          why: "A contract that is written later describes what was meant, not what runs.",
          evidence: [
            openapi === "3.0"
              ? { source: "OpenAPI Specification 3.0.3", url: "https://spec.openapis.org/oas/v3.0.3" }
              : { source: "OpenAPI Specification 3.1.0", url: "https://spec.openapis.org/oas/v3.1.0" },
          ],
        },
      ),
    /** Documented requests and responses. */
    documentedResponses: must(
      "Document every status code that an endpoint returns, and give every parameter, request body and response body a schema.",
      { enforcedBy: "redocly lint: operation-4xx-response, operation-2xx-response" },
    ),
    /** Tests of responses against the contract. */
    contractTests: must(
      "Test every endpoint against the contract: send valid and failing requests to the running service, and check each response's status, headers and body against its schema.",
      { why: "A linter sees only the document; the test sees whether the service keeps to it." },
    ),
    /** Breaking changes. */
    breakingChanges: must(
      "Never remove, rename or narrow what is published, nor require a new input; add the new form beside the old one, or publish a new major version.",
      { enforcedBy: "oasdiff breaking --fail-on ERR" },
    ),
    /** Checks of the contract in CI. */
    ciChecks: ({ contractFile }) =>
      should(
        md`Check out with \`fetch-depth: 0\`, and fail CI on \`redocly lint ${contractFile}\` and on \`oasdiff breaking origin/main:${contractFile} ${contractFile} --fail-on ERR\`.`,
        {
          evidence: [
            { source: "Redocly CLI, lint command", url: "https://redocly.com/docs/cli/commands/lint" },
            { source: "oasdiff, README", url: "https://github.com/oasdiff/oasdiff" },
          ],
        },
      ),
    /** One source for types, schemas and contract. */
    oneSource: should(
      "Generate one from the other: types from the contract, or the contract from the validation schemas; never edit both by hand.",
      { why: "Two hand-written copies of a shape drift apart without an error." },
    ),
    /** Retirement of an endpoint. */
    deprecation: may(
      "Announce the end of an endpoint with `deprecated: true` in the contract and the `Deprecation` and `Sunset` response headers.",
      {
        evidence: [
          { source: "RFC 9745", url: "https://www.rfc-editor.org/rfc/rfc9745" },
          { source: "RFC 8594", url: "https://www.rfc-editor.org/rfc/rfc8594" },
        ],
      },
    ),
    /** Published reference pages. */
    referencePages: may(
      "Publish the contract as reference pages with Swagger UI or Redoc, with one example request and response per operation.",
    ),
  },
});

/** How an OpenAPI document stays true to the service. */
export interface ApiContracts extends Named<typeof fragment> {}
export const apiContracts: ApiContracts = fragment;
