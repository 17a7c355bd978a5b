import type { Signs } from "@personakit/core";
import type { Repository } from "./repository.ts";

/** A persona package that can be proposed. */
export interface CatalogueEntry {
  readonly package: string;
  /** The name of its export. */
  readonly export: string;
  readonly id: string;
  /** Absent: any project. */
  readonly suits?: Signs;
  /** The parameters that choose among names. */
  readonly params: readonly ChoiceParam[];
}

/** A parameter that is one of some names, or a list of them. */
export interface ChoiceParam {
  readonly fragment: string;
  readonly name: string;
  readonly values: readonly string[];
  readonly list: boolean;
  readonly default: unknown;
}

/** A persona, why it is proposed, and the parameters that the repository answers. */
export interface Proposal {
  readonly entry: CatalogueEntry;
  /** The dependencies and files that speak for it; empty for one that suits any project. */
  readonly because: readonly string[];
  readonly params: { readonly [fragment: string]: { readonly [name: string]: string | readonly string[] } };
}

/** At most this many: more agents of one trade compete for the same requests. */
const MOST = 2;

/** The personas that suit a repository best; those for any project where none does. */
export function propose(repository: Repository, catalogue: readonly CatalogueEntry[]): Proposal[] {
  const rated = catalogue.map((entry) => ({ entry, because: signsIn(repository, entry.suits) }));
  const suited = rated.filter(({ because }) => because.length > 0);
  // Of those with the same number of signs, the catalogue's order decides.
  suited.sort((a, b) => b.because.length - a.because.length);
  const chosen = suited.length > 0 ? suited.slice(0, MOST) : rated.filter(({ entry }) => entry.suits === undefined);
  return chosen.map(({ entry, because }) => ({ entry, because, params: paramsFor(repository, entry) }));
}

function signsIn({ dependencies, files }: Repository, signs: Signs | undefined): string[] {
  const found = (signs?.dependencies ?? []).flatMap((name) => {
    const prefix = name.endsWith("*") ? name.slice(0, -1) : undefined;
    return dependencies.filter((own) => (prefix === undefined ? own === name : own.startsWith(prefix))).slice(0, 1);
  });
  return [...found, ...(signs?.files ?? []).filter((path) => files.includes(path))];
}

function paramsFor({ dependencies, packageManager }: Repository, { params }: CatalogueEntry): Proposal["params"] {
  const words = new Set([packageManager ?? "", ...dependencies.flatMap(wordsOf)]);
  const filled: Record<string, Record<string, string | readonly string[]>> = {};
  for (const { fragment, name, values, list, default: standard } of params) {
    const found = values.filter((value) => words.has(value.toLowerCase()));
    const [first] = found;
    if (first === undefined) continue;
    const one = found.find((value) => value === standard) ?? first;
    filled[fragment] = { ...filled[fragment], [name]: list ? found : one };
  }
  return filled;
}

/** The names by which people call a package: `@prisma/client` is prisma, `@aws-sdk/client-sqs` is sqs. */
function wordsOf(dependency: string): string[] {
  const [, scope, name = dependency] = /^@([^/]+)\/(.+)$/.exec(dependency) ?? [];
  return [dependency, name, name.replace(/^client-/, ""), ...(scope === undefined ? [] : [scope])].map((word) =>
    word.toLowerCase(),
  );
}
