import { useContext, useEffect, useState } from "preact/hooks";
import { type Answers, dataPath, type Kind, type Status } from "../view/view.ts";
import { hasAnswers, StaticSite } from "./static-site.ts";

/** What a request has brought so far. */
export interface Loaded<T> {
  readonly value: T | undefined;
  /** Set while the server cannot be reached, or has no such thing. */
  readonly problem: string | undefined;
}

/** Asks the server, or reads the file of a static site. */
export async function ask<T>(path: string, given?: string): Promise<Loaded<T>> {
  const response = await fetch(path, given === undefined ? {} : { method: "POST", body: given });
  if (response.ok) return { value: await response.json(), problem: undefined };
  // The server says why, in a line; any other one has a whole page for that.
  const isOurs = response.headers.get("content-type")?.startsWith("text/plain");
  const problem = isOurs ? (await response.text()).trim() : "There is nothing of this name here.";
  // What was there and is gone is no longer shown.
  if (response.status === 404) return { value: undefined, problem };
  throw new Error(problem);
}

/** A static site stays as it was built. */
const BUILT: Status = { revision: 1, errors: [] };

/** How the sources are, told by the server at each build; undefined until it is heard of. */
export function useStatus(): { readonly status: Status | undefined; readonly isConnected: boolean } {
  const isStatic = useContext(StaticSite) !== undefined;
  const [isConnected, setConnected] = useState(false);
  const [status, setStatus] = useState<Status | undefined>(isStatic ? BUILT : undefined);
  useEffect(() => {
    if (isStatic) return;
    const events = new EventSource("data/changes");
    events.onmessage = ({ data }) => {
      setConnected(true);
      setStatus(JSON.parse(data));
    };
    events.onerror = () => {
      setConnected(false);
      // Another server may answer next, whose builds are other ones.
      setStatus(undefined);
    };
    return () => events.close();
  }, [isStatic]);
  return { status, isConnected };
}

/**
 * What the page is answered, asked for again with each build. Asks nothing while there is no name or no build that was right, nor what is
 * known. What stood there last stays until the new answer is there. `given` goes along with the question.
 */
export function useAnswer<K extends Kind>(
  kind: K,
  name: string | undefined,
  revision: number | undefined,
  given?: object,
): Loaded<Answers[K]> {
  const site = useContext(StaticSite);
  const path = name === undefined ? undefined : dataPath(kind, name);
  const sent = given === undefined ? undefined : JSON.stringify(given);
  const known = (path === undefined ? undefined : site?.known.get(path)) as Answers[K] | undefined;
  const isAnswered = hasAnswers(site, kind);
  const problem = isAnswered ? undefined : "Only a page with a server can answer this.";
  const [loaded, setLoaded] = useState<Loaded<Answers[K]>>({ value: known, problem });
  useEffect(() => {
    if (path === undefined || !revision || known !== undefined || !isAnswered) return;
    let isWanted = true;
    ask<Answers[K]>((site?.root ?? "") + path, sent).then(
      (answer) => isWanted && setLoaded(answer),
      (error: Error) => isWanted && setLoaded(({ value }) => ({ value, problem: error.message })),
    );
    return () => {
      isWanted = false;
    };
  }, [path, revision, known, isAnswered, sent, site]);
  return loaded;
}
