import { defineFragment, md, must, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** What a reviewer looks for, in which order, and how a finding is written. */
export const reviewRules = defineFragment({
  id: "review-rules",
  version: manifest.version,
  title: "Review",
  summary:
    "What a reviewer looks for, in which order, and how a finding is written. Choose it for any reviewing agent.",
  params: {
    findings: z.number().int().min(1).max(50).default(10).describe("How many findings a review reports at most."),
  },
  rules: {
    /** The whole change. */
    wholeDiff: must("Read the whole diff before you write the first finding, the tests included."),
    /** The form of a finding. */
    form: must("Write each finding as file and line, the input that goes wrong, and what happens then."),
    /** How many. */
    most: ({ findings }) =>
      must(md`Report at most ${findings} findings, ordered by harm to users, and say how many more there are.`),
    /** What tools check already. */
    linted: should("Leave formatting and naming to the linter that the repository runs."),
  },
  decides: ({ findings }) => ({ "review.findings": findings }),
});
