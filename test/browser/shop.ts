import type { Project } from "../installed.ts";

/**
 * Two personas for three tools: a base, and what a team made of it, with a rule replaced and one taken out. Beside them, files that people
 * wrote: a passage that two of them share, a number that differs, and a link that leads nowhere.
 */
export function writeShop(project: Project): void {
  project.write("CLAUDE.md", `# Shop\n\n${RELEASES}\n\nSee [the plan](docs/none.md) and @docs/style.md.\n`);
  project.write("api/AGENTS.md", `# API\n\n${RELEASES}\n\n- Keep test coverage at 90 % or more.\n`);
  project.write("web/AGENTS.md", "# Web\n\n- Keep test coverage at 80 % or more.\n");
  project.write("docs/style.md", "# Style\n\nWrite short sentences.\n");
  project.write("base.mjs", BASE);
  project.write("ours.mjs", OURS);
  project.write("personakit.config.json", {
    personas: ["./base.mjs", "./ours.mjs"],
    targets: ["claude-agent", "agents-md", "copilot-agent"],
  });
}

const RELEASES = `## Releases

- Tag the commit of a release with its version, and sign the tag with the key of the release team.
- Write the notes of a release before the tag: what changed, for whom, and what they have to do.
- Publish on Tuesday or Wednesday, so that somebody is there when something breaks.`;

/** The base persona. */
export const BASE = `
import { definePersona, example, may, must, section, should } from "@personakit/core";

export const base = definePersona({
  id: "base", title: "Backend developer", version: "1.0.0",
  role: "You build the services of a shop.",
  description: { does: "Builds services.", when: "Use it for a service.", notFor: "Not for the page." },
  use: [
    section({ id: "input", title: "Input", rules: {
      check: must("Check all input with a schema.", {
        why: "Input is what others wrote.", enforcedBy: "the type of the handler",
        evidence: [{ source: "OWASP", url: "https://owasp.org/input" }],
      }),
      log: should("Log what was refused."),
      cache: may("Cache what is read often."),
    } }),
    section({ id: "orders", title: "Orders", rules: {
      ledger: must("Write each order to the ledger."),
      shape: example("ts", "export const order = { id: 1 };"),
    } }),
  ],
});
`;

/** What the team made of it. */
export const OURS = `
import { drop, must } from "@personakit/core";
import { base } from "./base.mjs";

export const ours = base.extend({
  id: "ours",
  rules: { input: { check: must("Check all input with zod."), cache: drop("The gateway caches.") } },
});
`;
