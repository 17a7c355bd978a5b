import { defineFragment, md, must, type Named } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "api-workflow",
  version: manifest.version,
  title: "API workflow",
  summary:
    "The six steps of an API endpoint, from contract to response. Choose it where endpoints are added or changed.",
  list: "steps",
  params: {
    validator: z
      .enum(["zod", "yup", "joi", "valibot"])
      .default("zod")
      .describe("The validation library in TypeScript."),
  },
  rules: {
    /** The contract before code. */
    contract: must(
      "**The contract.** Write method, path, input, output and every error status before any code; the step ends when a client could be built from that text alone.",
      { why: "A contract written after the code describes the code's accidents." },
    ),
    /** Schemas for all input. */
    inputSchema: ({ validator }) =>
      must(
        md`**Input schema.** Declare a schema (\`${validator}\` in TypeScript, Pydantic in Python) for path, query and body; the step ends when the handler reads parsed values only.`,
      ),
    /** Authentication and authorisation before logic. */
    accessCheck: must(
      "**Access check.** Authenticate and authorise before the first line of business logic; the step ends when tests refuse an anonymous caller and a caller who owns another record.",
      { why: "A check that comes late has already read or written something." },
    ),
    /** Logic in a service. */
    serviceLayer: must(
      "**Service layer.** Move the logic into a service and test it without HTTP; the step ends when the handler only validates, authorises, calls and responds.",
    ),
    /** Failures without internals. */
    errorPaths: must(
      "**Error paths.** Provoke each failure in the contract and one that is not in it; the step ends when no response shows a stack trace, SQL or a file path.",
    ),
    /** One response shape. */
    responseShape: must(
      "**Response shape.** Compare the responses with those of a neighbouring endpoint; the step ends when envelope, field case and date format agree and a test pins them.",
      { why: "Each difference in shape is a special case in every client." },
    ),
  },
  decides: ({ validator }) => ({ "validation.library": validator }),
});

/** The six steps of an API endpoint, from contract to response. */
export interface ApiWorkflow extends Named<typeof fragment> {}
export const apiWorkflow: ApiWorkflow = fragment;
