import type { Zod } from "@personakit/core/internal";
import type { SharedLimit } from "../define/target.ts";
import { dropped, kept } from "../features/features.ts";
import type { KnownFields } from "../features/field.ts";
import { mapOf, text } from "../features/field-schema.ts";
import type { Links } from "../files/files.ts";
import { schemaOf } from "../format/schema.ts";

/** The name of a skill (Agent Skills specification). */
export const skillName = (z: Zod) =>
  z
    .string()
    .max(64)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** The description of a skill (Agent Skills specification). */
export const skillDescription = (z: Zod) =>
  z
    .string()
    .min(1)
    .max(1024, {
      error: (issue) => `it has ${String(issue.input).length} characters; the specification allows 1024`,
    });

/** The front matter of a skill (Agent Skills specification). */
export const skillSchema = schemaOf("agent-skill", (z) =>
  z.strictObject({ name: skillName(z), description: skillDescription(z) }),
);

/** What the specification knows of a skill besides its name and description. `allowed-tools` differs from tool to tool. */
export const SKILL_FIELDS: KnownFields = {
  license: { schema: text, does: "names the licence, or a file with it" },
  compatibility: {
    schema: { type: "string", minLength: 1, maxLength: 500 },
    does: "says what the skill needs: a product, packages, the network",
  },
  metadata: { schema: mapOf({ type: "string" }), does: "holds what else is known of the skill, as texts by name" },
};

/** Links in a skill work wherever its folder is. */
export const SKILL_LINKS: Links = { main: "references/<reference>.md", reference: "<reference>.md" };

/** How every skill treats features, apart from tools. */
export const SKILL_FEATURES = {
  description: kept,
  examples: dropped("a skill's description is plain text of at most 1024 characters"),
  model: dropped("a skill runs in the model that calls it"),
  mcpServers: kept,
  color: dropped("a skill has no colour"),
  paths: dropped("a skill is called by description, not by file"),
};

/** How much room the listings of skills have. */
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
