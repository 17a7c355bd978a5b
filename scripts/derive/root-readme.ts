import { readFileSync } from "node:fs";
import { join } from "node:path";
import { countTokens } from "@personakit/targets";
import type { Units } from "../units.ts";
import { ROOT } from "../workspace.ts";
import { artifactsOf } from "./compiled.ts";
import { tableOf } from "./markdown.ts";
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
  text = fill(text, "personas", tableOf(["Persona", "What it does", "Tokens"], personaRows));
  text = text.replace(/(?<=shows all )\d+(?= targets)/, String(targetIds().length));
  text = fill(text, "speed", speedTable());
  return fill(text, "fragments", tableOf(["Fragment", "What it covers", "Tokens"], fragmentRows));
}

function fill(text: string, name: string, content: string): string {
  const region = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`);
  if (!region.test(text)) throw new Error(`README.md: the region <!-- ${name} --> ... <!-- /${name} --> is missing`);
  return text.replace(region, (_, open: string, close: string) => `${open}\n${content}\n${close}`);
}
