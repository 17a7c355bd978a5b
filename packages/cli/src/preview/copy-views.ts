import type { CopyDrift, CopyGroup, CopyPlace } from "@personakit/core/copies";
import type { CopiesView, CopyDriftView, PlaceView, SharedView } from "@personakit/preview";
import { MATCHES, sayEdit } from "../copies/describe.ts";
import { lastEditOf, MOST_DATED } from "../copies/edited-when.ts";
import type { SeenProject } from "./seen-project.ts";
import type { SeenRepository } from "./seen-repository.ts";
import { staleViews } from "./stale-views.ts";

/** What stands in several files, what differs in it, and built files that are not what a build would write. */
export async function copiesView(project: SeenProject, repository: SeenRepository): Promise<CopiesView> {
  const { differingParts } = await import("@personakit/core/copies");
  const { groups, drifts, numbers } = await repository.copies();
  return {
    files: repository.readable.length,
    groups: groups.map(({ name, of, match, text, saves, parameters, places }) => ({
      ...{ name, text, saves: Math.round(saves), parameters, places: places.map(placeView) },
      what: `${of}, ${MATCHES[match]}`,
    })),
    drifts: drifts.map((drift, index) => driftView(drift, index < MOST_DATED, repository.root, differingParts)),
    numbers: numbers.map(({ topic, values }) => ({
      topic,
      values: values.map(({ value, places }) => ({
        value,
        places: places.map(({ path, line }) => ({ path, first: line, last: line })),
      })),
    })),
    stale: await staleViews(project, repository),
  };
}

type Compare = typeof import("@personakit/core/copies").differingParts;

function driftView(drift: CopyDrift, isDated: boolean, folder: string, compare: Compare): CopyDriftView {
  const { name, variants } = drift;
  const edit = isDated ? lastEditOf(drift, folder) : undefined;
  const all = placesOf(drift).length;
  return {
    name,
    ...(edit === undefined ? {} : { edited: sayEdit(edit, all) }),
    wordings: variants.map(({ text, places }, index) => ({
      places: places.map(placeView),
      // Where too many words differ, no single one says what.
      parts: compare(text, variants[index === 0 ? 1 : 0]?.text ?? "") ?? [{ text, differs: false }],
    })),
  };
}

/** The texts of a file that others have too, in its order. */
export async function sharedIn(path: string, repository: SeenRepository): Promise<SharedView[]> {
  const { groups, drifts } = await repository.copies();
  const shared = [
    ...groups.flatMap((group) => sharedBy(group, "copy", group.places, path)),
    ...drifts.flatMap((drift) => sharedBy(drift, "drift", placesOf(drift), path)),
  ];
  return shared.sort((a, b) => a.first - b.first || b.last - a.last);
}

function sharedBy(
  { name }: CopyGroup | CopyDrift,
  is: SharedView["is"],
  places: readonly CopyPlace[],
  path: string,
): SharedView[] {
  return places
    .filter((place) => place.path === path)
    .map((place) => ({
      ...placeView(place),
      ...{ name, is, others: places.filter((each) => each !== place).map(placeView) },
    }));
}

function placesOf({ variants }: CopyDrift): CopyPlace[] {
  return variants.flatMap(({ places }) => places);
}

function placeView({ path, first, last }: CopyPlace): PlaceView {
  return { path, first, last };
}
