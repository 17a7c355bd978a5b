import type { HTMLAttributes, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useKeys } from "./keys.tsx";
import type { Place } from "./place.ts";

interface Walk {
  readonly count: number;
  /** Where J and K stop, by index, in order. */
  readonly stops: readonly number[];
  /** Moves the lines when it changes. */
  readonly besides?: unknown;
  /** The file of these lines, with the line that is chosen. */
  readonly place: Place;
  go(place: Place): void;
}

/** The lines of a file, to be pointed at and walked through. Lines are indices, from 0. */
export interface Lines {
  readonly list: RefObject<HTMLOListElement | null>;
  /** The one that was chosen. */
  readonly chosen: number | undefined;
  /** The one to speak of: that which is pointed at, or was chosen. */
  readonly looked: number | undefined;
  choose(index: number): void;
  /** Chooses none. */
  leave(): void;
  /** No line is pointed at any more. */
  unpoint(): void;
  /** What makes an item of the list a line that can be chosen. */
  propsOf(index: number): HTMLAttributes<HTMLLIElement>;
}

/** J and K go from stop to stop, the arrows from line to line. */
const STEPS: { readonly [key: string]: number } = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

/** In CSS pixels, as in the style: up to here, the note lies over the lines, and pointing alone does not open it. */
const DOCKED = 1180;

/** Lets a reader point at lines, and walk through them from anywhere on the page: they are one stop of the Tab key. */
export function useLines({ count, stops, besides, place, go }: Walk): Lines {
  const [pointed, setPointed] = useState<number>();
  const list = useRef<HTMLOListElement>(null);
  const chosen = place.line === undefined ? undefined : Math.min(place.line, count) - 1;

  useEffect(() => {
    if (chosen !== undefined) list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen, besides]);

  const choose = (index: number) => go({ ...place, line: index + 1 });
  const leave = () => {
    const { line: _, ...rest } = place;
    setPointed(undefined);
    go(rest);
  };
  useKeys((event) => {
    if (event.key === "Escape") return leave();
    const focused = [...(list.current?.children ?? [])].indexOf(document.activeElement as Element);
    const isArrow = event.key.startsWith("Arrow");
    const step = STEPS[event.key];
    // Where no line has the focus, the arrows scroll.
    if (step === undefined || (isArrow && focused < 0)) return;
    event.preventDefault();
    const at = chosen ?? focused;
    const ahead = stops.filter((stop) => (stop - at) * step > 0);
    const next = isArrow ? at + step : ahead.at(step > 0 ? 0 : -1);
    if (next === undefined || next < 0 || next >= count) return;
    setPointed(undefined);
    choose(next);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  });

  return {
    ...{ list, chosen, looked: pointed ?? chosen, choose, leave },
    unpoint: () => setPointed(undefined),
    propsOf: (index) => ({
      tabIndex: index === (chosen ?? 0) ? 0 : -1,
      "aria-current": index === chosen ? "true" : undefined,
      // Not when it comes under a pointer that rests: keys and new text move lines.
      onPointerMove: () => (chosen !== undefined || innerWidth > DOCKED) && setPointed(index),
      onFocus: () => choose(index),
    }),
  };
}
