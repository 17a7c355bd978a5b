import { LIMITS } from "./limits.ts";
import { isPlainObject, own } from "./values.ts";

/** What a value is asked. */
export type Test = (value: unknown) => boolean;

/** The part of JSON Schema that says what a field may hold. */
interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
}

/**
 * A test of values by a JSON Schema. It says yes only where the schema certainly holds: to a keyword that it does not know,
 * to a value that is no plain data, and to one that is nested deeply where the schema does not say how, it says no. A no needs
 * another opinion, and words.
 */
export function acceptor(schema: unknown): Test {
  const compile: Compile = (part) => {
    if (typeof part === "boolean") return part ? isShallow : no;
    // What reads one keyword reads its neighbours as well: it is made once.
    const makers = new Set(Object.keys(part).map((keyword) => own(KEYWORDS, keyword) ?? never));
    // A text, a list and an object are tested for their type where the rest of them is.
    if ([text, list, object].some((make) => makers.has(make) && own(OWN_TYPES, String(part.type)) === make))
      makers.delete(type);
    const tests = [...makers].map((make) => make(part, compile));
    return all([...makers].every((make) => make === always) ? [isShallow] : tests);
  };
  return compile(schema as JsonSchema);
}

type Compile = (schema: JsonSchema | boolean) => Test;
type Maker = (schema: JsonSchema, compile: Compile) => Test;

const no: Test = () => false;
const yes: Test = () => true;

/** Half of what is allowed: what schemas describe takes less than the other half. */
const MOST_DEPTH = LIMITS.depth.most / 2;

/** Whether lists and objects that no schema describes are nested no deeper than data may be. */
export function isShallow(value: unknown, depth = 1): boolean {
  if (typeof value !== "object" || (!Array.isArray(value) && !isPlainObject(value))) return true;
  return depth <= MOST_DEPTH && Object.values(value).every((inner) => isShallow(inner, depth + 1));
}

const never: Maker = () => no;
const always: Maker = () => yes;

function all(tests: readonly Test[]): Test {
  const [first = yes, second, ...rest] = tests;
  if (second === undefined) return first;
  const others = all([second, ...rest]);
  return (value) => first(value) && others(value);
}

function any(tests: readonly Test[]): Test {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (value) => {
    for (const test of tests) if (test(value)) return true;
    return false;
  };
}

const TYPES: { readonly [type: string]: Test } = {
  string: (value) => typeof value === "string",
  number: Number.isFinite,
  integer: Number.isSafeInteger,
  boolean: (value) => typeof value === "boolean",
  array: (value) => Array.isArray(value) && isShallow(value),
  object: (value) => isPlainObject(value) && isShallow(value),
};

const text: Maker = ({ minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }) => {
  const form = pattern === undefined ? undefined : new RegExp(pattern, "u");
  return (value) => {
    if (typeof value !== "string" || value.length < minLength || value.length > maxLength) return false;
    return form?.test(value) !== false;
  };
};

const number: Maker = ({ minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }) => {
  return (value) => typeof value === "number" && value >= minimum && value <= maximum;
};

const list: Maker = (
  { items = true, prefixItems = [], minItems = 0, maxItems = Number.POSITIVE_INFINITY },
  compile,
) => {
  const first = prefixItems.map(compile);
  const count = first.length;
  const rest = compile(items);
  return (value) => {
    if (!Array.isArray(value) || value.length < minItems || value.length > maxItems) return false;
    for (let index = 0; index < value.length; index++) {
      const test = index < count ? (first[index] as Test) : rest;
      if (!test(value[index])) return false;
    }
    return true;
  };
};

const object: Maker = ({ properties = {}, required = [], additionalProperties = true, propertyNames }, compile) => {
  const tests = new Map(Object.entries(properties).map(([name, schema]) => [name, compile(schema)]));
  const other = compile(additionalProperties);
  const isName = propertyNames === undefined ? yes : compile(propertyNames);
  return (value) => {
    if (!isPlainObject(value)) return false;
    let found = 0;
    for (const key in value) {
      const test = tests.get(key);
      // Assigned to an object, the key would change what it is.
      if (test === undefined && key === "__proto__") return false;
      if (!isName(key) || !(test ?? other)(value[key])) return false;
      if (required.includes(key)) found++;
    }
    return found === required.length;
  };
};

const type: Maker = ({ type: names = [] }) => any([names].flat().map((name) => own(TYPES, name) ?? no));

/** What tests a type besides other keywords. */
const OWN_TYPES: { readonly [type: string]: Maker } = { string: text, array: list, object };

const KEYWORDS: { readonly [keyword: string]: Maker } = {
  $schema: always,
  type,
  const: ({ const: only }) => {
    return (value) => value === only;
  },
  enum: ({ enum: choices = [] }) => {
    return (value) => choices.includes(value);
  },
  anyOf: ({ anyOf = [] }, compile) => any(anyOf.map(compile)),
  allOf: ({ allOf = [] }, compile) => all(allOf.map(compile)),
  minLength: text,
  maxLength: text,
  pattern: text,
  minimum: number,
  maximum: number,
  items: list,
  prefixItems: list,
  minItems: list,
  maxItems: list,
  properties: object,
  required: object,
  additionalProperties: object,
  propertyNames: object,
};
