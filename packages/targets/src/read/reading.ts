import type { Capability } from "@personakit/core";
import type { Joined, Source } from "../format/keys.ts";

/** A list under a key, of which the names with this value count: `{ write: false }`. */
export interface EachOf {
  readonly kind: "each";
  readonly source: "tools";
  readonly value: string | boolean;
}

/** A key that makes an agent read-only where it has this value, or takes one more capability from one that is. */
export interface Switch {
  readonly kind: "switch";
  readonly value: string;
  readonly takes?: Capability;
}

/** What a key of a file says, where it is read. */
export type ReadKey = Source | "exactModel" | Joined | EachOf | Switch;

/** What a tool reads in a file besides what we write into it: old names, other places. Plain data, like all that is known of a tool. */
export interface Reading {
  /**
   * Other paths at which the tool finds such a file, with `<name>` for the persona's and `**` for any folders. What comes before the
   * first folder of its own, it may lie below: in a folder of a monorepo, and in a home directory.
   */
  readonly paths?: readonly string[];
  /** Paths that show what kind of file it is, although no tool looks there: a file that was copied, or of a plugin. */
  readonly forms?: readonly string[];
  /** Keys that we do not write, or that say more than we write. */
  readonly keys?: { readonly [name: string]: ReadKey };
  /** Names of tools that mean the same as others: older ones, and other spellings. */
  readonly renamed?: { readonly [name: string]: string };
  /** Keys whose values the tool reads as they stand, where YAML would want quotes. */
  readonly plain?: readonly string[];
  /** What the tool calls the persona: by the field, where it is an id, or by the path. Absent: by the path. */
  readonly identity?: "field";
  /** Where a key has this value, the file is for all files, whatever its globs say. */
  readonly everywhere?: { readonly [name: string]: string | boolean };
  /** The file is TOML, and its text stands under this key. */
  readonly toml?: string;
}

/** A key that makes an agent read-only where it has this value, or takes one more capability from one that is. */
export function switchedOn(value: string, takes?: Capability): Switch {
  return { kind: "switch", value, ...(takes === undefined ? {} : { takes }) };
}

/** A map in which the names with this value are taken away. */
export function eachOf(value: EachOf["value"]): EachOf {
  return { kind: "each", source: "tools", value };
}
