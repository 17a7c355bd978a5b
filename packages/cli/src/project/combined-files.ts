import { isCombinedBy, type Target, targets } from "@personakit/targets";
import type { Lockfile } from "../disk/lockfile.ts";
import { pathInside } from "../disk/paths.ts";
import { readText } from "../files/text.ts";
import {
  ALL_PERSONAS,
  ofAllPersonas,
  type PlannedArtifact,
  type PlannedCombined,
  type SharedPlan,
} from "../plan/make-plan.ts";

/**
 * The files that personas share, as they should be: what a plan says of its personas, and what stands there of those others that
 * stay. One in which nobody is left is none.
 */
export function combinedArtifacts(
  folder: string,
  combined: readonly PlannedCombined[],
  lockfile: Lockfile,
  stays: (persona: string) => boolean,
): PlannedArtifact[] {
  const inside = pathInside(folder);
  return combined.flatMap(({ target, path, members }): PlannedArtifact[] => {
    if (target.combined === undefined) return [];
    const text = readText(inside(path));
    const there = text === undefined ? {} : (target.combined.read(text) ?? {});
    const others = Object.entries(there).filter(([persona]) => stays(persona) && isMember(persona, target, lockfile));
    const all = Object.entries({ ...Object.fromEntries(others), ...members }).sort(([a], [b]) => (a < b ? -1 : 1));
    if (all.length === 0) return [];
    const written = target.combined.toText(Object.fromEntries(all));
    const origins = written
      .split("\n")
      .slice(1)
      .map(() => ({ unit: target.id }));
    return [{ ...ofAllPersonas({ path }), text: written, origins, targets: [target.id] }];
  });
}

/** The files that personas share: those of a plan, and those that were written and that it does not make. */
export function withRecorded({ combined, targets: planned }: SharedPlan, { artifacts }: Lockfile): PlannedCombined[] {
  const known = [...targets, ...planned];
  const recorded = Object.entries(artifacts).flatMap(([path, record]): PlannedCombined[] => {
    if (record.persona !== ALL_PERSONAS || combined.some((each) => each.path === path)) return [];
    const target = known.find((each) => record.targets.includes(each.id) && isCombinedBy(each, path));
    return target === undefined ? [] : [{ target, path, members: {} }];
  });
  return [...combined, ...recorded];
}

function isMember(persona: string, { id }: Target, { artifacts }: Lockfile): boolean {
  return Object.values(artifacts).some((record) => record.persona === persona && record.targets.includes(id));
}
