import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Change, changesBetween, type Document, snapshot } from "@personakit/core";
import { nameWithVersion } from "@personakit/core/internal";
import { type ExitCode, failure } from "../issues/command-error.ts";
import { count, writeJson, writeLine, writeWordings } from "../output/terminal.ts";
import { loadPersonas } from "../sources/load-units.ts";
import { readPersonaPackage } from "../sources/persona-package.ts";
import { documentOf } from "../sources/unit.ts";
import { type Common, defineCommand } from "../usage/define-command.ts";
import { flag, timeout } from "../usage/options.ts";
import { formatChanges } from "../versions/format-changes.ts";
import { review, reviewAsMarkdown, reviewAsText } from "../versions/review.ts";
import { withSameIds } from "../versions/same-ids.ts";

/** A persona of both sides, and what has changed in it. */
interface Difference {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly Change[];
}

/** Compares two personas, or two versions of one, rule by rule; 1 when they differ. */
export default defineCommand({
  name: "diff",
  group: "daily",
  summary: "Compare two personas, or two versions, rule by rule",
  arguments: [
    ["<before>", "a persona source or a package at a version; on its own, a git revision"],
    ["[after]", "what to compare with (default: the persona and fragment packages of this repository as they are now)"],
  ],
  options: { markdown: flag("print Markdown", "m"), ...timeout },
  async run([before = "", after], options) {
    if (after === undefined) return diffSince(before, options);
    const differences = compareAll(await documentsOf(before), await documentsOf(after));
    const changed = differences.some(({ changes }) => changes.length > 0);
    if (options.json) writeJson({ ok: !changed, differences });
    else print(differences, options.markdown);
    return changed ? 1 : 0;
  },
});

/** Compares the packages of this repository with those of a revision. */
async function diffSince(
  revision: string,
  { json, markdown }: Common & { readonly markdown: boolean },
): Promise<ExitCode> {
  const packages = await review(revision);
  if (json) writeJson({ ok: packages.length === 0, packages });
  else writeWordings(markdown ? reviewAsMarkdown(packages, revision) : reviewAsText(packages));
  return packages.length === 0 ? 0 : 1;
}

function print(differences: readonly Difference[], markdown: boolean): void {
  for (const { before, after, changes } of differences) {
    const head = `${before} -> ${after}: ${changes.length === 0 ? "the same" : count(changes.length, "change")}`;
    writeLine(markdown ? `### ${head}` : head);
    if (markdown) writeLine("");
    writeWordings(formatChanges(changes, markdown));
  }
}

/** A source of this project, or a package at a version. */
async function documentsOf(source: string): Promise<Document[]> {
  if (!existsSync(resolve(source)) && /.@/.test(source)) {
    // The package's version is the one that the registry has; a document may say another.
    const { document, version } = await readPersonaPackage(source, ".");
    return [{ ...document, version }];
  }
  const loaded = await loadPersonas(source, ".", { inDetail: true, isGuessed: true });
  return loaded.map(({ unit }) => documentOf(unit));
}

/** Personas of the same id; where each side has one, those two. */
function compareAll(before: readonly Document[], after: readonly Document[]): Difference[] {
  const [first, second] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && first !== undefined && second !== undefined) {
    return [compareTwo(first, second)];
  }
  const pairs = before.flatMap((document) => {
    const other = after.find(({ id }) => id === document.id);
    return other === undefined ? [] : [compareTwo(document, other)];
  });
  if (pairs.length > 0) return pairs;
  const names = (documents: readonly Document[]) => documents.map(({ id }) => id).join(", ");
  const problem = `no persona is in both: ${names(before)}; ${names(after)}`;
  throw failure("nothing-to-compare", undefined, problem);
}

function compareTwo(before: Document, after: Document): Difference {
  const [old, now] = [snapshot(before), snapshot(after)];
  const isFile = before.source !== undefined && after.source !== undefined;
  return {
    before: nameWithVersion(before),
    after: nameWithVersion(after),
    changes: changesBetween(old, isFile ? withSameIds(old, now) : now),
  };
}
