import type { FileLimit } from "../model/compiled.ts";
import type { BodyLimit } from "./fit.ts";

/** Where a persona's files go. Paths are relative to the project, with forward slashes. */
export type Files = Main & {
  /** Where a reference goes, with `<name>` for the persona's and `<reference>` for its own. */
  readonly reference: ReferenceTemplate;
  /** What links to a reference say. Default: its path. */
  readonly links?: Links;
  /** Where the other files go that the target makes for a persona, with the same placeholders. */
  readonly also?: readonly string[];
  /** How long the body may be. */
  readonly limit?: BodyLimit;
};

/** A main file of its own, or a block in a file of the user's, which holds one for each persona. */
type Main =
  | { readonly main: `${string}<name>${string}`; readonly block?: never }
  | { readonly main: string; readonly block: { readonly fileLimit: FileLimit } };

/** A path or a link with the reference's id in it. */
export type ReferenceTemplate = `${string}<reference>${string}`;

/** Links by the kind of file that they stand in. */
export interface Links {
  readonly main: ReferenceTemplate;
  readonly reference: ReferenceTemplate;
}
