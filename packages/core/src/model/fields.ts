declare global {
  namespace PersonaKit {
    /**
     * The fields that each target's tool takes, by target id. `@personakit/targets` fills it in, and a package with a target of its
     * own adds to it. Global, because the copy of this package that you import may not be the one that a target imports.
     */
    interface TargetFields {}
  }
}

/** What a field may hold: plain data, as YAML, TOML and JSON all say it. */
export type FieldValue = string | number | boolean | readonly FieldValue[] | { readonly [key: string]: FieldValue };

/** Fields by target id, then by the tool's own name for them, whatever they are. */
export interface FieldsByTarget {
  readonly [target: string]: { readonly [field: string]: FieldValue };
}

/** What no target has said the type of. */
type IsUntyped = [keyof PersonaKit.TargetFields] extends [never] ? true : false;

/**
 * Fields that only one tool knows, by target id: `{ "claude-agent": { maxTurns: 20 } }`. With `@personakit/targets` among your
 * packages, an editor knows them; without it, the build still checks them.
 */
export type Fields = IsUntyped extends true
  ? FieldsByTarget
  : { readonly [Target in keyof PersonaKit.TargetFields]?: PersonaKit.TargetFields[Target] };

/** Fields as a patch says them: `null` takes one out. */
export type FieldEdits = IsUntyped extends true
  ? UncheckedFieldEdits
  : {
      readonly [Target in keyof PersonaKit.TargetFields]?: {
        readonly [Field in keyof PersonaKit.TargetFields[Target]]?: PersonaKit.TargetFields[Target][Field] | null;
      };
    };

/** Fields of any name as a patch says them: `null` takes one out. */
export interface UncheckedFieldEdits {
  readonly [target: string]: { readonly [field: string]: FieldValue | null };
}

/** Names of tools by target id, in that tool's own words. */
export interface ToolsByTarget {
  readonly [target: string]: readonly string[];
}

/** What a tool fills in when it loads a text, by target id: `$ARGUMENTS`. */
export interface SubstitutionsByTarget {
  readonly [target: string]: readonly string[];
}

/** Settings in the words of single tools. Each is for its target only. */
export interface TargetSettings {
  /** Fields that only one tool knows, by target id. */
  readonly fields?: FieldsByTarget;
  /** Fields that nothing knows and nothing checks, by target id. A build warns of them. */
  readonly uncheckedFields?: FieldsByTarget;
  /** The tools that it may use in a target, by the tool's own names: finer than a capability. Every other target goes by `tools`. */
  readonly exactTools?: ToolsByTarget;
  /** Names of tools that PersonaKit does not know, by target id: written as they are, unchecked. A build warns of them. */
  readonly uncheckedTools?: ToolsByTarget;
  /** What a target leaves for its tool to fill in, such as `$ARGUMENTS`. Everything else of the kind is escaped. */
  readonly substitutions?: SubstitutionsByTarget;
}
