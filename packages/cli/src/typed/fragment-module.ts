import type { Entry } from "@personakit/core";
import { sentenceCase } from "../scaffold/case.ts";
import { exportName } from "../scaffold/templates.ts";
import type { Reader } from "../sources/reader.ts";
import { block, type Code, type CodeValue, call } from "./code.ts";
import { entryCode, importLine, makerOf } from "./module-text.ts";

/** A text that becomes a typed fragment. */
export interface FragmentText {
  /** In kebab-case. */
  readonly id: string;
  /** With `{{name}}` for a parameter. */
  readonly text: string;
  readonly parameters: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** The blank lines above it, which a text without a heading says itself; absent: one. */
  readonly blank?: number | undefined;
}

/** What `defineFragment` takes, as far as a text says it. */
interface Said {
  readonly title: string | false;
  readonly blankWithin?: number;
  readonly rules: { readonly [rule: string]: Entry };
}

/** The module of a fragment that says a text. Nothing is proved here: whoever writes it compares what is built with it. */
export function fragmentModule({ id, text, parameters, blank }: FragmentText, reader: Reader): string {
  const { title, blankWithin, rules: said } = saidIn(text, reader);
  const rules = title === false && blank !== undefined && blank !== 1 ? withBlank(said, blank) : said;
  const names = parameters.map(({ name }) => name);
  const heading = title === false ? sentenceCase(id) : title;
  const params = parameters.map(({ name, values }): [string, Code] => [
    name,
    () => `z.string().default(${JSON.stringify(values[0] ?? "")})`,
  ]);
  const spec: { readonly [option: string]: CodeValue } = {
    id,
    title,
    summary: `${heading.replace(/[.:]$/, "")}, for all that say it.`,
    list: "asWritten",
    ...(blankWithin === undefined ? {} : { blankWithin }),
    ...(params.length === 0 ? {} : { params: block(Object.fromEntries(params)) }),
    rules: block(
      Object.fromEntries(Object.entries(rules).map(([rule, entry]) => [rule, withParameters(entry, names)])),
    ),
  };
  const variable = exportName("fragment", id);
  const start = `export const ${variable} = `;
  const made = [...new Set(["defineFragment", ...Object.values(rules).map(makerOf)])].sort();
  const zod = params.length === 0 ? "" : 'import { z } from "zod";\n';
  const code = call("defineFragment", block(spec))(0, start.length, 1);
  return `${importLine(made)}\n${zod}\n/** ${heading.replaceAll("*/", "* /")}. */\n${start}${code};\n`;
}

/** A text under at most one heading in typed entries; any other, and what no entry says, as the Markdown that it is. */
function saidIn(text: string, { convertMarkdown, leastDepth, partsOf, shiftHeadings }: Reader): Said {
  const isHeaded = /^#{1,6}[ \t]/.test(text);
  // A heading of the first level, and a first line, would be those of a persona.
  const below = isHeaded ? shiftHeadings(text, leastDepth(text) === 1 ? 1 : 0) : `## Text\n\n${text}`;
  const { title, role, sections: [section, ...others] = [] } = convertMarkdown(below) ?? {};
  if (section !== undefined && others.length === 0 && title === false && role === false && section.title !== false) {
    const { blankWithin, rules } = section;
    return { title: isHeaded ? section.title : false, ...(blankWithin === undefined ? {} : { blankWithin }), rules };
  }
  const rules = new Map<string, Entry>();
  for (const part of partsOf(text)) {
    for (const { id, text, blank } of part.kind === "text" ? part.pieces : []) {
      let rule = id;
      for (let number = 2; rules.has(rule); number++) rule = `${id}${number}`;
      rules.set(rule, { kind: "markdown", text, ...(blank === 1 || rules.size === 0 ? {} : { blank }) });
    }
  }
  return { title: false, rules: Object.fromEntries(rules) };
}

function withBlank(rules: Said["rules"], blank: number): Said["rules"] {
  const [first, ...others] = Object.entries(rules);
  if (first === undefined) return rules;
  return Object.fromEntries([[first[0], { ...first[1], blank }], ...others]);
}

/** An entry that parameters stand in is a function of them. */
function withParameters(entry: Entry, names: readonly string[]): Code {
  return (indent, before, after) => {
    const code = entryCode(entry)(indent, before, after);
    const used = names.filter((name) => code.includes(`{{${name}}}`));
    if (used.length === 0) return code;
    const head = `({ ${used.join(", ")} }) =>`;
    const line = `${head} ${filledIn(entryCode(entry)(indent, before + head.length + 1, after), used)}`;
    if (!line.includes("\n")) return line;
    return `${head}\n${" ".repeat(indent + 2)}${filledIn(entryCode(entry)(indent + 2, indent + 2, after), used)}`;
  };
}

const LITERAL = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/gs;

/** Code whose texts hold parameters, as templates with their values. */
function filledIn(code: string, names: readonly string[]): string {
  return code.replace(LITERAL, (literal) => {
    if (!names.some((name) => literal.includes(`{{${name}}}`))) return literal;
    const [quote] = literal;
    const inner = literal.slice(1, -1);
    const written =
      quote === "`"
        ? inner
        : inner
            .replaceAll(`\\${quote}`, quote as string)
            .replaceAll("`", "\\`")
            .replaceAll("${", "\\${");
    return `\`${names.reduce((text, name) => text.replaceAll(`{{${name}}}`, `\${${name}}`), written)}\``;
  });
}
