import { type Document, type Origin, PersonaKitError } from "@personakit/core";

/** One generated file, or a block of one that also holds other text. */
export interface Artifact {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** LF line ends, no byte order mark. */
  readonly text: string;
  /** One for each line of `text`. */
  readonly origins: readonly Origin[];
  /** Set when the file belongs to the user: only the text between the markers of this name is ours. */
  readonly block?: string;
  /** How large that file may be, with what is the user's. */
  readonly fileLimit?: { readonly bytes: number; readonly beyond: string };
}

/** What a target may have to say of a persona. */
export type Feature =
  | "description"
  | "examples"
  | "model"
  | "tools"
  | "mcpServers"
  | "color"
  | "paths"
  | "references"
  | "body";

/**
 * What became of a feature. `kept`: said as it is; `mapped`: said in the tool's words; `degraded`: said in part;
 * `dropped`: not said. A restriction is never dropped: that is an error.
 */
export interface Fidelity {
  readonly feature: Feature;
  readonly status: "kept" | "mapped" | "degraded" | "dropped";
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

/** A limit that all personas of a build share. */
export interface SharedLimit {
  /** What is limited: "descriptions of all agents". */
  readonly what: string;
  readonly unit: "characters" | "bytes" | "tokens";
  readonly max: number;
  /** What the tool does beyond it. */
  readonly beyond: string;
  /** How much of it one persona takes, in `unit`. */
  readonly measure: (document: Document, artifacts: readonly Artifact[]) => number;
  /** An error stops the build: text would be lost. A warning does not. */
  readonly severity: "error" | "warning";
}

/** One tool's kind of file. Everything a target knows about its tool is data with a date. */
export interface Target {
  readonly kind: "target";
  readonly schemaVersion: 1;
  /** kebab-case; what `--target` takes. */
  readonly id: string;
  /** The tool that the file is written for. */
  readonly tool: string;
  /** Where the main file goes, with `<name>` for the persona's: for people. */
  readonly path: string;
  /** Every tool that loads the file from there, the tool itself included. */
  readonly readers: readonly string[];
  /** Paths in a repository that show that the tool is in use there; a folder with `/` at its end only when it is empty. */
  readonly signs?: readonly string[];
  /** When the facts were last compared with the source, and for which version of the tool. */
  readonly checked: { readonly date: string; readonly version: string; readonly source: string };
  /** Names that the tool keeps for itself. */
  readonly reserved?: readonly string[];
  readonly limits?: readonly SharedLimit[];
  /** The files for one persona. Throws a PersonaKitError when the persona cannot be said in this format. */
  compile(document: Document): Compiled;
  /** Files for the whole set of a build, such as a catalogue. */
  combine?(documents: readonly Document[]): readonly Artifact[];
}

/**
 * Defines a target, in this package or in another one. Throws on an id that is not kebab-case and on a missing date; its
 * `compile` throws for a persona with a name that the tool keeps for itself.
 */
export function defineTarget(spec: Omit<Target, "kind" | "schemaVersion">): Target {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(spec.id)) throw new Error(`target "${spec.id}": the id is not kebab-case.`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(spec.checked.date)) {
    throw new Error(`target "${spec.id}": checked.date is not a date such as 2026-11-21.`);
  }
  return {
    kind: "target",
    schemaVersion: 1,
    ...spec,
    compile(document) {
      refuseReserved(spec, document);
      return spec.compile(document);
    },
  };
}

function refuseReserved({ id: target, reserved }: Pick<Target, "id" | "reserved">, { id }: Document): void {
  if (!reserved?.includes(id)) return;
  const place = `persona "${id}", target ${target}`;
  const hint = "Build it under another id: extend({ id: ... }).";
  throw new PersonaKitError([{ place, problem: `the tool keeps the name "${id}" for itself`, hint }]);
}
