import { useEffect, useState } from "preact/hooks";
import { type Answers, dataPath, type Kind, type Status } from "../view/view.ts";

/** What a request has brought so far. */
export interface Loaded<T> {
  readonly value: T | undefined;
  /** Set while the server cannot be reached, or has no such thing. */
  readonly problem: string | undefined;
}

async function ask<T>(path: string, given: string | undefined): Promise<Loaded<T>> {
  const response = await fetch(path, given === undefined ? {} : { method: "POST", body: given });
  if (response.ok) return { value: await response.json(), problem: undefined };
  const problem = (await response.text()).trim();
  // What was there and is gone is no longer shown.
  if (response.status === 404) return { value: undefined, problem };
  throw new Error(problem);
}

/** How the sources are, told by the server at each build; undefined until it is heard of. */
export function useStatus(): { readonly status: Status | undefined; readonly isConnected: boolean } {
  const [isConnected, setConnected] = useState(false);
  const [status, setStatus] = useState<Status>();
  useEffect(() => {
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
  }, []);
  return { status, isConnected };
}

/**
 * What the page is answered, asked for again with each build. Asks nothing while there is no name or no build that was right. What stood there last stays
 * until the new answer is there. `given` goes along with the question.
 */
export function useAnswer<K extends Kind>(
  kind: K,
  name: string | undefined,
  revision: number | undefined,
  given?: object,
): Loaded<Answers[K]> {
  const sent = given === undefined ? undefined : JSON.stringify(given);
  const [loaded, setLoaded] = useState<Loaded<Answers[K]>>({ value: undefined, problem: undefined });
  useEffect(() => {
    if (name === undefined || revision === undefined || revision === 0) return;
    let isWanted = true;
    ask<Answers[K]>(dataPath(kind, name), sent).then(
      (answer) => isWanted && setLoaded(answer),
      (error: Error) => isWanted && setLoaded(({ value }) => ({ value, problem: error.message })),
    );
    return () => {
      isWanted = false;
    };
  }, [kind, name, revision, sent]);
  return loaded;
}
