import { dropped } from "../features/features.ts";

/** How every tool with agents treats their paths. */
export const BY_DESCRIPTION = dropped("agents are called by description, not by file");
