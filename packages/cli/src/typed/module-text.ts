import type { Description, Entry, PersonaData, Rule, TargetSettings } from "@personakit/core";
import type { ConvertedSection } from "@personakit/core/read";
import { exportName } from "../scaffold/templates.ts";
import { block, type Code, type CodeValue, call, indentedTemplate, lines, template } from "./code.ts";

/** What a typed module says. */
export interface TypedPersona
  extends Pick<PersonaData, "id" | "title" | "role" | "model" | "tools" | "color" | "paths">,
    TargetSettings {
  readonly description: Description | false;
  readonly mcpServers?: readonly string[];
  readonly sections: readonly ConvertedSection[];
}

/** The module that defines a persona, as an author would write it, and as formatters leave it. */
export function moduleText({ sections, ...persona }: TypedPersona): string {
  const { description } = persona;
  const settings = Object.entries(persona).filter(([, value]) => value !== undefined);
  const body = call(
    "definePersona",
    block({
      ...(Object.fromEntries(settings) as { readonly [key: string]: CodeValue }),
      description:
        description === false
          ? false
          : block({ does: description.does, when: description.when, notFor: description.notFor }),
      use: lines(sections.map(sectionCode)),
    }),
  );
  const made = new Set(["definePersona", ...(sections.length > 0 ? ["section"] : [])]);
  for (const { rules } of sections) for (const entry of Object.values(rules)) made.add(makerOf(entry));
  const name = exportName("persona", persona.id);
  return `${importLine([...made].sort())}\n\n${description === false ? "" : docComment(description.does)}export const ${name} = ${body(0, `export const ${name} = `.length, 1)};\n`;
}

/** The line that imports what a module uses of core. */
export function importLine(names: readonly string[]): string {
  const line = `import { ${names.join(", ")} } from "@personakit/core";`;
  return line.length <= 120
    ? line
    : `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "@personakit/core";`;
}

/** What the persona does, where a comment of one line can say it. */
function docComment(does: string): string {
  const line = `/** ${does} */\n`;
  return /^[^\p{C}]*$/u.test(does) && !does.includes("*/") && line.length <= 121 ? line : "";
}

/** The function of core that makes an entry. */
export function makerOf(entry: Entry): string {
  return entry.kind === "rule" ? (entry.strength ?? "point") : entry.kind;
}

function sectionCode({ rules, ...heading }: ConvertedSection): Code {
  const written = Object.entries(rules).map(([id, entry]): [string, Code] => [id, entryCode(entry)]);
  return call("section", block({ ...heading, rules: block(Object.fromEntries(written)) }));
}

/** An entry as an author would write it. */
export function entryCode(entry: Entry): Code {
  switch (entry.kind) {
    case "rule":
      return ruleCode(entry);
    case "prose": {
      const { kind: _, text, ...look } = entry;
      return made("prose", [text.includes("\n") ? indentedTemplate(text) : text], look);
    }
    case "example": {
      const { kind: _, language, code, ...look } = entry;
      return made("example", [language, codeText(code, look.exact === true)], look);
    }
    case "table": {
      const { kind: _, columns, rows, ...look } = entry;
      return made("table", [columns, rows], look);
    }
    case "markdown": {
      const { kind: _, text, ...look } = entry;
      return made("markdown", [text.includes("\n") ? template(`\n${text}\n`) : text], look);
    }
  }
}

function ruleCode({ kind: _, strength, text, ...look }: Rule): Code {
  return made(strength ?? "point", [text.includes("\n") ? indentedTemplate(text) : text], look as never);
}

function codeText(code: string, isExact: boolean): CodeValue {
  if (!code.includes("\n")) return code;
  return isExact ? template(code) : indentedTemplate(code);
}

function made(name: string, args: readonly CodeValue[], look: object): Code {
  const options = short(look) as { readonly [key: string]: CodeValue };
  return call(name, ...args, ...(Object.keys(options).length === 0 ? [] : [options]));
}

/** Points within a point of which nothing but a text is said are texts. */
function short(look: object): object {
  const { items, ...rest } = look as { readonly items?: readonly Item[] };
  return items === undefined ? rest : { ...rest, items: items.map(shortItem) };
}

type Item = NonNullable<Rule["items"]>[number];

function shortItem({ text, ...look }: Item): unknown {
  return Object.keys(look).length === 0 ? text : { text, ...short(look) };
}
