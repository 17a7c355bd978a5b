/**
 * How large things may be. Each is at least ten times the largest real one, of 1,000 public persona files and of the
 * personas of this repository: what is larger was not written by a person, and would take seconds or hundreds of megabytes.
 */
export const LIMITS = {
  /** A rule, a paragraph, a code example, a description. Real: 6,800. */
  text: { most: 100_000, of: "characters" },
  /** All texts and names of a compiled persona. Real: 135,000. */
  texts: { most: 1_500_000, of: "characters" },
  /** Real: 360. */
  cell: { most: 10_000, of: "characters" },
  /** Of a table. Real: 8. */
  columns: { most: 100, of: "columns" },
  /** Of a table. Real: 60. */
  rows: { most: 1_000, of: "rows" },
  /** Of a fragment, and of a whole persona. Real: 390 in a file, 301 in a persona. */
  entries: { most: 5_000, of: "rules" },
  /** Of a persona's body and of each reference. Real: 36. */
  sections: { most: 1_000, of: "fragments and sections" },
  /** Of a persona. Real: 7. */
  references: { most: 200, of: "references" },
  /** Triggers, examples, tools, servers, globs. Real: 17. */
  names: { most: 1_000, of: "items" },
  /** Of a fragment. Real: 6. */
  parameters: { most: 200, of: "parameters" },
  /** Rules that users have added to a persona: each may stand next to the one before. Real: 3. */
  additions: { most: 1_000, of: "added rules" },
  /** Texts, numbers, lists and objects of a compiled persona, or of a parameter. Real: 3,900. */
  values: { most: 100_000, of: "values" },
  /** Lists and objects within each other. Real: 9. */
  depth: { most: 64, of: "levels" },
} as const;
