import { useContext } from "preact/hooks";
import type { PersonaView } from "../view/view.ts";
import { Budgets } from "./budgets.tsx";
import { Command } from "./command.tsx";
import { CompareTab } from "./compare-tab.tsx";
import { useAnswer } from "./data.ts";
import { FileTab } from "./file-tab.tsx";
import { useKeys } from "./keys.tsx";
import { type Place, type Tab, tabsIn } from "./place.ts";
import { StaticSite } from "./static-site.ts";
import { TargetsTab } from "./targets-tab.tsx";
import { TokensTab } from "./tokens-tab.tsx";
import { TryTab } from "./try-tab.tsx";

const NAMES: { readonly [T in Tab]: string } = {
  file: "File",
  tokens: "Tokens",
  targets: "Targets",
  compare: "Compare",
  try: "Try",
};

interface ViewProps {
  readonly name: string;
  readonly revision: number | undefined;
  readonly place: Place;
  go(place: Place): void;
}

/** A persona in its tabs. */
export function PersonaPage({ name, revision, place, go }: ViewProps) {
  const { value: persona, problem } = useAnswer("persona", name, revision);
  const site = useContext(StaticSite);
  useKeys(({ key }) => {
    if (key === "e" && place.tab === "file" && tabsIn(site).includes("try")) go({ ...place, tab: "try" });
  });
  if (persona === undefined) return problem === undefined ? null : <h1 class="empty">{problem}</h1>;
  const here = { ...place, name: persona.id };
  return (
    <>
      <Title persona={persona} />
      <nav class="tabs" aria-label="Views">
        {tabsIn(site).map((tab) => (
          <button
            type="button"
            class="tab"
            key={tab}
            aria-current={tab === place.tab ? "page" : undefined}
            onClick={() => go(inTab(here, tab))}
          >
            {NAMES[tab]}
          </button>
        ))}
      </nav>
      {place.tab === "file" && <FileTab persona={persona} place={here} go={go} />}
      {place.tab === "tokens" && <TokensTab persona={persona} place={here} go={go} />}
      {place.tab === "tokens" && <Budgets persona={persona.id} revision={revision} />}
      {place.tab === "targets" && <TargetsTab persona={persona} />}
      {place.tab === "compare" && (
        <CompareTab key={persona.id} persona={persona} revision={revision} place={here} go={go} />
      )}
      {place.tab === "try" && <TryTab key={persona.id} persona={persona} revision={revision} place={here} />}
    </>
  );
}

/** The same file in another tab. */
export function inTab({ line: _, ...place }: Place, tab: Tab): Place {
  return { ...place, tab };
}

function Title({ persona }: { readonly persona: PersonaView }) {
  const { id, version, title, description, source, package: from, extends: base } = persona;
  return (
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
      <details class="description">
        <summary>{description}</summary>
      </details>
      {from !== undefined && <Command text={`npx personakit add ${from}`} />}
    </div>
  );
}
