import { useEffect, useRef, useState } from "preact/hooks";
import type { PersonaView, ProjectSummary } from "../view/view.ts";
import { usePersona, useProject } from "./data.ts";
import { FileTab } from "./file-tab.tsx";
import { Keys } from "./keys.tsx";
import { Personas } from "./personas.tsx";
import { type Place, TABS, type Tab, usePlace } from "./place.ts";
import { TargetsTab } from "./targets-tab.tsx";
import { useTheme } from "./theme.ts";
import { TokensTab } from "./tokens-tab.tsx";

const NAMES: { readonly [T in Tab]: string } = { file: "File", tokens: "Tokens", targets: "Targets" };

/** The whole page. */
export function App() {
  const { value: project, problem, isConnected } = useProject();
  const [place, go] = usePlace();
  const [theme, changeTheme] = useTheme();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const id = place.persona ?? project?.personas[0]?.id;
  // Before the first build there is nothing to ask for.
  const isBuilt = project !== undefined && project.revision > 0;
  const { value: persona, problem: missing } = usePersona(isBuilt ? id : undefined, project?.revision);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const tab = TABS[Number(event.key) - 1];
      if (event.key === "/") {
        event.preventDefault();
        search.current?.focus();
      } else if (event.key === "t") changeTheme();
      else if (event.key === "?") setHelpOpen(true);
      else if (tab !== undefined) go(elsewhere(place, tab));
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
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
      <Errors project={project} problem={problem} />
      <div class="columns">
        <Personas
          personas={project?.personas ?? []}
          current={id}
          search={search}
          onChoose={(next) => go({ persona: next, tab: place.tab })}
        />
        <main>
          {!isBuilt && <p class="empty">Building your personas.</p>}
          {isBuilt && project.personas.length === 0 && <p class="empty">There is no persona here yet.</p>}
          {missing !== undefined && persona === undefined && <p class="empty">{missing}</p>}
          {persona !== undefined && <Persona persona={persona} place={place} go={go} />}
        </main>
      </div>
      {isHelpOpen && <Keys onClose={() => setHelpOpen(false)} />}
    </>
  );
}

function Errors({ project, problem }: { project: ProjectSummary | undefined; problem: string | undefined }) {
  const errors = [...(project?.errors ?? []), ...(problem === undefined ? [] : [problem])];
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

function Persona({ persona, place, go }: { persona: PersonaView; place: Place; go: (place: Place) => void }) {
  const { id, version, title, description, source } = persona;
  const base = persona.extends;
  return (
    <>
      <div class="title">
        <h1>{title === "" ? id : title}</h1>
        <p>
          <code>{version === undefined ? id : `${id}@${version}`}</code> from <code>{source}</code>
          {base !== undefined && (
            <>
              , extends <code>{base}</code>
            </>
          )}
        </p>
        <p class="description">{description}</p>
      </div>
      <nav class="tabs" aria-label="Views">
        {TABS.map((tab) => (
          <button
            type="button"
            class="tab"
            key={tab}
            aria-current={tab === place.tab ? "page" : undefined}
            onClick={() => go(elsewhere({ ...place, persona: id }, tab))}
          >
            {NAMES[tab]}
          </button>
        ))}
      </nav>
      {place.tab === "file" && <FileTab persona={persona} place={{ ...place, persona: id }} go={go} />}
      {place.tab === "tokens" && <TokensTab persona={persona} place={{ ...place, persona: id }} go={go} />}
      {place.tab === "targets" && <TargetsTab persona={persona} />}
    </>
  );
}

/** The same file in another view. */
function elsewhere({ persona, file }: Place, tab: Tab): Place {
  return { tab, ...(persona === undefined ? {} : { persona }), ...(file === undefined ? {} : { file }) };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}
