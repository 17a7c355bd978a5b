import { nearest } from "@personakit/core/internal";
import type { Catalogue, CatalogueFragment, CataloguePersona } from "./catalogue.ts";

/** A package of the catalogue that answers a search. */
export type Match =
  | ({ readonly kind: "persona" } & CataloguePersona)
  | ({ readonly kind: "fragment" } & CatalogueFragment);

/** More would be a second catalogue. */
const MOST = 5;

/** What a word of a query is worth where it is found: an id says more than a sentence. */
const WEIGHTS = { id: 8, topics: 4, made: 2, text: 1 } as const;

type Fields = { readonly [Field in keyof typeof WEIGHTS]: ReadonlySet<string> };

/** Words that everything here could be called by. */
const EMPTY_WORDS = new Set(["a", "an", "and", "agent", "for", "of", "persona", "fragment", "the", "to", "with"]);

/**
 * The packages that a query describes best. The most of its words found come first, then the most telling places, then
 * personas, then the catalogue's order. A misspelt word counts as the nearest one that the catalogue has.
 */
export function search(query: string, catalogue: Catalogue): Match[] {
  const indexed = indexOf(catalogue);
  const vocabulary = [
    ...new Set(indexed.flatMap(({ fields }) => Object.values(fields).flatMap((words) => [...words]))),
  ];
  const wanted = wordsIn(query).map((word) => {
    const isKnown = vocabulary.some((each) => each.startsWith(word));
    return isKnown || word.length < 4 ? word : (nearest(word, vocabulary) ?? word);
  });
  const rated = indexed.map(({ match, fields }) => {
    const scores = wanted.map((word) => scoreOf(word, fields));
    return { match, found: scores.filter((score) => score > 0).length, score: scores.reduce((a, b) => a + b, 0) };
  });
  // Sorting is stable: of equals, the catalogue's order decides.
  const best = rated.filter(({ found }) => found > 0).sort((a, b) => b.found - a.found || b.score - a.score);
  const most = best[0]?.found ?? 0;
  return best
    .filter(({ found }) => 2 * found >= most)
    .slice(0, MOST)
    .map(({ match }) => match);
}

/** Whether the catalogue has something that all words of a query lead to, letter by letter. */
export function covers(query: string, catalogue: Catalogue): boolean {
  const words = wordsIn(query);
  return words.length > 0 && indexOf(catalogue).some(({ fields }) => words.every((word) => scoreOf(word, fields) > 0));
}

function indexOf({ personas, fragments }: Catalogue): { readonly match: Match; readonly fields: Fields }[] {
  const all: readonly Match[] = [
    ...personas.map((each) => ({ kind: "persona" as const, ...each })),
    ...fragments.map((each) => ({ kind: "fragment" as const, ...each })),
  ];
  return all.map((match) => ({ match, fields: fieldsOf(match, fragments) }));
}

function scoreOf(word: string, fields: Fields): number {
  const scores = Object.entries(WEIGHTS).map(([field, weight]) => {
    const words = fields[field as keyof Fields];
    if (words.has(word)) return 2 * weight;
    return [...words].some((each) => each.startsWith(word)) ? weight : 0;
  });
  return Math.max(...scores);
}

function fieldsOf(match: Match, fragments: readonly CatalogueFragment[]): Fields {
  const [topics, made] =
    match.kind === "fragment"
      ? [[...match.rules, ...Object.keys(match.params ?? {})], []]
      : [
          match.triggers,
          fragments.filter(({ id }) => match.fragments.includes(id)).flatMap(({ id, rules }) => [id, ...rules]),
        ];
  return {
    id: new Set(wordsIn(match.id)),
    topics: new Set(topics.flatMap(wordsIn)),
    made: new Set(made.flatMap(wordsIn)),
    text: new Set(wordsIn(match.summary)),
  };
}

/** The words of a text in lower case, without a plural's end: `hashPasswords` is two, and `Next.js` is also `nextj`. */
function wordsIn(text: string): string[] {
  const apart = text.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
  const words = apart.split(/[^\p{L}\p{N}.+#]+/u).flatMap((word) => {
    const bare = word.replace(/^\.+|\.+$/g, "");
    return bare.includes(".") ? [bare.replaceAll(".", ""), ...bare.split(".")] : [bare];
  });
  const said = words.filter((word) => word !== "" && !EMPTY_WORDS.has(word));
  return [...new Set(said.map((word) => (word.length > 3 ? word.replace(/s$/, "") : word)))];
}
