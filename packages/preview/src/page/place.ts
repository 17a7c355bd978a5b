import { useContext, useLayoutEffect, useState } from "preact/hooks";
import { pagePath } from "../view/view.ts";
import { hasAnswers, type Site, StaticSite } from "./static-site.ts";

/** What can be looked at. A static site has documents, too. */
export const VIEWS = ["persona", "file", "context", "doctor", "copies", "fragment", "catalogue", "doc"] as const;

export type View = (typeof VIEWS)[number];

/** The views of a persona, in the order of their tabs. */
export const TABS = ["file", "tokens", "targets", "compare", "try"] as const;

export type Tab = (typeof TABS)[number];

/** What the page shows, as its address says it. */
export interface Place {
  readonly view: View;
  /** The id of a persona or fragment, the path of a file or folder; absent for the first one. */
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

/** The tabs of a persona here: without a server, nothing can be tried. */
export function tabsIn(site: Site | undefined): readonly Tab[] {
  return TABS.filter((tab) => tab !== "try" || hasAnswers(site, "form"));
}

/** An address for a place: `#/persona/dev?tab=tokens`; in a static site, of the page that shows it: `../persona/dev.html#?tab=tokens`. */
export function hrefOf(place: Place, site: Site | undefined): string {
  const query = queryOf(place);
  const path = [place.view, ...(place.name === undefined ? [] : [place.name])].map(encodeURIComponent).join("/");
  if (site === undefined) return `#/${path}${query}`;
  const page = pageOf(place);
  if (page === undefined) return `${site.root}index.html#/${path}${query}`;
  return site.root + page + (query === "" ? "" : `#${query}`);
}

/** The page of a static site that was made for a place; undefined for one that every page can show. */
function pageOf({ view, name }: Place): string | undefined {
  if (view === "catalogue") return "index.html";
  if (name === undefined) return undefined;
  if (view === "doc") return name.split("/").map(encodeURIComponent).join("/");
  return view === "persona" || view === "fragment" ? pagePath(view, name) : undefined;
}

function queryOf({ tab, file, tool, other, line }: Place): string {
  const parts = {
    ...(tab === "file" ? {} : { tab }),
    ...(file === undefined ? {} : { file }),
    ...(tool === undefined ? {} : { tool }),
    ...(other === undefined ? {} : { with: other }),
    ...(line === undefined ? {} : { line: `${line}` }),
  };
  const query = `${new URLSearchParams(parts)}`;
  return query === "" ? "" : `?${query}`;
}

/** The place that an address names. What it does not name is as at the start; a page of a static site says itself what it shows. */
export function placeOf(hash: string, site?: Site): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const shown = site === undefined || hash.startsWith("#/") ? path : site.page;
  const [view, name] = shown.split("/").map(decodeURIComponent);
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
  const site = useContext(StaticSite);
  // A static site shows first what was rendered ahead: the page without what its address adds.
  const [place, setPlace] = useState(() => placeOf(site === undefined ? location.hash : "", site));
  useLayoutEffect(() => {
    const follow = () => setPlace(placeOf(location.hash, site));
    if (/^#[/?]/.test(location.hash)) follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [site]);
  const go = (next: Place) => {
    const href = hrefOf(next, site);
    if (new URL(href, location.href).pathname !== location.pathname) return location.assign(href);
    const keys = ["view", "name", "tab", "file", "tool", "other"] as const;
    const isNear = keys.every((key) => next[key] === place[key]);
    if (isNear) history.replaceState(null, "", href);
    else history.pushState(null, "", href);
    setPlace(next);
  };
  return [place, go];
}
