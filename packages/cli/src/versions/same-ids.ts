import type { Snapshot } from "@personakit/core";
import type { Passage } from "@personakit/core/read";
import { loadReader } from "../sources/reader.ts";

const MARKDOWN = "markdown: ";

/**
 * The later of two snapshots of a file, with the ids of the earlier one for what stayed, moved or was reworded: ids are made of words,
 * and a text in other words would look like another text.
 */
export async function withSameIds(before: Snapshot, after: Snapshot): Promise<Snapshot> {
  const found = await earlierPaths(before, after);
  const taken = new Set(found.values());
  const rules: Record<string, string> = {};
  for (const [path, state] of Object.entries(after.rules)) rules[found.get(path) ?? freePath(path, taken)] = state;
  return { ...after, rules };
}

/** The earlier path of each entry of a file that stayed, moved or was reworded, by its later one. */
export async function earlierPaths(before: Snapshot, after: Snapshot): Promise<Map<string, string>> {
  const { matchPassages } = await loadReader();
  const [old, now] = [passagesOf(before), passagesOf(after)];
  const paths = new Map<string, string>();
  for (const [at, index] of matchPassages(old, now).entries()) {
    const [earlier, later] = [old[index ?? -1], now[at]];
    if (earlier !== undefined && later !== undefined) paths.set(pathOf(later), pathOf(earlier));
  }
  return paths;
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
