import { z } from "zod";
import type { SharedLimit } from "./target.ts";

/** The name of a skill (Agent Skills specification). */
export const skillName = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** The description of a skill (Agent Skills specification). */
export const skillDescription = z
  .string()
  .min(1)
  .max(1024, {
    error: (issue) => `it has ${String(issue.input).length} characters; the specification allows 1024`,
  });

/** What the listings of skills have room for. */
export const skillLimits: readonly SharedLimit[] = [
  {
    what: "the listing of all skills in Codex",
    unit: "characters",
    max: 8_000,
    beyond: "shortens descriptions, then leaves skills out",
    measure: (document) => document.id.length + document.description.length,
    severity: "warning",
  },
  {
    what: "the listing of all skills in GitHub Copilot",
    unit: "characters",
    max: 15_000,
    beyond: "leaves skills out, which then cannot be called at all",
    measure: (document) => document.id.length + document.description.length,
    severity: "error",
  },
];
