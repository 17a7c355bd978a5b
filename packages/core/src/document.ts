import type { Entry, Example, Prose, Rule, Table } from "./entry.ts";
import type { DecisionValue, ListStyle } from "./fragment.ts";
import type { Capability, Choices, DescriptionExample, Dropped, Signs } from "./persona.ts";

/** Where a piece of text comes from. */
export interface Origin {
  /** Id of the fragment or section, or of the persona for its role and headings. */
  readonly unit: string;
  /** The version of the fragment, or of the persona that a section belongs to. Absent where that is not published. */
  readonly version?: string;
  /** The persona that a section belongs to. */
  readonly persona?: string;
  readonly rule?: string;
  /** The persona whose `extend` replaced the text. */
  readonly editedBy?: string;
}

/** An entry with its parameters filled in, and where it comes from. */
export type PlacedEntry = (Rule | Prose | Table | Example) & {
  readonly origin: Origin & { readonly rule: string };
  /** What the fragment says, where a user has replaced it. */
  readonly base?: Entry;
};

/** What a user has taken out, and what the fragment says there; a whole fragment or reference has no single text. */
export interface DroppedEntry extends Dropped {
  readonly base?: PlacedEntry;
}

/** A heading and what stands under it. */
export interface Section {
  readonly title: string;
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
}

/**
 * A compiled persona: plain JSON, the same for every target.
 * Text links to references as `[title](ref:id)`; rendering puts in the path.
 */
export interface Document extends Choices {
  readonly kind: "document";
  readonly schemaVersion: 1;
  readonly id: string;
  readonly version?: string;
  readonly title: string;
  /** What it does, when to use it and when not, as one text without the examples. */
  readonly description: string;
  /** The words of the description that call for it. */
  readonly triggers: readonly string[];
  readonly examples: readonly DescriptionExample[];
  readonly role: string;
  readonly tools?: readonly Capability[];
  readonly mcpServers: readonly string[];
  readonly sections: readonly Section[];
  readonly references: readonly ReferenceDocument[];
  readonly decisions: { readonly [topic: string]: DecisionValue };
  /** What users have taken out, and why. */
  readonly dropped: readonly DroppedEntry[];
  /** Absent: any project. */
  readonly suits?: Signs;
  /** The nearest published persona that it was made from. */
  readonly extends?: { readonly id: string; readonly version: string };
}
