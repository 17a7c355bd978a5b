import { createRequire } from "node:module";
import { deferredSchemas, type Zod } from "@personakit/core/internal";
import { tests } from "./derived-tests.ts";

/** zod, loaded only to explain what is wrong: loading it takes longer than building ten personas. */
export function zod(): Zod {
  return createRequire(import.meta.url)("zod").z;
}

/** What the command reads, as schemas of zod. */
export const { schemaOf, schemas } = deferredSchemas(tests, zod);
