import { createRequire } from "node:module";
import { deferredSchemas, type Zod } from "@personakit/core/internal";
import derived from "./derived.schema.json" with { type: "json" };

/** zod, for whoever has something wrong to say: loading it takes longer than a build of ten personas. */
export function zod(): Zod {
  return createRequire(import.meta.url)("zod").z;
}

/** What the command reads, as schemas of zod. */
export const { schemaOf, schemas } = deferredSchemas(derived, zod);
