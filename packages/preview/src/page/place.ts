import { useEffect, useState } from "preact/hooks";

/** The views of a persona, in the order of their tabs. */
export const TABS = ["file", "tokens", "targets"] as const;

export type Tab = (typeof TABS)[number];

/** What the page shows, as its address says it. */
export interface Place {
  readonly persona?: string;
  readonly tab: Tab;
  /** The path of a built file. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/** An address for a place: `#persona=dev&tab=tokens`. */
export function hashOf({ persona, tab, file, line }: Place): string {
  const parts = {
    ...(persona === undefined ? {} : { persona }),
    ...(tab === "file" ? {} : { tab }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line: `${line}` }),
  };
  return `#${new URLSearchParams(parts)}`;
}

/** The place that an address names. What it does not name is as at the start. */
export function placeOf(hash: string): Place {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const [persona, file, line] = [given.get("persona"), given.get("file"), Number(given.get("line"))];
  return {
    tab: TABS.find((each) => each === given.get("tab")) ?? "file",
    ...(persona === null ? {} : { persona }),
    ...(file === null ? {} : { file }),
    ...(Number.isInteger(line) && line > 0 ? { line } : {}),
  };
}

/** The place, and how to go to another one. Going to another line of a file makes no new entry of the browser's history. */
export function usePlace(): readonly [Place, (place: Place) => void] {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const follow = () => setPlace(placeOf(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const go = (next: Place) => {
    const isNear = next.persona === place.persona && next.tab === place.tab && next.file === place.file;
    if (isNear) history.replaceState(null, "", hashOf(next));
    else history.pushState(null, "", hashOf(next));
    setPlace(next);
  };
  return [place, go];
}
