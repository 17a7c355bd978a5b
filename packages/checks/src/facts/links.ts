import type { Facts } from "../model/facts.ts";

/** Whether there is anything at a path, also behind a link, and where git ignores it. */
export function isThere(path: string, facts: Facts): boolean {
  const { files } = facts.repository;
  const own = absolute(path, facts);
  return facts.has(path) || files.file(own) !== undefined || files.folder(own) !== undefined;
}

function absolute(path: string, { repository: { root } }: Facts): string {
  return `${root === "/" ? "" : root}/${path}`;
}
