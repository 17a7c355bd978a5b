import type { Document, DroppedEntry, Origin, PlacedEntry } from "@personakit/core";
import { entriesOf, fragmentsIn, kindOf, nameWithVersion } from "@personakit/core/internal";
import { type Artifact, countTokens, type Fidelity } from "@personakit/targets";
import { headline, notesOf } from "./notes.ts";
import type { DroppedView, FileView, OriginView, PersonaSummary, PersonaView } from "./view.ts";

/** A compiled persona, with what targets made of it. */
export interface BuiltPersona {
  /** What was compiled. */
  readonly document: Document;
  /** Where it was loaded from, as the user wrote it. */
  readonly source: string;
  /** The npm package that it comes from, where others can install it. */
  readonly package?: string;
  /** The main file first, each with the targets that it is built for. */
  readonly artifacts: readonly (Artifact & { readonly targets: readonly string[] })[];
  /** What became of each feature, by target. */
  readonly fidelity: readonly (readonly [target: string, features: readonly Fidelity[]])[];
}

/** What the page shows of a persona. Returns plain JSON; each line of each file has its origin. */
export function viewOf({ document, source, package: from, artifacts, fidelity }: BuiltPersona): PersonaView {
  const origins = new Origins(document);
  const known = new Map<string, number>();
  return {
    id: document.id,
    ...(document.version === undefined ? {} : { version: document.version }),
    title: document.title,
    description: document.description,
    ...(document.extends === undefined ? {} : { extends: nameWithVersion(document.extends) }),
    source,
    ...(from === undefined ? {} : { package: from }),
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
export function summaryOf({ document, source, package: from, artifacts }: BuiltPersona): PersonaSummary {
  const { id, version, title, description, dropped } = document;
  const edited = entriesOf(document).filter(({ origin }) => origin.editedBy !== undefined);
  return {
    ...{ id, title, description, source, changes: edited.length + dropped.length },
    ...(version === undefined ? {} : { version }),
    ...(from === undefined ? {} : { package: from }),
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
  readonly #fragments: ReadonlySet<string>;
  readonly #places = new Map<string, number>();

  constructor(document: Document) {
    this.#document = document;
    this.#entries = new Map(entriesOf(document).map((entry) => [keyOf(entry.origin), entry]));
    this.#fragments = new Set(fragmentsIn(document).map(({ id }) => id));
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
    const view = originView(known, this.#entries.get(key), this.#headings.get(key) ?? "");
    this.views.push(this.#fragments.has(known.unit) ? { ...view, isOfFragment: true } : view);
    return this.views.length - 1;
  }
}

function keyOf({ unit, rule, editedBy = "" }: Origin): string {
  return `${unit}/${rule ?? ""} ${editedBy}`;
}

function originView(origin: Origin, entry: PlacedEntry | undefined, section: string): OriginView {
  const { unit, version, persona, rule, editedBy } = origin;
  const base = entry?.base;
  const name = nameWithVersion({ id: persona ?? unit, version });
  return {
    path: rule === undefined ? unit : `${unit}/${rule}`,
    unit,
    stands: persona === undefined ? name : `${unit} of ${name}`,
    section,
    kind: entry === undefined ? "heading, role or front matter" : kindOf(entry).label(entry),
    ...(entry?.kind === "rule" ? { text: headline(entry) } : {}),
    ...(editedBy === undefined
      ? {}
      : { changed: { by: editedBy, ...(base === undefined ? {} : { before: headline(base) }) } }),
    ...(entry === undefined ? {} : notesOf(entry, unit, base)),
  };
}

function droppedView({ path, by, reason, base }: DroppedEntry): DroppedView {
  return { path, by, reason, ...(base === undefined ? {} : { text: headline(base) }) };
}
