import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import type { ProjectView } from "../view/view.ts";
import type { Place, View } from "./place.ts";
import { tokens } from "./words.ts";

interface ListsProps {
  readonly project: ProjectView | undefined;
  readonly place: Place;
  readonly search: RefObject<HTMLInputElement | null>;
  go(place: Place): void;
}

/** Something to choose. */
interface Listed {
  readonly view: View;
  readonly name: string;
  /** What the search looks in, beside the name. */
  readonly words: string;
  /** A line below the name. */
  readonly note: string;
}

/** In CSS pixels, as in the style: the lists are behind a button. */
const NARROW = 720;

/** What there is to look at, and the search in it. */
export function Lists({ project, place, search, go }: ListsProps) {
  const [words, setWords] = useState("");
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = listsOf(project).map(({ title, listed }) => ({
    title,
    listed: listed.filter((each) => {
      const text = `${each.name} ${each.words}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    }),
  }));
  return (
    <aside class="personas">
      <details open={innerWidth > NARROW}>
        <summary>Personas</summary>
        <input
          ref={search}
          type="search"
          placeholder="Search personas"
          aria-label="Search personas"
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
          onKeyDown={({ key, currentTarget }) => key === "Escape" && currentTarget.blur()}
        />
        {found.map(({ title, listed }) => (
          <List key={title} title={title} listed={listed} place={place} go={go} />
        ))}
        {wanted.length > 0 && found.every(({ listed }) => listed.length === 0) && (
          <p class="empty">No persona has these words.</p>
        )}
      </details>
    </aside>
  );
}

interface ListProps extends Pick<ListsProps, "place" | "go"> {
  readonly title: string;
  readonly listed: readonly Listed[];
}

function List({ title, listed, place, go }: ListProps) {
  if (listed.length === 0) return null;
  return (
    <ul aria-label={title}>
      {listed.map(({ view, name, note }) => (
        <li key={name}>
          <button
            type="button"
            class="pick"
            aria-current={view === place.view && name === place.name ? "true" : undefined}
            onClick={({ currentTarget }) => {
              if (innerWidth <= NARROW) currentTarget.closest("details")?.removeAttribute("open");
              go({ view, name, tab: place.tab });
            }}
          >
            <span class="persona-id">{name}</span>
            <small>{note}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}

function listsOf(project: ProjectView | undefined): readonly { readonly title: string; readonly listed: Listed[] }[] {
  const personas = (project?.personas ?? []).map(
    ({ id, title, description, tokens: size, targets, changes }): Listed => ({
      view: "persona",
      name: id,
      words: `${title} ${description}`,
      note: [
        tokens(size),
        targets.length === 1 ? targets[0] : `${targets.length} targets`,
        ...(changes > 0 ? [`${changes} changed`] : []),
      ].join(", "),
    }),
  );
  return [{ title: "Personas", listed: personas }];
}
