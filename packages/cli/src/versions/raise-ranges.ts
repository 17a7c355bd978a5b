import { join } from "node:path";
import type { FileChange } from "../disk/journal.ts";
import { readText } from "../files/text.ts";
import { rangesOfProject } from "../sources/content-packages.ts";
import type { PackageInReach } from "./in-reach.ts";

/** A range of package.json, as it was and as it allows the newest version. */
export interface RaisedRange {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What raising the ranges of a project's package.json takes. */
export interface RaisedRanges {
  readonly raised: readonly RaisedRange[];
  /** Absent where nothing is raised. */
  readonly change?: FileChange;
}

/** `^1.2.0`, `~1.2.0`, `1.2.0`: the forms that package managers write. */
const SIMPLE = /^([\^~]?)\d+\.\d+\.\d+[\w.+-]*$/;

/** Raises the ranges of packages to their newest versions, and leaves every other character of package.json as it is. */
export function raiseRanges(folder: string, packages: readonly PackageInReach[]): RaisedRanges {
  const before = readText(join(folder, "package.json"));
  if (before === undefined) return { raised: [] };
  const ranges = rangesOfProject(folder);
  const raised = packages.flatMap(({ name, latest }) => {
    const from = ranges[name];
    const [, sign] = SIMPLE.exec(from ?? "") ?? [];
    return from === undefined ? [] : [{ name, from, to: `${sign ?? "^"}${latest.version}` }];
  });
  const after = raised.reduce((text, { name, from, to }) => {
    const [key, was] = [name, from].map((each) => escaped(JSON.stringify(each)));
    return text.replace(new RegExp(`(${key}\\s*:\\s*)${was}`, "g"), (_, start) => start + JSON.stringify(to));
  }, before);
  return after === before ? { raised: [] } : { raised, change: { path: "package.json", before, after } };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
