import { readFileSync } from "node:fs";
import { join } from "node:path";
import { countTokens } from "@personakit/targets";
import type { Units } from "../units.ts";
import { ROOT } from "../workspace.ts";
import { artifactsOf } from "./compiled.ts";
import { filled, tableOf } from "./markdown.ts";
import { targetIds } from "./registry.ts";
import { speedTable } from "./speed.ts";

/** The root README: hand-written, but for its tables. */
export function rootReadme({ personas, fragments }: Units): string {
  const personaRows = personas.map((unit) => {
    const main = artifactsOf(unit)[0]?.artifacts[0]?.text ?? "";
    const { manifest, folder } = unit.package;
    return [`[\`${manifest.name}\`](${folder})`, unit.persona.description.does, String(countTokens(main))];
  });
  const fragmentRows = fragments.map(({ package: { manifest, folder }, fragment, text }) => [
    `[\`${manifest.name}\`](${folder})`,
    fragment.summary,
    String(countTokens(text)),
  ]);
  let text = readFileSync(join(ROOT, "README.md"), "utf8");
  text = filled("README.md", text, "personas", tableOf(["Persona", "What it does", "Tokens"], personaRows));
  text = text.replace(/(?<=shows all )\d+(?= targets)/, String(targetIds().length));
  text = filled("README.md", text, "speed", speedTable());
  return filled("README.md", text, "fragments", tableOf(["Fragment", "What it covers", "Tokens"], fragmentRows));
}
