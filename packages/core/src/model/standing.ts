import type { Entry, EntrySource } from "../entries/kinds.ts";
import type { AnyFragment, ParamShape } from "./fragment.ts";

/** One way for a rule to stand: the values that each parameter may have. A parameter that is not named may have any. */
export type StandingCase = { readonly [param: string]: readonly unknown[] };

/** When a rule stands: in each of these cases. None: never, with the values that were tried. */
export type Standing = readonly StandingCase[];

/** Up to so many combinations of values are tried, all of them; beyond that, one parameter is changed at a time. */
const MOST_COMBINATIONS = 256;

/** A parameter whose values can be listed, each as the schema returns it. */
interface Choice {
  readonly name: string;
  readonly values: readonly unknown[];
  /** Whether the parameter takes no other value. */
  readonly isWhole: boolean;
}

type Values = { readonly [name: string]: unknown };

/**
 * The rules of a fragment that do not stand with every value of its parameters, and when they do. It tries each value of an
 * enumeration, each boolean and each item of a list of choices on its own; every other parameter keeps the value that it has.
 */
export function standingsOf(fragment: AnyFragment): { readonly [rule: string]: Standing } {
  const sources = Object.entries(fragment.rules).filter(([, source]) => typeof source === "function");
  if (sources.length === 0) return {};
  const choices = choicesOf(fragment);
  const standings: Record<string, Standing> = {};
  for (const [rule, source] of sources) {
    const standing = standingOf(fragment.values as Values, choices, (values) => stands(source, values));
    if (standing !== undefined) standings[rule] = standing;
  }
  return standings;
}

/** What a rule's function makes with the fragment's values or, where it does not stand with them, with the first others that it stands with. */
export function firstEntry(fragment: AnyFragment, source: EntrySource<never>): Entry | undefined {
  if (typeof source !== "function") return source;
  for (const values of valuesToTry(fragment.values as Values, choicesOf(fragment))) {
    const entry = source(values as never);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** The values in force, and then each combination that is tried. */
function* valuesToTry(values: Values, choices: readonly Choice[]): Iterable<Values> {
  yield values;
  if (combinationsOf(choices) > MOST_COMBINATIONS) {
    for (const { name, values: all } of choices) for (const value of all) yield { ...values, [name]: value };
    return;
  }
  const [choice, ...rest] = choices;
  if (choice === undefined) return;
  for (const value of choice.values) yield* valuesToTry({ ...values, [choice.name]: value }, rest);
}

/** Whether a fragment says nothing, whatever the values of its parameters. False where that cannot be known. */
export function saysNothing(fragment: AnyFragment): boolean {
  const sources = Object.values(fragment.rules);
  if (sources.some((source) => typeof source !== "function" || stands(source, fragment.values as Values))) return false;
  const choices = choicesOf(fragment);
  const isEach = choices.length === Object.keys(fragment.params).length && choices.every(({ isWhole }) => isWhole);
  if (!isEach || combinationsOf(choices) > MOST_COMBINATIONS) return false;
  return Object.values(standingsOf(fragment)).every((cases) => cases.length === 0);
}

/** When a rule stands, in words that go on after "stands": `when queue is sqs or sns`. */
export function standingInWords(standing: Standing): string {
  if (standing.length === 0) return "with none of the values that were tried";
  const cases = standing.map((each) =>
    Object.entries(each)
      .map(([name, values]) => `${name} is ${values.map(inWords).join(" or ")}`)
      .join(" and "),
  );
  return `when ${cases.join(", or when ")}`;
}

/** A value as a sentence has it. */
function inWords(value: unknown): string {
  return typeof value === "string" && /^[^\s,]+$/.test(value) ? value : JSON.stringify(value);
}

/** Whether a rule that stands so stands with these values. */
export function standsWith(standing: Standing | undefined, values: Values): boolean {
  if (standing === undefined) return true;
  return standing.some((each) =>
    Object.entries(each).every(([name, all]) => !Object.hasOwn(values, name) || includes(all, values[name])),
  );
}

function includes(all: readonly unknown[], value: unknown): boolean {
  const text = JSON.stringify(value);
  return all.some((each) => JSON.stringify(each) === text);
}

/** What a function throws is said when the persona is compiled: here, its rule counts as one that stands. */
function stands(source: EntrySource<never>, values: Values): boolean {
  try {
    return typeof source !== "function" || source(values as never) !== undefined;
  } catch {
    return true;
  }
}

/** When a rule stands; undefined where it always does. */
function standingOf(
  values: Values,
  choices: readonly Choice[],
  standsIn: (values: Values) => boolean,
): Standing | undefined {
  const cases =
    combinationsOf(choices) <= MOST_COMBINATIONS
      ? casesOf(values, choices, standsIn)
      : casesOneByOne(values, choices, standsIn);
  return cases.length === 1 && Object.keys(cases[0] as StandingCase).length === 0 ? undefined : cases;
}

function combinationsOf(choices: readonly Choice[]): number {
  return choices.reduce((product, choice) => product * choice.values.length, 1);
}

/** Every combination, as a decision tree: values of a parameter that lead to the same cases are one case. */
function casesOf(
  values: Values,
  [choice, ...rest]: readonly Choice[],
  standsIn: (values: Values) => boolean,
): StandingCase[] {
  if (choice === undefined) return standsIn(values) ? [{}] : [];
  const { name } = choice;
  const groups = new Map<string, { readonly found: unknown[]; readonly cases: readonly StandingCase[] }>();
  for (const value of choice.values) {
    const cases = casesOf({ ...values, [name]: value }, rest, standsIn);
    const key = JSON.stringify(cases);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { found: [value], cases });
    else group.found.push(value);
  }
  return [...groups.values()].flatMap(({ found, cases }) =>
    cases.map((each) => (found.length === choice.values.length ? each : { [name]: found, ...each })),
  );
}

/** One parameter at a time, with all others as they are. */
function casesOneByOne(
  values: Values,
  choices: readonly Choice[],
  standsIn: (values: Values) => boolean,
): StandingCase[] {
  const cases = choices.flatMap(({ name, values: all }) => {
    const found = all.filter((value) => standsIn({ ...values, [name]: value }));
    return found.length === all.length || found.length === 0 ? [] : [{ [name]: found }];
  });
  // Where it stands, each parameter can take it away; where it does not, each can bring it.
  return standsIn(values) ? [Object.assign({}, ...cases)] : cases;
}

function choicesOf(fragment: AnyFragment): Choice[] {
  return Object.entries(fragment.params).flatMap(([name, schema]) => {
    const { listed, isWhole } = valuesOf(schema);
    // A schema may refuse a value that its type has.
    const values = listed.flatMap((value) => accepted(fragment, name, value));
    const now = (fragment.values as Values)[name];
    if (values.length > 0 && !includes(values, now)) values.push(now);
    return values.length < 2 ? [] : [{ name, values, isWhole }];
  });
}

function accepted(fragment: AnyFragment, name: string, value: unknown): unknown[] {
  try {
    return [(fragment.with({ [name]: value }).values as Values)[name]];
  } catch {
    return [];
  }
}

/** What we read of a schema's definition. */
interface Definition {
  readonly type: string;
  readonly innerType?: ParamShape[string];
  readonly element?: ParamShape[string];
}

/** The values that a schema lists: all that it takes, or some. */
function valuesOf(schema: ParamShape[string]): { readonly listed: readonly unknown[]; readonly isWhole: boolean } {
  const { values } = schema._zod;
  // Without a value, a parameter has its default.
  if (values !== undefined) return { listed: [...values].filter((value) => value !== undefined), isWhole: true };
  const { type, innerType, element } = schema._zod.def as Definition;
  if (type === "boolean") return { listed: [true, false], isWhole: true };
  if (type === "array" && element !== undefined) {
    return { listed: valuesOf(element).listed.map((value) => [value]), isWhole: false };
  }
  return innerType === undefined ? { listed: [], isWhole: false } : valuesOf(innerType);
}
