import { isDeepStrictEqual } from "node:util";
import type { Finding } from "@personakit/checks";
import { placeOf } from "../disk/artifact-key.ts";
import { unifiedDiff } from "../disk/file-diff.ts";
import { commit, type FileChange } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { fileOf } from "../disk/paths.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { readText } from "../files/text.ts";

type Apply = typeof import("@personakit/checks").applyFixes;

/** What mending has changed, or would change. */
export interface Mended {
  /** The files, relative to the root. */
  readonly paths: readonly string[];
  /** How many findings were mended. */
  readonly count: number;
  /** A unified diff of each file. */
  readonly diffs: readonly string[];
}

/** Applies the fixes of findings, all of them or none. Files that a build has written are left to their sources. */
export async function mend(
  root: string,
  findings: readonly Finding[],
  apply: Apply,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Mended> {
  // What reads files is loaded where there is one to read.
  const { readFields, recognise } = await import("@personakit/targets/read");
  /** Whether the front matter of a file says what it said. What changes that is no fix. */
  const saysTheSame = (path: string, before: string, after: string) => {
    const tables = recognise(path)?.readable.tables;
    if (tables === undefined) return false;
    const fields = (text: string) => readFields(tables, { path, text }).fields.map(({ key, value }) => [key, value]);
    return isDeepStrictEqual(fields(before), fields(after));
  };
  const built = new Set(Object.keys(readLockfile(root).artifacts).map((key) => placeOf(key).path));
  const paths = [...new Set(findings.flatMap(({ fix, path }) => (fix === undefined || built.has(path) ? [] : [path])))];
  const mended = paths.flatMap((path) => {
    // A link is mended where it leads.
    const before = readText(fileOf(root, path), () => undefined);
    if (before === undefined) return [];
    const { text, fixed } = apply(
      before,
      findings.filter((each) => each.path === path),
    );
    return text !== before && saysTheSame(path, before, text)
      ? [{ path, before, after: text, count: fixed.length }]
      : [];
  });
  const changes: FileChange[] = mended.map(({ path, before, after }) => ({ path, before, after }));
  if (!dryRun && changes.length > 0) await exclusively(root, "doctor", (held) => commit(held, changes));
  return {
    paths: mended.map(({ path }) => path),
    count: mended.reduce((sum, each) => sum + each.count, 0),
    diffs: mended.map(({ path, before, after }) => unifiedDiff(path, [before, "on disk"], [after, "mended"])),
  };
}
