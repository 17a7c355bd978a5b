import { createRequire } from "node:module";

/** Loads a library when it is needed first, and not before: few files need one. At once, because what compiles does not wait. */
export const load = createRequire(import.meta.url);
