import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "@personakit/core";
import { fenceAround } from "@personakit/core/internal";
import { countTokens, targets } from "@personakit/targets";
import { unifiedDiff } from "../disk/file-diff.ts";
import { failure } from "../issues/command-error.ts";
import { count } from "../output/terminal.ts";
import { DEFAULT_TARGETS } from "../plan/choose-targets.ts";
import { atRevision, repositoryRoot } from "../sources/git-revision.ts";
import { loadPackages } from "../sources/load-units.ts";
import { DOCUMENT_EXPORT } from "../sources/package-files.ts";
import { canRestrict, documentOf, snapshotOf } from "../sources/unit.ts";
import { compareVersions, type VersionComparison } from "./compare-versions.ts";
import { changesAsMarkdown, describeChanges } from "./format-changes.ts";

/** What a pull request changes in one persona. */
export interface PersonaReview extends VersionComparison {
  readonly name: string;
  readonly state: "changed" | "new" | "gone";
  /** Estimates, by target: before and after. */
  readonly tokens: { readonly [target: string]: readonly [before: number, after: number] };
  /** A unified diff of the compiled text. */
  readonly diff: string;
}

/** Compares the persona packages of a repository with those of a revision: those that have changed, by name. */
export async function review(revision: string): Promise<PersonaReview[]> {
  const after = await documentsIn(repositoryRoot());
  const before = await atRevision(revision, documentsIn);
  if (after.size + before.size === 0) {
    const problem = `there are no persona packages in this repository, neither now nor at ${revision}`;
    throw failure("nothing-to-compare", undefined, problem, `A persona's package exports "${DOCUMENT_EXPORT}".`);
  }
  const names = [...new Set([...after.keys(), ...before.keys()])].sort();
  return names.flatMap((name) => reviewOf(name, before.get(name), after.get(name)));
}

/** Folders that hold no sources of the repository. */
const SKIPPED = ["node_modules", "dist"];

/** The documents of the packages below a folder that export one, by the package's name. */
async function documentsIn(folder: string): Promise<Map<string, Document>> {
  const documents = new Map<string, Document>();
  const visit = async (here: string): Promise<void> => {
    const manifest = join(here, "package.json");
    if (existsSync(manifest) && exportsDocument(readFileSync(manifest, "utf8"))) {
      for (const { name, unit } of await loadPackages(here)) {
        if (unit.kind !== "fragment") documents.set(name, documentOf(unit));
      }
    }
    for (const entry of readdirSync(here, { withFileTypes: true })) {
      const isSource = entry.isDirectory() && !entry.name.startsWith(".") && !SKIPPED.includes(entry.name);
      if (isSource) await visit(join(here, entry.name));
    }
  };
  await visit(folder);
  return documents;
}

function exportsDocument(manifest: string): boolean {
  try {
    const { exports, publishConfig } = JSON.parse(manifest);
    return [exports, publishConfig?.exports].some((each) => typeof each?.[DOCUMENT_EXPORT] === "string");
  } catch {
    return false;
  }
}

function reviewOf(name: string, before: Document | undefined, after: Document | undefined): PersonaReview[] {
  const none = { rules: {}, about: {} };
  const comparison = compareVersions(
    before === undefined ? none : snapshotOf(before),
    after === undefined ? none : snapshotOf(after),
  );
  const [old, fresh] = [textOf(before), textOf(after)];
  if (comparison.changes.length === 0 && old === fresh) return [];
  const state = before === undefined ? "new" : after === undefined ? "gone" : "changed";
  const diff = unifiedDiff(name, [old, "before"], [fresh, "after"]);
  const tokens = DEFAULT_TARGETS.map((id) => [id, [tokensOf(before, id), tokensOf(after, id)] as const] as const);
  return [{ name, state, ...comparison, tokens: Object.fromEntries(tokens), diff }];
}

function artifactsOf(document: Document | undefined, id: string): readonly { readonly text: string }[] {
  const target = targets.find((each) => each.id === id);
  if (document === undefined || target === undefined || !canRestrict(target, document)) return [];
  return target.compile(document).artifacts;
}

function textOf(document: Document | undefined): string {
  return artifactsOf(document, "claude-agent")
    .map(({ text }) => text)
    .join("\n");
}

function tokensOf(document: Document | undefined, id: string): number {
  return artifactsOf(document, id).reduce((sum, { text }) => sum + countTokens(text), 0);
}

/** A review as text. */
export function reviewAsText(reviews: readonly PersonaReview[]): string[] {
  if (reviews.length === 0) return ["No persona has changed."];
  return reviews.flatMap((each) => [`${each.name}: ${headOf(each)}`, ...describeChanges(each.changes)]);
}

function headOf({ state, bump, changes }: PersonaReview): string {
  return state === "changed" ? `${bump ?? "patch"}, ${count(changes.length, "change")}` : state;
}

/** A review as Markdown, for the text of a pull request. */
export function reviewAsMarkdown(reviews: readonly PersonaReview[], revision: string): string[] {
  if (reviews.length === 0) return [`No persona has changed since \`${revision}\`.`];
  const rows = reviews.map(({ tokens, ...each }) => {
    const cells = DEFAULT_TARGETS.map((id) => tokens[id]?.join(" → ") ?? "");
    return `| \`${each.name}\` | ${headOf({ tokens, ...each })} | ${cells.join(" | ")} |`;
  });
  return [
    `## What changes for agents since \`${revision}\``,
    "",
    `| Persona | Version | ${DEFAULT_TARGETS.map((id) => `Tokens, ${id}`).join(" | ")} |`,
    `| --- | --- | ${DEFAULT_TARGETS.map(() => "---").join(" | ")} |`,
    ...rows,
    ...reviews.flatMap((each) => [
      "",
      `### ${each.name}: ${headOf(each)}`,
      "",
      ...changesAsMarkdown(each.changes),
      "",
      "<details><summary>Compiled text</summary>",
      "",
      ...fenced(each.diff),
      "",
      "</details>",
    ]),
  ];
}

function fenced(text: string): string[] {
  const fence = fenceAround(text);
  return [`${fence}diff`, ...text.trimEnd().split("\n"), fence];
}
