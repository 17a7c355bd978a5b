import { dropped } from "../features/features.ts";

/** What becomes of the paths of agents, in every tool that has them. */
export const BY_DESCRIPTION = dropped("agents are called by description, not by file");
