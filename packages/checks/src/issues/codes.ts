/** Every code of an issue that this package finds, and what it means. */
export const CODES = {
  "invalid-check":
    "A check's definition is not valid: its id is malformed, or it lacks a reason, a way to look, or an example.",
  "unknown-check": "There is no check and no group of checks with this id.",
  "repeated-check": "Two checks have the same id.",
} as const;

/** A code of this package's issues. */
export type Code = keyof typeof CODES;
