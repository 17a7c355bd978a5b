import { ownTarget } from "../define/define-target.ts";
import { dropped, kept, unrestricted } from "../features/features.ts";
import { oneOf } from "../features/field-schema.ts";
import { joined } from "../format/keys.ts";
import { schemaOf } from "../format/schema.ts";

/** GitHub Copilot instructions for the files that a persona is for; for all files when it names none. */
export const copilotInstructions = ownTarget({
  id: "copilot-instructions",
  tool: "GitHub Copilot",
  readers: ["GitHub Copilot"],
  checked: {
    date: "2026-11-21",
    version: "1.0.102",
    source: "https://docs.github.com/en/copilot/how-tos/configure-custom-instructions",
  },
  files: {
    main: ".github/instructions/<name>.instructions.md",
    reference: ".github/references/<name>/<reference>.md",
  },
  features: {
    description: { ...kept, optional: true },
    examples: dropped("instructions are loaded by file, not by description"),
    model: dropped("instructions run in the model that reads them"),
    tools: unrestricted,
    mcpServers: kept,
    color: dropped("instructions have no colour"),
    paths: kept,
  },
  fields: {
    excludeAgent: { schema: oneOf("code-review", "cloud-agent"), does: "hides the instructions from this agent" },
  },
  reading: { paths: [".github/instructions/**/<name>.instructions.md"], forms: ["<name>.instructions.md"] },
  frontMatter: {
    schema: schemaOf("copilot-instructions", (z) =>
      z.strictObject({
        name: z.string().min(1),
        description: z.string().min(1).exactOptional(),
        applyTo: z.string().min(1),
      }),
    ),
    // One string with commas: a YAML list is not read.
    keys: { name: "id", description: "description", applyTo: joined("paths", ",", "**") },
  },
});
