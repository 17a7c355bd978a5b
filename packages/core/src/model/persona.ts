import type { SchemaVersion } from "../entries/kind.ts";
import type { Drop, EntrySource } from "../entries/kinds.ts";
import type { Issue } from "../issues/issue.ts";
import type { Wording } from "../phrases/wording.ts";
import type { Fields, FieldsByTarget, SubstitutionsByTarget, TargetSettings, ToolsByTarget } from "./fields.ts";
import type { AnyFragment, Decisions } from "./fragment.ts";
import type { AroundBody, SourceFile } from "./source-file.ts";

/** What an agent may do, in no tool's words; each target maps it to its own. */
export type Capability = (typeof CAPABILITIES)[number];

/** Every capability there is. */
export const CAPABILITIES = ["read", "search", "edit", "shell", "web", "spawn"] as const;

/** How strong a model the work needs, in no vendor's words; each target maps it to its own. */
export type ModelTier = (typeof MODEL_TIERS)[number];

/** Every tier there is. */
export const MODEL_TIERS = ["fast", "balanced", "deep"] as const;

/** A tier, and exact model ids for the targets that should not choose by it. */
export interface ModelChoice {
  /** For every other target. */
  readonly tier?: ModelTier;
  /** By target id, in that tool's own words: `{ "opencode-agent": "anthropic/claude-sonnet-4-5" }`. */
  readonly exact: { readonly [target: string]: string };
}

/** The colours that tools know. */
export type Color = (typeof COLORS)[number];

/** Every colour there is. */
export const COLORS = ["red", "blue", "green", "yellow", "purple", "orange", "pink", "cyan"] as const;

/** What a persona asks of the tool that runs it, in no tool's words. */
export interface ToolSettings {
  /** Absent: the tool's own default. */
  readonly model?: ModelTier | ModelChoice;
  /** The colour in which tools show it. */
  readonly color?: Color;
  /** Globs of the files that the persona is for, where a tool loads it by file. Absent: all files. */
  readonly paths?: readonly string[];
}

/** The signs in a repository that a persona is for it. */
export interface Detection {
  /** Names of npm packages that the project depends on; `*` at the end stands for any ending. */
  readonly dependencies?: readonly string[];
  /** Files and folders at its root. */
  readonly files?: readonly string[];
}

/** A conversation that shows when a persona is the right one. */
export interface DescriptionExample {
  /** What has happened so far. */
  readonly context: string;
  /** What the user asks. */
  readonly user: string;
  /** How the assistant calls the persona. */
  readonly assistant: string;
  /** Why the persona is the right one. */
  readonly commentary: string;
}

/** How a tool decides to call the persona. Compiled to one text: does, when, triggers, notFor, examples. */
export interface Description {
  /** What it does, in one sentence. */
  readonly does: string;
  /** When to use it, as sentences; empty where `does` says that too. */
  readonly when: string;
  /** Words in a request that call for it. */
  readonly triggers?: readonly string[];
  /** When not to use it, and what to use instead, as sentences. */
  readonly notFor: string;
  /** Conversations in which a tool should call it. */
  readonly examples?: readonly DescriptionExample[];
}

/** The description of a persona that has none. */
export const NO_DESCRIPTION: Description = { does: "", when: "", notFor: "" };

/** A longer document that the persona reads on demand. Link to it with `[title](ref:id)`. */
export interface ReferenceSpec<Used extends AnyFragment = AnyFragment> {
  readonly title: string;
  /** Completes "Read it when ...": the moment at which the document is worth its tokens. */
  readonly when: string;
  readonly use: readonly Used[];
}

/** What a user changed in one rule, and in which persona. */
export interface Edit {
  readonly change: Drop | EntrySource<never>;
  readonly by: string;
}

/** Something that a user has taken out of a persona. */
export interface Dropped {
  /** `fragment/rule`, `fragment` for a whole one, `ref:id` for a reference. */
  readonly path: string;
  readonly reason: string;
  readonly by: string;
}

/** A rule that a user added next to another. */
export interface Addition {
  readonly side: "after" | "before";
  /** `fragment/rule` */
  readonly anchor: string;
  /** The fragment that owns the rule, so that the next persona can edit it. */
  readonly owner: AnyFragment;
  readonly rule: string;
}

/** A reference with its fragments. */
export interface Reference {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly use: readonly AnyFragment[];
  /** Set where it was read from a file that was written by hand. */
  readonly source?: AroundBody;
}

/** A persona's data: what it was defined with, and what its users have changed since. */
export interface PersonaData extends ToolSettings, TargetSettings, Wording {
  readonly kind: "persona";
  readonly schemaVersion: SchemaVersion;
  readonly id: string;
  readonly version?: string;
  readonly title: string | false;
  readonly description: Description;
  readonly role: string | false;
  readonly tools?: readonly Capability[];
  readonly mcpServers: readonly string[];
  readonly decides: Decisions;
  readonly use: readonly AnyFragment[];
  readonly references: readonly Reference[];
  /** By fragment, then by rule; the latest persona has the last word. */
  readonly edits: { readonly [fragment: string]: { readonly [rule: string]: Edit } };
  readonly additions: readonly Addition[];
  /** Whole fragments and references. */
  readonly dropped: readonly Dropped[];
  readonly appliesTo?: Detection;
  /** The nearest published persona that it was made from. */
  readonly extends?: { readonly id: string; readonly version: string };
  /** Set where it was read from a file that was written by hand. Such a persona may have no description. */
  readonly source?: SourceFile;
  /** The nearest published personas that it takes over. */
  readonly includes?: readonly { readonly id: string; readonly version: string }[];
  /** What its patches should say otherwise, since the nearest published persona: old names. */
  readonly warnings?: readonly Issue[];
}

/** Any persona, whatever its fragments and references. */
export interface AnyPersona extends PersonaData {
  readonly "~contract"?: { readonly fragments: AnyFragment; readonly references: string };
}

/** The fragments of an item of `use`: a fragment, one that is placed, or a persona with all of its own. */
export type FragmentIn<Item> = Item extends { readonly kind: "fragment" }
  ? Extract<Item, AnyFragment>
  : Item extends { readonly fragment: infer Used extends AnyFragment }
    ? Used
    : Item extends {
          readonly kind: "persona";
          readonly "~contract"?: { readonly fragments: infer Used extends AnyFragment };
        }
      ? Used
      : never;

/** The ids of the references of an item of `use`: those of a persona. */
export type ReferenceIn<Item> = Item extends {
  readonly kind: "persona";
  readonly "~contract"?: { readonly references: infer Id extends string };
}
  ? Id
  : never;

/** References by id. */
export type References = { readonly [id: string]: ReferenceSpec };

/** The fragments of all references. */
export type UsedBy<Refs extends References> = Refs[keyof Refs]["use"][number];

/** What `definePersona` takes. */
export interface PersonaSpec<Id extends string, Item extends AnyFragment | AnyPersona, Refs extends References>
  extends ToolSettings,
    Wording {
  /** kebab-case, at most 64 characters (Agent Skills specification, `name`); the name under which tools list the persona. */
  readonly id: Id;
  /** The package's version: `import manifest from "./package.json"` and pass `manifest.version`. */
  readonly version?: string;
  /** The heading of the compiled document; `false` for one without. */
  readonly title: string | false;
  /** When a tool should call the persona, and when not; `false` where it is only for tools that do not choose by it. */
  readonly description: Description | false;
  /** Who speaks and what for, in a sentence or two; `false` where the sections say it. */
  readonly role: string | false;
  /** A restriction to these capabilities. Absent: whatever the tool grants. */
  readonly tools?: readonly Capability[];
  /**
   * The tools of single targets, by the tool's own names, where a capability is too coarse:
   * `{ "claude-agent": ["Read", "Grep", "Glob", "WebSearch"] }`. Every other target goes by `tools`.
   */
  readonly exactTools?: ToolsByTarget;
  /** More tools of single targets, which PersonaKit does not know: written as they are, unchecked, and with a warning. */
  readonly uncheckedTools?: ToolsByTarget;
  /**
   * What a target leaves in the text for its tool to fill in: `{ "claude-skill": ["$ARGUMENTS"] }`. Without it, a tool gets such
   * words escaped, so that it shows them as they are.
   */
  readonly substitutions?: SubstitutionsByTarget;
  /** Fields that only one tool knows, by target id: `{ "claude-agent": { maxTurns: 20 } }`. */
  readonly fields?: Fields;
  /** Fields that PersonaKit does not know, by target id: written as they are, unchecked, and with a warning. */
  readonly uncheckedFields?: FieldsByTarget;
  /** MCP servers that the text relies on. */
  readonly mcpServers?: readonly string[];
  /** Settles topics that its fragments decide differently, with a value that one of them says. */
  readonly decides?: Decisions;
  /**
   * Fragments and own sections, in document order. A persona stands for its fragments, its references and what its users have
   * changed; its description, role, tools and other settings stay its own.
   */
  readonly use: readonly Item[];
  /** Longer documents that it reads on demand, by id. */
  readonly references?: Refs;
  /** The projects that it is for, so that `personakit init` can propose it. Absent: any project. */
  readonly appliesTo?: Detection;
}

/** All fragments of a persona: those of its body, of its references, and the ones that own added rules. */
export function fragmentsOf(data: PersonaData): readonly AnyFragment[] {
  if (data.references.length + data.additions.length === 0) return data.use;
  const owners = new Map(data.additions.map(({ owner }) => [owner.id, owner]));
  return [...data.use, ...data.references.flatMap((reference) => reference.use), ...owners.values()];
}
