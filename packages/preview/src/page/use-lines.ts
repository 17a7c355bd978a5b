import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useKeys } from "./keys.tsx";
import type { Place } from "./place.ts";

/** J and K go from stop to stop, the arrows from line to line. */
const STEPS: { readonly [key: string]: number } = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

/** In CSS pixels, as in the style: up to here, the note lies over the lines, and pointing alone does not open it. */
const DOCKED = 1180;

/** Lines of a file to point at, to choose from and to walk with the keyboard. They are counted from 0. */
export interface WalkedLines {
  readonly list: RefObject<HTMLOListElement | null>;
  /** The one that is pointed at or else chosen. */
  readonly looked: number | undefined;
  choose(line: number): void;
  /** Chooses none. */
  leave(): void;
  /** Nothing is pointed at any more. */
  unpoint(): void;
  /** What each line of the list needs. */
  of(line: number): {
    readonly tabIndex: number;
    readonly "aria-current": "true" | undefined;
    onPointerMove(): void;
    onFocus(): void;
  };
}

/** Lets a reader walk the lines of a place: all of them by arrows, and by J and K those at which there is something to say. */
export function useLines(
  count: number,
  stops: readonly number[],
  place: Place,
  go: (place: Place) => void,
): WalkedLines {
  const [pointed, setPointed] = useState<number>();
  const list = useRef<HTMLOListElement>(null);
  const chosen = place.line === undefined ? undefined : Math.min(place.line, count) - 1;

  useEffect(() => {
    if (chosen !== undefined) list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const choose = (line: number) => go({ ...place, line: line + 1 });
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
    const next = isArrow ? at + step : nextOf(stops, at, step);
    if (next < 0 || next >= count) return;
    setPointed(undefined);
    choose(next);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  });
  return {
    ...{ list, looked: pointed ?? chosen, choose, leave },
    unpoint: () => setPointed(undefined),
    of: (line) => ({
      tabIndex: line === (chosen ?? 0) ? 0 : -1,
      "aria-current": line === chosen ? "true" : undefined,
      onPointerMove: () => (chosen !== undefined || innerWidth > DOCKED) && setPointed(line),
      onFocus: () => choose(line),
    }),
  };
}

/** The lines that say first what an origin says: blank lines above it belong to it, and say nothing. */
export function firstLines(lines: readonly string[], from: readonly unknown[]): ReadonlySet<number> {
  const said = lines.flatMap((line, index) => (line === "" ? [] : [index]));
  return new Set(said.filter((index, at) => from[index] !== from[said[at - 1] ?? -1]));
}

/** The next line of these in a direction; -1 where there is none. */
function nextOf(lines: readonly number[], current: number, step: number): number {
  const ordered = [...lines].sort((a, b) => (a - b) * step);
  return ordered.find((line) => (line - current) * step > 0) ?? -1;
}
