import { isCombinedBy, type Target, targets } from "@personakit/targets";
import { placeInside } from "../disk/file-status.ts";
import type { Lockfile } from "../disk/lockfile.ts";
import { readText } from "../files/text.ts";
import {
  ALL_PERSONAS,
  ofAllPersonas,
  type PlannedArtifact,
  type PlannedCombined,
  type SharedPlan,
} from "../plan/make-plan.ts";

/** The files that personas share, as they should be, and what they would lose. */
export interface CombinedFiles {
  /** A shared file without personas is removed. */
  readonly artifacts: readonly PlannedArtifact[];
  /** Personas that stay, and of which a file does not say any more what it did. */
  readonly lost: readonly { readonly path: string; readonly personas: readonly string[] }[];
}

/** Combines a plan's entries for its personas with existing entries of other personas that stay. */
export function combineFiles(
  folder: string,
  combined: readonly PlannedCombined[],
  lockfile: Lockfile,
  stays: (persona: string) => boolean,
): CombinedFiles {
  const inside = placeInside(folder);
  const files = combined.map(({ target, path, members }) => {
    const text = readText(inside({ path }));
    const there = (text === undefined ? undefined : target.combined?.read(text)) ?? {};
    const others = membersOf(target, lockfile).filter((id) => stays(id) && !Object.hasOwn(members, id));
    const kept = others.flatMap((id): [string, unknown][] => (Object.hasOwn(there, id) ? [[id, there[id]]] : []));
    const all = [...kept, ...Object.entries(members)].sort(([a], [b]) => (a < b ? -1 : 1));
    const personas = others.filter((id) => !Object.hasOwn(there, id));
    return { path, personas, artifact: artifactOf(target, path, Object.fromEntries(all)) };
  });
  return {
    artifacts: files.flatMap(({ artifact }) => artifact ?? []),
    lost: files.filter(({ personas }) => personas.length > 0).map(({ path, personas }) => ({ path, personas })),
  };
}

function artifactOf({ id, combined }: Target, path: string, members: { readonly [persona: string]: unknown }) {
  if (combined === undefined || Object.keys(members).length === 0) return undefined;
  const text = combined.toText(members);
  const origins = text
    .split("\n")
    .slice(1)
    .map(() => ({ unit: id }));
  return { ...ofAllPersonas({ path }), text, origins, targets: [id] };
}

/** The files that personas share: those of a plan, and those that were written and that it does not make. */
export function withRecorded({ combined, targets: planned }: SharedPlan, { artifacts }: Lockfile): PlannedCombined[] {
  const known = [...targets, ...planned];
  const paths = Object.keys(artifacts).filter((path) => artifacts[path]?.persona === ALL_PERSONAS);
  const recorded = paths.flatMap((path): PlannedCombined[] => {
    if (combined.some((each) => each.path === path)) return [];
    const target = known.find((each) => artifacts[path]?.targets.includes(each.id) && isCombinedBy(each, path));
    return target === undefined ? [] : [{ target, path, members: {} }];
  });
  return [...combined, ...recorded];
}

/** The personas that were written for a target. */
function membersOf({ id }: Target, { artifacts }: Lockfile): string[] {
  const records = Object.values(artifacts).filter(
    ({ persona, targets }) => persona !== ALL_PERSONAS && targets.includes(id),
  );
  return [...new Set(records.map(({ persona }) => persona))];
}
