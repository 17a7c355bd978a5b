import { type Snapshot, snapshot } from "@personakit/core";
import { own } from "@personakit/core/internal";
import { type Target, targets } from "@personakit/targets";
import { type ComparedFile, comparer, type RecordedFile, readRecorded, type Wanted } from "../disk/file-status.ts";
import { type AddedFrom, LOCKFILE, type Lockfile, type PersonaRecord, recordOf } from "../disk/lockfile.ts";
import { isVouchedFor } from "../disk/vouch.ts";
import { ALL_PERSONAS, type Plan, type PlannedPersona, type SharedPlan } from "../plan/make-plan.ts";
import { isPackageName } from "../sources/package-spec.ts";
import { type CombinedFiles, combineFiles, withRecorded } from "./combined-files.ts";

/** How a plan compares with what is on disk. */
export interface DiskComparison {
  readonly compared: readonly ComparedFile[];
  /** Files that were written and are not made any more. */
  readonly orphans: readonly RecordedFile[];
  /** Files that the lockfile calls ours, and that no target makes: they are left alone, and their records go. */
  readonly doubtful: readonly RecordedFile[];
  /** Files of targets that are not known here: they are left alone, with their records. */
  readonly unknown: readonly RecordedFile[];
  /** Shared files that would lose personas. */
  readonly lost: CombinedFiles["lost"];
  /** What the lockfile would keep of each persona. */
  readonly personas: Lockfile["personas"];
}

/** What of a project is compared, and what for. */
export interface Scope extends Wanted {
  /** All that the project builds, so that everything else but what was added is orphaned. */
  readonly whole?: boolean;
  /** Personas that go. */
  readonly without?: readonly string[];
  /** Targets of somebody else, beside those that the personas are built for. */
  readonly known?: readonly Target[];
  /** What the personas came from that were added, by persona. */
  readonly added?: { readonly [persona: string]: AddedFrom };
}

/** Compares personas with a project, one by one, and keeps the text of what differs only. */
export class ProjectComparer {
  readonly #folder: string;
  readonly #lockfile: Lockfile;
  readonly #scope: Scope;
  readonly #compare: ReturnType<typeof comparer>;
  readonly #compared: ComparedFile[] = [];
  readonly #personas: Record<string, PersonaRecord> = {};
  /** `persona target`, for each that was compiled. */
  readonly #made = new Set<string>();

  constructor(folder: string, lockfile: Lockfile, scope: Scope = {}) {
    this.#folder = folder;
    this.#lockfile = lockfile;
    this.#scope = scope;
    this.#compare = comparer(folder, lockfile, scope);
  }

  add(planned: PlannedPersona): void {
    const { document, artifacts } = planned;
    for (const artifact of artifacts) {
      for (const id of artifact.targets) this.#made.add(`${document.id} ${id}`);
      const compared = this.#compare(artifact);
      if (compared !== undefined) this.#compared.push(compared);
    }
    const source = own(this.#scope.added, document.id);
    // Kept only where the lockfile may be written.
    const published = this.#scope.hashes ? publishedSnapshot(planned, source !== undefined) : undefined;
    this.#personas[document.id] = recordOf(document, published, source);
  }

  /** Compares what the personas share, and finds what nobody makes any more. */
  finish(shared: SharedPlan): DiskComparison {
    const { whole = false, without = [] } = this.#scope;
    const { personas } = this.#lockfile;
    // What was added and is configured now is the configuration's.
    const isAdded = (id: string) => personas[id]?.package !== undefined && !Object.hasOwn(this.#personas, id);
    const stays = (id: string) => !without.includes(id) && (!whole || isAdded(id));
    const combined = whole || without.length > 0 ? withRecorded(shared, this.#lockfile) : shared.combined;
    const { artifacts, lost } = combineFiles(this.#folder, combined, this.#lockfile, stays);
    const compared = [...this.#compared, ...artifacts.flatMap((artifact) => this.#compare(artifact) ?? [])];
    const planned = new Set(compared.map(({ key }) => key));
    const recorded = readRecorded(this.#folder, this.#lockfile, (key, { persona, targets }) => {
      if (planned.has(key)) return false;
      if (without.includes(persona)) return true;
      if (persona === ALL_PERSONAS) return combined.some(({ path }) => path === key);
      return whole
        ? !isAdded(persona)
        : targets.length > 0 && targets.every((id) => this.#made.has(`${persona} ${id}`));
    });
    const known = [...targets, ...shared.targets, ...(this.#scope.known ?? [])];
    const ids = new Set(known.map(({ id }) => id));
    // Of a file that is gone, only the record has to go.
    const isOrphan = ({ key, record, state }: RecordedFile) => state === "gone" || isVouchedFor(key, record, known);
    const others = recorded.filter((each) => !isOrphan(each));
    const isKnown = ({ record }: RecordedFile) => record.targets.every((id) => ids.has(id));
    return {
      compared,
      orphans: recorded.filter(isOrphan),
      doubtful: others.filter(isKnown),
      unknown: others.filter((each) => !isKnown(each)),
      lost,
      personas: this.#personas,
    };
  }
}

/**
 * What the packages of a persona say. All of it is the package's where the persona was added, or is taken from a package by name
 * whose author has given it no version: nothing tells the two apart then.
 */
export function publishedSnapshot({ document, request }: PlannedPersona, wasAdded = false): Snapshot {
  const isWhole = document.version === undefined && document.extends === undefined && isPackageName(request.source);
  return snapshot(document, { published: !(wasAdded || isWhole) });
}

/** Compares a plan with a project. */
export function comparePlan(folder: string, plan: Plan, lockfile: Lockfile, scope: Scope = {}): DiskComparison {
  const comparer = new ProjectComparer(folder, lockfile, scope);
  for (const persona of plan.personas) comparer.add(persona);
  return comparer.finish(plan);
}

/** What is said of a file of which the lockfile says that it is ours. */
export const DOUBTFUL = `is in ${LOCKFILE}, and no target makes such a file`;
