import type { RefObject } from "preact";
import { useContext, useState } from "preact/hooks";
import type { FragmentSummary, PersonaSummary, ProjectView } from "../view/view.ts";
import { Command } from "./command.tsx";
import { hrefOf } from "./place.ts";
import { StaticSite } from "./static-site.ts";
import { counted, hasAll, tokens, wordsOf } from "./words.ts";

interface CatalogueProps {
  readonly project: ProjectView;
  readonly fragments: readonly FragmentSummary[];
  readonly search: RefObject<HTMLInputElement | null>;
}

/** Everything that there is, with a search and with how to get it. */
export function Catalogue({ project, fragments: known, search }: CatalogueProps) {
  const [words, setWords] = useState("");
  const wanted = wordsOf(words);
  const personas = project.personas.filter((each) => hasAll(wanted, `${each.id} ${each.title} ${each.description}`));
  const fragments = known.filter(({ id, title, summary, rules }) =>
    hasAll(wanted, `${id} ${title} ${summary} ${rules.join(" ")}`),
  );
  const docs = (project.docs ?? []).filter(({ title }) => hasAll(wanted, title));
  const site = useContext(StaticSite);
  const all = [counted(project.personas.length, "persona"), counted(known.length, "fragment")];
  return (
    <div class="catalogue">
      <div class="title">
        <h1>{project.name}</h1>
        <p>{all.join(" and ")}.</p>
      </div>
      <p class="catalogue-search">
        <input
          ref={search}
          type="search"
          placeholder="Search personas, fragments and rules"
          aria-label="Search personas, fragments and rules"
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <span role="status">{wanted.length > 0 && matches(personas.length + fragments.length + docs.length)}</span>
      </p>
      {personas.length > 0 && <h2 class="heading-2">Personas</h2>}
      <ul class="cards">
        {personas.map((each) => (
          <PersonaCard key={each.id} persona={each} />
        ))}
      </ul>
      {fragments.length > 0 && <h2 class="heading-2">Fragments</h2>}
      <ul class="cards">
        {fragments.map((each) => (
          <FragmentCard key={each.id} fragment={each} />
        ))}
      </ul>
      {docs.length > 0 && <h2 class="heading-2">Documents</h2>}
      <ul class="doc-list">
        {docs.map(({ path, title }) => (
          <li key={path}>
            <a href={hrefOf({ view: "doc", name: path, tab: "file" }, site)}>{title}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function matches(count: number): string {
  return count === 0 ? "Nothing has these words." : `${count} found`;
}

function PersonaCard({ persona }: { readonly persona: PersonaSummary }) {
  const { id, title, description, tokens: size, targets, package: from } = persona;
  const site = useContext(StaticSite);
  return (
    <li class="card">
      <h3>
        <a href={hrefOf({ view: "persona", name: id, tab: "file" }, site)}>{title === "" ? id : title}</a>
      </h3>
      <p class="card-text">{description}</p>
      <p class="small-line">
        {tokens(size)}, for {targets.join(", ")}
      </p>
      {from !== undefined && <Command text={`npx personakit add ${from}`} />}
    </li>
  );
}

function FragmentCard({ fragment }: { readonly fragment: FragmentSummary }) {
  const { id, title, summary, rules, tokens: size, users, package: from } = fragment;
  const site = useContext(StaticSite);
  return (
    <li class="card">
      <h3>
        <a href={hrefOf({ view: "fragment", name: id, tab: "file" }, site)}>{title === "" ? id : title}</a>
      </h3>
      <p class="card-text">{summary}</p>
      <p class="small-line">
        {counted(rules.length, "rule")}, {tokens(size)}, in {counted(users, "persona")}
      </p>
      {from !== undefined && <Command text={`npm install ${from}`} />}
    </li>
  );
}
