import { failure } from "../issues/command-error.ts";
import { addElements, replaceElement } from "./edit-module.ts";
import { keyAsCode, spaced } from "./override.ts";

/** In characters: what is longer is written on several lines. */
const WIDTH = 100;

/** A new configuration in JSON. */
export function newConfiguration(personas: readonly unknown[]): string {
  const lines = personas.map((each) => `    ${indented(inJson(each, "  "), "    ", "\n")}`);
  const schema = '"$schema": "./node_modules/personakit/config.schema.json"';
  return `{\n  ${schema},\n  "personas": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/**
 * A configuration with more personas at the end of its list; undefined for one in code whose list is not written out. What stands
 * there already stays as it is written.
 */
export async function withPersonas(
  name: string,
  text: string,
  personas: readonly unknown[],
): Promise<string | undefined> {
  if (name.endsWith(".json")) return withPersonasInJson(name, text, personas);
  return orUnparsed(addElements(text, personas.map(inCode)));
}

/**
 * A configuration with another persona in a place of its list; undefined for one in code whose list is not written out. The rest stays
 * as it is written.
 */
export async function withPersonaAt(
  name: string,
  text: string,
  index: number,
  persona: unknown,
): Promise<string | undefined> {
  if (!name.endsWith(".json")) return orUnparsed(replaceElement(text, index, inCode(persona)));
  const { findNodeAtLocation, parseTree } = (await import("jsonc-parser")).default;
  const bom = text.startsWith("\uFEFF") ? 1 : 0;
  const tree = parseTree(text.slice(bom));
  const node = tree && findNodeAtLocation(tree, ["personas", index]);
  if (node === undefined) return undefined;
  const start = bom + node.offset;
  return text.slice(0, start) + onOneLine(persona) + text.slice(start + node.length);
}

/** What an edit of a module gives; undefined for a module that Node can load and the parser cannot. */
async function orUnparsed(edit: Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await edit;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A persona as a configuration in code has it. */
export function inCode(persona: unknown): string {
  return spaced(persona, keyAsCode);
}

/** A persona as a configuration in JSON has it, on one line. */
export function onOneLine(persona: unknown): string {
  return spaced(persona);
}

async function withPersonasInJson(name: string, text: string, personas: readonly unknown[]): Promise<string> {
  // jsonc-parser says where each value stands: VS Code's own, typed, no dependencies, no install script.
  const { findNodeAtLocation, parseTree } = (await import("jsonc-parser")).default;
  const bom = text.startsWith("\uFEFF") ? 1 : 0;
  const body = text.slice(bom);
  const tree = parseTree(body);
  const list = tree && findNodeAtLocation(tree, ["personas"]);
  const [first] = tree?.type === "object" ? (tree.children ?? []) : [];
  if (list === undefined && first !== undefined) {
    // One of only checks: the list comes before them.
    const at = bom + first.offset;
    const [, above = " "] = /\{(\s*)$/.exec(text.slice(0, at)) ?? [];
    return withPersonasInJson(name, `${text.slice(0, at)}"personas": [],${above}${text.slice(at)}`, personas);
  }
  const nodes = list?.children ?? [];
  const last = nodes.at(-1);
  if (list === undefined) throw failure("invalid-configuration", name, "has no list of personas");
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const [, unit = "  "] = /\n([ \t]+)/.exec(body) ?? [];
  const [, own] = last === undefined ? [] : (/(?:^|\n)([ \t]*)$/.exec(body.slice(0, last.offset)) ?? []);
  const inner = own ?? unit + unit;
  const added = personas.map((each) => eol + inner + indented(inJson(each, unit), inner, eol));
  if (last !== undefined && own !== undefined) {
    const end = bom + last.offset + last.length;
    return [text.slice(0, end), ...added].join(",") + text.slice(end);
  }
  // All on one line, which would become too long.
  const before = nodes.map(({ offset, length }) => eol + inner + body.slice(offset, offset + length));
  const written = `[${[...before, ...added].join(",")}${eol}${unit}]`;
  return text.slice(0, bom + list.offset) + written + text.slice(bom + list.offset + list.length);
}

/** A persona as a configuration in JSON has it, on one line where that is not too long. */
export function inJson(persona: unknown, unit: string): string {
  const line = spaced(persona);
  return line.length <= WIDTH ? line : JSON.stringify(persona, null, unit);
}

function indented(text: string, indent: string, eol: string): string {
  return text.replaceAll("\n", eol + indent);
}
