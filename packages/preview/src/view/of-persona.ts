import type { Document, DroppedEntry, Entry, Origin, PlacedEntry } from "@personakit/core";
import { describeDeprecation, entriesOf, kindOf, nameWithVersion } from "@personakit/core/internal";
import { type Artifact, countTokens, type Fidelity } from "@personakit/targets";
import type { DroppedView, FileView, OriginView, PersonaSummary, PersonaView } from "./view.ts";

/** A compiled persona, with what targets made of it. */
export interface BuiltPersona {
  /** What was compiled. */
  readonly document: Document;
  /** Where it was loaded from, as the user wrote it. */
  readonly source: string;
  /** The main file first, each with the targets that it is built for. */
  readonly artifacts: readonly (Artifact & { readonly targets: readonly string[] })[];
  /** What became of each feature, by target. */
  readonly fidelity: readonly (readonly [target: string, features: readonly Fidelity[]])[];
}

/** What the page shows of a persona. Returns plain JSON; each line of each file has its origin. */
export function viewOf({ document, source, artifacts, fidelity }: BuiltPersona): PersonaView {
  const origins = new Origins(document);
  const known = new Map<string, number>();
  return {
    id: document.id,
    ...(document.version === undefined ? {} : { version: document.version }),
    title: document.title,
    description: document.description,
    ...(document.extends === undefined ? {} : { extends: nameWithVersion(document.extends) }),
    source,
    files: artifacts.map((artifact) => fileView(artifact, origins, known)),
    origins: origins.views,
    dropped: document.dropped.map(droppedView),
    fidelity: fidelity.flatMap(([target, features]) =>
      features.map(({ feature, status, reason }) => ({
        ...{ target, feature, status },
        ...(reason === undefined ? {} : { reason }),
      })),
    ),
  };
}

/** A persona as a list shows it, without looking at its lines. */
export function summaryOf({ document, source, artifacts }: BuiltPersona): PersonaSummary {
  const { id, version, title, description, dropped } = document;
  const edited = entriesOf(document).filter(({ origin }) => origin.editedBy !== undefined);
  return {
    ...{ id, title, description, source, changes: edited.length + dropped.length },
    ...(version === undefined ? {} : { version }),
    tokens: countTokens(artifacts[0]?.text ?? ""),
    targets: [...new Set(artifacts.flatMap(({ targets }) => targets))],
  };
}

/** @param known Tokens by text: targets say most of it in the same words, and counting takes longer than all else. */
function fileView(
  { path, targets, text, origins: of }: BuiltPersona["artifacts"][number],
  origins: Origins,
  known: Map<string, number>,
): FileView {
  const lines = text.replace(/\n$/, "").split("\n");
  const from = lines.map((_, index) => origins.placeOf(of[index]));
  const texts = new Map<number, string>();
  for (const [index, line] of lines.entries()) {
    const origin = from[index] ?? 0;
    texts.set(origin, `${texts.get(origin) ?? ""}${line}\n`);
  }
  const costs = [...texts].map(([origin, said]) => {
    const cost = known.get(said) ?? countTokens(said);
    known.set(said, cost);
    return [origin, cost] as const;
  });
  return {
    ...{ path, targets, tokens: countTokens(text), lines, from },
    costs: costs.sort(([a, most], [b, less]) => less - most || a - b),
  };
}

/** The origins of a persona's lines, each once. */
class Origins {
  readonly views: OriginView[] = [];
  readonly #document: Document;
  readonly #entries: ReadonlyMap<string, PlacedEntry>;
  readonly #headings: ReadonlyMap<string, string>;
  readonly #places = new Map<string, number>();

  constructor(document: Document) {
    this.#document = document;
    this.#entries = new Map(entriesOf(document).map((entry) => [keyOf(entry.origin), entry]));
    const sections = [document, ...document.references].flatMap(({ sections: each }) => each);
    this.#headings = new Map(
      sections.flatMap(({ title, origin, entries }) => [
        [keyOf(origin), title] as const,
        ...entries.map((entry) => [keyOf(entry.origin), title] as const),
      ]),
    );
  }

  placeOf(origin: Origin | undefined): number {
    const known = origin ?? { unit: this.#document.id };
    const key = keyOf(known);
    const place = this.#places.get(key);
    if (place !== undefined) return place;
    this.#places.set(key, this.views.length);
    this.views.push(originView(known, this.#entries.get(key), this.#headings.get(key) ?? ""));
    return this.views.length - 1;
  }
}

function keyOf({ unit, rule, editedBy = "" }: Origin): string {
  return `${unit}/${rule ?? ""} ${editedBy}`;
}

function originView(origin: Origin, entry: PlacedEntry | undefined, section: string): OriginView {
  const { unit, version, persona, rule, editedBy } = origin;
  const notes = entry?.kind === "rule" ? entry : undefined;
  const base = entry?.base;
  const name = nameWithVersion({ id: persona ?? unit, version });
  return {
    path: rule === undefined ? unit : `${unit}/${rule}`,
    unit,
    stands: persona === undefined ? name : `${unit} of ${name}`,
    section,
    kind: entry === undefined ? "heading, role or front matter" : kindOf(entry).label(entry),
    ...(notes?.strength === undefined ? {} : { strength: notes.strength }),
    ...(notes === undefined ? {} : { text: headline(notes) }),
    ...(editedBy === undefined
      ? {}
      : { changed: { by: editedBy, ...(base === undefined ? {} : { before: headline(base) }) } }),
    ...(notes?.why === undefined ? {} : { why: notes.why }),
    ...(notes?.enforcedBy === undefined ? {} : { enforcedBy: notes.enforcedBy }),
    ...(notes?.evidence === undefined ? {} : { evidence: notes.evidence }),
    ...(notes?.reviewed === undefined ? {} : { reviewed: notes.reviewed }),
    ...(notes?.endOfLife === undefined ? {} : { ends: `${notes.endOfLife.subject}, on ${notes.endOfLife.date}` }),
    ...deprecation(unit, base ?? entry),
  };
}

function deprecation(unit: string, entry: Entry | undefined): Pick<OriginView, "deprecated"> {
  if (entry?.kind !== "rule" || entry.deprecated === undefined) return {};
  return { deprecated: describeDeprecation(unit, entry.deprecated) };
}

function droppedView({ path, by, reason, base }: DroppedEntry): DroppedView {
  return { path, by, reason, ...(base === undefined ? {} : { text: headline(base) }) };
}

function headline(entry: Entry): string {
  return kindOf(entry).headline(entry);
}
