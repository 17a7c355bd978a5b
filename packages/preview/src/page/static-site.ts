import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { dataPath, type Kind, type ProjectView } from "../view/view.ts";

/** A page of a static site: no server answers, and what there is lies beside it. */
export interface Site {
  /** The way to the first page: "" or "../". */
  readonly root: string;
  /** What the page shows, as a server's page has it in its address: `persona/dev`. */
  readonly page: string;
  /** What the page was rendered with, by path. */
  readonly known: ReadonlyMap<string, unknown>;
}

/** The page of a static site that this is; undefined where a server answers. */
export const StaticSite = createContext<Site | undefined>(undefined);

/** Whether there are answers of a kind: a static site need not have all. */
export function hasAnswers(site: Site | undefined, kind: Kind): boolean {
  const project = site?.known.get(dataPath("project", "")) as ProjectView | undefined;
  return project?.kinds === undefined || project.kinds.includes(kind);
}

/** Whether the page has come to life: what was rendered ahead is shorter, so that it need not hold all lists. */
export function useIsLive(): boolean {
  const site = useContext(StaticSite);
  const [isLive, setLive] = useState(site === undefined);
  useEffect(() => setLive(true), []);
  return isLive;
}
