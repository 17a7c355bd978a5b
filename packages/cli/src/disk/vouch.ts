import { isCombinedBy, isMadeBy, type Target } from "@personakit/targets";
import { ALL_PERSONAS } from "../plan/make-plan.ts";
import { placeOf } from "./artifact-key.ts";
import type { ArtifactRecord } from "./lockfile.ts";

/**
 * Whether a record of the lockfile can be true: one of the targets that it names makes a file of this path for the persona that
 * it names. Anybody may have written the lockfile, and a file that we never wrote must not go because of it.
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
