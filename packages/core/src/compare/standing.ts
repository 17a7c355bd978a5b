import { own } from "../issues/values.ts";
import { type Standing, standingInWords, standsWith } from "../model/standing.ts";
import type { Change } from "./change.ts";
import type { Snapshot } from "./snapshot.ts";

/** Beyond so many combinations of values, another condition counts as one that takes a rule away. */
const MOST_COMBINATIONS = 4096;

/** A change for each rule of both snapshots that stands with more or with fewer values than before. */
export function standingChanges(before: Snapshot, after: Snapshot): Change[] {
  const paths = new Set([...Object.keys(before.standing ?? {}), ...Object.keys(after.standing ?? {})]);
  // A default that is another one shows where a rule has a condition at all.
  if (paths.size === 0) return [];
  const [params, later] = [paramsIn(before), paramsIn(after)];
  return [...paths].flatMap((path): Change[] => {
    if (!Object.hasOwn(before.rules, path) || !Object.hasOwn(after.rules, path)) return [];
    const [was, is] = [own(before.standing, path), own(after.standing, path)];
    const [lost, gained] = compare(was, is, params, later);
    if (!lost && !gained) return [];
    const kind = lost ? "narrowed" : "widened";
    return [{ kind, path, before: inWords(was, params), after: inWords(is, later) }];
  });
}

function inWords(standing: Standing | undefined, params: Params): string {
  if (standing === undefined) return "always stands";
  return `stands ${standingInWords(standing)}${standsWith(standing, defaultsOf(params)) ? "" : "; not by default"}`;
}

/** What is known of a parameter: its default, and its values where they are listed. */
interface Param {
  readonly fallback: unknown;
  readonly values?: readonly unknown[];
}

type Params = ReadonlyMap<string, Param>;

/** What we read of a parameter's JSON Schema. */
interface Shape {
  readonly type?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
}

function paramsIn({ about }: Snapshot): Params {
  const params = new Map<string, Param>();
  for (const [name, text] of Object.entries(about)) {
    if (!name.startsWith("param ") || typeof text !== "string") continue;
    const shape: Shape = JSON.parse(text);
    const values = valuesIn(shape);
    params.set(name.slice("param ".length), {
      fallback: shape.default,
      ...(values === undefined ? {} : { values }),
    });
  }
  return params;
}

function valuesIn({ type, enum: choices, anyOf, ...shape }: Shape): readonly unknown[] | undefined {
  if (choices !== undefined) return choices;
  if (type === "boolean") return [true, false];
  if ("const" in shape) return [shape.const];
  const parts = anyOf?.map(valuesIn);
  return parts?.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function defaultsOf(params: Params): { readonly [name: string]: unknown } {
  return Object.fromEntries([...params].map(([name, { fallback }]) => [name, fallback]));
}

/** Whether some values took a rule away from their users, and whether some brought it. */
function compare(
  was: Standing | undefined,
  is: Standing | undefined,
  params: Params,
  later: Params,
): [lost: boolean, gained: boolean] {
  const names = [...new Set([...(was ?? []), ...(is ?? [])].flatMap((each) => Object.keys(each)))];
  const said = (name: string) => [...(was ?? []), ...(is ?? [])].flatMap((each) => own(each, name) ?? []);
  // Whoever leaves a parameter alone has its default, which may be another one now.
  const lostByDefault = standsWith(was, defaultsOf(params)) && !standsWith(is, defaultsOf(later));
  const gainedByDefault = !standsWith(was, defaultsOf(params)) && standsWith(is, defaultsOf(later));
  const before = combinations(names, (name) => {
    const now = later.get(name);
    // A parameter that is new has its default; a value that is gone is a change of the parameter's.
    if (!params.has(name)) return now === undefined ? [] : [now.fallback];
    return taken(params.get(name), said(name)).filter((value) => now === undefined || accepts(now, value));
  });
  const after = combinations(names, (name) => taken(later.get(name) ?? params.get(name), said(name)));
  if (before === undefined || after === undefined) {
    const isSame = JSON.stringify(was) === JSON.stringify(is);
    return [!isSame, false];
  }
  return [
    lostByDefault || before.some((values) => standsWith(was, values) && !standsWith(is, values)),
    gainedByDefault || after.some((values) => !standsWith(was, values) && standsWith(is, values)),
  ];
}

/** The values that a parameter may have, as far as they are known. */
function taken(param: Param | undefined, said: readonly unknown[]): readonly unknown[] {
  if (param?.values !== undefined) return param.values;
  const texts = new Map([...said, param?.fallback].map((value) => [JSON.stringify(value), value]));
  return [...texts.values()];
}

function accepts({ values }: Param, value: unknown): boolean {
  return values === undefined || values.some((each) => JSON.stringify(each) === JSON.stringify(value));
}

/** Every combination of values; undefined where there are too many. */
function combinations(
  names: readonly string[],
  valuesOf: (name: string) => readonly unknown[],
): { readonly [name: string]: unknown }[] | undefined {
  let all: { readonly [name: string]: unknown }[] = [{}];
  for (const name of names) {
    const values = valuesOf(name);
    if (all.length * values.length > MOST_COMBINATIONS) return undefined;
    all = all.flatMap((each) => values.map((value) => ({ ...each, [name]: value })));
  }
  return all;
}
