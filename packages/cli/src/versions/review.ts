import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyFragment, Document } from "@personakit/core";
import { fenceAround } from "@personakit/core/internal";
import { countTokens, targets } from "@personakit/targets";
import { unifiedDiff } from "../disk/file-diff.ts";
import { failure } from "../issues/command-error.ts";
import { count } from "../output/terminal.ts";
import { DEFAULT_TARGETS } from "../plan/choose-targets.ts";
import { atRevision, repositoryRoot } from "../sources/git-revision.ts";
import { loadPackages } from "../sources/load-units.ts";
import { API_EXPORT, DOCUMENT_EXPORT } from "../sources/package-files.ts";
import { canRestrict, documentOf, snapshotOf } from "../sources/unit.ts";
import { compareVersions, type VersionComparison } from "./compare-versions.ts";
import { changesAsMarkdown, describeChanges } from "./format-changes.ts";

/** What a pull request changes in one package. */
export interface PackageReview extends VersionComparison {
  readonly name: string;
  readonly kind: "persona" | "fragment";
  readonly state: "changed" | "new" | "gone";
  /** Estimates of a persona, by target: before and after. */
  readonly tokens: { readonly [target: string]: readonly [before: number, after: number] };
  /** A unified diff of a persona's compiled text; empty where that has not changed. */
  readonly diff: string;
}

/** What a package is compared by. */
type Reviewed = Document | AnyFragment;

/** Compares the packages of a repository with those of a revision: those that have changed, personas first, by name. */
export async function review(revision: string): Promise<PackageReview[]> {
  const after = await unitsIn(repositoryRoot());
  const before = await atRevision(revision, unitsIn);
  if (after.size + before.size === 0) {
    const problem = `there are no persona or fragment packages in this repository, neither now nor at ${revision}`;
    const hint = `A persona's package exports "${DOCUMENT_EXPORT}", and a fragment's "${API_EXPORT}".`;
    throw failure("nothing-to-compare", undefined, problem, hint);
  }
  const names = [...new Set([...after.keys(), ...before.keys()])].sort();
  const reviews = names.flatMap((name) => reviewOf(name, before.get(name), after.get(name)));
  return [...reviews.filter(({ kind }) => kind === "persona"), ...reviews.filter(({ kind }) => kind === "fragment")];
}

/** Folders that hold no sources of the repository. */
const SKIPPED = ["node_modules", "dist"];

/** What the packages of content below a folder export, by the package's name. */
async function unitsIn(folder: string): Promise<Map<string, Reviewed>> {
  const units = new Map<string, Reviewed>();
  const visit = async (here: string): Promise<void> => {
    const manifest = join(here, "package.json");
    if (existsSync(manifest) && isOfContent(readFileSync(manifest, "utf8"))) {
      for (const { name, unit } of await loadPackages(here)) {
        units.set(name, unit.kind === "fragment" ? unit : documentOf(unit));
      }
    }
    for (const entry of readdirSync(here, { withFileTypes: true })) {
      const isSource = entry.isDirectory() && !entry.name.startsWith(".") && !SKIPPED.includes(entry.name);
      if (isSource) await visit(join(here, entry.name));
    }
  };
  await visit(folder);
  return units;
}

/** Whether a package says, by what it exports, that it holds a persona or a fragment. */
function isOfContent(manifest: string): boolean {
  try {
    const { exports, publishConfig } = JSON.parse(manifest);
    return [exports, publishConfig?.exports].some((each) =>
      [DOCUMENT_EXPORT, API_EXPORT].some((name) => typeof each?.[name] === "string"),
    );
  } catch {
    return false;
  }
}

function reviewOf(name: string, before: Reviewed | undefined, after: Reviewed | undefined): PackageReview[] {
  const none = { rules: {}, about: {} };
  const comparison = compareVersions(
    before === undefined ? none : snapshotOf(before),
    after === undefined ? none : snapshotOf(after),
  );
  const [old, fresh] = [textOf(before), textOf(after)];
  if (comparison.changes.length === 0 && old === fresh) return [];
  const state = before === undefined ? "new" : after === undefined ? "gone" : "changed";
  const diff = old === fresh ? "" : unifiedDiff(name, [old, "before"], [fresh, "after"]);
  const kind = (after ?? before)?.kind === "fragment" ? "fragment" : "persona";
  const targets = kind === "persona" ? DEFAULT_TARGETS : [];
  const tokens = targets.map((id) => [id, [tokensOf(before, id), tokensOf(after, id)] as const] as const);
  return [{ name, kind, state, ...comparison, tokens: Object.fromEntries(tokens), diff }];
}

function artifactsOf(unit: Reviewed | undefined, id: string): readonly { readonly text: string }[] {
  const target = targets.find((each) => each.id === id);
  if (unit?.kind !== "document" || target === undefined || !canRestrict(target, unit)) return [];
  return target.compile(unit).artifacts;
}

function textOf(document: Reviewed | undefined): string {
  return artifactsOf(document, "claude-agent")
    .map(({ text }) => text)
    .join("\n");
}

function tokensOf(document: Reviewed | undefined, id: string): number {
  return artifactsOf(document, id).reduce((sum, { text }) => sum + countTokens(text), 0);
}

/** A review as text. */
export function reviewAsText(reviews: readonly PackageReview[]): string[] {
  if (reviews.length === 0) return ["No persona or fragment has changed."];
  return reviews.flatMap((each) => [`${each.name}: ${headOf(each)}`, ...describeChanges(each.changes)]);
}

function headOf({ state, bump, changes }: PackageReview): string {
  return state === "changed" ? `${bump ?? "patch"}, ${count(changes.length, "change")}` : state;
}

/** A review as Markdown, for the text of a pull request. */
export function reviewAsMarkdown(reviews: readonly PackageReview[], revision: string): string[] {
  if (reviews.length === 0) return [`No persona or fragment has changed since \`${revision}\`.`];
  const rows = reviews.map(({ tokens, ...each }) => {
    const cells = DEFAULT_TARGETS.map((id) => tokens[id]?.join(" → ") ?? "");
    return `| \`${each.name}\` | ${headOf({ tokens, ...each })} | ${cells.join(" | ")} |`;
  });
  return [
    `## What changes for agents since \`${revision}\``,
    "",
    `| Package | Version | ${DEFAULT_TARGETS.map((id) => `Tokens, ${id}`).join(" | ")} |`,
    `| --- | --- | ${DEFAULT_TARGETS.map(() => "---").join(" | ")} |`,
    ...rows,
    ...reviews.flatMap((each) => [
      "",
      `### ${each.name}: ${headOf(each)}`,
      "",
      ...changesAsMarkdown(each.changes),
      ...(each.diff === ""
        ? []
        : ["", "<details><summary>Compiled text</summary>", "", ...fenced(each.diff), "", "</details>"]),
    ]),
  ];
}

function fenced(text: string): string[] {
  const fence = fenceAround(text);
  return [`${fence}diff`, ...text.trimEnd().split("\n"), fence];
}
