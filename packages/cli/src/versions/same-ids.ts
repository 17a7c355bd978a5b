import type { Snapshot } from "@personakit/core";
import { matchPassages, type Passage } from "@personakit/core/internal";

const MARKDOWN = "markdown: ";

/**
 * The later of two snapshots of a file, with the ids of the earlier one for what stayed, moved or was reworded: ids are made of words,
 * and a text in other words would look like another text.
 */
export function withSameIds(before: Snapshot, after: Snapshot): Snapshot {
  const [old, now] = [passagesOf(before), passagesOf(after)];
  const found = new Map(matchPassages(old, now).map((index, at) => [pathOf(now[at] as Passage), old[index ?? -1]]));
  const taken = new Set([...found.values()].flatMap((passage) => (passage === undefined ? [] : pathOf(passage))));
  const rules: Record<string, string> = {};
  for (const [path, state] of Object.entries(after.rules)) {
    const earlier = found.get(path);
    rules[earlier === undefined ? freePath(path, taken) : pathOf(earlier)] = state;
  }
  return { ...after, rules };
}

function passagesOf({ rules }: Snapshot): Passage[] {
  return Object.entries(rules).flatMap(([path, state]) => {
    if (!state.startsWith(MARKDOWN)) return [];
    const [section = "", id = ""] = path.split("/");
    const nowhere = { first: 0, last: 0, start: 0, end: 0, gap: 0 };
    const kind = id === "heading" ? ("heading" as const) : ("paragraph" as const);
    return [{ ...nowhere, kind, section, id, text: state.slice(MARKDOWN.length) }];
  });
}

function pathOf({ section, id }: Passage): string {
  return `${section}/${id}`;
}

/** What is new may have the id that something else had before. */
function freePath(path: string, taken: Set<string>): string {
  let free = path;
  for (let number = 2; taken.has(free); number++) free = `${path}${number}`;
  taken.add(free);
  return free;
}
