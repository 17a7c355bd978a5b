import { createRequire } from "node:module";
import { deferredSchemas } from "@personakit/core/internal";
import { tests } from "./derived-tests.ts";

/** What tools accept, as schemas of zod, which is loaded only where there is something wrong to be said. */
export const { schemaOf, schemas } = deferredSchemas(tests, () => createRequire(import.meta.url)("zod").z);
