import { LIMITS } from "./limits.ts";
import { own } from "./values.ts";

/** What a value is asked. */
export type Test = (value: unknown) => boolean;

/** Tests that JSON Schema has no word for, by the name that a schema's `check` gives them. One that stands alone says all of a value. */
export interface NamedTests {
  readonly [name: string]: Test;
}

/** The part of JSON Schema that zod writes for our schemas. */
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
  readonly check?: string;
}

interface Options {
  readonly checks?: NamedTests;
  /** Also asks that keys come in the order of the schema, those that it does not name after them: as zod returns them. */
  readonly inOrder?: boolean;
}

/**
 * A test of values by a JSON Schema. It says yes only where the schema certainly holds: to a keyword that it does not know,
 * to a value that is no plain data, and to one that is nested deeply where the schema does not say how, it says no. A no needs
 * another opinion, and words.
 */
export function acceptor(schema: unknown, { checks = {}, inOrder = false }: Options = {}): Test {
  const compile: Compile = (part) => {
    if (typeof part === "boolean") return part ? isShallow : no;
    // What reads one keyword reads its neighbours as well: it is made once.
    const makers = new Set(Object.keys(part).map((keyword) => own(KEYWORDS, keyword) ?? never));
    // A text, a list and an object are tested for their type where the rest of them is.
    if ([text, list, object].some((make) => makers.has(make) && own(OWN_TYPES, String(part.type)) === make))
      makers.delete(type);
    const tests = [...makers].map((make) => make(part, compile, { checks, inOrder }));
    return all([...makers].every((make) => make === always) ? [isShallow] : tests);
  };
  return compile(schema as JsonSchema);
}

type Compile = (schema: JsonSchema | boolean) => Test;
type Maker = (schema: JsonSchema, compile: Compile, options: Required<Options>) => Test;

const no: Test = () => false;
const yes: Test = () => true;

/** Half of what is allowed: what schemas describe takes less than the other half. */
const MOST_DEPTH = LIMITS.depth.most / 2;

/** Whether lists and objects that no schema describes are nested no deeper than data may be. */
function isShallow(value: unknown, depth = 1): boolean {
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

const TYPES: NamedTests = {
  string: (value) => typeof value === "string",
  number: Number.isFinite,
  integer: Number.isSafeInteger,
  boolean: (value) => typeof value === "boolean",
  array: (value) => Array.isArray(value) && isShallow(value),
  object: (value) => isPlainObject(value) && isShallow(value),
};

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const text: Maker = ({ minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }) => {
  const form = pattern === undefined ? undefined : new RegExp(pattern, "u");
  // Neighbours mostly say the same: where an entry comes from, whose file it is.
  let last: string | undefined;
  return (value) => {
    if (typeof value !== "string") return false;
    if (value === last) return true;
    if (value.length < minLength || value.length > maxLength || form?.test(value) === false) return false;
    last = value;
    return true;
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

/** What is asked of a key's value. Most of a large schema is about what few values have: a test is made when there is one. */
interface Member {
  readonly name: string;
  readonly schema: JsonSchema | boolean;
  readonly index: number;
  readonly isRequired: boolean;
  test: Test | undefined;
}

const object: Maker = (
  { properties = {}, required = [], additionalProperties = true, propertyNames },
  compile,
  { inOrder },
) => {
  const members = Object.entries(properties).map(([name, schema], index): Member => {
    return { name, schema, index, isRequired: required.includes(name), test: undefined };
  });
  const byName = new Map(members.map((member) => [member.name, member]));
  const index = members.length;
  const other: Member = { name: "", schema: additionalProperties, index, isRequired: false, test: undefined };
  // A key that is required and not described is in no member: it is never counted.
  const count = required.length;
  const isName = propertyNames && compile(propertyNames);
  return (value) => {
    if (!isPlainObject(value)) return false;
    let found = 0;
    let last = -1;
    for (const key in value) {
      // Mostly the next one: looking it up takes longer.
      const next = members[last + 1];
      const member = next?.name === key ? next : (byName.get(key) ?? other);
      const { index, isRequired } = member;
      if (inOrder && index < last) return false;
      last = index;
      // Assigned to an object, the key would change what it is.
      if (member === other && key === "__proto__") return false;
      if (isName !== undefined && !isName(key)) return false;
      member.test ??= compile(member.schema);
      if (!member.test(value[key as keyof typeof value])) return false;
      if (isRequired) found++;
    }
    return found === count;
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
  check: ({ check = "" }, _compile, { checks }) => own(checks, check) ?? no,
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
