import { useEffect, useState } from "preact/hooks";
import type { FileView, PersonaView } from "../view/view.ts";
import { huesOf } from "./hues.ts";

interface RulerProps {
  readonly persona: PersonaView;
  readonly file: FileView;
  /** By line, what was taken out there. */
  readonly dropped: ReadonlyMap<number, unknown>;
  /** The line that is looked at. */
  readonly at: number | undefined;
  onChoose(line: number): void;
}

/** The whole file as a strip: a band for each fragment, and ticks where the persona has changed or dropped something. It only repeats. */
export function Ruler({ persona, file, dropped, at, onChoose }: RulerProps) {
  // The policy refuses styles that stand in HTML, as a page has them that is written beforehand.
  const [isThere, setThere] = useState(false);
  useEffect(() => setThere(true), []);
  if (!isThere) return <div class="ruler" aria-hidden="true" />;
  const { length } = file.lines;
  const hues = huesOf(persona);
  const share = (lines: number) => `${(100 * lines) / length}%`;
  const changed = file.lines.flatMap((_, line) => {
    const isChanged = persona.origins[file.from[line] ?? 0]?.changed !== undefined;
    return isChanged && file.from[line - 1] !== file.from[line] ? [line] : [];
  });
  return (
    <div
      class="ruler"
      aria-hidden="true"
      onClick={({ offsetY, currentTarget, target }) => {
        const top = (target as HTMLElement).offsetTop * Number(target !== currentTarget);
        onChoose(Math.min(length - 1, Math.floor(((top + offsetY) / currentTarget.clientHeight) * length)));
      }}
    >
      {bandsOf(persona, file).map(({ unit, first, count }) => (
        <span key={first} class="band" style={{ top: share(first), height: share(count), "--hue": hues.get(unit) }} />
      ))}
      {changed.map((line) => (
        <span key={line} class="tick" style={{ top: share(line) }} />
      ))}
      {[...dropped.keys()].map((line) => (
        <span key={line} class="tick is-gone" style={{ top: share(line + 1) }} />
      ))}
      {at !== undefined && <span class="tick is-here" style={{ top: share(at) }} />}
    </div>
  );
}

interface Band {
  readonly unit: string;
  readonly first: number;
  readonly count: number;
}

/** Lines of the same fragment that stand together. */
function bandsOf({ id, origins }: PersonaView, { from }: FileView): Band[] {
  const units = from.map((origin) => origins[origin]?.unit ?? id);
  const firsts = units.flatMap((unit, line) => (unit === units[line - 1] ? [] : [line]));
  return firsts.map((first, index) => {
    return { unit: units[first] ?? id, first, count: (firsts[index + 1] ?? units.length) - first };
  });
}
