/** How a fact about a tool is known: seen in a request that the tool sent, or read in its documentation. */
export type Knowledge = "observed" | "documented";

/** The topics that a tool's description says something about. */
export type Topic = "memory" | "rules" | "skills" | "agents";

/** What is known of a tool: which version, since when, and how. */
export interface ContextTool {
  /** kebab-case, such as `claude-code`. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** The version that the facts hold for. */
  readonly version: string;
  /** The day on which its requests were read; undefined where none were. */
  readonly observed: string | undefined;
  /** Where the rest is documented, and when that page was last read. */
  readonly documented: { readonly source: string; readonly date: string };
  /** How each topic is known. A topic that is missing is not known, and no part speaks of it. */
  readonly known: { readonly [T in Topic]?: Knowledge };
}
