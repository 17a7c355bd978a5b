import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { FileView, OriginView, PersonaView } from "../view/view.ts";
import { Changes } from "./changes.tsx";
import { useKeys } from "./keys.tsx";
import { Note } from "./note.tsx";
import type { Place } from "./place.ts";
import { SHAPES, tokens } from "./words.ts";

interface TabProps {
  readonly persona: PersonaView;
  readonly place: Place;
  go(place: Place): void;
}

/** J and K go from rule to rule, the arrows from line to line. */
const STEPS: { readonly [key: string]: number } = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

/** In CSS pixels, as in the style: up to here, the note lies over the lines, and pointing alone does not open it. */
const DOCKED = 1180;

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
  const chosen = place.line === undefined ? undefined : Math.min(place.line, file.lines.length) - 1;
  const looked = pointed ?? chosen;
  const shown = looked === undefined ? undefined : persona.origins[file.from[looked] ?? 0];

  useEffect(() => {
    if (chosen !== undefined) list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const choose = (line: number) => go({ ...place, file: file.path, line });
  const leave = () => {
    const { line: _, ...rest } = place;
    setPointed(undefined);
    go(rest);
  };
  useKeys((event) => {
    const focused = [...(list.current?.children ?? [])].indexOf(document.activeElement as Element);
    const isArrow = event.key.startsWith("Arrow");
    const step = STEPS[event.key];
    if (event.key === "Escape") return leave();
    // Where no line has the focus, the arrows scroll.
    if (step === undefined || (isArrow && focused < 0)) return;
    event.preventDefault();
    const at = chosen ?? focused;
    const next = isArrow ? at + step : nextOf(firsts, at, step);
    if (next < 0 || next >= file.lines.length) return;
    setPointed(undefined);
    choose(next + 1);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  });

  return (
    <>
      <FileChoice persona={persona} file={file} place={place} go={go} />
      <div class="file">
        <ol class="lines" ref={list} aria-label={`Lines of ${file.path}`} onPointerLeave={() => setPointed(undefined)}>
          {file.lines.map((line, index) => {
            const origin = persona.origins[file.from[index] ?? 0];
            const isFirst = firsts.has(index);
            const isChanged = origin?.changed !== undefined;
            const isShown = shown !== undefined && origin === shown;
            const classes = ["line", isChanged ? "is-changed" : "", isShown ? "is-shown" : ""];
            return (
              <li
                key={index}
                class={classes.join(" ")}
                tabIndex={index === (chosen ?? 0) ? 0 : -1}
                aria-current={index === chosen ? "true" : undefined}
                onPointerMove={() => (chosen !== undefined || innerWidth > DOCKED) && setPointed(index)}
                onFocus={() => choose(index + 1)}
              >
                <span class="from">{isFirst && origin !== undefined && <From origin={origin} />}</span>
                <span class="number">{index + 1}</span>
                <span class="strength" title={origin?.strength}>
                  {isFirst && origin?.strength !== undefined ? SHAPES[origin.strength] : ""}
                </span>
                <code>{line === "" ? " " : line}</code>
              </li>
            );
          })}
        </ol>
        <Changes persona={persona} file={file} onChoose={choose} />
        {shown !== undefined && (
          <Note
            origin={shown}
            file={file}
            place={persona.origins.indexOf(shown)}
            dropped={persona.dropped}
            onClose={leave}
          />
        )}
      </div>
    </>
  );
}

/** The rule alone, where its fragment stands above it. */
function From({ origin: { path, unit } }: { readonly origin: OriginView }) {
  return path === unit ? <strong>{unit}</strong> : path.slice(unit.length + 1);
}

/** The lines that say first what an origin says: blank lines above it belong to it, and say nothing. */
function firstLines({ lines, from }: FileView): ReadonlySet<number> {
  const said = lines.flatMap((line, index) => (line === "" ? [] : [index]));
  return new Set(said.filter((index, at) => from[index] !== from[said[at - 1] ?? -1]));
}

/** The next line of these in a direction; outside of the file where there is none. */
function nextOf(lines: ReadonlySet<number>, current: number, step: number): number {
  const ordered = step > 0 ? [...lines] : [...lines].reverse();
  return ordered.find((line) => (line - current) * step > 0) ?? -1;
}
