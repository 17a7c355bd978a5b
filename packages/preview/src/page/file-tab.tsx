import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { DroppedView, FileView, OriginView, PersonaView } from "../view/view.ts";
import { Changes } from "./changes.tsx";
import { useKeys } from "./keys.tsx";
import { Note } from "./note.tsx";
import type { Place } from "./place.ts";
import { Ruler } from "./ruler.tsx";
import { firstLines, useLines } from "./use-lines.ts";
import { SHAPES, tokens } from "./words.ts";

interface TabProps {
  readonly persona: PersonaView;
  readonly place: Place;
  go(place: Place): void;
}

/** A built file, line by line, with what each line comes from beside it. */
export function FileTab({ persona, place, go }: TabProps) {
  const file = fileAt(persona, place);
  if (file === undefined) return <p class="empty">Nothing is built of this persona.</p>;
  return <File key={file.path} persona={persona} file={file} place={place} go={go} />;
}

/** The file that a place names, or else the main one. */
export function fileAt({ files }: PersonaView, { file }: Place): FileView | undefined {
  return files.find(({ path }) => path === file) ?? files[0];
}

interface ChoiceProps extends TabProps {
  readonly file: FileView;
  readonly children?: ComponentChildren;
}

/** The file of the tab, to choose from, and what else there is to choose. */
export function FileChoice({ persona, file, place, go, children }: ChoiceProps) {
  return (
    <p class="choice">
      <label>
        File{" "}
        <select value={file.path} onChange={({ currentTarget }) => go({ ...place, file: currentTarget.value })}>
          {persona.files.map(({ path }) => (
            <option key={path} value={path}>
              {path}
            </option>
          ))}
        </select>
      </label>{" "}
      <span>
        for {file.targets.join(", ")}, {tokens(file.tokens)}
      </span>{" "}
      {children}
    </p>
  );
}

function File({ persona, file, place, go }: TabProps & { readonly file: FileView }) {
  const firsts = useMemo(() => firstLines(file.lines, file.from), [file]);
  const dropped = useMemo(() => droppedAfter(file, persona), [file, persona]);
  const here = { ...place, file: file.path };
  const { list, looked, choose, leave, unpoint, of } = useLines(file.lines.length, [...firsts], here, go);
  const [pinned, setPinned] = useState<number>();
  const [hasDropped, setDropped] = useState(true);
  const [copied, setCopied] = useState<string>();
  const at = pinned ?? looked;
  const shown = at === undefined ? undefined : persona.origins[file.from[at] ?? 0];

  const pin = () => setPinned(pinned === undefined ? looked : undefined);
  const copy = () => {
    if (shown !== undefined) void navigator.clipboard.writeText(shown.path).then(() => setCopied(shown.path));
  };
  const close = () => {
    setPinned(undefined);
    leave();
  };
  useKeys(({ key, target }) => {
    // On a button, Enter is the button's.
    if (key === "Enter" && list.current?.contains(target as Element)) pin();
    else if (key === "Escape") setPinned(undefined);
    else if (key === "d" && dropped.size > 0) setDropped(!hasDropped);
    else if (key === "y") copy();
  });

  return (
    <>
      <FileChoice persona={persona} file={file} place={place} go={go}>
        {dropped.size > 0 && (
          <button type="button" aria-pressed={hasDropped} onClick={() => setDropped(!hasDropped)}>
            Dropped rules <kbd>D</kbd>
          </button>
        )}
      </FileChoice>
      <div class="file is-ruled">
        <ol class="lines" ref={list} aria-label={`Lines of ${file.path}`} onPointerLeave={unpoint}>
          {file.lines.map((line, index) => {
            const origin = persona.origins[file.from[index] ?? 0];
            const isFirst = firsts.has(index);
            const isChanged = origin?.changed !== undefined;
            const isShown = shown !== undefined && origin === shown;
            const classes = ["line", isChanged ? "is-changed" : "", isShown ? "is-shown" : ""];
            const about = of(index);
            // A description is one line until it is asked for.
            const isCut =
              origin?.path === persona.id && line.startsWith("description") && about["aria-current"] !== "true";
            return (
              <li key={index} class={classes.join(" ")} {...about}>
                <span class="from">{isFirst && origin !== undefined && <From origin={origin} />}</span>
                <span class="number">{index + 1}</span>
                <span class="strength" title={origin?.strength}>
                  {isFirst && origin?.strength !== undefined ? SHAPES[origin.strength] : ""}
                </span>
                <code class={isCut ? "is-cut" : undefined}>{line === "" ? " " : line}</code>
                {hasDropped && dropped.get(index)?.map((each) => <Dropped key={each.path} dropped={each} />)}
              </li>
            );
          })}
        </ol>
        <Ruler persona={persona} file={file} dropped={dropped} at={at} onChoose={choose} />
        <Changes persona={persona} file={file} onChoose={(line) => choose(line - 1)} />
        {shown !== undefined && (
          <Note
            origin={shown}
            file={file}
            place={persona.origins.indexOf(shown)}
            dropped={persona.dropped}
            onClose={close}
          >
            <p class="actions">
              <button type="button" aria-pressed={pinned !== undefined} onClick={pin}>
                {pinned === undefined ? "Pin" : "Pinned"} <kbd>Enter</kbd>
              </button>{" "}
              <button type="button" onClick={copy}>
                {copied === shown.path ? "Copied" : "Copy id"} <kbd>Y</kbd>
              </button>
            </p>
          </Note>
        )}
      </div>
    </>
  );
}

/** A rule that is not there, where its section ends. */
function Dropped({ dropped: { path, by, reason, text } }: { readonly dropped: DroppedView }) {
  return (
    <span class="gone-rule">
      <span class="from">{path.slice(path.indexOf("/") + 1)}</span>
      <span>
        <del>{text ?? path}</del>{" "}
        <small>
          dropped by {by}: {reason}
        </small>
      </span>
    </span>
  );
}

/** By line, the rules that were taken out of the section that ends there. */
function droppedAfter({ from }: FileView, { dropped, origins }: PersonaView): ReadonlyMap<number, DroppedView[]> {
  const found = new Map<number, DroppedView[]>();
  for (const each of dropped) {
    const unit = each.path.split("/", 1)[0];
    const line = from.findLastIndex((origin) => origins[origin]?.unit === unit);
    if (line >= 0) found.set(line, [...(found.get(line) ?? []), each]);
  }
  return found;
}

/** The rule alone, where its fragment stands above it. */
function From({ origin: { path, unit } }: { readonly origin: OriginView }) {
  return path === unit ? <strong>{unit}</strong> : path.slice(unit.length + 1);
}
