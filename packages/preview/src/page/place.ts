import { useContext, useEffect, useState } from "preact/hooks";
import { pagePath } from "../view/view.ts";
import { type Site, StaticSite } from "./static-site.ts";

/** What can be looked at. A static site has documents, too. */
export const VIEWS = ["persona", "fragment", "catalogue", "doc"] as const;

export type View = (typeof VIEWS)[number];

/** The views of a persona, in the order of their tabs. */
export const TABS = ["file", "tokens", "targets"] as const;

export type Tab = (typeof TABS)[number];

/** What the page shows, as its address says it. */
export interface Place {
  readonly view: View;
  /** The id of a persona or fragment, the path of a file; absent for the first one. */
  readonly name?: string;
  readonly tab: Tab;
  /** The path of a built file. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/** An address for a place: `#/persona/dev?tab=tokens`; in a static site, of the page that shows it: `../persona/dev.html#?tab=tokens`. */
export function hrefOf(place: Place, site: Site | undefined): string {
  const { view, name } = place;
  const query = queryOf(place);
  if (site === undefined)
    return `#/${[view, ...(name === undefined ? [] : [name])].map(encodeURIComponent).join("/")}${query}`;
  return site.root + pageOf(view, name) + (query === "" ? "" : `#${query}`);
}

function pageOf(view: View, name: string | undefined): string {
  if (view === "doc") return (name ?? "").split("/").map(encodeURIComponent).join("/");
  return view === "catalogue" || name === undefined ? "index.html" : pagePath(view, name);
}

function queryOf({ tab, file, line }: Place): string {
  const parts = {
    ...(tab === "file" ? {} : { tab }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line: `${line}` }),
  };
  const query = `${new URLSearchParams(parts)}`;
  return query === "" ? "" : `?${query}`;
}

/** The place that an address names. What it does not name is as at the start; in a static site, the page says what it shows. */
export function placeOf(hash: string, site?: Site): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [view, name] = (site?.page ?? path).split("/").map(decodeURIComponent);
  const given = new URLSearchParams(query);
  const [file, line] = [given.get("file"), Number(given.get("line"))];
  return {
    view: VIEWS.find((each) => each === view) ?? "persona",
    ...(name === undefined || name === "" ? {} : { name }),
    tab: TABS.find((each) => each === given.get("tab")) ?? "file",
    ...(file === null ? {} : { file }),
    ...(Number.isInteger(line) && line > 0 ? { line } : {}),
  };
}

/** The place, and how to go to another one. Going to another line of a file makes no new entry of the browser's history. */
export function usePlace(): readonly [Place, (place: Place) => void] {
  const site = useContext(StaticSite);
  // A static site shows first what was rendered ahead: the page without its query.
  const [place, setPlace] = useState(() => placeOf(site === undefined ? location.hash : "", site));
  useEffect(() => {
    const follow = () => setPlace(placeOf(location.hash, site));
    if (location.hash.startsWith("#?")) follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [site]);
  const go = (next: Place) => {
    const keys = ["view", "name", "tab", "file"] as const;
    const isNear = keys.every((key) => next[key] === place[key]);
    const isElsewhere = site !== undefined && keys.slice(0, 2).some((key) => next[key] !== placeOf("", site)[key]);
    if (isElsewhere) return location.assign(hrefOf(next, site));
    if (isNear) history.replaceState(null, "", hrefOf(next, site));
    else history.pushState(null, "", hrefOf(next, site));
    setPlace(next);
  };
  return [place, go];
}
