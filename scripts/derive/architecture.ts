import { readFileSync } from "node:fs";
import { join } from "node:path";
import { modulesOf, roomOf } from "../rooms.ts";
import { ROOT } from "../workspace.ts";

const PAGE = "docs/architecture.md";

/** A row of the table of rooms: `core/src/entries`, what it does, its files. */
const ROW = /^(\| `([a-z]+)\/src(?:\/([a-z-]+))?` \| .* \| ).*( \|)$/gm;

/** The architecture: hand-written, but for the files of each room. */
export function architecturePage(): [path: string, text: string] {
  const text = readFileSync(join(ROOT, PAGE), "utf8");
  const filled = text.replace(ROW, (_, start: string, leaf: string, room: string | undefined, end: string) => {
    return start + filesOf(`packages/${leaf}`, room ?? "").join(", ") + end;
  });
  return [PAGE, filled];
}

/** The rooms that the page has a row for, as `core/src/entries`. */
export function roomsInPage(): string[] {
  const text = readFileSync(join(ROOT, PAGE), "utf8");
  return [...text.matchAll(ROW)].map(([, , leaf, room]) => `${leaf}/src${room === undefined ? "" : `/${room}`}`);
}

function filesOf(folder: string, room: string): string[] {
  const paths = modulesOf(folder).map(({ path }) => path);
  return paths
    .filter((path) => roomOf(path) === room)
    .map((path) => `\`${path.slice(room === "" ? 0 : room.length + 1)}\``);
}
