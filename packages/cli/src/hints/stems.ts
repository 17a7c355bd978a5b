/** Words that say nothing of what a sentence demands. */
const STOP_WORDS = new Set(
  (
    "a about after again all also an and any are as at be been before being but by can could do does done each either else every for from " +
    "get give has have here how if in into is it its itself just keep let like make may might more most much must need never no nor not of " +
    "off on one only or other our out over own per put rather set shall should so some such take than that the their them then there these " +
    "they this those through to too two under until up upon use used uses using very via was we well were what when where whether which " +
    "while who whom whose why will with within without would yes you your etc ensure always"
  ).split(" "),
);

/** A word, a name or a number. */
export const WORD = /[\p{L}\p{N}]+(?:[_.'’][\p{L}\p{N}]+)*/gu;

/** The words of a text that carry its meaning, in order, each without its ending: "Hash passwords" and "password hashing" have the same. */
export function stemsOf(text: string): string[] {
  const words = text.replace(/\]\([^)]*\)|https?:\/\/\S+/g, " ").match(WORD) ?? [];
  return words.flatMap((word) => stemOf(word) ?? []);
}

/** By word, as it is written: files say the same few thousand again and again. */
const known = new Map<string, string | undefined>();

/** A word without its ending; undefined for one that carries no meaning. */
export function stemOf(written: string): string | undefined {
  if (!known.has(written)) known.set(written, makeStem(written));
  return known.get(written);
}

function makeStem(written: string): string | undefined {
  const word = written.toLowerCase().replace(/['’]s$|[.'’]/g, "");
  // What has digits is a name or a number.
  if (/\d/.test(word)) return word;
  if (word.length < 2 || STOP_WORDS.has(word)) return undefined;
  const cut = withoutEnding(withoutEnding(word, ENDINGS), SUFFIXES);
  return cut.length < 4 ? cut : cut.replace(/([bdfgmnprt])\1$/, "$1").replace(/e$/, "");
}

/** Endings, the first that fits. Both texts lose the same, so that what is left need not be a word. */
const ENDINGS: readonly (readonly [ending: RegExp, instead: string, least: number])[] = [
  [/ies$/, "y", 5],
  [/(?<=ss|x|ch|sh)es$/, "", 5],
  [/(?<![sui])s$/, "", 4],
];
const SUFFIXES: readonly (readonly [ending: RegExp, instead: string, least: number])[] = [
  [/(?:ation|ator|ating|ated|ate)$/, "", 7],
  [/ing$/, "", 6],
  [/(?<!e)ed$/, "", 5],
  [/(?<=t)ion$/, "", 7],
  [/ment$/, "", 8],
  [/ly$/, "", 6],
];

function withoutEnding(word: string, endings: typeof ENDINGS): string {
  const found = endings.find(([ending, , least]) => word.length >= least && ending.test(word));
  return found === undefined ? word : word.replace(found[0], found[1]);
}
