import type { Origin } from "@personakit/core";

/** One generated file, or a block of one that also holds other text. */
export interface Artifact {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** LF line ends, no byte order mark. */
  readonly text: string;
  /** `text` as front matter and the page below it, which other files share: joining them takes time. */
  readonly parts?: { readonly head: string; readonly page: string };
  /** One for each line of `text`. */
  readonly origins: readonly Origin[];
  /** Set when the file belongs to the user: only the text between the markers of this name is ours. */
  readonly block?: string;
  /** How large that file may be, with what is the user's. */
  readonly fileLimit?: FileLimit;
}

/** How large a file may be that a tool reads. */
export interface FileLimit {
  readonly bytes: number;
  /** What the tool does with a larger one. */
  readonly beyond: string;
}

/** What a target may have to express about a persona. */
export type Feature =
  | "description"
  | "examples"
  | "model"
  | "tools"
  | "mcpServers"
  | "color"
  | "paths"
  | "fields"
  | "references"
  | "body";

/**
 * What became of a feature. `kept`: said as it is; `mapped`: said in the tool's words; `degraded`: said in part;
 * `dropped`: not said. A restriction is never dropped: that is an error. `elsewhere`: said for other targets only, in their own words.
 */
export interface Fidelity {
  readonly feature: Feature;
  readonly status: "kept" | "mapped" | "degraded" | "dropped" | "elsewhere";
  /** Why, or into what; always there for what is not kept. */
  readonly reason?: string;
}

/** What a target makes of a persona. */
export interface Compiled {
  /** Main file first. */
  readonly artifacts: readonly Artifact[];
  /** One for each feature that the persona has. */
  readonly fidelity: readonly Fidelity[];
}
