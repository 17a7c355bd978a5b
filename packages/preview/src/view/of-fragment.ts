import { type Document, type Entry, type PlacedEntry, render, type Snapshot } from "@personakit/core";
import { entriesOf, fragmentsIn, kindOf, sectionsOf, standingInWords } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import { headline, notesOf } from "./notes.ts";
import type {
  FragmentChangeView,
  FragmentParamView,
  FragmentRuleView,
  FragmentSummary,
  FragmentUserView,
  FragmentView,
} from "./view.ts";

/** A fragment, as far as a project knows it. */
export interface SeenFragment {
  /** Its id. */
  readonly id: string;
  /** Absent where it is not published. */
  readonly version?: string;
  /** The npm package that it comes from, where that is known. */
  readonly package?: string;
  /** Absent where only personas that were compiled elsewhere have it. */
  readonly whole?: {
    /** What it covers and when to choose it. */
    readonly summary: string;
    /** A persona of it alone, with its defaults. */
    readonly document: Document;
    /** What it promises. */
    readonly snapshot: Snapshot;
  };
  /** The personas that use it. */
  readonly users: readonly {
    /** Each compiled. */
    readonly document: Document;
    /** The parameters that are in force in it, where that is known. */
    readonly values?: { readonly [name: string]: unknown };
  }[];
}

/** A fragment as a list shows it. */
export function fragmentSummaryOf(fragment: SeenFragment): FragmentSummary {
  const { rules, users, params: _params, decisions: _decisions, ...rest } = fragmentViewOf(fragment);
  return { ...rest, rules: rules.map(({ id }) => id), users: users.length };
}

/** What the page shows of a fragment. Returns plain JSON: its own rules, whatever its users make of them. */
export function fragmentViewOf({ id, version, package: from, whole, users }: SeenFragment): FragmentView {
  const documents = whole === undefined ? users.map(({ document }) => document) : [whole.document];
  const texts = new Map(documents.toReversed().flatMap((document) => [...textsOf(document, id)]));
  const params = whole === undefined ? [] : paramsOf(whole.snapshot);
  const own = ownEntries(documents, id);
  return {
    id,
    ...(version === undefined ? {} : { version }),
    ...(from === undefined ? {} : { package: from }),
    title: documents.flatMap(sectionsOf).find(({ origin }) => origin.unit === id)?.title ?? "",
    summary: whole?.summary ?? "",
    tokens: countTokens([...texts.values()].join("\n")),
    rules: [
      ...[...own].map(([rule, entry]) => ruleView(rule, entry, id, texts.get(rule), whole?.snapshot)),
      ...absentIn(whole?.snapshot, own, id),
    ],
    params,
    decisions: aboutIn(whole?.snapshot, "decision "),
    users: users.map((user) => userView(user, id, params)),
  };
}

/** What a fragment itself says: what stands in documents, what was replaced there and what was taken out, each rule once. */
function ownEntries(documents: readonly Document[], id: string): ReadonlyMap<string, Entry> {
  const own = new Map<string, Entry>();
  const add = ({ origin: { unit, rule, persona } }: PlacedEntry, entry: Entry) => {
    if (unit === id && persona === undefined && rule !== undefined && !own.has(rule)) own.set(rule, entry);
  };
  for (const document of documents) {
    for (const entry of entriesOf(document)) add(entry, entry.base ?? entry);
    for (const { base } of document.dropped) if (base !== undefined) add(base, base);
  }
  return own;
}

/** The text of each entry of a fragment, as it is rendered. */
function textsOf(document: Document, id: string): Map<string, string> {
  const { body, references } = render(document, { referencePath: (reference) => reference });
  const texts = new Map<string, string>();
  for (const { text, origins } of [body, ...Object.values(references)]) {
    for (const [index, line] of text.split("\n").entries()) {
      const { unit, rule } = origins[index] ?? {};
      if (unit === id && rule !== undefined) texts.set(rule, `${texts.get(rule) ?? ""}${line}\n`);
    }
  }
  return texts;
}

function ruleView(
  rule: string,
  entry: Entry,
  fragment: string,
  rendered: string | undefined,
  snapshot: Snapshot | undefined,
): FragmentRuleView {
  const standing = snapshot?.standing?.[`${fragment}/${rule}`];
  const kind = kindOf(entry);
  return {
    id: rule,
    kind: kind.label(entry),
    text: entry.kind === "rule" ? entry.text : (rendered?.trim() ?? kind.content(entry)),
    ...notesOf(entry, fragment),
    ...(standing === undefined ? {} : { stands: standingInWords(standing) }),
  };
}

/** The rules that do not stand with the defaults: what they say is known, and what is said about them is not. */
function absentIn(snapshot: Snapshot | undefined, own: ReadonlyMap<string, Entry>, id: string): FragmentRuleView[] {
  return Object.entries(snapshot?.rules ?? {}).flatMap(([path, state]) => {
    const rule = path.slice(id.length + 1);
    if (own.has(rule)) return [];
    const at = state.indexOf(": ");
    const standing = snapshot?.standing?.[path] ?? [];
    return [{ id: rule, kind: state.slice(0, at), text: state.slice(at + 2), stands: standingInWords(standing) }];
  });
}

function aboutIn(snapshot: Snapshot | undefined, start: string): [name: string, value: string][] {
  return Object.entries(snapshot?.about ?? {}).flatMap(([name, value]): [string, string][] =>
    name.startsWith(start) ? [[name.slice(start.length), String(value)]] : [],
  );
}

/** What we read of a parameter's JSON Schema. */
interface Shape {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Shape;
}

function paramsOf(snapshot: Snapshot): FragmentParamView[] {
  return aboutIn(snapshot, "param ").map(([name, schema]) => {
    const shape: Shape = JSON.parse(schema);
    return {
      name,
      about: shape.description ?? "",
      default: JSON.stringify(shape.default) ?? "",
      takes: takenBy(shape),
    };
  });
}

function takenBy({ type, enum: values, items }: Shape): readonly string[] {
  if (values !== undefined) return values.map((value) => JSON.stringify(value));
  if (items !== undefined) return takenBy(items);
  return type === undefined ? [] : type === "boolean" ? ["true", "false"] : [type];
}

function userView(
  { document, values = {} }: SeenFragment["users"][number],
  id: string,
  params: readonly FragmentParamView[],
): FragmentUserView {
  const version = fragmentsIn(document).find((each) => each.id === id)?.version;
  return {
    id: document.id,
    ...(version === undefined ? {} : { version }),
    values: params.flatMap(({ name, default: standard }): [string, string][] => {
      const value = JSON.stringify(values[name]);
      return value === undefined || value === standard ? [] : [[name, value]];
    }),
    changes: changesOf(document, id),
  };
}

function changesOf(document: Document, id: string): FragmentChangeView[] {
  const replaced = entriesOf(document).flatMap((entry): FragmentChangeView[] => {
    const { unit, rule, persona, editedBy } = entry.origin;
    if (unit !== id || persona !== undefined || editedBy === undefined || rule === undefined) return [];
    return [{ rule, by: editedBy, text: headline(entry), isDropped: false }];
  });
  const dropped = document.dropped.flatMap(({ path, by, reason }): FragmentChangeView[] => {
    if (path !== id && !path.startsWith(`${id}/`)) return [];
    return [{ rule: path.slice(path.indexOf("/") + 1), by, text: reason, isDropped: true }];
  });
  return [...replaced, ...dropped];
}
