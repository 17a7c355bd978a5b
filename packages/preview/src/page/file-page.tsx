import type { BuiltView, InstructionFileView, RemarksView } from "../view/repository.ts";
import type { OriginView, PersonaView } from "../view/view.ts";
import { Cell } from "./context-page.tsx";
import { useAnswer } from "./data.ts";
import { countsOf, Findings, Mark } from "./findings.tsx";
import { FileLinks, PlaceLink } from "./link.tsx";
import type { Place } from "./place.ts";
import { firstLines, useLines } from "./use-lines.ts";
import { counted, tokens, withCommas } from "./words.ts";

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
  if (file === undefined) return problem === undefined ? null : <h1 class="empty">{problem}</h1>;
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
  const stops = findings.map(({ line }) => line - 1);
  const { list, looked, leave, unpoint, of } = useLines(file.lines.length, stops, place, go);
  const origins = file.lines.map((_, index) => originAt(file, persona, index + 1));
  const firsts = firstLines(file.lines, origins);
  return (
    <div class="file">
      <ol
        class={persona === undefined ? "lines is-plain" : "lines"}
        ref={list}
        aria-label={`Lines of ${file.path}`}
        onPointerLeave={unpoint}
      >
        {file.lines.map((text, index) => {
          const finding = findings.find(({ line }) => line === index + 1);
          return (
            <li key={index} class={finding === undefined ? "line" : `line has-${finding.severity}`} {...of(index)}>
              <span class="from">{firsts.has(index) && origins[index]?.path}</span>
              <span class="number">{index + 1}</span>
              <span class="strength">{finding !== undefined && <Mark severity={finding.severity} />}</span>
              <code>{text === "" ? " " : text}</code>
            </li>
          );
        })}
      </ol>
      <AboutFile file={file} remarks={remarks} />
      {looked !== undefined && (
        <AboutLine line={looked + 1} origin={origins[looked]} remarks={remarks} onClose={leave} />
      )}
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

/** What stands beside the lines while none is chosen: what tools do with the file, what it was built of, and where there is more to say. */
function AboutFile({ file, remarks }: Pick<LinesProps, "file" | "remarks">) {
  const { findings, loads, shared } = remarks;
  return (
    <section class="changes" aria-label="About this file">
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
      {file.built.map(({ persona, file: path, first, isCurrent }) => (
        <p key={persona}>
          <PlaceLink to={{ view: "persona", name: persona, file: path }}>Built of {persona}</PlaceLink>
          {first > 1 && `, from line ${first} on`}
          {!isCurrent && ", and not what a build would write now"}
        </p>
      ))}
      {findings.length > 0 && <h2>What the doctor finds</h2>}
      <ul class="places">
        {findings.map(({ check, severity, line, path }, index) => (
          <li key={index}>
            <Mark severity={severity} />{" "}
            <PlaceLink to={{ name: path, line }}>
              line {line}: {check}
            </PlaceLink>
          </li>
        ))}
      </ul>
      {shared.length > 0 && <h2>What other files say too</h2>}
      <ul class="places">
        {shared.map(({ name, is, path, first, last, others }) => (
          <li key={`${name} ${first}`}>
            <PlaceLink to={{ name: path, line: first }}>
              lines {first}-{last}
            </PlaceLink>
            : {is === "copy" ? "the same" : "another wording"} in {counted(others.length, "place")}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AboutLineProps {
  readonly line: number;
  readonly origin: OriginView | undefined;
  readonly remarks: RemarksView;
  onClose(): void;
}

/** What is wrong with a line, what it comes from, and where else it stands; nothing for a line without any of it. */
function AboutLine({ line, origin, remarks, onClose }: AboutLineProps) {
  const { checks } = remarks;
  const findings = remarks.findings.filter((each) => each.line === line);
  const shared = remarks.shared.filter(({ first, last }) => first <= line && line <= last);
  if (origin === undefined && findings.length + shared.length === 0) return null;
  return (
    <section class="note" aria-live="polite" aria-label="About this line">
      <button type="button" class="close" onClick={onClose}>
        Close
      </button>
      <h2>Line {line}</h2>
      <Findings findings={findings} checks={checks} isHere />
      {origin !== undefined && (
        <p>
          <code>{origin.path}</code> <small>from {origin.stands}</small>
        </p>
      )}
      {shared.map(({ name, first, is, others }) => (
        <div key={`${name} ${first}`}>
          <h2>
            {is === "copy" ? "Also stands in" : "Was the same, and differs, in"} <small>{name}</small>
          </h2>
          <FileLinks places={others} />
        </div>
      ))}
    </section>
  );
}
