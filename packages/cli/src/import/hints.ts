import type { DifferingPart } from "@personakit/core/copies";
import { loadCatalogue } from "../catalogue/catalogue.ts";
import { loadPublishedRules } from "../catalogue/published-rules.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { differingParts } from "../hints/differing.ts";
import { type KnownRule, RuleIndex, type SimilarRule } from "../hints/rule-index.ts";
import { stemsOf } from "../hints/stems.ts";
import { contentPackages, rangesOfProject } from "../sources/content-packages.ts";
import { API_EXPORT } from "../sources/package-files.ts";
import { snapshotIn } from "../sources/persona-package.ts";
import { loadReader } from "../sources/reader.ts";
import { type FindOptions, type FoundFile, findFiles } from "./find-files.ts";
import { whyKnownFrom } from "./prove.ts";

/** A point of a file, and the rule that says nearly the same. */
export interface Hint extends SimilarRule {
  /** The point, on one line. */
  readonly text: string;
  /** The point and the rule in parts: the words that the other one says too, and those that it does not. */
  readonly parts: { readonly point: readonly DifferingPart[]; readonly rule: readonly DifferingPart[] };
  /** Where it stands, once for each place that has these words. */
  readonly places: readonly { readonly path: string; readonly line: number }[];
}

/**
 * Finds the points of a project's files that stand in a published fragment, or nearly so; the surest come first. Files that are sources
 * already are among them, those that PersonaKit builds are not. Throws a CommandError for a path that is not there.
 */
export async function hintsIn(
  folder: string,
  options: Pick<FindOptions, "named" | "only" | "force">,
): Promise<readonly Hint[]> {
  const whyKnown = whyKnownFrom(readLockfile(folder));
  const [{ files }, rules] = await Promise.all([
    findFiles(folder, { ...options, whyKnown, isReadOnly: true }),
    knownRules(folder),
  ]);
  const { pointsIn } = await loadReader();
  const index = new RuleIndex(rules);
  const hints = new Map<string, { hint: SimilarRule & { text: string }; places: Hint["places"][number][] }>();
  for (const { path, body, above } of files.map(bodyOf)) {
    const file = new Set(stemsOf(`${path} ${body}`));
    for (const { text, line, heading, opening } of pointsIn(body)) {
      const found = index.find({ text, above: [heading, opening], file });
      if (found === undefined) continue;
      const key = `${found.rule.path}\n${text}`;
      const known = hints.get(key) ?? { hint: { ...found, text }, places: [] };
      known.places.push({ path, line: line + above });
      hints.set(key, known);
    }
  }
  return [...hints.values()]
    .map(({ hint, places }) => {
      const { text, rule } = hint;
      return {
        ...hint,
        places,
        parts: { point: differingParts(text, rule.text), rule: differingParts(rule.text, text) },
      };
    })
    .sort((a, b) => b.alike - a.alike);
}

/** What stands below the front matter, and how many lines stand above it. */
function bodyOf({ path, text, place }: FoundFile): { path: string; body: string; above: number } {
  const { document } = place.readable.read({ path, text });
  const [entry] = document.sections[0]?.entries ?? [];
  const above = document.source.head.split(/\r\n|\n|\r/).length - 1;
  return { path, body: entry?.kind === "markdown" ? entry.text : "", above };
}

/** The rules of the fragments that are installed, as they are, and of PersonaKit's others as they were published with this version. */
async function knownRules(folder: string): Promise<KnownRule[]> {
  const [own, { fragments }, published] = await Promise.all([
    installedRules(folder),
    loadCatalogue(),
    loadPublishedRules(),
  ]);
  const installed = new Set(own.map((each) => each.package));
  const others = fragments
    .filter((each) => !installed.has(each.package))
    .flatMap(({ package: name, id }) =>
      Object.entries(published[id] ?? {}).flatMap(([rule, state]) => ruleOf(name, `${id}/${rule}`, state)),
    );
  return [...own, ...others];
}

async function installedRules(folder: string): Promise<KnownRule[]> {
  const packages = await contentPackages(rangesOfProject(folder), folder);
  const fragments = packages.filter(({ contents }) => contents.exports[API_EXPORT] !== undefined);
  const rules = fragments.map(async ({ contents }) => {
    const { rules } = await snapshotIn(contents, contents.name);
    return Object.entries(rules ?? {}).flatMap(([path, state]) => ruleOf(contents.name, path, state));
  });
  return (await Promise.all(rules)).flat();
}

/** A rule by its state, as a snapshot has it; none for what has no strength. */
function ruleOf(name: string, path: string, state: string): KnownRule[] {
  const [, strength, text] = /^(must|should|may): ([\s\S]+)$/.exec(state) ?? [];
  return strength === undefined || text === undefined ? [] : [{ package: name, path, strength, text }];
}
