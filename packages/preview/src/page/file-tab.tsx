import { useMemo } from "preact/hooks";
import type { FileView, OriginView, PersonaView } from "../view/view.ts";
import { Changes } from "./changes.tsx";
import { Note } from "./note.tsx";
import type { Place } from "./place.ts";
import { useLines } from "./use-lines.ts";
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
  const firsts = useMemo(() => firstLines(file), [file]);
  const here = { ...place, file: file.path };
  const { list, looked, choose, leave, unpoint, of } = useLines(file.lines.length, [...firsts], here, go);
  const shown = looked === undefined ? undefined : persona.origins[file.from[looked] ?? 0];

  return (
    <>
      <FileChoice persona={persona} file={file} place={place} go={go} />
      <div class="file">
        <ol class="lines" ref={list} aria-label={`Lines of ${file.path}`} onPointerLeave={unpoint}>
          {file.lines.map((line, index) => {
            const origin = persona.origins[file.from[index] ?? 0];
            const isFirst = firsts.has(index);
            const isChanged = origin?.changed !== undefined;
            const isShown = shown !== undefined && origin === shown;
            const classes = ["line", isChanged ? "is-changed" : "", isShown ? "is-shown" : ""];
            return (
              <li key={index} class={classes.join(" ")} {...of(index)}>
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
        <Changes persona={persona} file={file} onChoose={(line) => choose(line - 1)} />
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
