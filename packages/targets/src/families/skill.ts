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

/** How long a skill's line is in a list, beyond its name and its description. */
const COPILOT_LINE =
  "<skill>\n  <name></name>\n  <description></description>\n  <location>project</location>\n</skill>\n".length;
const CODEX_LINE = "- :  (file: r1//SKILL.md)\n".length;

/** How much room GitHub Copilot's list has. Observed on 2026-11-28 in 1.0.102: the rest is named in one line, and can be called. */
export const copilotSkillLimit: SharedLimit = {
  what: "the listing of all skills in GitHub Copilot",
  unit: "characters",
  max: 15_000,
  beyond: "lists the rest by name alone, without a description to choose by",
  measure: ({ id, description }) => id.length + description.length + COPILOT_LINE,
  severity: "warning",
};

/** How much room the listings of skills have. */
export const skillLimits: readonly SharedLimit[] = [
  {
    // Observed on 2026-11-28 in 0.169.0: 21,760 characters with a window of 272,000 tokens, 1,750 of them for Codex's own skills.
    what: "the listing of all skills in Codex",
    unit: "characters",
    max: 20_000,
    beyond: "cuts the descriptions of all skills to one length",
    // The name stands in the path, too.
    measure: ({ id, description }) => 2 * id.length + description.length + CODEX_LINE,
    severity: "warning",
  },
  copilotSkillLimit,
];
