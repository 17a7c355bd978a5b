import { type Document, type Issue, type PlacedEntry, type Snapshot, snapshot } from "@personakit/core";
import { own, sectionsOf } from "@personakit/core/internal";
import { countTokens, type Target, targets, verifyArtifact } from "@personakit/targets";
import { keyOf } from "../disk/artifact-key.ts";
import {
  type ComparedFile,
  comparer,
  headOf,
  isChanged,
  isStageable,
  type RecordedFile,
  readRecorded,
  type Wanted,
} from "../disk/file-status.ts";
import { conflictsThroughLinks, standOf } from "../disk/links.ts";
import { type AddedFrom, LOCKFILE, type Lockfile, type PersonaRecord, recordOf } from "../disk/lockfile.ts";
import type { Stager } from "../disk/stager.ts";
import { isVouchedFor } from "../disk/vouch.ts";
import { attempt, throwIssues } from "../issues/command-error.ts";
import {
  ALL_PERSONAS,
  type Plan,
  type PlannedArtifact,
  type PlannedPersona,
  type SharedPlan,
} from "../plan/make-plan.ts";
import { isPackageName } from "../sources/package-spec.ts";
import { type CombinedFiles, combineFiles, withRecorded } from "./combined-files.ts";

/** How a plan compares with what is on disk. */
export interface DiskComparison {
  readonly compared: readonly ComparedFile[];
  /** Keys of what would be written, had it not been ejected. */
  readonly ejected: readonly string[];
  /** Files that were written and are not made any more. */
  readonly orphans: readonly RecordedFile[];
  /** Files that the lockfile calls ours, and that no target makes: they are left alone, and their records go. */
  readonly doubtful: readonly RecordedFile[];
  /** Files of targets that are not known here: they are left alone, with their records. */
  readonly unknown: readonly RecordedFile[];
  /** Shared files that would lose personas. */
  readonly lost: CombinedFiles["lost"];
  /** What is wrong with staged files. */
  readonly misread: readonly Issue[];
  /** What the lockfile would keep of each persona. */
  readonly personas: Lockfile["personas"];
  /** The personas of which a hand has changed a file, by id. */
  readonly edited: ReadonlyMap<string, Document>;
}

/** Which part of a project is compared, and why. */
export interface Scope extends Wanted {
  /** Everything that the project builds: all other files, except added ones, are orphans. */
  readonly whole?: boolean;
  /** Personas to remove. */
  readonly without?: readonly string[];
  /** Third-party targets beyond those that the personas are built for. */
  readonly known?: readonly Target[];
  /** Where added personas came from, by persona. */
  readonly added?: { readonly [persona: string]: AddedFrom };
}

/** How many rows a command prints at most where nobody asks for all. Of new personas beyond it, no tokens are counted. */
export const MOST_ROWS = 12;

/** What of a persona is compared. */
export type ComparedPersona = Pick<PlannedPersona, "document" | "artifacts"> & {
  readonly request: Pick<PlannedPersona["request"], "source">;
};

/** Compares personas with a project, one by one, and keeps only texts that differ. */
export class ProjectComparer {
  readonly #folder: string;
  readonly #lockfile: Lockfile;
  readonly #scope: Scope;
  readonly #compare: ReturnType<typeof comparer>;
  readonly #compared: ComparedFile[] = [];
  readonly #ejected: string[] = [];
  readonly #personas: Record<string, PersonaRecord> = {};
  readonly #misread: Issue[] = [];
  readonly #edited = new Map<string, Document>();
  #stagedPersonas = 0;
  /** `persona target`, for each that was compiled, where that decides what is an orphan. */
  readonly #made = new Set<string>();

  constructor(folder: string, lockfile: Lockfile, scope: Scope = {}) {
    this.#folder = folder;
    this.#lockfile = lockfile;
    this.#scope = scope;
    this.#compare = comparer(folder, lockfile, scope);
  }

  add(planned: ComparedPersona, isStaged = false): void {
    const { document, artifacts } = planned;
    for (const artifact of artifacts) {
      if (!this.#scope.whole) for (const id of artifact.targets) this.#made.add(`${document.id} ${id}`);
      if (this.#compareOne(artifact, isStaged)?.state === "edited") this.#edited.set(document.id, document);
    }
    // What is only compared is the user's, and none of it is recorded.
    if (artifacts.every(({ isSource }) => isSource)) return;
    const source = own(this.#scope.added, document.id);
    // Kept only where the lockfile may be written.
    const isKept = this.#scope.hashes && (source !== undefined || saysPublished(planned));
    const published = isKept ? publishedSnapshot(planned, source !== undefined) : undefined;
    this.#personas[document.id] = recordOf(document, published, source);
  }

  /** Like {@link add}, but verifies and stages new files, and does not keep their texts. */
  addStaged(persona: PlannedPersona, stager: Stager): void {
    const first = this.#compared.length;
    const isShown = this.#stagedPersonas++ < MOST_ROWS;
    this.add(persona, true);
    for (let index = first; index < this.#compared.length; index++) {
      const compared = this.#compared[index] as ComparedFile;
      if (!isChanged(compared) || compared.state !== "missing" || !isStageable(compared.artifact, compared.before))
        continue;
      const { artifact, before: _, found: __, state, ...at } = compared;
      const { text } = artifact;
      this.#misread.push(...misreadOf(artifact));
      const tokens = isShown && at.tokens === undefined ? { tokens: countTokens(text) } : {};
      const ready = stager.stage({ file: at.file, text });
      this.#compared[index] = {
        ...at,
        ...tokens,
        artifact: headOf(artifact),
        state,
        before: undefined,
        ready,
      };
    }
  }

  #compareOne(artifact: PlannedArtifact, isStaged = false): ComparedFile | undefined {
    const compared = this.#compare(artifact, isStaged);
    if (compared === undefined) this.#ejected.push(keyOf(artifact));
    else this.#compared.push(compared);
    return compared;
  }

  /** Compares what personas share, and finds files that nothing makes any more. */
  finish(shared: SharedPlan): DiskComparison {
    const { whole = false, without = [] } = this.#scope;
    const { personas } = this.#lockfile;
    // A persona that was added and is now configured belongs to the configuration.
    const isAdded = (id: string) => personas[id]?.package !== undefined && !Object.hasOwn(this.#personas, id);
    const stays = (id: string) => !without.includes(id) && (!whole || isAdded(id));
    const combined = whole || without.length > 0 ? withRecorded(shared, this.#lockfile) : shared.combined;
    const { artifacts, lost } = combineFiles(this.#folder, combined, this.#lockfile, stays);
    for (const artifact of artifacts) this.#compareOne(artifact);
    const compared = this.#compared;
    throwIssues(conflictsThroughLinks(this.#folder, compared));
    const planned = new Set(compared.map(({ key }) => key));
    const found = readRecorded(this.#folder, this.#lockfile, (key, { persona, targets }) => {
      if (planned.has(key)) return false;
      if (without.includes(persona)) return true;
      if (persona === ALL_PERSONAS) return combined.some(({ path }) => path === key);
      return whole
        ? !isAdded(persona)
        : targets.length > 0 && targets.every((id) => this.#made.has(`${persona} ${id}`));
    });
    const recorded = found.length === 0 ? found : withoutShared(found, compared);
    const known = [...targets, ...shared.targets, ...(this.#scope.known ?? [])];
    const ids = new Set(known.map(({ id }) => id));
    // For a file that is gone, only the record has to be removed.
    const isOrphan = ({ key, record, state }: RecordedFile) => state === "gone" || isVouchedFor(key, record, known);
    const others = recorded.filter((each) => !isOrphan(each));
    const isKnown = ({ record }: RecordedFile) => record.targets.every((id) => ids.has(id));
    return {
      compared,
      ejected: this.#ejected,
      orphans: recorded.filter(isOrphan),
      doubtful: others.filter(isKnown),
      unknown: others.filter((each) => !isKnown(each)),
      lost,
      misread: this.#misread,
      personas: this.#personas,
      edited: this.#edited,
    };
  }
}

/** How a file is misread by a parser of its format, and so by its tool. A text of the user's is as it is. */
export function misreadOf(artifact: PlannedArtifact): readonly Issue[] {
  if (artifact.isOwnText) return [];
  return attempt(() => {
    verifyArtifact(artifact);
    return [];
  }).issues;
}

/** A file that is now made under another path, through a link, stays: only its record is removed. */
function withoutShared(recorded: readonly RecordedFile[], compared: readonly ComparedFile[]): RecordedFile[] {
  const made = new Set(compared.map(({ file, artifact: { block } }) => standOf(file, block)));
  return recorded.map((each) => (made.has(standOf(each.file, each.block)) ? { ...each, state: "gone" } : each));
}

/**
 * What the packages of a persona say. All of it is the package's where the persona was added, or is taken from a package by name
 * whose author has given it no version: nothing tells the two apart then.
 */
export function publishedSnapshot(planned: ComparedPersona, wasAdded = false): Snapshot {
  return snapshot(planned.document, { published: !(wasAdded || isWholePackage(planned)) });
}

function isWholePackage({ document, request }: ComparedPersona): boolean {
  return document.version === undefined && document.extends === undefined && isPackageName(request.source);
}

/** Whether anything in a persona comes from a published package. */
function saysPublished(planned: ComparedPersona): boolean {
  const { document } = planned;
  const isPublished = ({ origin }: PlacedEntry) => origin.version !== undefined;
  return (
    isWholePackage(planned) ||
    sectionsOf(document).some(({ entries }) => entries.some(isPublished)) ||
    document.dropped.some(({ base }) => base !== undefined && isPublished(base))
  );
}

/** Compares a plan with a project. */
export function comparePlan(folder: string, plan: Plan, lockfile: Lockfile, scope: Scope = {}): DiskComparison {
  const comparer = new ProjectComparer(folder, lockfile, scope);
  for (const persona of plan.personas) comparer.add(persona);
  return comparer.finish(plan);
}

/** Describes a file that the lockfile claims, but that no target makes. */
export const DOUBTFUL = `is in ${LOCKFILE}, but no target makes such a file`;
