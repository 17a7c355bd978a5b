import type { Assembly, Piece } from "./assembly.ts";
import { headOf } from "./head.ts";
import { movedPath } from "./home.ts";
import { below } from "./paths.ts";
import { filesIn } from "./rules.ts";
import { decode, fill } from "./text.ts";

/** The output style that a tool's settings name, if it is a file. */
export function styleOf(assembly: Assembly): Piece[] {
  const { tool, start } = assembly;
  const { style } = tool;
  if (style === undefined) return [];
  const inPlaces = (path: string) => [
    below(start.cwd, path),
    ...(start.home === undefined ? [] : [below(start.home, movedPath(tool, start, path))]),
  ];
  // All settings of a place come before those of the next one.
  const settings = style.settings.map(inPlaces);
  const name = [0, 1]
    .flatMap((place) => settings.flatMap((paths) => paths[place] ?? []))
    .map((path) => settingIn(assembly, path, style.key))
    .find((each) => each !== undefined);
  if (name === undefined) return [];
  const wanted = { isWanted: (file: string) => file.endsWith(".md"), isLinkFollowed: true };
  for (const path of inPlaces(style.folder).flatMap((folder) => filesIn(assembly, folder, 1, wanted))) {
    const file = start.files.file(path);
    const head = file === undefined ? undefined : headOf(decode(file.bytes));
    const fileName = path.slice(path.lastIndexOf("/") + 1, -".md".length);
    if (head === undefined || (head.text("name") ?? fileName) !== name) continue;
    const text = fill(style.before, { name }) + head.body.trim();
    return [{ kind: "outputStyle", topic: "memory", spot: style.spot, sources: [path], text, order: "defined" }];
  }
  return [];
}

function settingIn({ start }: Assembly, path: string, key: string): string | undefined {
  const file = start.files.file(path);
  if (file === undefined) return undefined;
  try {
    const settings = JSON.parse(decode(file.bytes));
    const value: unknown = settings !== null && Object.hasOwn(settings, key) ? settings[key] : undefined;
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
