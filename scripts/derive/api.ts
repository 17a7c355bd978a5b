import { join } from "node:path";
// TypeScript 7 has no stable API yet; 5 is kept, and the examples are compiled with it anyway.
import ts from "typescript-5";
import { ROOT } from "../workspace.ts";
import { tableOf } from "./markdown.ts";

/** What users import from: a name, and the module behind it, from the root. */
export interface EntryPoint {
  readonly name: string;
  readonly path: string;
}

/** Something that an entry point exports, with the declaration that says what it is. */
interface Exported {
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.Declaration;
}

/** The API of some entry points as Markdown: what each exports, its signature, and the first sentence of its docstring. */
export function apiReference(entries: readonly EntryPoint[]): string {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: ["none"] }, ts.sys, ROOT);
  const program = ts.createProgram(
    entries.map(({ path }) => join(ROOT, path)),
    options,
  );
  return entries.map((entry) => referenceOf(program, entry)).join("\n\n");
}

function referenceOf(program: ts.Program, { name, path }: EntryPoint): string {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(ROOT, path));
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${path}: there is no such module`);
  const all = checker.getExportsOfModule(module).map((symbol) => exportedBy(checker, symbol));
  const isType = ({ declaration }: Exported) =>
    ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration);
  const rowOf = (each: Exported) => [asCode(signatureOf(checker, each)), firstSentence(documentation(checker, each))];
  const parts = [`### \`${name}\``];
  const values = all.filter((each) => !isType(each));
  if (values.length > 0) parts.push(tableOf(["Function or value", "What it does"], values.map(rowOf)));
  const types = all.filter(isType);
  if (types.length > 0) parts.push(tableOf(["Type", "What it is"], types.map(rowOf)));
  for (const each of parametersOf(checker, all)) parts.push(`#### \`${each.name}\``, memberTable(checker, each));
  return parts.join("\n\n");
}

function exportedBy(checker: ts.TypeChecker, exported: ts.Symbol): Exported {
  const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
  const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
  const [declaration] = symbol.declarations ?? [];
  if (declaration === undefined) throw new Error(`${exported.name}: there is no declaration`);
  return { name: exported.name, symbol, declaration };
}

function documentation(checker: ts.TypeChecker, { name, symbol }: Pick<Exported, "name" | "symbol">): string {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  if (text === "") throw new Error(`${name} is exported without a docstring`);
  return text.replace(/\{@link (\w+)\}/g, "`$1`").replace(/\s+/g, " ");
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}

/** A code span, with more backticks than there are in a row inside. */
function asCode(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** A signature longer than this says less than the name. */
const LONGEST = 240;

function signatureOf(checker: ts.TypeChecker, { name, symbol, declaration }: Exported): string {
  if (ts.isFunctionDeclaration(declaration)) {
    const end = declaration.body?.getStart() ?? declaration.getEnd();
    const start = (declaration.typeParameters ?? declaration.parameters).pos - 1;
    return name + compact(declaration.getSourceFile().text.slice(start, end));
  }
  if (ts.isClassDeclaration(declaration)) return compact(`class ${name} ${textOf(declaration.heritageClauses)}`);
  if (ts.isInterfaceDeclaration(declaration)) return `interface ${name}${parameterList(declaration)}`;
  if (ts.isTypeAliasDeclaration(declaration)) {
    const head = `type ${name}${parameterList(declaration)}`;
    const whole = `${head} = ${aliased(checker, declaration)}`;
    return whole.length <= LONGEST ? whole : head;
  }
  const type = checker.typeToString(
    checker.getTypeOfSymbol(symbol),
    undefined,
    ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope,
  );
  return type.length <= LONGEST ? `${name}: ${compact(type)}` : name;
}

/** What an alias stands for. One that is looked up in a value, `(typeof COLORS)[number]`, is written out. */
function aliased(checker: ts.TypeChecker, { name, type }: ts.TypeAliasDeclaration): string {
  if (!ts.isIndexedAccessTypeNode(type)) return compact(type.getText());
  const flags = ts.TypeFormatFlags.InTypeAlias | ts.TypeFormatFlags.NoTruncation;
  return checker.typeToString(checker.getTypeAtLocation(name), undefined, flags);
}

function parameterList({ typeParameters }: ts.InterfaceDeclaration | ts.TypeAliasDeclaration): string {
  return typeParameters === undefined ? "" : `<${typeParameters.map(({ name }) => name.text).join(", ")}>`;
}

function textOf(nodes: ts.NodeArray<ts.Node> | undefined): string {
  return (nodes ?? []).map((node) => node.getText()).join(" ");
}

/** Source in one line. Docstrings within are left out. */
function compact(source: string): string {
  return source
    .replace(/\/\*\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/([(<[]) /g, "$1")
    .replace(/,? ([)>\]])/g, "$1")
    .replace(/; \}/g, " }")
    .trim()
    .replace(/^\| /, "");
}

/**
 * The exported interfaces that functions and methods take, and those that these hold. What the API itself makes is none: it
 * has a kind, or is returned.
 */
function parametersOf(checker: ts.TypeChecker, all: readonly Exported[]): Exported[] {
  const taken = new Set<string>();
  const made = new Set<string>();
  for (const { declaration } of all) {
    const members = ts.isInterfaceDeclaration(declaration) ? declaration.members.filter(ts.isMethodSignature) : [];
    for (const { parameters } of members) for (const { type } of parameters) addNames(type, taken);
    if (!ts.isFunctionDeclaration(declaration)) continue;
    for (const { type } of declaration.parameters) addNames(type, taken);
    addNames(declaration.type, made);
  }
  const isParameter = ({ name, symbol, declaration }: Exported) =>
    taken.has(name) &&
    !made.has(name) &&
    ts.isInterfaceDeclaration(declaration) &&
    checker.getDeclaredTypeOfSymbol(symbol).getProperty("kind") === undefined;
  for (let before = 0; before < taken.size; ) {
    before = taken.size;
    for (const { symbol } of all.filter(isParameter))
      for (const { valueDeclaration } of checker.getDeclaredTypeOfSymbol(symbol).getProperties())
        addNames(valueDeclaration, taken);
  }
  return all.filter(isParameter);
}

/** Adds the names of the types that a node refers to. */
function addNames(node: ts.Node | undefined, names: Set<string>): void {
  if (node === undefined) return;
  if (ts.isTypeReferenceNode(node)) names.add(node.typeName.getText());
  ts.forEachChild(node, (child) => addNames(child, names));
}

/** What an interface holds, inherited members included. */
function memberTable(checker: ts.TypeChecker, { name, symbol }: Exported): string {
  const rows = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).map((member) => {
    const text = documentation(checker, { name: `${name}.${member.name}`, symbol: member });
    return [asCode(memberSignature(member)), text];
  });
  return tableOf(["Option", "Meaning"], rows);
}

function memberSignature({ name, valueDeclaration }: ts.Symbol): string {
  const text = compact(valueDeclaration?.getText() ?? name)
    .replace(/^readonly /, "")
    .replace(/;$/, "");
  return text.length <= LONGEST ? text : name;
}
