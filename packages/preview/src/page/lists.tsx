import type { RefObject } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { DoctorView, FileSummary, FindingView } from "../view/repository.ts";
import type { FragmentSummary, ProjectView } from "../view/view.ts";
import { useAnswer } from "./data.ts";
import { countsOf, Mark } from "./findings.tsx";
import { hrefOf, type Place, type View } from "./place.ts";
import { StaticSite, useIsLive } from "./static-site.ts";
import { hasAll, withCommas, wordsOf } from "./words.ts";

interface ListsProps {
  readonly project: ProjectView | undefined;
  readonly fragments: readonly FragmentSummary[] | undefined;
  readonly revision: number | undefined;
  readonly place: Place;
  readonly search: RefObject<HTMLInputElement | null>;
}

/** Something to choose. */
interface Listed {
  readonly view: View;
  /** Absent for a view of the whole repository. */
  readonly name?: string;
  /** What it is called, where that is not its name. */
  readonly title?: string;
  /** What the search looks in, beside the name. */
  readonly words: string;
  /** Its tokens, beside the name. */
  readonly size?: number;
  /** A line below the name. */
  readonly note?: string;
  /** How bad the worst is that the doctor finds in it. */
  readonly worst?: FindingView["severity"] | undefined;
}

/** In CSS pixels, as in the style: the lists are behind a button. */
const NARROW = 720;

/** What there is to look at, and the search in it. */
export function Lists({ project, fragments, revision, place, search }: ListsProps) {
  const { value: files } = useAnswer("files", "", revision);
  const { value: doctor } = useAnswer("doctor", "", revision);
  const [words, setWords] = useState("");
  const [isOpen, setOpen] = useState(true);
  const isLive = useIsLive();
  useEffect(() => setOpen(innerWidth > NARROW), []);
  const wanted = wordsOf(words);
  const documents = documentsOf(project);
  const units = [...viewsOf(files, doctor), ...listsOf(project), ...fragmentsOf(fragments), ...filesOf(files, doctor)];
  // Who reads a document looks for the next one.
  const all = place.view === "doc" ? [...documents, ...units] : [...units, ...documents];
  // Lists of everything in each of hundreds of pages that are rendered ahead would be most of a site.
  const found = (isLive ? all : documents).map(({ title, listed }) => ({
    title,
    listed: listed.filter((each) => hasAll(wanted, `${each.title ?? each.name} ${each.words}`)),
  }));
  return (
    <aside class="personas">
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Personas and files</summary>
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
    <ul aria-label={title}>
      <li class="list-title" aria-hidden="true">
        {title} {listed.some(({ size }) => size !== undefined) && <small>tokens</small>}
      </li>
      {listed.map(({ view, name, title: called = shortened(name), size, note, worst }) => (
        <li key={name}>
          <a
            class="pick"
            href={hrefOf({ view, ...(name === undefined ? {} : { name }), tab: place.tab }, site)}
            aria-current={view === place.view && (name === undefined || name === place.name) ? "true" : undefined}
            onClick={({ currentTarget }) => {
              if (innerWidth <= NARROW) currentTarget.closest("details")?.removeAttribute("open");
            }}
          >
            <span class="persona-id" title={name}>
              {called} {worst !== undefined && <Mark severity={worst} />}
            </span>
            {size !== undefined && <small class="size">{withCommas(size)}</small>}
            {note !== undefined && <small class="pick-note">{note}</small>}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** In characters: what fits beside the tokens. */
const LONGEST = 28;

/** The end of a long path, which says more than its start. */
function shortened(name = ""): string {
  if (name.length <= LONGEST) return name;
  const parts = name.split("/");
  const fits = parts.findIndex((_, index) => index > 0 && parts.slice(index).join("/").length < LONGEST - 1);
  return parts.length === 1 ? name : `…/${parts.slice(fits === -1 ? -1 : fits).join("/")}`;
}

type Section = { readonly title: string; readonly listed: readonly Listed[] };

/** What there is to see of the repository as a whole, where it is there to be looked at. */
function viewsOf(files: readonly FileSummary[] | undefined, doctor: DoctorView | undefined): readonly Section[] {
  if (files === undefined) return [];
  const listed: readonly Listed[] = [
    { view: "context", title: "Context", words: "folder tools", note: "what the model sees" },
    {
      ...{ view: "doctor", title: "Doctor", words: "findings errors", worst: doctor?.findings[0]?.severity },
      note: doctor === undefined ? "looking" : countsOf(doctor.findings) || "nothing found",
    },
    { view: "copies", title: "Copies and drift", words: "said twice", note: "what stands in several files" },
  ];
  return [{ title: "Repository", listed }];
}

function filesOf(
  files: readonly FileSummary[] = [],
  { findings }: Pick<DoctorView, "findings"> = { findings: [] },
): readonly Section[] {
  const byPath = new Map<string, FindingView[]>();
  for (const each of findings) byPath.set(each.path, [...(byPath.get(each.path) ?? []), each]);
  const listed = files.map(({ path, tool, tokens: size, persona }): Listed => {
    const own = byPath.get(path) ?? [];
    const counts = countsOf(own);
    const words = `${tool ?? ""} ${persona ?? ""}`;
    return {
      view: "file",
      name: path,
      words,
      size,
      ...(counts === "" ? {} : { note: counts, worst: own[0]?.severity }),
    };
  });
  return [{ title: "Instruction files", listed }];
}

function listsOf(project: ProjectView | undefined): readonly Section[] {
  const personas = (project?.personas ?? []).map(
    ({ id, title, description, tokens: size, targets, changes }): Listed => ({
      view: "persona",
      name: id,
      words: `${title} ${description}`,
      size,
      note: [
        targets.length === 1 ? targets[0] : `${targets.length} targets`,
        ...(changes > 0 ? [`${changes} changed`] : []),
      ].join(", "),
    }),
  );
  return [{ title: "Personas", listed: personas }];
}

function fragmentsOf(fragments: readonly FragmentSummary[] = []): readonly Section[] {
  const listed = fragments.map(
    ({ id, title, summary, rules, tokens: size }): Listed => ({
      ...{ view: "fragment", name: id, words: `${title} ${summary} ${rules.join(" ")}`, size },
    }),
  );
  return [{ title: "Fragments", listed }];
}

function documentsOf(project: ProjectView | undefined): readonly Section[] {
  const listed = (project?.docs ?? []).map(
    ({ path, title }): Listed => ({ view: "doc", name: path, title, words: "" }),
  );
  return [{ title: "Documents", listed }];
}
