import { caching } from "@personakit/caching";
import { definePersona, must, section } from "@personakit/core";
import { inputValidation } from "@personakit/input-validation";
import { observability } from "@personakit/observability";
import { restConventions } from "@personakit/rest-conventions";

/** A persona of our own: four published fragments and one section. */
export const catalogueReader = definePersona({
  id: "catalogue-reader",
  title: "Catalogue reader",
  description: {
    does: "Builds and tunes the read endpoints of the product catalogue.",
    when: "Use it for catalogue queries, filters, facets and their caches.",
    triggers: ["catalogue", "product search", "facet"],
    notFor: "Not for orders, prices or stock: those services have agents of their own.",
  },
  role: "You build the read side of a product catalogue that serves 40 shops from one database.",
  use: [
    // What makes a wrong answer.
    section({
      id: "tenancy",
      title: "Tenancy",
      rules: {
        shop: must("Filter every query by `shopId` from the request context, and put it first into every cache key."),
      },
    }),
    // How clients ask.
    inputValidation.with({ validationStatus: 422 }),
    restConventions.with({ validationStatus: 422 }),
  ],
  references: {
    operations: {
      title: "Operations",
      when: "you cache a response, or add a log line or a metric",
      use: [caching, observability],
    },
  },
});
