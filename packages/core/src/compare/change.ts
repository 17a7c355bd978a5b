/** One difference between two versions of a persona. */
export interface Change {
  /**
   * `added`, `removed`; `renamed`: another id, with the same text or with an old name that still works; `reworded`: the same
   * strength in other words; `widened`, `narrowed`: a rule that stands with more or with fewer values of its fragment's
   * parameters; `changed`: anything that is not a rule's text.
   */
  readonly kind:
    | "added"
    | "removed"
    | "renamed"
    | "reworded"
    | "strengthened"
    | "weakened"
    | "widened"
    | "narrowed"
    | "changed";
  /** `fragment/rule`, `fragment` where all of one is renamed, or what else has changed: `tools`, `decision testing.coverage`. */
  readonly path: string;
  /** The path that a renamed rule or fragment had before. */
  readonly from?: string;
  /** Of what is renamed: patches with the old name still work. */
  readonly alias?: true;
  readonly before?: string;
  readonly after?: string;
}
