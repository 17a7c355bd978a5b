import type { Config, PersonaEntry } from "../sources/define-config.ts";
import type { Source } from "./copies.ts";

/** A persona of a configuration, as its file says it. */
export type Entry = string | (PersonaEntry & { readonly persona: string });

/** What a configuration says for all of its personas. */
export type Shared = Pick<Config, "targets" | "out">;

/** How a configuration names a source: no more than it has to say. */
export function entryFor({ file, copies, made }: Source, { targets: all, out }: Shared): Entry {
  const persona = `./${file.path}`;
  const { place, loaded } = file;
  const own = loaded.file.target === undefined ? [] : [loaded.file.target.id];
  // Where the tool does not read it, building it for its own tool would make a second file.
  const isRead = place.isLoaded;
  const targets = [...(isRead ? own : []), ...made.map(({ target }) => target.id)];
  const isSaid = made.length > 0 || all !== undefined || !isRead;
  const folder = place.folder === "" ? "." : place.folder;
  const entry = {
    persona,
    ...(isSaid ? { targets } : {}),
    ...(made.length > 0 && folder !== (out ?? ".") ? { out: folder } : {}),
    ...(copies.length === 0 ? {} : { copies: copies.map(({ path }) => path) }),
  };
  return Object.keys(entry).length === 1 ? persona : entry;
}
