import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { dynamicImportsOf, importsOf, ROOT } from "./workspace.ts";

/** A module of a package's `src`, and the modules of it that it imports. Paths are relative to `src`. */
export interface Module {
  readonly path: string;
  readonly imports: readonly string[];
}

/** The modules in the `src` of a package, tests aside. */
export function modulesOf(folder: string): Module[] {
  const src = join(ROOT, folder, "src");
  const paths = readdirSync(src, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  return paths
    .filter((path) => /\.tsx?$/.test(path) && !/\.(?:test|test-d|testing)\.ts$/.test(path))
    .sort()
    .map((path) => {
      const text = readFileSync(join(src, path), "utf8");
      const specifiers = [...importsOf(text), ...dynamicImportsOf(text)].filter((name) => name.startsWith("."));
      const imports = specifiers.map((name) => posix.join(posix.dirname(path), name));
      return { path, imports: imports.filter((name) => !name.startsWith("..")) };
    });
}

/** The room of a module: its folder, or "" for one that stands in `src` itself. */
export function roomOf(path: string): string {
  return path.includes("/") ? (path.split("/", 1)[0] as string) : "";
}

/** A circle of modules, as their paths; undefined where there is none. */
export function circleIn(modules: readonly Module[]): string[] | undefined {
  const importsBy = new Map(modules.map(({ path, imports }) => [path, imports]));
  const done = new Set<string>();
  const search = (path: string, above: readonly string[]): string[] | undefined => {
    if (above.includes(path)) return [...above.slice(above.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of importsBy.get(path) ?? []) {
      const circle = search(next, [...above, path]);
      if (circle !== undefined) return circle;
    }
    done.add(path);
    return undefined;
  };
  for (const { path } of modules) {
    const circle = search(path, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
