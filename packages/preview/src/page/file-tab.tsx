import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { FileView, PersonaView } from "../view/view.ts";
import { Note } from "./note.tsx";
import type { Place } from "./place.ts";
import { SHAPES, tokens } from "./words.ts";

interface TabProps {
  readonly persona: PersonaView;
  readonly place: Place;
  go(place: Place): void;
}

/** A built file, line by line, with what each line comes from beside it. */
export function FileTab({ persona, place, go }: TabProps) {
  const file = persona.files.find(({ path }) => path === place.file) ?? persona.files[0];
  if (file === undefined) return <p class="empty">Nothing is built of this persona.</p>;
  return <File key={file.path} persona={persona} file={file} place={place} go={go} />;
}

/** The file of the tab, to choose from. */
export function FileChoice({ persona, file, place, go }: TabProps & { readonly file: FileView }) {
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
      </span>
    </p>
  );
}

function File({ persona, file, place, go }: TabProps & { readonly file: FileView }) {
  const [pointed, setPointed] = useState<number>();
  const list = useRef<HTMLOListElement>(null);
  const firsts = useMemo(() => firstLines(file), [file]);
  const current = Math.min((place.line ?? 1) - 1, file.lines.length - 1);
  const shown = persona.origins[file.from[pointed ?? current] ?? 0];

  useEffect(() => {
    if (place.line !== undefined) list.current?.children[current]?.scrollIntoView({ block: "nearest" });
  }, [place.line, current]);

  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // J and K go from rule to rule, the arrows from line to line.
    const next = event.key.length === 1 ? nextOrigin(file.from, current, step) : current + step;
    if (next < 0 || next >= file.lines.length) return;
    setPointed(undefined);
    go({ ...place, file: file.path, line: next + 1 });
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };

  return (
    <>
      <FileChoice persona={persona} file={file} place={place} go={go} />
      <div class="file">
        <ol
          class="lines"
          ref={list}
          aria-label={`Lines of ${file.path}`}
          onKeyDown={move}
          onMouseLeave={() => setPointed(undefined)}
        >
          {file.lines.map((line, index) => {
            const origin = persona.origins[file.from[index] ?? 0];
            const isFirst = firsts.has(index);
            const isChanged = origin?.changed !== undefined;
            const classes = ["line", isChanged ? "is-changed" : "", origin === shown ? "is-shown" : ""];
            return (
              <li
                key={index}
                class={classes.join(" ")}
                tabIndex={index === current ? 0 : -1}
                aria-current={index === current ? "true" : undefined}
                onMouseOver={() => setPointed(index)}
                onFocus={() => go({ ...place, file: file.path, line: index + 1 })}
              >
                <span class="from">{isFirst ? origin?.path : ""}</span>
                <span class="number">{index + 1}</span>
                <span class="strength" title={origin?.strength}>
                  {isFirst && origin?.strength !== undefined ? SHAPES[origin.strength] : ""}
                </span>
                <code>{line === "" ? " " : line}</code>
              </li>
            );
          })}
        </ol>
        {shown !== undefined && (
          <Note origin={shown} file={file} place={persona.origins.indexOf(shown)} dropped={persona.dropped} />
        )}
      </div>
    </>
  );
}

/** The lines that say first what an origin says: blank lines above it belong to it, and say nothing. */
function firstLines({ lines, from }: FileView): ReadonlySet<number> {
  const said = lines.flatMap((line, index) => (line === "" ? [] : [index]));
  return new Set(said.filter((index, at) => from[index] !== from[said[at - 1] ?? -1]));
}

function nextOrigin(from: readonly number[], current: number, step: number): number {
  let at = current + step;
  while (at >= 0 && at < from.length && from[at] === from[current]) at += step;
  // Upwards, to the first line of that rule.
  while (step < 0 && at > 0 && from[at - 1] === from[at]) at--;
  return at;
}
