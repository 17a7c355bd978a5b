import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Change, changesBetween, type Document, snapshot } from "@personakit/core";
import { formatChanges } from "../changes.ts";
import { CommandError } from "../command-error.ts";
import { documentOf } from "../comparison.ts";
import type { ExitCode } from "../exit-code.ts";
import { loadPersonas } from "../load.ts";
import { readPersonaPackage } from "../package.ts";
import { count, writeJson, writeLine } from "../report.ts";
import { review } from "../review.ts";

interface DiffOptions {
  readonly json: boolean;
  readonly markdown: boolean;
}

/** A persona of both sides, and what has changed in it. */
interface Difference {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly Change[];
}

/** Compares two personas, or two versions of one, rule by rule; 1 when they differ. */
export async function diff([a = "", b]: readonly string[], { json, markdown }: DiffOptions): Promise<ExitCode> {
  if (b === undefined) return review(a, { json, markdown });
  const differences = compareAll(await documentsOf(a), await documentsOf(b));
  const changed = differences.some(({ changes }) => changes.length > 0);
  if (json) writeJson({ ok: !changed, differences });
  else {
    for (const { before, after, changes } of differences) {
      const head = `${before} -> ${after}: ${changes.length === 0 ? "the same" : count(changes.length, "change")}`;
      writeLine(markdown ? `### ${head}\n` : head);
      for (const line of formatChanges(changes, markdown)) writeLine(line);
    }
  }
  return changed ? 1 : 0;
}

/** A source of this project, or a package at a version. */
async function documentsOf(source: string): Promise<Document[]> {
  if (!existsSync(resolve(source)) && /.@/.test(source)) return [(await readPersonaPackage(source, ".")).document];
  const loaded = await loadPersonas(source, ".");
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
  throw new CommandError([`no persona is on both sides: ${names(before)}; ${names(after)}.`]);
}

function compareTwo(before: Document, after: Document): Difference {
  const named = ({ id, version }: Document) => (version === undefined ? id : `${id}@${version}`);
  return {
    before: named(before),
    after: named(after),
    changes: changesBetween(snapshot(before), snapshot(after)),
  };
}
