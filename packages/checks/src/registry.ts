// Written by `pnpm sync` from the files in ./checks.
import { cutMemory } from "./checks/cut-memory.ts";
import { loadFrontMatter } from "./checks/load-front-matter.ts";
import { offComment } from "./checks/off-comment.ts";
import type { Check } from "./model/check.ts";

/** Every check, by id. */
export const checks: readonly Check[] = [
  cutMemory,
  loadFrontMatter,
  offComment,
];
