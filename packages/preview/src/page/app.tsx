import { useRef, useState } from "preact/hooks";
import { useAnswer, useStatus } from "./data.ts";
import { Keys } from "./keys.tsx";
import { Lists } from "./lists.tsx";
import { inTab, PersonaPage } from "./persona.tsx";
import { TABS, usePlace } from "./place.ts";
import { usePresses } from "./presses.ts";
import { useTheme } from "./theme.ts";

/** The whole page. */
export function App() {
  const { status, isConnected } = useStatus();
  const { value: project, problem } = useAnswer("project", "", status?.revision);
  const [place, go] = usePlace();
  const [theme, changeTheme] = useTheme();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const name = place.name ?? project?.personas[0]?.id;

  usePresses((event) => {
    const tab = TABS[Number(event.key) - 1];
    if (event.key === "/") {
      event.preventDefault();
      search.current?.focus();
    } else if (event.key === "t") changeTheme();
    else if (event.key === "?") setHelpOpen(true);
    else if (tab !== undefined) go(inTab(place, tab));
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
      <Errors errors={[...(status?.errors ?? []), ...(problem === undefined ? [] : [problem])]} />
      <div class="columns">
        <Lists
          project={project}
          place={{ ...place, ...(name === undefined ? {} : { name }) }}
          search={search}
          go={go}
        />
        <main>
          {project !== undefined && name === undefined && <p class="empty">There is no persona here yet.</p>}
          {status !== undefined && name !== undefined && (
            <PersonaPage name={name} revision={status.revision} place={place} go={go} />
          )}
        </main>
      </div>
      {isHelpOpen && <Keys onClose={() => setHelpOpen(false)} />}
    </>
  );
}

function Errors({ errors }: { readonly errors: readonly string[] }) {
  if (errors.length === 0) return null;
  return (
    <section class="errors" role="alert">
      <h2>The sources cannot be built. What you see is the last build that was right.</h2>
      {errors.map((each) => (
        <pre key={each}>{each}</pre>
      ))}
    </section>
  );
}
