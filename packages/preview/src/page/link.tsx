import type { ComponentChildren } from "preact";
import type { PlaceView } from "../view/repository.ts";
import { hashOf, type Place } from "./place.ts";

/** A link to another place of the page. */
export function PlaceLink({ to, children }: { readonly to: Partial<Place>; readonly children: ComponentChildren }) {
  return <a href={hashOf({ view: "file", tab: "file", ...to })}>{children}</a>;
}

/** A link into an instruction file: `AGENTS.md:8-11`. */
export function FileLink({ path, first, last = first }: Pick<PlaceView, "path" | "first"> & Partial<PlaceView>) {
  return (
    <PlaceLink to={{ name: path, line: first }}>
      <code>
        {path}:{first === last ? first : `${first}-${last}`}
      </code>
    </PlaceLink>
  );
}

/** Links into files, one below the other. */
export function FileLinks({ places }: { readonly places: readonly PlaceView[] }) {
  return (
    <ul class="places">
      {places.map((place) => (
        <li key={`${place.path}:${place.first}`}>
          <FileLink {...place} />
        </li>
      ))}
    </ul>
  );
}
