/** The part of JSON Schema that zod writes for our schemas. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly propertyNames?: JsonSchema;
  /** A test that JSON Schema has no word for, by its name. */
  readonly check?: string;
}

const TEXT = ["minLength", "maxLength", "pattern"];
const LIST = ["items", "prefixItems", "minItems", "maxItems"];
const OBJECT = ["properties", "required", "additionalProperties", "propertyNames"];
const NUMBER = ["minimum", "maximum"];

/** What else is said of values of a type. */
const KEYWORDS: { readonly [type: string]: readonly string[] } = {
  string: TEXT,
  number: NUMBER,
  integer: NUMBER,
  boolean: [],
  array: LIST,
  object: OBJECT,
};

/** What is said without a type is of the one type that it makes sense for. */
const TYPES = ["string", "array", "object"].map((type) => [type, KEYWORDS[type] ?? []] as const);

const OF_ANY = ["type", "const", "enum", "anyOf", "allOf", "not", "check"];

/**
 * TypeScript that tests values by JSON Schemas: a function for each name. It says yes only where a schema certainly holds: to a value
 * that is no plain data, and to one that is nested deeply where the schema does not say how, it says no. Throws for a schema that
 * says anything else than {@link JsonSchema}.
 */
export function codeOf(schemas: { readonly [name: string]: JsonSchema }): string {
  const makers = Object.entries(schemas).map(([name, schema]) => new Code().maker(name, schema));
  const helpers = ["isInOrder", "isPlainObject", "isShallow"].filter((name) => makers.join("").includes(`${name}(`));
  return [
    "// Written by `pnpm sync` from the schemas of zod: it says yes to a value in their place.",
    `import { ${[...helpers, "type TestMaker"].join(", ")} } from "@personakit/core/internal";\n`,
    indented(`export const tests: { readonly [schema: string]: TestMaker } = {\n${makers.join("")}};\n`),
  ].join("\n");
}

/** The functions of one schema. What is said of two places is written once. */
class Code {
  readonly #names = new Map<string, string>();
  readonly #parts: string[] = [];

  maker(name: string, schema: JsonSchema): string {
    const test = this.#test(schema, "value");
    const code = `${this.#parts.join("")}return (value) => ${test};\n`;
    const used = ["checks", "inOrder"].filter((option) => new RegExp(`\\b${option}\\b`).test(code));
    const options = used.length === 0 ? "" : `{ ${used.join(", ")} }`;
    return `${JSON.stringify(name)}: (${options}) => {\n${code}},\n`;
  }

  /** A condition on a variable. */
  #test(schema: JsonSchema | false, of: string): string {
    if (schema === false || schema.not !== undefined) return "false";
    const { type, const: only, enum: choices, anyOf, allOf, check } = schema;
    const types = [
      type ?? TYPES.filter(([, keywords]) => keywords.some((each) => each in schema)).map(([each]) => each),
    ].flat();
    const known = [...OF_ANY, ...types.flatMap((each) => KEYWORDS[each] ?? [])];
    const unknown = [
      ...Object.keys(schema).filter((each) => !known.includes(each)),
      ...types.filter((each) => !(each in KEYWORDS)),
    ];
    if (unknown.length > 0) throw new Error(`no code says ${unknown.join(", ")}`);
    const values = choices ?? (only === undefined ? undefined : [only]);
    const all = [
      // Of a value that is given, there is nothing more to say.
      ...(values === undefined ? [either(types.map((each) => this.#ofType(schema, each, of)))] : []),
      ...(values === undefined ? [] : [either(values.map((value) => `${of} === ${literal(value)}`))]),
      ...(anyOf === undefined ? [] : [either(anyOf.map((each) => this.#test(each, of)))]),
      ...(allOf ?? []).map((each) => this.#test(each, of)),
      ...(check === undefined ? [] : [`checks.${check}?.(${of}) === true`]),
    ].filter((condition) => condition !== "");
    // Most are texts, and a call takes longer than the question.
    return all.length === 0 ? `(typeof ${of} !== "object" || isShallow(${of}))` : grouped(all, " && ");
  }

  #ofType(schema: JsonSchema, type: string, of: string): string {
    if (type === "string") return this.#text(schema, of);
    if (type === "array") return `${this.#list(schema)}(${of})`;
    if (type === "object") return `${this.#object(schema)}(${of})`;
    return type === "boolean" ? `typeof ${of} === "boolean"` : number(schema, type, of);
  }

  #text({ minLength, maxLength, pattern }: JsonSchema, of: string): string {
    const all = [
      `typeof ${of} === "string"`,
      ...(minLength === undefined ? [] : [`${of}.length >= ${minLength}`]),
      ...(maxLength === undefined ? [] : [`${of}.length <= ${maxLength}`]),
      ...(pattern === undefined ? [] : [`${this.#pattern(pattern)}(${of})`]),
    ];
    return grouped(all, " && ");
  }

  #pattern(pattern: string): string {
    const form = String(new RegExp(pattern, "u"));
    return this.#once("matches", form, (name) => {
      const last = name.replace("matches", "last");
      return [
        // Neighbours mostly say the same: where an entry comes from, whose file it is.
        `let ${last}: string | undefined;`,
        `const ${name} = (text: string) => {`,
        `if (text === ${last}) return true;`,
        `if (!${form}.test(text)) return false;`,
        `${last} = text;`,
        "return true;",
        "};",
      ];
    });
  }

  #list({ items = {}, prefixItems = [], minItems = 0, maxItems }: JsonSchema): string {
    return this.#once("isList", JSON.stringify([items, prefixItems, minItems, maxItems]), (name) => {
      const limits = [
        "!Array.isArray(list)",
        ...(minItems === 0 ? [] : [`list.length < ${minItems}`]),
        ...(maxItems === undefined ? [] : [`list.length > ${maxItems}`]),
      ];
      const first = prefixItems.map(
        (each, at) => `if (list.length > ${at} && ${not(this.#test(each, `list[${at}]`))}) return false;`,
      );
      return [
        `const ${name} = (list: unknown) => {`,
        `if (${limits.join(" || ")}) return false;`,
        ...first,
        ...(items === false
          ? [`return list.length <= ${first.length};`]
          : [
              `for (let at = ${first.length}; at < list.length; at++) {`,
              "const item: unknown = list[at];",
              `if (${not(this.#test(items, "item"))}) return false;`,
              "}",
              "return true;",
            ]),
        "};",
      ];
    });
  }

  #object({ properties = {}, required = [], additionalProperties: rest = {}, propertyNames }: JsonSchema): string {
    return this.#once("isObject", JSON.stringify([properties, required, rest, propertyNames]), (name) => {
      const names = Object.keys(properties);
      if (!required.every((each) => names.includes(each)))
        throw new Error("a key is required, and nothing is said of it");
      const members = Object.entries(properties).flatMap(([each, member], at) => {
        const test = this.#test(member, `member${at}`);
        const isWrong = required.includes(each)
          ? [`if (${acceptsUndefined(member) ? `member${at} === undefined || ` : ""}${not(test)}) return false;`]
          : [`if (member${at} !== undefined) {`, `if (${not(test)}) return false;`, "keys++;", "}"];
        return [`const member${at} = value[${JSON.stringify(each)}];`, ...isWrong];
      });
      const isName = propertyNames === undefined ? [] : [not(this.#test(propertyNames, "key"))];
      const others = [
        "for (const key in value) {",
        ...(names.length === 0
          ? []
          : [
              `if (${names.map((each) => `key === ${JSON.stringify(each)}`).join(" || ")}) {`,
              "keys--;",
              "continue;",
              "}",
            ]),
        // Assigned to an object, the key would change what it is.
        `if (${['key === "__proto__"', ...isName].join(" || ")}) return false;`,
        "const other = value[key];",
        `if (${not(this.#test(rest, "other"))}) return false;`,
        "}",
      ];
      const places = names.length + (rest === false ? 0 : 1);
      const order = places < 2 ? "" : ` && (!inOrder || isInOrder(value, ${JSON.stringify(names)}))`;
      return [
        `const ${name} = (value: unknown) => {`,
        "if (!isPlainObject(value)) return false;",
        ...(names.length === 0 ? [] : [`let keys = ${required.length};`, ...members]),
        ...(rest === false ? ["for (const _ in value) keys--;"] : others),
        names.length === 0 ? "return true;" : `return keys === 0${order};`,
        "};",
      ];
    });
  }

  /** The name of a function that `write` says, once for each of what it tests. */
  #once(kind: string, what: string, write: (name: string) => readonly string[]): string {
    const key = `${kind} ${what}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = `${kind}${this.#names.size}`;
    this.#names.set(key, name);
    this.#parts.push(`${write(name).join("\n")}\n`);
    return name;
  }
}

function number({ minimum, maximum }: JsonSchema, type: string, of: string): string {
  const all = [
    `typeof ${of} === "number"`,
    `Number.${type === "number" ? "isFinite" : "isSafeInteger"}(${of})`,
    ...(minimum === undefined ? [] : [`${of} >= ${minimum}`]),
    ...(maximum === undefined ? [] : [`${of} <= ${maximum}`]),
  ];
  return grouped(all, " && ");
}

/** Whether its test may say yes to what is not there: a type, a constant and a choice do not. */
function acceptsUndefined({ type, const: only, enum: choices, not }: JsonSchema): boolean {
  return type === undefined && only === undefined && choices === undefined && not === undefined;
}

function literal(value: unknown): string {
  if (typeof value === "object" && value !== null) throw new Error("only simple values can be listed");
  return JSON.stringify(value);
}

function either(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : grouped(conditions, " || ");
}

function grouped(conditions: readonly string[], operator: string): string {
  const [first = "true", second] = conditions;
  return second === undefined ? first : `(${conditions.join(operator)})`;
}

function not(condition: string): string {
  return /^(?:\w+)?\([^()]*\)$/.test(condition) ? `!${condition}` : `!(${condition})`;
}

/** Lines as deep as their braces. */
function indented(code: string): string {
  let depth = 0;
  const lines = code.split("\n").map((line) => {
    if (line.startsWith("}")) depth--;
    const text = "  ".repeat(line === "" ? 0 : depth) + line;
    if (line.endsWith("{")) depth++;
    return text;
  });
  return lines.join("\n");
}
