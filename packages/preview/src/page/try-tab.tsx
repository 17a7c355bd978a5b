import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { FormView, TriedSize } from "../view/trial.ts";
import type { FileView, Outcome, PersonaView, TrialView } from "../view/view.ts";
import { type Row, rowsOf } from "./compare.ts";
import { Reason, RowItem, whatOf } from "./compare-tab.tsx";
import { useAnswer } from "./data.ts";
import { editsOf, firstEdit, ruleIn, type Typed, useTyped } from "./edits.ts";
import { fileAt } from "./file-tab.tsx";
import { useKeys } from "./keys.tsx";
import type { Place } from "./place.ts";
import { TryForm } from "./try-form.tsx";
import { counted, withCommas } from "./words.ts";

interface TryProps {
  readonly persona: PersonaView;
  readonly revision: number | undefined;
  /** Where there is a line, its rule is what to try. */
  readonly place: Place;
}

/** In milliseconds: while somebody types on, nothing is asked. */
const SETTLED_AFTER = 120;

/** What an edit would do, as it is typed. Nothing is written. */
export function TryTab({ persona, revision, place }: TryProps) {
  const { value: form, problem } = useAnswer("form", persona.id, revision);
  if (form === undefined) return problem === undefined ? null : <p class="empty">{problem}</p>;
  if (form.cannot !== undefined) return <p class="empty">Nothing can be tried here: {form.cannot}</p>;
  return <Trial persona={persona} revision={revision} place={place} form={form} />;
}

function Trial({ persona, revision, place, form }: TryProps & { readonly form: FormView }) {
  const [typed, setTyped] = useTyped(persona.id);
  useEffect(() => {
    const rule = form.rules.find((each) => ruleIn(each) === pathAt(persona, place));
    if (rule === undefined || typed.rules[ruleIn(rule)] !== undefined) return;
    setTyped({ ...typed, rules: { ...typed.rules, [ruleIn(rule)]: firstEdit(rule) } });
  }, []);
  const edits = editsOf(useSettled(typed), form);
  const asked = edits === undefined ? undefined : persona.id;
  const { value, problem } = useAnswer("trial", asked, revision, edits);
  // What came of other edits stays while these are looked at, and where something is wrong with them.
  const last = useRef<Outcome>(undefined);
  if (value?.outcome !== undefined) last.current = value.outcome;
  const outcome = edits === undefined ? undefined : (value?.outcome ?? last.current);
  const issues = edits === undefined ? [] : (value?.issues ?? []);
  const lines = useRef<HTMLDivElement>(null);
  const [isCopied, copy] = useCopy(outcome?.override.text, value?.turn === typed.turn && issues.length === 0);

  useKeys(({ key }) => {
    if (key === "Escape") setTyped();
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && issues.length === 0) copy();
      else if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });

  return (
    <div class="try">
      <TryForm form={form} typed={typed} issues={issues} change={setTyped} />
      {outcome === undefined ? (
        <div class="try-lines">
          <Wrong issues={issues} problem={problem} isStale={false} />
          <p class="empty">Change a parameter, or choose a rule, to see what it would do. Nothing is written.</p>
        </div>
      ) : (
        <>
          {/* On a narrow page, what comes of an edit is far below it. */}
          <button type="button" class="try-jump" onClick={() => lines.current?.scrollIntoView()}>
            {outcome.bump ?? "no change"}: what would differ
          </button>
          <div class="try-lines" ref={lines}>
            <Wrong issues={issues} problem={problem} isStale={true} />
            <Lines persona={persona} form={form} outcome={outcome} typed={typed} change={setTyped} />
          </div>
          <Meaning outcome={outcome} isCopied={isCopied} isRefused={issues.length > 0} onCopy={copy} />
        </>
      )}
    </div>
  );
}

/** What the line of a place comes from. */
function pathAt(persona: PersonaView, place: Place): string | undefined {
  const { line } = place;
  return line === undefined ? undefined : persona.origins[fileAt(persona, place)?.from[line - 1] ?? -1]?.path;
}

/** A value once it has stayed for a while. */
function useSettled(value: Typed): Typed {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_AFTER);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/**
 * How to copy a text, and whether it was copied. A text of an earlier edit is never copied: it waits for that of what is typed. Where the
 * browser does not let a page copy, the text is selected for the reader to do so.
 */
function useCopy(text: string | undefined, isCurrent: boolean): readonly [boolean, () => void] {
  const [copied, setCopied] = useState<string>();
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    if (!isWanted || !isCurrent || text === undefined) return;
    setWanted(false);
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => getSelection()?.selectAllChildren(document.querySelector(".override") as Node),
    );
  }, [isWanted, isCurrent, text]);
  return [copied !== undefined && copied === text, () => setWanted(true)];
}

interface WrongProps {
  readonly issues: TrialView["issues"];
  readonly problem: string | undefined;
  /** Whether what came of an earlier edit is shown. */
  readonly isStale: boolean;
}

/** What is wrong, but for what a field says itself. */
function Wrong({ issues, problem, isStale }: WrongProps) {
  const inFields = issues.filter(({ at }) => at !== undefined).length;
  const others = issues
    .filter(({ at }) => at === undefined)
    .map(({ text, place }) => (place === undefined ? text : `${place}: ${text}`));
  const all = [...others, ...(problem === undefined ? [] : [problem])];
  if (issues.length === 0 && all.length === 0) return null;
  return (
    <div class="errors" role="alert">
      {all.map((each) => (
        <pre key={each}>{each}</pre>
      ))}
      <p>
        {inFields > 0 && `${counted(inFields, "field")} refused. `}
        {isStale && "What you see is of the last edit that was right."}
      </p>
    </div>
  );
}

interface LinesProps {
  readonly persona: PersonaView;
  readonly form: FormView;
  readonly outcome: Outcome;
  readonly typed: Typed;
  change(typed: Typed): void;
}

/** The lines that differ, file by file. */
function Lines({ persona, form, outcome: { after }, typed, change }: LinesProps) {
  const files = useMemo(
    () =>
      after.files.map((file) => ({
        file,
        rows: rowsOf({ file: earlierOf(file, persona), origins: persona.origins }, { file, origins: after.origins }),
      })),
    [after, persona],
  );
  const total = files.reduce((sum, { rows }) => sum + differingLines(rows), 0);
  return (
    <>
      <p class="try-head">
        <strong role="status">{total === 1 ? "1 line differs" : `${total} lines differ`}</strong>
        <label>
          in{" "}
          <select
            value={typed.target ?? form.targets[0]}
            onChange={({ currentTarget }) => change({ ...typed, target: currentTarget.value })}
          >
            {form.targets.map((target) => (
              <option key={target}>{target}</option>
            ))}
          </select>
        </label>
      </p>
      {files.map(({ file, rows }) => (
        <section key={file.path} aria-label={file.path}>
          <h2 class="try-file">
            <code>{file.path}</code> <span>{counted(differingLines(rows), "line")}</span>
          </h2>
          <ol>
            {runs(rows).flatMap(({ row, above }) => [
              above > 0 && (
                <li key={`above ${row?.key}`} class="unchanged small">
                  {counted(above, "unchanged line")}
                </li>
              ),
              row !== undefined && <RowItem key={row.key} row={row} isWhole={false} />,
            ])}
          </ol>
        </section>
      ))}
    </>
  );
}

const NO_FILE = { targets: [], tokens: 0, lines: [], from: [], costs: [] };

function earlierOf({ path }: FileView, { files }: PersonaView): FileView {
  return files.find((each) => each.path === path) ?? { path, ...NO_FILE };
}

function differingLines(rows: readonly Row[]): number {
  const pieces = rows.flatMap((row) => row.pieces.filter(({ isSame }) => !isSame));
  return pieces.reduce((sum, { before, after }) => sum + Math.max(before.length, after.length), 0);
}

/** The rows that differ, each with the unchanged lines above it. */
function runs(rows: readonly Row[]): { readonly row?: Row; readonly above: number }[] {
  const found: { readonly row?: Row; readonly above: number }[] = [];
  let above = 0;
  for (const row of rows) {
    if (row.state === "same") above += row.pieces.reduce((sum, { after }) => sum + after.length, 0);
    else {
      found.push({ row, above });
      above = 0;
    }
  }
  return above > 0 ? [...found, { above }] : found;
}

const IS_MAC = navigator.platform.startsWith("Mac");

const BUMPS = ["patch", "minor", "major"];

const MEANINGS: { readonly [bump: string]: string } = {
  major: "Whoever relies on this persona loses something.",
  minor: "The agent is asked or offered more.",
  patch: "The same in other words.",
};

interface MeaningProps {
  readonly outcome: Outcome;
  readonly isCopied: boolean;
  /** Whether something is wrong with what is typed: then there is nothing to copy. */
  readonly isRefused: boolean;
  onCopy(): void;
}

/** What the edit means: the class of the version and why, what it costs, and how the sources say it. */
function Meaning({ outcome, isCopied, isRefused, onCopy }: MeaningProps) {
  const { bump, changes, sizes, warnings, override } = outcome;
  return (
    <section class="meaning" aria-label="What it means">
      <p class={`bump is-${bump}`} role="status">
        {bump ?? "no change"}
      </p>
      <p class={`scale is-${bump}`} aria-hidden="true">
        {BUMPS.map((each) => (
          <span key={each} class={BUMPS.indexOf(each) <= BUMPS.indexOf(bump ?? "") ? "step is-reached" : "step"}>
            {each}
          </span>
        ))}
      </p>
      <p class="small">{MEANINGS[bump ?? ""] ?? "Nothing that the persona says is another one."}</p>
      {changes.length > 0 && <h2 class="meaning-head">Because</h2>}
      <ol>
        {changes.map((change) => (
          <Reason
            key={`${change.kind} ${change.path}`}
            path={change.path}
            bump={change.bump}
            said={change.stands === undefined ? whatOf(change) : `${whatOf(change)}: it stands ${change.stands}`}
          />
        ))}
      </ol>
      <h2 class="meaning-head">Tokens</h2>
      <dl>
        {sizes
          .filter(({ before, after }) => before !== after)
          .map((size) => (
            <Size key={size.path} {...size} />
          ))}
        <Size path={sizes.length === 1 ? "the file" : `all ${sizes.length} files`} {...totalOf(sizes)} />
      </dl>
      {warnings.length > 0 && <h2 class="meaning-head">Warnings</h2>}
      {warnings.map((each) => (
        <p class="small" key={each}>
          {each}
        </p>
      ))}
      <p class="try-head">
        <strong>Copy as override</strong>
        <button type="button" disabled={isRefused} onClick={onCopy}>
          {isCopied ? "Copied" : "Copy"} <kbd>{IS_MAC ? "⌘" : "Ctrl"} Enter</kbd>
        </button>
      </p>
      <p class="small">{override.where}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <pre class="override" tabIndex={0}>
        {override.text}
      </pre>
      {override.also.map((each) => (
        <p class="small" key={each}>
          {each}
        </p>
      ))}
    </section>
  );
}

function totalOf(sizes: Outcome["sizes"]): Pick<TriedSize, "before" | "after"> {
  const sum = (of: (size: TriedSize) => number) => sizes.reduce((total, size) => total + of(size), 0);
  return { before: sum(({ before }) => before), after: sum(({ after }) => after) };
}

function Size({ path, before, after }: TriedSize) {
  const by = after - before;
  return (
    <div class="size">
      <dt>{path}</dt>
      <dd>
        {withCommas(before)} → <strong>{withCommas(after)}</strong>{" "}
        <span class={by > 0 ? "is-more" : "is-less"}>
          {by === 0 ? "±0" : by > 0 ? `+${withCommas(by)}` : `−${withCommas(-by)}`}
        </span>
      </dd>
    </div>
  );
}
