import type { CopyDriftView, CopyGroupView, NumberView, StaleView } from "../view/repository.ts";
import { useAnswer } from "./data.ts";
import { FileLink, FileLinks, PlaceLink } from "./link.tsx";
import { counted, tokens, withCommas } from "./words.ts";
import { byLine } from "./words-diff.ts";

/** What stands in several files, what differs in it, and files that are not what was built. */
export function CopiesPage({ revision }: { readonly revision: number | undefined }) {
  const { value: copies, problem } = useAnswer("copies", "", revision);
  if (copies === undefined) return <h1 class="empty">{problem ?? "Comparing your instruction files."}</h1>;
  const { files, stale, drifts, groups, numbers } = copies;
  const saved = groups.reduce((sum, { saves }) => sum + saves, 0);
  const found = stale.length + drifts.length + groups.length + numbers.length;
  return (
    <>
      <div class="title">
        <h1>Copies and drift</h1>
        <p class="description">
          {counted(files, "instruction file")} compared.{" "}
          {groups.length > 0 && `One text in place of each group of copies saves ${tokens(saved)}. `}
          {found === 0 && "Nothing stands in several of them, and every built file is what your personas make."}
        </p>
      </div>
      <div class="page">
        <Part title="Not what a build would write" of={stale} shown={(each) => <Stale key={each.path} {...each} />} />
        <Part
          title="Drift: what was one text, and differs now"
          of={drifts}
          shown={(each) => <Drift key={each.name} {...each} />}
        />
        <Part title="Copies" of={groups} shown={(each) => <Group key={each.name} {...each} />} />
        <Part
          title="Numbers that differ: are they meant to?"
          of={numbers}
          shown={(each) => <Numbers key={each.topic} {...each} />}
        />
      </div>
    </>
  );
}

interface PartProps<T> {
  readonly title: string;
  readonly of: readonly T[];
  shown(each: T): preact.JSX.Element;
}

function Part<T>({ title, of, shown }: PartProps<T>) {
  if (of.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      {of.map(shown)}
    </section>
  );
}

function Stale({ path, isThere, file, persona, problem, line, diff }: StaleView) {
  return (
    <article>
      <h3>
        {isThere ? <FileLink path={path} first={line} /> : <code>{path}</code>} {problem}
      </h3>
      <p>
        <PlaceLink to={{ view: "persona", name: persona, file }}>What {persona} makes of it</PlaceLink>
      </p>
      {diff !== "" && (
        <details>
          <summary>What differs</summary>
          <Diff text={diff} />
        </details>
      )}
    </article>
  );
}

/** A unified diff: its lines say by their first character what they are. */
function Diff({ text }: { readonly text: string }) {
  return (
    <pre class="text">
      {text.split("\n").map((line, index) => {
        const what = { "+": "is-added", "-": "is-gone" }[line[0] ?? ""];
        return (
          <span key={index} class={what}>
            {line}
            {"\n"}
          </span>
        );
      })}
    </pre>
  );
}

function Drift({ name, edited, wordings }: CopyDriftView) {
  return (
    <article>
      <h3>
        {name} <small>{wordings.length} wordings</small>
      </h3>
      {edited !== undefined && <p>{edited}</p>}
      {wordings.map(({ places, parts }) => (
        <div class="wording" key={places[0]?.path}>
          <FileLinks places={places} />
          <pre class="text">{differingLines(parts)}</pre>
        </div>
      ))}
      <p class="way-out">
        → Choose a wording: <code>personakit extract {name} --take &lt;file&gt;</code>
      </p>
    </article>
  );
}

type Parts = CopyDriftView["wordings"][number]["parts"];

/** The lines in which words differ, with those words marked; a row of dots for those between. */
function differingLines(parts: Parts) {
  const lines = byLine(parts);
  const isShown = (line: Parts) => line.some(({ text, differs }) => differs && text.trim() !== "");
  return lines.flatMap((line, index) => {
    if (!isShown(line)) return index === 0 || isShown(lines[index - 1] ?? []) ? ["⋯\n"] : [];
    return [
      ...line.map(({ text, differs }, at) => (differs ? <mark key={`${index}.${at}`}>{text}</mark> : text)),
      "\n",
    ];
  });
}

function Group({ name, what, text, saves, parameters, places }: CopyGroupView) {
  return (
    <article>
      <h3>
        {name}{" "}
        <small>
          {what}, in {places.length} places, saves {withCommas(saves)} tokens
        </small>
      </h3>
      <FileLinks places={places} />
      {parameters.map(({ name: parameter, values }) => (
        <p key={parameter}>
          <code>{`{{${parameter}}}`}</code>: {[...new Set(values)].join(" | ")}
        </p>
      ))}
      <details>
        <summary>What it says</summary>
        <pre class="text">{text}</pre>
      </details>
      <p class="way-out">
        → Say it once: <code>personakit extract {name}</code>
      </p>
    </article>
  );
}

function Numbers({ topic, values }: NumberView) {
  return (
    <article>
      <h3>{topic}</h3>
      {values.map(({ value, places }) => (
        <p key={value}>
          <strong>{value}</strong>:{" "}
          {places.map((place) => (
            <>
              <FileLink {...place} />{" "}
            </>
          ))}
        </p>
      ))}
    </article>
  );
}
