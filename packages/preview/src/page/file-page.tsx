import { useEffect, useRef, useState } from "preact/hooks";
import type { BuiltView, InstructionFileView, RemarksView } from "../view/repository.ts";
import type { PersonaView } from "../view/view.ts";
import { Cell } from "./context-page.tsx";
import { useAnswer } from "./data.ts";
import { countsOf, Findings, Mark } from "./findings.tsx";
import { FileLinks, PlaceLink } from "./link.tsx";
import type { Place } from "./place.ts";
import { tokens, withCommas } from "./words.ts";

interface FilePageProps {
  readonly revision: number | undefined;
  readonly place: Place;
  go(place: Place): void;
}

/** What is shown until it is known. */
const NONE: RemarksView = { findings: [], checks: {}, loads: [], shared: [] };

/** An instruction file as it stands, with what there is to say of its lines beside them. */
export function FilePage({ revision, place, go }: FilePageProps) {
  const { value: file, problem } = useAnswer("file", place.name, revision);
  const { value: remarks = NONE } = useAnswer("remarks", place.name, revision);
  const built = file?.built.find((each) => isIn(each, place.line ?? each.first));
  const { value: persona } = useAnswer("persona", built?.persona, revision);
  if (file === undefined) return problem === undefined ? null : <p class="empty">{problem}</p>;
  return (
    <>
      <div class="title">
        <h1>{file.path}</h1>
        <p>
          {[
            ...(file.tool === undefined ? [] : [`for ${file.tool}`]),
            tokens(file.tokens),
            `${withCommas(file.bytes)} bytes`,
            ...(remarks.findings.length === 0 ? [] : [countsOf(remarks.findings)]),
          ].join(", ")}
        </p>
      </div>
      <Lines
        key={file.path}
        file={file}
        remarks={remarks}
        persona={built === undefined ? undefined : persona}
        place={place}
        go={go}
      />
    </>
  );
}

interface LinesProps extends Omit<FilePageProps, "revision"> {
  readonly file: InstructionFileView;
  readonly remarks: RemarksView;
  readonly persona: PersonaView | undefined;
}

function Lines({ file, remarks, persona, place, go }: LinesProps) {
  const { findings } = remarks;
  const [pointed, setPointed] = useState<number>();
  const list = useRef<HTMLOListElement>(null);
  const current = Math.min(place.line ?? 1, file.lines.length);
  const shown = pointed ?? current;

  useEffect(() => {
    if (place.line !== undefined) list.current?.children[current - 1]?.scrollIntoView({ block: "nearest" });
  }, [place.line, current, persona]);

  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // J and K go from finding to finding, the arrows from line to line.
    const found = [...new Set(findings.map(({ line }) => line))].sort((a, b) => (a - b) * step);
    const next = event.key.length > 1 ? current + step : found.find((line) => (line - current) * step > 0);
    if (next === undefined || next < 1 || next > file.lines.length) return;
    setPointed(undefined);
    go({ ...place, line: next });
    (list.current?.children[next - 1] as HTMLElement | undefined)?.focus();
  };

  return (
    <div class="file">
      <ol
        class={persona === undefined ? "lines is-plain" : "lines"}
        ref={list}
        aria-label={`Lines of ${file.path}`}
        onKeyDown={move}
        onMouseLeave={() => setPointed(undefined)}
      >
        {file.lines.map((text, index) => {
          const line = index + 1;
          const [finding] = findings.filter((each) => each.line === line);
          const [from, before] = [originAt(file, persona, line), originAt(file, persona, line - 1)];
          return (
            <li
              key={line}
              class={["line", finding === undefined ? "" : `has-${finding.severity}`].join(" ")}
              tabIndex={line === current ? 0 : -1}
              aria-current={line === current ? "true" : undefined}
              onMouseOver={() => setPointed(line)}
              onFocus={() => go({ ...place, line })}
            >
              <span class="from">{from === before ? "" : from?.path}</span>
              <span class="number">{line}</span>
              <span class="strength">{finding !== undefined && <Mark severity={finding.severity} />}</span>
              <code>{text === "" ? " " : text}</code>
            </li>
          );
        })}
      </ol>
      <FileNote file={file} remarks={remarks} persona={persona} line={shown} />
    </div>
  );
}

/** Whether a line says what a build would write there. */
function isIn({ first, count, isCurrent }: BuiltView, line: number): boolean {
  return isCurrent && line >= first && line < first + count;
}

/** What a line comes from, where it was built of a persona. */
function originAt({ built }: InstructionFileView, persona: PersonaView | undefined, line: number) {
  const part = built.find((each) => isIn(each, line));
  if (part === undefined || persona?.id !== part.persona) return undefined;
  const file = persona.files.find(({ path }) => path === part.file);
  return persona.origins[file?.from[line - part.first] ?? -1];
}

interface FileNoteProps extends Pick<LinesProps, "file" | "remarks" | "persona"> {
  readonly line: number;
}

function FileNote({ file, remarks, persona, line }: FileNoteProps) {
  const { findings, checks, loads, shared } = remarks;
  const here = findings.filter((each) => each.line === line);
  const others = findings.filter((each) => each.line !== line);
  const sharedHere = shared.filter(({ first, last }) => first <= line && line <= last);
  const origin = originAt(file, persona, line);
  return (
    <section class="note" aria-live="polite" aria-label="About this line and its file">
      {here.length > 0 && <h2>Line {line}</h2>}
      <Findings findings={here} checks={checks} isHere />
      {origin !== undefined && (
        <>
          <h2>
            <code>{origin.path}</code>
          </h2>
          <p class="kind">from {origin.stands}</p>
        </>
      )}
      {sharedHere.map((each) => (
        <div key={`${each.name} ${each.first}`}>
          <h2>
            {each.is === "copy" ? "Also stands in" : "Was the same, and differs, in"} <small>{each.name}</small>
          </h2>
          <FileLinks places={each.others} />
        </div>
      ))}
      <h2>What tools do with it</h2>
      <dl>
        {loads.map(({ tool, folder, cell, says }) => (
          <div class="row" key={tool}>
            <dt>
              {tool}
              {folder === "" ? "" : ` in ${folder}`}
            </dt>
            <dd>
              <Cell cell={cell} /> {says}
            </dd>
          </div>
        ))}
      </dl>
      {remarks !== NONE && loads.length === 0 && <p class="kind">No tool that is in use here reads it.</p>}
      {file.built.map(({ persona: id, file: path, first, isCurrent }) => (
        <p key={id}>
          <PlaceLink to={{ view: "persona", name: id, file: path }}>Built of {id}</PlaceLink>
          {first > 1 && `, from line ${first} on`}
          {!isCurrent && ", and not what a build would write now"}
        </p>
      ))}
      {shared.length > sharedHere.length && (
        <>
          <h2>Said elsewhere too</h2>
          <ul class="places">
            {shared
              .filter((each) => !sharedHere.includes(each))
              .map(({ name, is, path, first, last, others: places }) => (
                <li key={`${name} ${first}`}>
                  <PlaceLink to={{ name: path, line: first }}>
                    lines {first}-{last}
                  </PlaceLink>
                  : {is === "copy" ? "the same" : "another wording"} in {places.length}{" "}
                  {places.length === 1 ? "place" : "places"}
                </li>
              ))}
          </ul>
        </>
      )}
      {others.length > 0 && <h2>{here.length > 0 ? "Other findings" : "Findings"}</h2>}
      <ul class="places">
        {others.map(({ check, severity, line: at, path }) => (
          <li key={`${check} ${at}`}>
            <Mark severity={severity} />{" "}
            <PlaceLink to={{ name: path, line: at }}>
              line {at}: {check}
            </PlaceLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
