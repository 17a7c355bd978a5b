import { isRecord } from "@personakit/core/internal";
import { type Change, changeAsCode, changeAsData, keyAsCode, makersOf, type Setting, valueAsCode } from "./override.ts";

/** A part of a module's syntax tree, with its place in the text. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [part: string]: unknown;
}

/** Where in a module the `extend` of a persona is. */
export interface PatchPlace {
  /** The persona's id. */
  readonly id: string;
  /** Of a configuration: which of its personas that is. */
  readonly index?: number;
}

/** Where a configuration's persona comes from, when that is another module of the project. */
export type Elsewhere = { readonly path: string } | { readonly importedFrom: string };

const CORE = "@personakit/core";

/**
 * A module with values set in the `extend` of a persona; undefined where there is no such `extend`, and none can be written.
 * What is not changed stays as it is written.
 */
export async function editModule(
  text: string,
  place: PatchPlace,
  settings: readonly Setting[],
): Promise<string | undefined> {
  let edited: string | undefined = text;
  if (patchIn(await parse(text), place.id) === undefined) {
    const own = await editOwnRules(text, settings);
    if (own !== undefined) return own;
    edited = withPatch(text, await parse(text), place);
  }
  const isData = edited !== undefined && needsNoImport(await parse(edited), place.id);
  const makers = isData ? [] : [...new Set(settings.flatMap(makersOf))];
  for (const { path, value } of settings) {
    if (edited === undefined) return undefined;
    const program = await parse(edited);
    const patch = patchIn(program, place.id);
    if (patch === undefined) return undefined;
    const names = namesFromCore(program);
    const write = isData
      ? changeAsData
      : (change: Parameters<typeof changeAsCode>[0]) => changeAsCode(change, (maker) => names.get(maker) ?? maker);
    const code = value === null ? undefined : valueAsCode(value, write);
    edited = withProperty(edited, patch.object, path, code);
  }
  return edited === undefined ? undefined : withImports(edited, await parse(edited), makers);
}

/** A module with rules changed where it defines them itself; undefined where it does not define all of them. */
async function editOwnRules(text: string, settings: readonly Setting[]): Promise<string | undefined> {
  let edited: string | undefined = text;
  for (const setting of settings) {
    const program = await parse(edited);
    const names = namesFromCore(program);
    // Its sections may be those of another persona, too.
    if (names.size === 0 || callsOf(program, names.get("definePersona")) !== 1) return undefined;
    edited = withOwnRule(edited, program, setting, (change) =>
      changeAsCode(change, (maker) => names.get(maker) ?? maker),
    );
    if (edited === undefined) return undefined;
  }
  const makers = settings.filter(({ value }) => value !== null && !("reason" in value)).flatMap(makersOf);
  return withImports(edited, await parse(edited), [...new Set(makers)]);
}

function withOwnRule(
  text: string,
  program: Node,
  { path: [option = "", ...path], value }: Setting,
  write: (change: Change) => string,
): string | undefined {
  if (value === null) return undefined;
  if (option === "addRules") {
    if (!("rule" in value) || path.length > 1) return undefined;
    const isAfter = "after" in value;
    const neighbour = ruleIn(program, ...pairOf(("after" in value ? value.after : value.before).split("/")));
    return neighbour && withNeighbour(text, neighbour, `${keyAsCode(path[0] ?? "")}: ${write(value.rule)}`, isAfter);
  }
  if (path.length !== 2 || "rule" in value) return undefined;
  const property = ruleIn(program, ...pairOf(path));
  // A function of parameters says more than its text.
  if (property === undefined || unwrapped(property.value as Node).type !== "CallExpression") return undefined;
  if (value.kind === "drop") return withoutProperty(text, property);
  const { start, end } = property.value as Node;
  return text.slice(0, start) + write(value) + text.slice(end);
}

function pairOf([unit = "", rule = ""]: readonly string[]): [unit: string, rule: string] {
  return [unit, rule];
}

/** Where a module defines a rule of a fragment or section; undefined where it does so nowhere, or more than once. */
function ruleIn(program: Node, unit: string, rule: string): Node | undefined {
  const found: Node[] = [];
  const look = (node: Node): void => {
    if (node.type === "ObjectExpression") {
      const [id, rules] = [propertyValue(node, "id"), propertyValue(node, "rules")];
      const property = rules?.type === "ObjectExpression" ? propertyOf(rules, rule) : undefined;
      if (id !== undefined && textOf(id) === unit && property !== undefined) found.push(property);
    }
    for (const child of childrenOf(node)) look(child);
  };
  look(program);
  return found.length === 1 ? found[0] : undefined;
}

/** How often a module calls one of its names. */
function callsOf(program: Node, name: string | undefined): number {
  const count = (node: Node): number => {
    const isCall = node.type === "CallExpression" && name !== undefined && nameOf(node.callee) === name;
    return childrenOf(node).reduce((sum, child) => sum + count(child), isCall ? 1 : 0);
  };
  return count(program);
}

/** A text with a property below or above another one, on a line of its own where that one is. */
function withNeighbour(text: string, { start, end }: Node, property: string, isBelow: boolean): string {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const isLine = /(?:^|\n)[ \t]*$/.test(text.slice(0, start));
  const gap = isLine ? eol + indentAt(text, start) : " ";
  if (!isBelow) return `${text.slice(0, start)}${property},${gap}${text.slice(start)}`;
  return `${text.slice(0, end)},${gap}${property}${text.slice(end)}`;
}

/** Where a persona of a configuration comes from, when that is another module; undefined when it is made here, or of a package. */
export async function elsewhere(text: string, index: number): Promise<Elsewhere | undefined> {
  const program = await parse(text);
  const element = elementAt(program, index);
  const persona = element?.type === "ObjectExpression" ? propertyValue(element, "persona") : element;
  if (persona === undefined) return undefined;
  const path = textOf(persona);
  if (path !== undefined) return /^\.\.?\//.test(path) ? { path } : undefined;
  if (persona.type !== "Identifier") return undefined;
  const declaration = importsOf(program).find(({ specifiers }) =>
    (specifiers as Node[]).some(({ local }) => nameOf(local) === persona.name),
  );
  const importedFrom = declaration && textOf(declaration.source as Node);
  return importedFrom !== undefined && /^\.\.?\//.test(importedFrom) ? { importedFrom } : undefined;
}

async function parse(text: string): Promise<Node> {
  // acorn with Svelte's plugin says where each part of TypeScript stands, so that nothing else is touched: both are maintained
  // and typed, and have no dependencies and no install script.
  const [{ Parser }, { tsPlugin }] = await Promise.all([import("acorn"), import("@sveltejs/acorn-typescript")]);
  const options = { ecmaVersion: "latest", sourceType: "module", locations: true } as const;
  return Parser.extend(tsPlugin()).parse(text, options) as unknown as Node;
}

/** The object that a persona is extended with. */
interface PatchObject {
  readonly object: Node;
  /** Whether it is the `extend` of an entry of the configuration, which takes data too. */
  readonly isEntry: boolean;
}

/** The one object of a module that a persona of this id is extended with; undefined where there is none, or another one. */
function patchIn(program: Node, id: string): PatchObject | undefined {
  const found: PatchObject[] = [];
  const look = (node: Node): void => {
    const value =
      node.type === "CallExpression" && nameOf((node.callee as Node).property) === "extend"
        ? (node.arguments as Node[])[0]
        : node.type === "Property" && keyOf(node) === "extend"
          ? (node.value as Node)
          : undefined;
    const object = value && unwrapped(value);
    const given = object?.type === "ObjectExpression" ? propertyValue(object, "id") : undefined;
    if (object !== undefined && given !== undefined && textOf(given) === id)
      found.push({ object, isEntry: node.type === "Property" });
    for (const child of childrenOf(node)) look(child);
  };
  look(program);
  return found.length === 1 ? found[0] : undefined;
}

/** Whether rules are written as data, because the module does not have the builder's functions and need not. */
function needsNoImport(program: Node, id: string): boolean {
  return patchIn(program, id)?.isEntry === true && namesFromCore(program).size === 0;
}

/** A configuration in which a persona is extended that was not. */
function withPatch(text: string, program: Node, { id, index }: PatchPlace): string | undefined {
  const element = index === undefined ? undefined : elementAt(program, index);
  if (element === undefined) return undefined;
  const patch = `{ id: ${JSON.stringify(id)} }`;
  const own = text.slice(element.start, element.end);
  const replaced = (by: string) => text.slice(0, element.start) + by + text.slice(element.end);
  if (textOf(element) !== undefined) return replaced(`{ persona: ${own}, extend: ${patch} }`);
  if (element.type === "ObjectExpression") {
    const isEntry = propertyValue(element, "persona") !== undefined && propertyValue(element, "extend") === undefined;
    return isEntry ? withProperty(text, element, ["extend"], patch) : undefined;
  }
  const isSimple = ["Identifier", "MemberExpression", "CallExpression"].includes(element.type);
  return replaced(`${isSimple ? own : `(${own})`}.extend(${patch})`);
}

/** A configuration with more elements at the end of its list of personas; undefined where there is no list that can be edited. */
export async function addElements(text: string, elements: readonly string[]): Promise<string | undefined> {
  const list = personasOf(await parse(text));
  if (list === undefined) return undefined;
  const last = (list.elements as (Node | null)[]).at(-1);
  if (last === null) return undefined;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  if (last === undefined) {
    const [outer, unit] = [indentAt(text, list.start), unitOf(text)];
    const lines = elements.map((each) => `${eol}${outer}${unit}${each},`).join("");
    return `${text.slice(0, list.start)}[${lines}${eol}${outer}]${text.slice(list.end)}`;
  }
  const isSpread = /(?:^|\n)[ \t]*$/.test(text.slice(0, last.start));
  if (isSpread) {
    const gap = eol + indentAt(text, last.start);
    const [, comma = "", comment = ""] = AFTER_LAST.exec(text.slice(last.end)) ?? [];
    const rest = text.slice(last.end + comma.length + comment.length);
    const added = elements.map((each) => gap + each).join(",");
    return `${text.slice(0, last.end)},${comment}${added}${comma === "" ? "" : ","}${rest}`;
  }
  const own = (list.elements as Node[]).map(({ start, end }) => text.slice(start, end));
  const inner = indentAt(text, list.start) + unitOf(text);
  const written = `[${[...own, ...elements].map((each) => `${eol}${inner}${each},`).join("")}${eol}${indentAt(text, list.start)}]`;
  // A comment between two elements would be lost.
  const isPlain = text.slice(list.start + 1, list.end - 1).replace(/[\s,]/g, "") === own.join("").replace(/[\s,]/g, "");
  if (isPlain) return text.slice(0, list.start) + written + text.slice(list.end);
  return text.slice(0, last.end) + elements.map((each) => `, ${each}`).join("") + text.slice(last.end);
}

/** What changes of an entry: the code of its properties, or of all of it; without any, it goes. */
export interface ElementChange {
  readonly index: number;
  readonly code?: { readonly whole: string; readonly properties: { readonly [name: string]: string } };
}

/** A configuration with other entries; undefined where one is not written out. What is not changed stays as it is written. */
export async function changeElements(text: string, changes: readonly ElementChange[]): Promise<string | undefined> {
  let edited: string | undefined = text;
  // From the last one on, so that each is still where it was.
  for (const { index, code } of [...changes].sort((a, b) => b.index - a.index)) {
    const element = elementAt(await parse(edited), index);
    if (element === undefined) return undefined;
    if (code === undefined) edited = withoutProperty(edited, element);
    else if (textOf(element) !== undefined)
      edited = edited.slice(0, element.start) + code.whole + edited.slice(element.end);
    else edited = await withProperties(edited, index, code.properties);
    if (edited === undefined) return undefined;
  }
  return edited;
}

async function withProperties(
  text: string,
  index: number,
  properties: { readonly [name: string]: string },
): Promise<string | undefined> {
  let edited: string | undefined = text;
  for (const [name, code] of Object.entries(properties)) {
    const element = edited === undefined ? undefined : elementAt(await parse(edited), index);
    if (edited === undefined || element?.type !== "ObjectExpression") return undefined;
    edited = withProperty(edited, element, [name], code);
  }
  return edited;
}

/** A configuration with another element in a place of its list of personas; undefined where it cannot be told which one stands there. */
export async function replaceElement(text: string, index: number, element: string): Promise<string | undefined> {
  const node = elementAt(await parse(text), index);
  return node && text.slice(0, node.start) + element + text.slice(node.end);
}

/** An element of the list of personas that a configuration exports; undefined where it cannot be told which one it is. */
function elementAt(program: Node, index: number): Node | undefined {
  const personas = personasOf(program);
  if (personas === undefined) return undefined;
  const elements = (personas.elements as (Node | null)[]).slice(0, index + 1);
  if (elements.some((each) => each === null || each.type === "SpreadElement")) return undefined;
  const element = elements[index];
  return element ? unwrapped(element) : undefined;
}

/** The list of personas that a configuration exports; undefined where it is not written as one. */
function personasOf(program: Node): Node | undefined {
  const [exported] = (program.body as Node[]).filter(({ type }) => type === "ExportDefaultDeclaration");
  const declared = exported && resolved(program, exported.declaration as Node);
  const config = declared?.type === "CallExpression" ? argumentOf(program, declared) : declared;
  const list = config?.type === "ObjectExpression" ? propertyValue(config, "personas") : undefined;
  const personas = list && resolved(program, list);
  return personas?.type === "ArrayExpression" ? personas : undefined;
}

function argumentOf(program: Node, call: Node): Node | undefined {
  const [first] = call.arguments as Node[];
  return first && resolved(program, first);
}

/** An expression, or the one that a constant of the module stands for. */
function resolved(program: Node, node: Node): Node {
  const value = unwrapped(node);
  if (value.type !== "Identifier") return value;
  for (const statement of program.body as Node[]) {
    const declaration = (
      statement.type === "ExportNamedDeclaration" ? statement.declaration : statement
    ) as Node | null;
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declaration.declarations as Node[]) {
      if (nameOf(id) === value.name && isNode(init)) return unwrapped(init);
    }
  }
  return value;
}

/** An expression without what only the type checker reads. */
function unwrapped(node: Node): Node {
  const wrappers = ["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression", "ParenthesizedExpression"];
  return wrappers.includes(node.type) ? unwrapped(node.expression as Node) : node;
}

function isNode(value: unknown): value is Node {
  return isRecord(value) && typeof value.type === "string" && typeof value.start === "number";
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((part): Node[] =>
    Array.isArray(part) ? part.filter(isNode) : isNode(part) ? [part] : [],
  );
}

function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === "Identifier" ? String(node.name) : undefined;
}

/** The text that an expression is; undefined for any other expression. */
function textOf(node: Node): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  const { quasis = [] } = node as { readonly quasis?: readonly { readonly value: { readonly cooked: string } }[] };
  return node.type === "TemplateLiteral" && quasis.length === 1 ? quasis[0]?.value.cooked : undefined;
}

function keyOf({ key, computed }: Node): string | undefined {
  if (!isNode(key) || computed === true) return undefined;
  return nameOf(key) ?? textOf(key);
}

function propertyOf(object: Node, name: string): Node | undefined {
  return (object.properties as Node[]).find((each) => each.type === "Property" && keyOf(each) === name);
}

function propertyValue(object: Node, name: string): Node | undefined {
  const property = propertyOf(object, name);
  return property && unwrapped(property.value as Node);
}

/** What stands behind the last property or element on its line: a comma, and a comment. */
const AFTER_LAST = /^(\s*,)?([ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*(?=\r?\n)))?/;

/** A text in which a property of an object has another value, or is new, or has gone; undefined where another value is in the way. */
function withProperty(
  text: string,
  object: Node,
  path: readonly string[],
  code: string | undefined,
): string | undefined {
  const [key = "", ...rest] = path;
  const property = propertyOf(object, key);
  if (property === undefined) return code === undefined ? undefined : withNew(text, object, path, code);
  if (rest.length === 0) {
    if (code === undefined) return withoutProperty(text, property);
    return `${text.slice(0, property.start)}${keyAsCode(key)}: ${code}${text.slice(property.end)}`;
  }
  const value = unwrapped(property.value as Node);
  return value.type === "ObjectExpression" ? withProperty(text, value, rest, code) : undefined;
}

function withNew(text: string, object: Node, path: readonly string[], code: string): string | undefined {
  const properties = object.properties as Node[];
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const outer = indentAt(text, object.start);
  const [first, last] = [properties[0], properties.at(-1)];
  const isSpread = first !== undefined && text.slice(object.start, first.start).includes("\n");
  const unit = isSpread ? indentAt(text, first.start).slice(outer.length) || "  " : unitOf(text);
  const inner = isSpread ? indentAt(text, first.start) : outer + unit;
  const line = `${inner}${nested(path, code, inner, unit, eol)}`;
  const close = `${eol}${outer}}`;
  if (last === undefined) return `${text.slice(0, object.start)}{${eol}${line},${close}${text.slice(object.end)}`;
  if (isSpread) {
    const [, comma = "", comment = ""] = AFTER_LAST.exec(text.slice(last.end)) ?? [];
    const end = last.end + comma.length;
    return `${text.slice(0, last.end)}${comma || ","}${comment}${eol}${line}${comma === "" ? "" : ","}${text.slice(end + comment.length)}`;
  }
  const lines = properties.map(({ start, end }) => `${inner}${text.slice(start, end)},${eol}`);
  const written = `{${eol}${lines.join("")}${line},${close}`;
  // A comment between two properties would be lost.
  const isPlain =
    lengthOf(properties) + (text.slice(object.start, object.end).match(/[\s,{}]/g)?.length ?? 0) >=
    object.end - object.start;
  return isPlain ? text.slice(0, object.start) + written + text.slice(object.end) : undefined;
}

function lengthOf(nodes: readonly Node[]): number {
  return nodes.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** A property, and the objects that it stands in. */
function nested(
  [key = "", ...rest]: readonly string[],
  code: string,
  indent: string,
  unit: string,
  eol: string,
): string {
  if (rest.length === 0) return `${keyAsCode(key)}: ${code}`;
  const inner = indent + unit;
  return `${keyAsCode(key)}: {${eol}${inner}${nested(rest, code, inner, unit, eol)},${eol}${indent}}`;
}

function withoutProperty(text: string, { start, end }: Node): string {
  const before = text.slice(0, start).replace(/[ \t]*$/, "");
  const after = text.slice(end).replace(/^\s*,/, "");
  const isWholeLine = /(?:^|\n)$/.test(before);
  return isWholeLine ? before + after.replace(/^[ \t]*\r?\n/, "") : before + after;
}

/** The white space that the line of a place begins with. */
function indentAt(text: string, place: number): string {
  const start = text.lastIndexOf("\n", place - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
}

/** By how much a module indents. */
function unitOf(text: string): string {
  return /\n(\t| {2,8})\S/.exec(text)?.[1] ?? "  ";
}

function importsOf(program: Node): Node[] {
  return (program.body as Node[]).filter(({ type }) => type === "ImportDeclaration");
}

function importsOfCore(program: Node): Node[] {
  return importsOf(program).filter(
    ({ source, importKind, specifiers }) =>
      textOf(source as Node) === CORE &&
      importKind !== "type" &&
      (specifiers as Node[]).some(({ type }) => type === "ImportSpecifier"),
  );
}

/** The names under which a module has the builder's functions. */
function namesFromCore(program: Node): Map<string, string> {
  const specifiers = importsOfCore(program).flatMap((each) => each.specifiers as Node[]);
  return new Map(
    specifiers.flatMap(({ imported, local, importKind }): [string, string][] => {
      const [name, as] = [nameOf(imported), nameOf(local)];
      return name === undefined || as === undefined || importKind === "type" ? [] : [[name, as]];
    }),
  );
}

/** A module that imports the builder's functions. */
function withImports(text: string, program: Node, makers: readonly string[]): string {
  const names = namesFromCore(program);
  const missing = makers.filter((maker) => !names.has(maker)).sort();
  if (missing.length === 0) return text;
  const [existing] = importsOfCore(program);
  if (existing !== undefined) return withSpecifiers(text, existing, missing);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const line = `import { ${missing.join(", ")} } from "${CORE}";${eol}`;
  const next = importsOf(program).find(({ source }) => isAfterCore(textOf(source as Node) ?? ""));
  const place = next?.start ?? importsOf(program).at(-1)?.end ?? (program.body as Node[])[0]?.start ?? text.length;
  const isBelow = next === undefined && importsOf(program).length > 0;
  return `${text.slice(0, place)}${isBelow ? eol + line.trimEnd() : line}${text.slice(place)}`;
}

/** Whether an import stands below those of core: packages by name, and then the project's own modules. */
function isAfterCore(source: string): boolean {
  return source.startsWith(".") || source > CORE;
}

function withSpecifiers(text: string, { specifiers }: Node, missing: readonly string[]): string {
  const list = (specifiers as Node[]).filter(({ type }) => type === "ImportSpecifier");
  const last = list.at(-1) as Node;
  const next = (name: string) => list.find(({ imported }) => (nameOf(imported) ?? "") > name);
  const edits = missing.map((name) => ({ name, at: next(name) }));
  let edited = text;
  for (const { name, at } of edits.reverse()) {
    const place = at?.start ?? last.end;
    edited = `${edited.slice(0, place)}${at === undefined ? `, ${name}` : `${name}, `}${edited.slice(place)}`;
  }
  return edited;
}
