import { isCombinedBy, isMadeBy, type Target } from "@personakit/targets";
import { ALL_PERSONAS } from "../plan/make-plan.ts";
import { placeOf } from "./artifact-key.ts";
import type { ArtifactRecord } from "./lockfile.ts";

/**
 * Whether a record of the lockfile can be true: one of its targets makes a file at this path for the persona that
 * it names. Anyone may have written the lockfile, and it must never make us delete a file that we did not write.
 */
export function isVouchedFor(
  key: string,
  { persona, targets: ids }: ArtifactRecord,
  known: readonly Target[],
): boolean {
  const place = placeOf(key);
  return known.some((target) => {
    if (!ids.includes(target.id)) return false;
    return persona === ALL_PERSONAS ? isCombinedBy(target, place.path) : isMadeBy(target, persona, place);
  });
}
