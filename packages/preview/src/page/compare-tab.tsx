import { useMemo, useRef, useState } from "preact/hooks";
import type { ChangeView, ComparisonView, FileView, PersonaView, VersionView } from "../view/view.ts";
import { type ComparedLine, type Row, rowsOf, type Side } from "./compare.ts";
import { useAnswer } from "./data.ts";
import { FileChoice, fileAt } from "./file-tab.tsx";
import { useKeys } from "./keys.tsx";
import type { Place } from "./place.ts";
import { counted, withCommas } from "./words.ts";

interface TabProps {
  readonly persona: PersonaView;
  readonly revision: number | undefined;
  readonly place: Place;
  go(place: Place): void;
}

/** A built file beside that of another target, or beside what it was. */
export function CompareTab({ persona, revision, place, go }: TabProps) {
  const { value, problem } = useAnswer("versions", persona.id, revision);
  const file = fileAt(persona, place);
  if (file === undefined) return <p class="empty">Nothing is built of this persona.</p>;
  // A page without a server has targets alone.
  const versions = value ?? (problem === undefined ? undefined : []);
  if (versions === undefined) return null;
  const others = counterpartsOf(file, persona);
  const other = place.other ?? versions[0]?.id ?? others[0]?.path;
  const version = versions.find(({ id }) => id === other);
  const after = { name: version === undefined ? file.targets.join(", ") : "now", file, origins: persona.origins };
  const otherFile = others.find(({ path }) => path === other) ?? others[0];
  if (version === undefined && otherFile === undefined) {
    return (
      <p class="empty">There is nothing to compare it with: no other target, no persona that it extends, no commit.</p>
    );
  }
  return (
    <>
      <FileChoice persona={persona} file={file} place={place} go={go}>
        <label>
          Compare with{" "}
          <select
            value={version?.id ?? otherFile?.path}
            onChange={({ currentTarget }) => go({ ...place, file: file.path, other: currentTarget.value })}
          >
            <Choices name="What it was" choices={versions.map(({ id, name }) => [id, name])} />
            <Choices
              name="Another target"
              choices={others.map(({ path, targets }) => [path, `${targets.join(", ")}: ${path}`])}
            />
          </select>
        </label>
      </FileChoice>
      {version !== undefined ? (
        <Since key={`${version.id} ${file.path}`} {...{ persona, revision, version, after }} />
      ) : (
        otherFile !== undefined && (
          <Compared
            key={`${otherFile.path} ${file.path}`}
            before={{ name: otherFile.targets.join(", "), file: otherFile, origins: persona.origins }}
            after={after}
          />
        )
      )}
    </>
  );
}

function Choices({
  name,
  choices,
}: {
  readonly name: string;
  readonly choices: readonly (readonly [string, string])[];
}) {
  if (choices.length === 0) return null;
  return (
    <optgroup label={name}>
      {choices.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </optgroup>
  );
}

/** The files that other targets have for the same text: the main one, or a reference of the same name. */
function counterpartsOf(file: FileView, { files }: PersonaView): FileView[] {
  const seen = new Set<string>();
  const mains = files.filter(({ targets }) => targets.some((each) => seen.size < seen.add(each).size));
  const same = mains.includes(file) ? mains : files.filter(({ path }) => nameIn(path) === nameIn(file.path));
  return same.filter((each) => each !== file);
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

interface SinceProps extends Pick<TabProps, "persona" | "revision"> {
  readonly version: VersionView;
  readonly after: NamedSide;
}

/** A file beside what it was in another version. */
function Since({ persona, revision, version, after }: SinceProps) {
  const { value, problem } = useAnswer("comparison", `${persona.id}/${version.id}`, revision);
  if (value === undefined) return problem === undefined ? null : <pre class="empty">{problem}</pre>;
  const { before } = value;
  const path = after.file.path;
  const file = before.files.find((each) => each.path === path || inPlaceOf(each.path, before.id, persona.id) === path);
  if (file === undefined) return <p class="empty">{version.name} has no such file.</p>;
  return <Compared before={{ name: version.name, file, origins: before.origins }} after={after} comparison={value} />;
}

function inPlaceOf(path: string, before: string, after: string): string {
  return path.replaceAll(before, after);
}

/** One half of the view. */
interface NamedSide extends Side {
  readonly name: string;
}

interface ComparedProps {
  readonly before: NamedSide;
  readonly after: NamedSide;
  /** Absent between two targets. */
  readonly comparison?: ComparisonView;
}

/** How many unchanged rows stay beside each change. */
const CONTEXT = 1;

function Compared({ before, after, comparison }: ComparedProps) {
  const rows = useMemo(() => rowsOf(before, after, comparison?.renamed), [before.file, after.file, comparison]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLOListElement>(null);
  const changed = rows.filter(({ state }) => state !== "same");

  const show = (key: string | undefined) => {
    const row = list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key ?? "")}"]`);
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
  };
  const step = (by: 1 | -1) => {
    const focused = document.activeElement?.closest("li")?.dataset.key;
    const at = changed.findIndex(({ key }) => key === focused);
    show(changed[at === -1 && by === -1 ? changed.length - 1 : (at + by + changed.length) % changed.length]?.key);
  };
  useKeys(({ key }) => {
    if (key === "n" && changed.length > 0) step(1);
    else if (key === "N" && changed.length > 0) step(-1);
  });

  const more = after.file.tokens - before.file.tokens;
  return (
    <div class="compare">
      <section class="reasons" aria-label="What differs">
        <p class="reason-head">
          {comparison !== undefined && (
            <strong class={`bump is-${comparison.bump}`}>{comparison.bump ?? "the same"}</strong>
          )}{" "}
          {comparison === undefined ? counted(changed.length, "difference") : because(comparison)}
        </p>
        <p class="small">
          {withCommas(before.file.tokens)} → {withCommas(after.file.tokens)} tokens{" "}
          <strong>{more > 0 ? `+${withCommas(more)}` : withCommas(more).replace("-", "−")}</strong>
        </p>
        <ol>
          {comparison === undefined
            ? changed.map((row) => (
                <Reason
                  key={row.key}
                  path={row.origin?.path ?? ""}
                  said={inWords(row, before, after)}
                  onChoose={() => show(row.key)}
                />
              ))
            : comparison.changes.map((change) => (
                <Reason
                  key={`${change.kind} ${change.path}`}
                  path={change.path}
                  bump={change.bump}
                  said={whatOf(change)}
                  {...choosing(rowFor(change, changed), show)}
                />
              ))}
        </ol>
        {changed.length > 0 && (
          <button type="button" onClick={() => step(1)}>
            Next change <kbd>N</kbd>
          </button>
        )}
      </section>
      <div class="halves">
        <div class="half-heads">
          <h2>− {before.name}</h2>
          <h2>+ {after.name}</h2>
        </div>
        <ol ref={list} aria-label="Side by side">
          {runsOf(rows, opened).map((each) =>
            "lines" in each ? (
              <li key={each.key} class="unchanged">
                <button type="button" onClick={() => setOpened(new Set([...opened, each.key]))}>
                  {counted(each.lines, "unchanged line")}
                </button>
              </li>
            ) : (
              <RowItem key={each.key} row={each} isWhole={opened.size > 0} />
            ),
          )}
        </ol>
      </div>
    </div>
  );
}

interface ReasonProps {
  readonly path: string;
  readonly said: string;
  readonly bump?: ChangeView["bump"];
  /** Absent where it is not in this file. */
  onChoose?(): void;
}

/** A change, and what it means. */
export function Reason({ path, said, bump, onChoose }: ReasonProps) {
  const text = (
    <>
      {bump !== undefined && <span class={`reason-bump is-${bump}`}>{bump}</span>}
      <span>
        <code>{path}</code>
        <small>{said}</small>
      </span>
    </>
  );
  return (
    <li>
      {onChoose === undefined ? (
        <div class="reason-item">{text}</div>
      ) : (
        <button type="button" class="reason-item" onClick={onChoose}>
          {text}
        </button>
      )}
    </li>
  );
}

function choosing(row: Row | undefined, show: (key: string) => void): Pick<ReasonProps, "onChoose"> {
  return row === undefined ? {} : { onChoose: () => show(row.key) };
}

/** The first row that shows a change. */
function rowFor({ path, from }: ChangeView, rows: readonly Row[]): Row | undefined {
  return rows.find(({ origin, earlier }) =>
    [path, from].some((each) => each === origin?.path || each === earlier?.path),
  );
}

/** What one origin says, as it was and as it is. */
export function RowItem({ row, isWhole }: { readonly row: Row; readonly isWhole: boolean }) {
  const { key, pieces, state } = row;
  return (
    <li class={`compared is-${state}`} data-key={key} tabIndex={state === "same" ? undefined : -1}>
      {state !== "same" && <RowHead row={row} />}
      {pieces.map(({ before, after, isSame }) => (
        <div
          key={`${before[0]?.number} ${after[0]?.number}`}
          class={isSame ? `piece${isWhole ? "" : " is-context"}` : "piece is-other"}
        >
          <Half side="before" sign={isSame ? "" : "−"} lines={before} />
          <Half side="after" sign={isSame ? "" : "+"} lines={after} />
        </div>
      ))}
    </li>
  );
}

/** What differs, and how, where its lines do not say it. */
function RowHead({ row: { origin, earlier, state } }: { readonly row: Row }) {
  const strengths = [earlier, origin].map((each) => each?.strength ?? "no strength");
  return (
    <p class="compared-head">
      <code>{origin?.path}</code> {origin?.text === undefined && origin?.kind}
      {earlier !== undefined && earlier.path !== origin?.path && (
        <>
          {" "}
          was <code>{earlier.path}</code>
        </>
      )}{" "}
      {earlier !== undefined && strengths[0] !== strengths[1] && <span class="chip">{strengths.join(" → ")}</span>}{" "}
      {state === "moved" && <span class="chip">moved</span>}
    </p>
  );
}

interface HalfProps {
  readonly side: "before" | "after";
  readonly sign: string;
  readonly lines: readonly ComparedLine[];
}

function Half({ side, sign, lines }: HalfProps) {
  const Mark = side === "before" ? "del" : "ins";
  return (
    <div class={`half is-${side}${lines.length === 0 ? " is-empty" : ""}`}>
      {lines.map(({ number, words }) => (
        <p key={number}>
          <span class="number">{number}</span>
          <span class="sign">{sign}</span>
          <code class="said">{words.map(({ text, isMarked }) => (isMarked ? <Mark>{text}</Mark> : text))}</code>
        </p>
      ))}
    </div>
  );
}

/** Unchanged rows that are not shown until they are asked for. */
interface Run {
  readonly key: string;
  readonly lines: number;
}

function runsOf(rows: readonly Row[], opened: ReadonlySet<string>): (Row | Run)[] {
  const isNear = (index: number) =>
    rows.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ state }) => state !== "same");
  const shown: (Row | Run)[] = [];
  for (let index = 0; index < rows.length; ) {
    const from = index;
    while (index < rows.length && !isNear(index)) index++;
    const run = rows.slice(from, index);
    const key = `unchanged before ${rows[index]?.key}`;
    if (run.length < 2 || opened.has(key)) shown.push(...run);
    else shown.push({ key, lines: run.flatMap(({ pieces }) => pieces.flatMap(({ after }) => after)).length });
    const row = rows[index++];
    if (row !== undefined) shown.push(row);
  }
  return shown;
}

function because({ bump, changes }: ComparisonView): string {
  if (bump === undefined) return "";
  const reasons = changes.filter((each) => each.bump === bump).length;
  return changes.length === 1 ? "by one change" : `by ${reasons} of ${changes.length} changes`;
}

function inWords({ state }: Row, before: NamedSide, after: NamedSide): string {
  if (state === "added") return `only for ${after.name}`;
  if (state === "removed") return `only for ${before.name}`;
  return state === "moved" ? "at another place" : "in other words";
}

/** In characters: what is longer stands side by side. */
const LONGEST_VALUE = 40;

/** What has become of something: "reworded", "changed: 80 → 90". */
export function whatOf({ kind, path, from, before, after }: ChangeView): string {
  if (from !== undefined) return `${kind}, was ${from}`;
  const isRule = path.includes("/") && !path.includes(" ");
  const values = [before, after].map((each) => each ?? "none");
  const isShort = !isRule && values.every((each) => each.length <= LONGEST_VALUE);
  return isShort ? `${kind}: ${values.join(" → ")}` : kind;
}
