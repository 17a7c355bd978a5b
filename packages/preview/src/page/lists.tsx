import type { RefObject } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { ProjectView } from "../view/view.ts";
import { hrefOf, type Place, type View } from "./place.ts";
import { StaticSite, useIsLive } from "./static-site.ts";
import { hasAll, tokens, wordsOf } from "./words.ts";

interface ListsProps {
  readonly project: ProjectView | undefined;
  readonly place: Place;
  readonly search: RefObject<HTMLInputElement | null>;
}

/** Something to choose. */
interface Listed {
  readonly view: View;
  readonly name: string;
  /** Where that is not its name. */
  readonly title?: string;
  /** What the search looks in, beside the name. */
  readonly words: string;
  /** A line below the name. */
  readonly note: string;
}

/** In CSS pixels, as in the style: the lists are behind a button. */
const NARROW = 720;

/** What there is to look at, and the search in it. */
export function Lists({ project, place, search }: ListsProps) {
  const [words, setWords] = useState("");
  const [isOpen, setOpen] = useState(true);
  const isLive = useIsLive();
  useEffect(() => setOpen(innerWidth > NARROW), []);
  const wanted = wordsOf(words);
  const found = listsOf(project, place.view, isLive).map(({ title, listed }) => ({
    title,
    listed: listed.filter((each) => hasAll(wanted, `${each.name} ${each.title ?? ""} ${each.words}`)),
  }));
  return (
    <aside class="personas">
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>All there is</summary>
        <input
          ref={search}
          type="search"
          placeholder="Search"
          aria-label="Search"
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
          onKeyDown={({ key, currentTarget }) => key === "Escape" && currentTarget.blur()}
        />
        {found.map(({ title, listed }) => (
          <List key={title} title={title} listed={listed} place={place} />
        ))}
        {wanted.length > 0 && found.every(({ listed }) => listed.length === 0) && (
          <p class="empty">Nothing has these words.</p>
        )}
      </details>
    </aside>
  );
}

interface ListProps extends Pick<ListsProps, "place"> {
  readonly title: string;
  readonly listed: readonly Listed[];
}

function List({ title, listed, place }: ListProps) {
  const site = useContext(StaticSite);
  if (listed.length === 0) return null;
  return (
    <>
      <h2 class="list-title">{title}</h2>
      <ul aria-label={title}>
        {listed.map(({ view, name, title: shown = name, note }) => (
          <li key={name}>
            <a
              class="pick"
              aria-current={view === place.view && name === place.name ? "true" : undefined}
              href={hrefOf({ view, name, tab: view === place.view ? place.tab : "file" }, site)}
              onClick={({ currentTarget }) => {
                if (innerWidth <= NARROW) currentTarget.closest("details")?.removeAttribute("open");
              }}
            >
              <span class="persona-id">{shown}</span>
              <small>{note}</small>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Of a page that was rendered ahead, only the documents: lists of everything in each of hundreds of pages would be most of the site. */
function listsOf(
  project: ProjectView | undefined,
  view: View,
  isLive: boolean,
): readonly { readonly title: string; readonly listed: Listed[] }[] {
  const docs = (project?.docs ?? []).map(
    ({ path, title }): Listed => ({ view: "doc", name: path, title, words: "", note: "" }),
  );
  const documents = { title: "Documents", listed: docs };
  if (!isLive) return [documents];
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
  const fragments = (project?.fragments ?? []).map(
    ({ id, title, summary, rules, tokens: size, users }): Listed => ({
      view: "fragment",
      name: id,
      words: `${title} ${summary} ${rules.join(" ")}`,
      note: [tokens(size), ...(users > 0 ? [`in ${users === 1 ? "1 persona" : `${users} personas`}`] : [])].join(", "),
    }),
  );
  const units = [
    { title: "Personas", listed: personas },
    { title: "Fragments", listed: fragments },
  ];
  // Who reads a document looks for the next one.
  return view === "doc" ? [documents, ...units] : [...units, documents];
}
