import { toJSONSchema } from "zod/v4/core";
import { describeWithExamples, sectionsOf } from "./compile.ts";
import type { Document, PlacedEntry } from "./document.ts";
import { type Entry, STRENGTHS, type Strength } from "./entry.ts";
import type { AnyFragment } from "./fragment.ts";

/** What a persona says, by name: what two versions of it are compared by. Plain JSON. */
export interface Snapshot {
  /** By `fragment/rule`, in the order of the document: what kind of entry it is, and its text: `must: Bind every value.` */
  readonly rules: { readonly [path: string]: string };
  /** Everything else that a reader or a tool notices: title, role, description, triggers, tools, decisions, references. */
  readonly about: { readonly [name: string]: string | readonly string[] };
}

/** One difference between two versions of a persona. */
export interface Change {
  /** `added`, `removed`; `reworded`: the same strength in other words; `changed`: anything that is not a rule's text. */
  readonly kind: "added" | "removed" | "reworded" | "strengthened" | "weakened" | "changed";
  /** `fragment/rule`, or what else has changed: `tools`, `decision testing.coverage`. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/**
 * Takes a snapshot of a document. `published`: only what stands in published packages, as it stands there, without what
 * users have replaced or dropped; so that what they have changed can be compared with the next version.
 */
export function snapshot(document: Document, { published = false } = {}): Snapshot {
  const rules: Record<string, string> = {};
  for (const section of sectionsOf(document)) {
    for (const entry of section.entries) {
      if (published && entry.origin.version === undefined) continue;
      rules[pathOf(entry)] = stateOf((published ? entry.base : undefined) ?? entry);
    }
  }
  for (const { base } of published ? document.dropped : []) {
    if (base?.origin.version !== undefined) rules[pathOf(base)] = stateOf(base);
  }
  const about = aboutOf(document);
  return { rules, about: published ? about : { ...about, [LAYOUT]: layoutOf(document) } };
}

/** What stands where: compared only where nothing else has changed. */
const LAYOUT = "layout";

function layoutOf(document: Document): string {
  const sections = sectionsOf(document).map(({ title, list, origin, entries }) => {
    const rules = entries.map((entry) => entry.origin.rule).join(" ");
    return `${origin.unit} "${title}" (${list}): ${rules}`;
  });
  return sections.join("; ");
}

/** Takes a snapshot of a fragment alone, with its default parameters. */
export function snapshotOfFragment(fragment: AnyFragment): Snapshot {
  const rules: Record<string, string> = {};
  for (const [rule, source] of Object.entries(fragment.rules)) {
    const entry = typeof source === "function" ? source(fragment.values as never) : source;
    rules[`${fragment.id}/${rule}`] = stateOf(entry);
  }
  const { title, summary, list } = fragment;
  const about: Record<string, string> = { title, summary, list, [LAYOUT]: Object.keys(rules).join(" ") };
  for (const [name, schema] of Object.entries(fragment.params)) {
    const { $schema: _, ...shape } = toJSONSchema(schema, { io: "input" });
    about[`param ${name}`] = JSON.stringify(shape);
  }
  for (const [topic, value] of Object.entries(fragment.decides(fragment.values as never)))
    about[`decision ${topic}`] = JSON.stringify(value);
  return { rules, about };
}

function pathOf({ origin: { unit, rule } }: PlacedEntry): string {
  return `${unit}/${rule}`;
}

function stateOf(entry: Entry): string {
  if (entry.kind === "rule") return `${entry.strength}: ${entry.text}`;
  if (entry.kind === "example") return `example: ${entry.language}\n${entry.code}`;
  if (entry.kind === "table")
    return `table: ${[entry.columns, ...entry.rows].map((row) => row.join(" | ")).join("\n")}`;
  return `prose: ${entry.text}`;
}

function aboutOf(document: Document): Snapshot["about"] {
  const { title, role, triggers, tools, mcpServers, model, color, paths, decisions, references } = document;
  const about: Record<string, string | readonly string[] | undefined> = {
    title,
    role,
    description: describeWithExamples(document),
    triggers,
    tools,
    mcpServers,
    model: typeof model === "object" ? JSON.stringify(model) : model,
    color,
    paths,
  };
  for (const [topic, value] of Object.entries(decisions)) about[`decision ${topic}`] = JSON.stringify(value);
  for (const reference of references) about[`reference ${reference.id}`] = `${reference.title}: ${reference.when}`;
  return Object.fromEntries(
    Object.entries(about).filter((entry): entry is [string, string | readonly string[]] => entry[1] !== undefined),
  );
}

/** Every difference between two snapshots: rules in the order of the later one, then those removed, then the rest. */
export function changesBetween(before: Snapshot, after: Snapshot): Change[] {
  const changes = [
    ...compareMaps(before.rules, after.rules, kindOfRewording),
    ...compareMaps(joined(before.about), joined(after.about), () => "changed"),
  ];
  const others = changes.filter(({ path }) => path !== LAYOUT);
  return others.length > 0 ? others : changes;
}

function compareMaps(
  before: { readonly [path: string]: string },
  after: { readonly [path: string]: string },
  kindOf: (before: string, after: string) => Change["kind"],
): Change[] {
  const changes: Change[] = [];
  for (const [path, text] of Object.entries(after)) {
    const earlier = Object.hasOwn(before, path) ? before[path] : undefined;
    if (earlier === undefined) changes.push({ kind: "added", path, after: text });
    else if (earlier !== text) changes.push({ kind: kindOf(earlier, text), path, before: earlier, after: text });
  }
  for (const [path, text] of Object.entries(before)) {
    if (!Object.hasOwn(after, path)) changes.push({ kind: "removed", path, before: text });
  }
  return changes;
}

function kindOfRewording(before: string, after: string): Change["kind"] {
  const [weight, next] = [strengthOf(before), strengthOf(after)];
  if (weight === next) return "reworded";
  if (weight === -1 || next === -1) return "changed";
  return next < weight ? "strengthened" : "weakened";
}

/** Whether an entry of a snapshot is a rule, and not prose, a table or an example. */
export function isRuleState(state: string): boolean {
  return strengthOf(state) !== -1;
}

/** The rank of a rule's strength, hardest first; -1 for what is no rule. */
function strengthOf(state: string): number {
  return STRENGTHS.indexOf(state.slice(0, state.indexOf(":")) as Strength);
}

function joined(about: Snapshot["about"]): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(about).map(([name, value]) => [name, typeof value === "string" ? value : value.join(", ")]),
  );
}
