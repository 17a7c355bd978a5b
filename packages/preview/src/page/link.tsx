import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import type { PlaceView } from "../view/repository.ts";
import { hrefOf, type Place } from "./place.ts";
import { StaticSite } from "./static-site.ts";

/** A link to another place of the page. */
export function PlaceLink({ to, children }: { readonly to: Partial<Place>; readonly children: ComponentChildren }) {
  const site = useContext(StaticSite);
  return <a href={hrefOf({ view: "file", tab: "file", ...to }, site)}>{children}</a>;
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
