import { reviewRules } from "@acme/review-rules";
import { must } from "@personakit/core";
import { backendDeveloperExpress } from "@personakit/persona-backend-developer-express";
import manifest from "./package.json" with { type: "json" };

/** The published persona with Acme's word on errors, and Acme's review before it reports. */
export const apiDeveloper = backendDeveloperExpress.extend({
  id: "acme-api-developer",
  version: manifest.version,
  title: "Acme API developer",
  description: { notFor: "Not for front-end code, and not for reviews: use acme-reviewer." },
  rules: {
    "error-handling": {
      typedErrors: must("Throw the errors of `@acme/errors`; add one there before you invent one here."),
    },
  },
  use: [reviewRules.with({ findings: 5 })],
});
