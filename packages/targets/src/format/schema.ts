import { createRequire } from "node:module";
import { deferredSchemas } from "@personakit/core/internal";
import derived from "./derived.schema.json" with { type: "json" };

/** What tools accept, as schemas of zod, which is loaded only where there is something wrong to be said. */
export const { schemaOf, schemas } = deferredSchemas(derived, () => createRequire(import.meta.url)("zod").z);
