import { useRef, useState } from "preact/hooks";
import { useAnswer, useStatus } from "./data.ts";
import { Keys, useKeys } from "./keys.tsx";
import { Lists } from "./lists.tsx";
import { inTab, PersonaPage } from "./persona.tsx";
import { type Place, TABS, usePlace } from "./place.ts";
import { RepositoryPages } from "./repository-pages.tsx";
import { useTheme } from "./theme.ts";

/** The whole page. */
export function App() {
  const { status, isConnected } = useStatus();
  const { value: project, problem } = useAnswer("project", "", status?.revision);
  const [asked, go] = usePlace();
  const first = project?.personas[0]?.id;
  // Where there is no persona, the first thing to look at is what is wrong with the files that are there.
  const isEmpty = project !== undefined && first === undefined && asked.view === "persona" && asked.name === undefined;
  const place: Place = isEmpty ? { ...asked, view: "doctor" } : asked;
  const [theme, changeTheme] = useTheme();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const name = place.name ?? (place.view === "persona" ? first : undefined);

  useKeys((event) => {
    const tab = TABS[Number(event.key) - 1];
    if (event.key === "/") {
      event.preventDefault();
      // On a narrow screen it is behind a button, and nothing that is closed can have the focus.
      search.current?.closest("details")?.setAttribute("open", "");
      search.current?.focus();
    } else if (event.key === "t") changeTheme();
    else if (event.key === "?") setHelpOpen(true);
    else if (event.key === "g") go({ view: "context", tab: "file" });
    else if (tab !== undefined && place.view === "persona") go(inTab(place, tab));
  });

  return (
    <>
      <header class="bar">
        <strong>PersonaKit</strong>
        <span class="bar-name">{project?.name}</span>
        <span class={isConnected ? "watching" : "watching is-lost"} role="status">
          {isConnected ? "watching" : "not connected"}
        </span>
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
      <div class="columns">
        <Lists
          project={project}
          revision={status?.revision}
          place={{ ...place, ...(name === undefined ? {} : { name }) }}
          search={search}
          go={go}
        />
        <main>
          <RepositoryPages revision={status?.revision} place={place} go={go} />
          {project === undefined && (
            <h1 class="empty">{status?.errors.length ? "There is nothing to see yet." : "Building your personas."}</h1>
          )}
          {place.view === "persona" && name !== undefined && (
            <PersonaPage name={name} revision={status?.revision} place={place} go={go} />
          )}
        </main>
      </div>
      {isHelpOpen && <Keys onClose={() => setHelpOpen(false)} />}
    </>
  );
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
