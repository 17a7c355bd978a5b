import type { Features } from "./features.ts";
import type { KnownFields } from "./field.ts";

/** What other targets have to know of one to tell what a persona says only for it. */
export interface Known {
  readonly features: Features;
  readonly fields?: KnownFields | undefined;
  /** The words of a text that the tool fills in when it loads one. */
  readonly filledIn?: ((text: string) => readonly string[]) | undefined;
  /** The fields that it writes itself, each with what to say instead; undefined where its format has no fields at all. */
  readonly owned: () => { readonly [name: string]: string } | undefined;
}

const KNOWN = new Map<string, Known>();

/** Lets other targets know one, by its id. Returns nothing. */
export function makeKnown(id: string, { features, fields, filledIn, owned }: Known): void {
  KNOWN.set(id, { features, fields, filledIn, owned });
}

/** What is known of a target; undefined for one that nothing has defined. */
export function knownTarget(id: string): Known | undefined {
  return KNOWN.get(id);
}
