import { useEffect, useState } from "preact/hooks";

/** What can be looked at. */
export const VIEWS = ["persona", "file", "context", "doctor", "copies"] as const;

export type View = (typeof VIEWS)[number];

/** The views of a persona, in the order of their tabs. */
export const TABS = ["file", "tokens", "targets", "compare", "try"] as const;

export type Tab = (typeof TABS)[number];

/** What the page shows, as its address says it. */
export interface Place {
  readonly view: View;
  /** The id of a persona, the path of a file or folder; absent for the first one. */
  readonly name?: string;
  readonly tab: Tab;
  /** The path of a built file. */
  readonly file?: string;
  /** The id of a tool. */
  readonly tool?: string;
  /** What it is compared with: the id of a version, or the path of another built file. */
  readonly other?: string;
  /** From 1. */
  readonly line?: number;
}

/** An address for a place: `#/persona/dev?tab=tokens`. */
export function hashOf({ view, name, tab, file, tool, other, line }: Place): string {
  const parts = {
    ...(tab === "file" ? {} : { tab }),
    ...(file === undefined ? {} : { file }),
    ...(tool === undefined ? {} : { tool }),
    ...(other === undefined ? {} : { with: other }),
    ...(line === undefined ? {} : { line: `${line}` }),
  };
  const path = [view, ...(name === undefined ? [] : [name])].map(encodeURIComponent).join("/");
  const query = `${new URLSearchParams(parts)}`;
  return `#/${path}${query === "" ? "" : `?${query}`}`;
}

/** The place that an address names. What it does not name is as at the start. */
export function placeOf(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [view, name] = path.split("/").map(decodeURIComponent);
  const given = new URLSearchParams(query);
  const [file, tool, other] = [given.get("file"), given.get("tool"), given.get("with")];
  const line = Number(given.get("line"));
  return {
    view: VIEWS.find((each) => each === view) ?? "persona",
    ...(name === undefined || name === "" ? {} : { name }),
    tab: TABS.find((each) => each === given.get("tab")) ?? "file",
    ...(file === null ? {} : { file }),
    ...(tool === null ? {} : { tool }),
    ...(other === null ? {} : { other }),
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
    const keys = ["view", "name", "tab", "file", "tool", "other"] as const;
    const isNear = keys.every((key) => next[key] === place[key]);
    if (isNear) history.replaceState(null, "", hashOf(next));
    else history.pushState(null, "", hashOf(next));
    setPlace(next);
  };
  return [place, go];
}
