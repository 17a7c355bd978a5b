import type { ListStyle, SchemaVersion, WithOrigin } from "../entries/kind.ts";
import { type Entry, kindOf } from "../entries/kinds.ts";
import type { Origin } from "../markdown/page.ts";
import type { Phrases } from "../phrases/phrases.ts";
import type { TargetSettings } from "./fields.ts";
import type { DecisionValue } from "./fragment.ts";
import type { Capability, DescriptionExample, Detection, Dropped, ToolSettings } from "./persona.ts";
import type { Renames } from "./renames.ts";
import type { AroundBody, SourceFile } from "./source-file.ts";

/** An entry with its parameters filled in, and where it comes from. */
export type PlacedEntry = Entry &
  WithOrigin & {
    /** What the fragment says, where a user has replaced it. */
    readonly base?: Entry;
  };

/** What a user has taken out, and what the fragment says there; a whole fragment or reference has no single text. */
export interface DroppedEntry extends Dropped {
  readonly base?: PlacedEntry;
}

/** A heading and what stands under it. */
export interface Section {
  /** Empty: its text stands without a heading. */
  readonly title: string;
  /** Of the heading, from 1 to 6. Absent: 2. */
  readonly depth?: number;
  /** Blank lines above the heading. Absent: 1. */
  readonly blank?: number;
  /** Blank lines above each entry that does not say its own. Absent: 1. */
  readonly blankWithin?: number;
  readonly list: ListStyle;
  readonly origin: Origin;
  readonly entries: readonly PlacedEntry[];
}

/** A document that is read on demand. */
export interface ReferenceDocument {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly sections: readonly Section[];
  /** Set where it was read from a file that was written by hand. */
  readonly source?: AroundBody;
}

/**
 * A compiled persona: plain JSON, the same for every target.
 * Text links to references as `[title](ref:id)`; rendering puts in the path.
 */
export interface Document extends ToolSettings, TargetSettings {
  readonly kind: "document";
  /** The lowest version of the model that can read it. */
  readonly schemaVersion: SchemaVersion;
  readonly id: string;
  readonly version?: string;
  /** Empty: it has no heading of its own. */
  readonly title: string;
  /** What it does, when to use it and when not, as one text without the examples. */
  readonly description: string;
  /** The words of the description that call for it. */
  readonly triggers: readonly string[];
  readonly examples: readonly DescriptionExample[];
  /** Empty: it says none. */
  readonly role: string;
  /** The language of its phrases, where that is not English. */
  readonly language?: string;
  /** What the compiler says in it, where that is not plain English. */
  readonly phrases?: Phrases;
  readonly tools?: readonly Capability[];
  readonly mcpServers: readonly string[];
  readonly sections: readonly Section[];
  readonly references: readonly ReferenceDocument[];
  readonly decisions: { readonly [topic: string]: DecisionValue };
  /** What users have taken out, and why. */
  readonly dropped: readonly DroppedEntry[];
  /** Absent: any project. */
  readonly appliesTo?: Detection;
  /** The nearest published persona that it was made from. */
  readonly extends?: { readonly id: string; readonly version: string };
  /** The nearest published personas that it takes over. */
  readonly includes?: readonly { readonly id: string; readonly version: string }[];
  /** What its fragments and rules were called before. */
  readonly renamed?: Renames;
  /** Set where it was read from a file that was written by hand. */
  readonly source?: SourceFile;
}

/** The lowest version of the model that can read some of what it can say. */
export function latest(versions: readonly SchemaVersion[]): SchemaVersion {
  return versions.includes(2) ? 2 : 1;
}

/** The version that can read an entry, and what it replaced. */
export function entrySince(entry: Entry & { readonly base?: Entry }): SchemaVersion {
  const since = entry.blank === undefined ? kindOf(entry).since(entry) : 2;
  return entry.base === undefined || since === 2 ? since : entrySince(entry.base);
}

type Heading = Pick<Section, "depth" | "blank" | "blankWithin">;

const USUAL: Heading = {};

/** How a section's heading and entries stand, as far as that is not as usual. */
export function headingOf({ depth = 2, blank = 1, blankWithin = 1 }: Heading): Heading {
  if (depth === 2 && blank === 1 && blankWithin === 1) return USUAL;
  return {
    ...(depth === 2 ? {} : { depth }),
    ...(blank === 1 ? {} : { blank }),
    ...(blankWithin === 1 ? {} : { blankWithin }),
  };
}

/** The version that can read a section, its entries not counted. */
export function sectionSince(section: Omit<Section, "origin" | "entries">): SchemaVersion {
  const { title, depth, blank, blankWithin, list } = section;
  return title === "" || list === "asWritten" || (depth ?? blank ?? blankWithin) !== undefined ? 2 : 1;
}

/** The version that can read settings of single targets: an older one would lose a restriction among them. */
export function targetsSince({
  exactTools,
  uncheckedTools,
  substitutions,
  fields,
  uncheckedFields,
}: TargetSettings): SchemaVersion {
  return (exactTools ?? uncheckedTools ?? substitutions ?? fields ?? uncheckedFields) === undefined ? 1 : 2;
}

/** The parts of a document beside its sections that an older version may not be able to read. */
interface Parts extends Pick<Document, "title" | "role" | "dropped"> {
  readonly source?: Document["source"] | undefined;
  readonly phrases?: Document["phrases"] | undefined;
}

/** The version that can read what stands in a document beside its sections. */
export function documentSince({ title, role, dropped, source, phrases }: Parts): SchemaVersion {
  const isNew = title === "" || role === "" || (source ?? phrases) !== undefined;
  return isNew || dropped.some(({ base }) => base !== undefined && entrySince(base) === 2) ? 2 : 1;
}

/** The origin of what a persona says itself: its title, its role, its list of references. */
export function originOfDocument({ id, version }: Pick<Document, "id" | "version">): Origin {
  return { unit: id, ...(version === undefined ? {} : { version }) };
}

/** Every section of a document, those of its references included. */
export function sectionsOf({ sections, references }: Document): readonly Section[] {
  return references.length === 0 ? sections : [...sections, ...references.flatMap((reference) => reference.sections)];
}

/** Every entry of a document, references included. */
export function entriesOf(document: Document): PlacedEntry[] {
  return sectionsOf(document).flatMap((section) => section.entries);
}

/** An entry's id in its document: `security-checklist/csrf`. */
export function pathOf({ origin: { unit, rule } }: PlacedEntry): string {
  return `${unit}/${rule}`;
}

/** The published fragments in a document, in its order; sections of its own are not among them. */
export function fragmentsIn(document: Document): { readonly id: string; readonly version: string }[] {
  const fragments: { readonly id: string; readonly version: string }[] = [];
  for (const { origin } of sectionsOf(document)) {
    const { unit, version, persona } = origin;
    if (version !== undefined && persona === undefined) fragments.push({ id: unit, version });
  }
  return fragments;
}

/** A document's description with its examples as `<example>` blocks, the form that Claude Code's own agents use. */
export function describeWithExamples({ description, examples }: Pick<Document, "description" | "examples">): string {
  const blocks = examples.map(
    ({ context, user, assistant, commentary }) =>
      `<example>\nContext: ${context}\nuser: "${user}"\nassistant: "${assistant}"\n<commentary>\n${commentary}\n</commentary>\n</example>`,
  );
  return [description, ...blocks].join("\n\n");
}
