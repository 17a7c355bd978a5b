import { useContext, useRef, useState } from "preact/hooks";
import type { FragmentSummary, ProjectView } from "../view/view.ts";
import { Catalogue } from "./catalogue.tsx";
import { useAnswer, useStatus } from "./data.ts";
import { Doc } from "./doc.tsx";
import { FragmentPage } from "./fragment.tsx";
import { Keys, useKeys } from "./keys.tsx";
import { Lists } from "./lists.tsx";
import { inTab, PersonaPage } from "./persona.tsx";
import { hrefOf, type Place, tabsIn, usePlace } from "./place.ts";
import { RepositoryPages } from "./repository-pages.tsx";
import { hasAnswers, StaticSite } from "./static-site.ts";
import { useTheme } from "./theme.ts";
import { counted } from "./words.ts";

/** The whole page. */
export function App() {
  const { status, isConnected } = useStatus();
  const { value: project, problem } = useAnswer("project", "", status?.revision);
  const { value: fragments } = useAnswer("fragments", "", status?.revision);
  const [place, go] = usePlace();
  const [theme, changeTheme] = useTheme();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const site = useContext(StaticSite);
  const here = withName(place, project, fragments);

  useKeys((event) => {
    const tab = tabsIn(site)[Number(event.key) - 1];
    if (event.key === "/") {
      event.preventDefault();
      // On a narrow screen it is behind a button, and nothing that is closed can have the focus.
      search.current?.closest("details")?.setAttribute("open", "");
      search.current?.focus();
    } else if (event.key === "t") changeTheme();
    else if (event.key === "?") setHelpOpen(true);
    else if (event.key === "g" && hasAnswers(site, "context")) go({ view: "context", tab: "file" });
    else if (tab !== undefined && here.view === "persona") go(inTab(place, tab));
  });

  return (
    <>
      <header class="bar">
        <a class="brand" href={hrefOf({ view: "catalogue", tab: "file" }, site)}>
          {site === undefined ? "PersonaKit" : project?.name}
        </a>
        <span class="bar-name">{site === undefined && project?.name}</span>
        {site !== undefined && (
          <nav class="bar-links" aria-label="Site">
            <a href={hrefOf({ view: "catalogue", tab: "file" }, site)}>Catalogue</a>
            {project?.docs?.slice(0, 1).map(({ path }) => (
              <a key={path} href={hrefOf({ view: "doc", name: path, tab: "file" }, site)}>
                Documents
              </a>
            ))}
          </nav>
        )}
        {site === undefined && (
          <span class={isConnected ? "watching" : "watching is-lost"} role="status">
            {isConnected ? "watching" : "not connected"}
          </span>
        )}
        <button type="button" onClick={changeTheme}>
          {theme === "dark" ? "Light" : "Dark"}
        </button>
        <button type="button" onClick={() => setHelpOpen(true)}>
          Keys
        </button>
      </header>
      <Errors
        title={`The sources cannot be built.${project === undefined ? "" : " What you see is the last build that was right."}`}
        errors={status?.errors ?? []}
      />
      <Errors title="The page got no answer." errors={problem === undefined ? [] : [problem]} />
      {site === undefined && <Warnings warnings={project?.warnings ?? []} />}
      <div class={here.view === "catalogue" ? "" : "columns"}>
        {here.view !== "catalogue" && (
          <Lists project={project} fragments={fragments} revision={status?.revision} place={here} search={search} />
        )}
        <main>
          <RepositoryPages revision={status?.revision} place={here} go={go} />
          {project === undefined && (
            <h1 class="empty">{status?.errors.length ? "There is nothing to see yet." : "Building your personas."}</h1>
          )}
          {here.view === "catalogue" && project !== undefined && fragments !== undefined && (
            <Catalogue project={project} fragments={fragments} search={search} />
          )}
          <Shown place={here} revision={status?.revision} go={go} />
        </main>
      </div>
      {isHelpOpen && <Keys onClose={() => setHelpOpen(false)} />}
    </>
  );
}

/** A persona is the first one, where the address names none. Where there is none: the fragments, or else what is wrong with the files. */
function withName(
  place: Place,
  project: ProjectView | undefined,
  fragments: readonly FragmentSummary[] | undefined,
): Place {
  if (place.name !== undefined || project === undefined || place.view !== "persona") return place;
  const name = project.personas[0]?.id;
  if (name !== undefined) return { ...place, name };
  return fragments === undefined ? place : { ...place, view: fragments.length > 0 ? "catalogue" : "doctor" };
}

interface ShownProps {
  readonly place: Place;
  readonly revision: number | undefined;
  go(place: Place): void;
}

/** The persona, fragment or document that the address names. */
function Shown({ place, revision, go }: ShownProps) {
  const { view, name } = place;
  if (name === undefined) return null;
  if (view === "doc") return <Doc path={name} />;
  if (view === "fragment") return <FragmentPage name={name} revision={revision} />;
  return view === "persona" ? <PersonaPage name={name} revision={revision} place={place} go={go} /> : null;
}

function Errors({ title, errors }: { readonly title: string; readonly errors: readonly string[] }) {
  if (errors.length === 0) return null;
  return (
    <section class="errors" role="alert">
      <h2>{title}</h2>
      {errors.map((each) => (
        <pre key={each}>{each}</pre>
      ))}
    </section>
  );
}

/** What a build would say beside its files. */
function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <details class="warnings">
      <summary>{counted(warnings.length, "warning")}</summary>
      {warnings.map((each) => (
        <pre key={each}>{each}</pre>
      ))}
    </details>
  );
}
