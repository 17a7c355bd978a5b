import type { Detection } from "@personakit/core";
import { type Catalogue, type PersonaParam, paramsOf } from "../catalogue/catalogue.ts";
import type { Repository } from "./repository.ts";

/** A persona package that can be proposed. */
export interface CatalogueEntry {
  readonly package: string;
  /** The name of its export. */
  readonly export: string;
  readonly id: string;
  /** Absent: any project. */
  readonly appliesTo?: Detection;
  /** The parameters that choose among names. */
  readonly params: readonly ChoiceParam[];
}

/** A parameter that is one of some names, or a list of them. */
export interface ChoiceParam {
  readonly fragment: string;
  readonly name: string;
  /** The default first: it stands where a repository shows several. */
  readonly values: readonly string[];
  /** Whether it takes several of them. */
  readonly list?: boolean;
}

/** A persona, why it is proposed, and the parameters that the repository answers. */
export interface Proposal {
  readonly entry: CatalogueEntry;
  /** The dependencies and files that speak for it; empty for one for any project. */
  readonly because: readonly string[];
  readonly params: Answers;
}

/** Values that a repository gives parameters, by fragment and name. */
export interface Answers {
  readonly [fragment: string]: { readonly [name: string]: string | readonly string[] };
}

/** The personas of the catalogue that can be proposed. */
export function proposable(catalogue: Catalogue): CatalogueEntry[] {
  return catalogue.personas.map((persona) => ({ ...persona, params: choicesAmong(paramsOf(persona, catalogue)) }));
}

/** The parameters that choose among names, the present value first. */
export function choicesAmong(params: readonly PersonaParam[]): ChoiceParam[] {
  return params.flatMap(({ fragment, name, shape, value }) => {
    const names = (shape.enum ?? shape.items?.enum ?? []).filter((each) => typeof each === "string");
    // No package has a name with a space, so no repository shows one.
    const choices = names.filter((each) => !each.includes(" "));
    if (choices.length === 0) return [];
    const values = [...choices.filter((each) => each === value), ...choices.filter((each) => each !== value)];
    return [{ fragment, name, values, ...(shape.enum === undefined ? { list: true } : {}) }];
  });
}

/** At most this many: more agents of one trade compete for the same requests. */
const MOST = 2;

/** What shows that a repository has a back end, by kind. */
const BACK_END = ["framework", "database client", "ORM", "CDK"];

/**
 * The personas that fit a repository best; those for any back end where none does, and none where there is only a front end.
 */
export function propose(repository: Repository, catalogue: readonly CatalogueEntry[]): Proposal[] {
  const rated = catalogue.map((entry) => ({ entry, because: signsIn(repository, entry.appliesTo) }));
  const fitting = rated.filter(({ because }) => because.length > 0);
  // Of those with the same number of signs, the catalogue's order decides.
  fitting.sort((a, b) => b.because.length - a.because.length);
  const general = hasOnlyFrontEnd(repository) ? [] : rated.filter(({ entry }) => entry.appliesTo === undefined);
  const chosen = fitting.length > 0 ? fitting.slice(0, MOST) : general;
  return chosen.map(({ entry, because }) => ({ entry, because, params: answersOf(repository, entry.params) }));
}

function hasOnlyFrontEnd({ uses }: Repository): boolean {
  return uses["front end"] !== undefined && BACK_END.every((kind) => uses[kind] === undefined);
}

function signsIn({ dependencies, files }: Repository, detection: Detection | undefined): string[] {
  const found = (detection?.dependencies ?? []).flatMap((name) => {
    const prefix = name.endsWith("*") ? name.slice(0, -1) : undefined;
    return dependencies.filter((each) => (prefix === undefined ? each === name : each.startsWith(prefix))).slice(0, 1);
  });
  return [...found, ...(detection?.files ?? []).filter((path) => files.includes(path))];
}

/** What a repository answers of some parameters: the names that its packages and its package manager have. */
export function answersOf(
  { dependencies = [], files = [], packageManager }: Partial<Repository>,
  params: readonly ChoiceParam[],
): Answers {
  const words = new Set([packageManager ?? "", ...dependencies.flatMap(wordsOf), ...files.flatMap(stemOf)]);
  const filled: Record<string, Record<string, string | readonly string[]>> = {};
  for (const { fragment, name, values, list } of params) {
    const found = values.filter((value) => words.has(value.toLowerCase()));
    const [first] = found;
    if (first === undefined) continue;
    filled[fragment] = { ...filled[fragment], [name]: list ? found : first };
  }
  return filled;
}

/** The tool that a file is for: `biome.json` is biome, `.gitlab-ci.yml` is gitlab-ci. Folders and source files say nothing. */
function stemOf(file: string): string[] {
  const [, stem, rest = ""] = /^\.?([^.]+)\.(.+)$/.exec(file) ?? [];
  return stem === undefined || /^[cm]?[jt]sx?$/.test(rest) ? [] : [stem.toLowerCase()];
}

/** The names by which people call a package: `@prisma/client` is prisma, `@aws-sdk/client-sqs` is sqs. */
function wordsOf(dependency: string): string[] {
  const [, scope, name = dependency] = /^@([^/]+)\/(.+)$/.exec(dependency) ?? [];
  return [dependency, name, name.replace(/^client-/, ""), ...(scope === undefined ? [] : [scope])].map((word) =>
    word.toLowerCase(),
  );
}
