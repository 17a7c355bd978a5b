// Copies between files: what stands in two or more of them. It is loaded when someone asks.

export type { Copies, CopyDrift, CopyGroup, CopyPassage, CopyPlace, CopyVariant } from "./src/copies/copy-group.ts";
export { type PartialEdit, partialEdits } from "./src/copies/edits.ts";
export { type DifferingPart, differingParts, type FindCopiesOptions, findCopies } from "./src/copies/find.ts";
export { type NearGroup, nearTexts } from "./src/copies/near.ts";
export { type NumberPlace, type NumberQuestion, numbersThatContradict } from "./src/copies/numbers.ts";
export type { CopyParameter } from "./src/copies/template.ts";
export type { CopyFile } from "./src/copies/units.ts";
