import { useEffect, useState } from "preact/hooks";
import type { PersonaView, ProjectSummary } from "../view/view.ts";

/** What a request has brought so far. */
export interface Loaded<T> {
  readonly value: T | undefined;
  /** Set while the server cannot be reached, or has no such thing. */
  readonly problem: string | undefined;
}

async function ask<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error((await response.text()).trim());
  return (await response.json()) as T;
}

/** The project, asked for again whenever the server has built it again. */
export function useProject(): Loaded<ProjectSummary> & { readonly isConnected: boolean } {
  const [isConnected, setConnected] = useState(false);
  const [revision, setRevision] = useState<string>();
  useEffect(() => {
    const events = new EventSource("data/changes");
    events.onmessage = ({ data }) => {
      setConnected(true);
      setRevision(data);
    };
    events.onerror = () => setConnected(false);
    return () => events.close();
  }, []);
  return { ...useData<ProjectSummary>(revision === undefined ? undefined : "data/project", revision), isConnected };
}

/** One persona with its files. */
export function usePersona(id: string | undefined, revision: number | undefined): Loaded<PersonaView> {
  return useData(id === undefined ? undefined : `data/persona?id=${encodeURIComponent(id)}`, revision);
}

/** What stood there last stays until the new answer is there. */
function useData<T>(path: string | undefined, revision: unknown): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ value: undefined, problem: undefined });
  useEffect(() => {
    if (path === undefined) return;
    let isWanted = true;
    ask<T>(path).then(
      (value) => isWanted && setLoaded({ value, problem: undefined }),
      (error: Error) => isWanted && setLoaded(({ value }) => ({ value, problem: error.message })),
    );
    return () => {
      isWanted = false;
    };
  }, [path, revision]);
  return loaded;
}
