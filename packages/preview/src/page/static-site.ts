import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";

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

/** Whether the page has come to life: what was rendered ahead is shorter, so that it need not hold all lists. */
export function useIsLive(): boolean {
  const site = useContext(StaticSite);
  const [isLive, setLive] = useState(site === undefined);
  useEffect(() => setLive(true), []);
  return isLive;
}
