/**
 * How large things may be. Each is at least ten times the largest real one, of 1,000 public persona files and of the
 * personas of this repository: what is larger was not written by a person, and would take seconds or hundreds of megabytes.
 */
export const LIMITS = {
  /** A rule, a paragraph, a code example, a description. Real: 18,300 in an example, 3,400 in a paragraph. */
  text: { most: 200_000, of: "characters" },
  /** All texts and names of a compiled persona. Real: 134,000. */
  texts: { most: 1_500_000, of: "characters" },
  /** Real: 360. */
  cell: { most: 10_000, of: "characters" },
  /** Of a table. Real: 8. */
  columns: { most: 100, of: "columns" },
  /** Of a table. Real: 26. */
  rows: { most: 1_000, of: "rows" },
  /** Of a fragment, and of a whole persona. Real: 358 in a file, 301 in a persona. */
  entries: { most: 5_000, of: "rules" },
  /** Of a whole persona. Real: 76 in a file, 36 in a persona. */
  sections: { most: 1_000, of: "fragments and sections" },
  /** Of a persona. Real: 7. */
  references: { most: 200, of: "references" },
  /** Triggers, examples, tools, servers, globs. Real: 17. */
  names: { most: 1_000, of: "items" },
  /** Of a fragment. Real: 4. */
  parameters: { most: 200, of: "parameters" },
  /** Rules that users have added to a persona: each may stand next to the one before. Real: 1, in an example. */
  additions: { most: 1_000, of: "added rules" },
  /** Texts, numbers, lists and objects of a compiled persona, or of a parameter. Real: 3,870. */
  values: { most: 100_000, of: "values" },
  /** Lists and objects within each other. Real: 9. */
  depth: { most: 64, of: "levels" },
} as const;
