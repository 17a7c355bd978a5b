/** A run of invisible characters, and where it starts. */
export interface HiddenRun {
  readonly index: number;
  readonly run: string;
}

/** Text that is surely seen: whole blocks of letters and signs, so that most texts need no slow look. */
const SUSPECT =
  /[^\t\n -~\u{A0}-\u{AC}\u{AE}-\u{2FF}\u{3A3}-\u{52F}\u{2000}-\u{200A}\u{2010}-\u{2027}\u{202F}-\u{205F}\u{2190}-\u{23FF}\u{2500}-\u{27FF}\u{3000}-\u{303F}\u{3041}-\u{3096}\u{30A0}-\u{30FF}\u{4E00}-\u{9FFF}\u{AC00}-\u{D7A3}]/u;

/**
 * Not seen, by property: controls, formats, surrogates, private use and what is unassigned in this Unicode (C), what is drawn
 * as nothing (Default_Ignorable_Code_Point), separators of lines; and by name what no property tells: the blank Braille
 * pattern, U+FFFC that stands for an object, and fillers, joiners, blanks and selectors of Tifinagh, Brahmi, hieroglyphs,
 * Khitan, Duployan, music and SignWriting.
 */
const HIDDEN =
  "[[\\p{C}\\p{Default_Ignorable_Code_Point}\\p{Zl}\\p{Zp}\\u{2800}\\u{FFFC}\\u{2D7F}\\u{1107F}\\u{13441}\\u{13442}\\u{16FE4}\\u{1BC9D}\\u{1D159}\\u{1DA9B}-\\u{1DA9F}\\u{1DAA1}-\\u{1DAAF}]--[\\t\\n]]";

const between = (script: string, joiners: string) => {
  const letter = `[[\\p{L}\\p{M}]&&\\p{scx=${script}}]`;
  return `(?<=${letter})${joiners}(?=${letter})`;
};

const tags = (text: string) =>
  [...text, "\u{7F}"].map((each) => String.fromCodePoint(0xe0000 + (each.codePointAt(0) ?? 0))).join("");

/** What languages and emoji need of all that. */
const NEEDED = [
  // Persian, Urdu and their neighbours keep the parts of a word apart by ZWNJ; Syriac is written alike.
  ...["Arab", "Syrc"].map((script) => between(script, "\\u200C")),
  // In the scripts of India, Sri Lanka, Burma and Cambodia, joiners choose between a conjunct, a half form and a visible virama.
  ...["Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Mymr", "Khmr"].map((script) =>
    between(script, "[\\u200C\\u200D]"),
  ),
  // Malayalam may end a word with a virama and ZWJ, where newer texts have a letter of its own.
  "(?<=\\u0D4D)\\u200D",
  // Mongolian chooses the form of a letter by a selector, and parts a last vowel from its word.
  "(?<=[\\p{L}&&\\p{scx=Mong}])[\\u180B-\\u180D\\u180F]",
  "(?<=[\\p{L}&&\\p{scx=Mong}])\\u180E(?=[\\u1820\\u1821])",
  // A sign is shown as text or as emoji; a keycap is a digit that is shown as emoji.
  "(?<=\\p{Extended_Pictographic})[\\uFE0E\\uFE0F]",
  "(?<=[0-9#*])\\uFE0F(?=\\u20E3)",
  // Families, professions, flags: pictures that make one. By grammar, not by list, which grows with Unicode.
  "(?<=\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?)\\u200D(?=\\p{Extended_Pictographic})",
  // The flags of England, Scotland and Wales: no others are in use.
  ...["gbeng", "gbsct", "gbwls"].map((region) => `(?<=\\u{1F3F4})${tags(region)}`),
].join("|");

let made: { readonly hidden: RegExp; readonly needed: RegExp } | undefined;

/** Made on demand: most runs never need them, and making them takes longer than using them. */
function patterns() {
  made ??= { hidden: new RegExp(`${HIDDEN}+`, "gv"), needed: new RegExp(NEEDED, "vy") };
  return made;
}

/** Whether a reader sees all of a text. */
export function hidesNothing(text: string): boolean {
  return !SUSPECT.test(text) || hiddenRuns(text, 1).length === 0;
}

/**
 * The runs of invisible characters in a text: controls but for tabs and line feeds, direction marks,
 * zero-width characters and fillers, tags, private use. What languages and emoji need is seen by what it does. A character
 * that is newer than the Unicode of this runtime counts as not seen. With `most` it stops looking after so many runs.
 *
 * @example
 * ```ts
 * import { hiddenRuns } from "@personakit/targets";
 *
 * console.log(hiddenRuns("a\u{200B}b")); // [{ index: 1, run: "\u{200B}" }]
 * ```
 */
export function hiddenRuns(text: string, most = Number.POSITIVE_INFINITY): HiddenRun[] {
  if (!SUSPECT.test(text)) return [];
  const { hidden, needed } = patterns();
  const runs: HiddenRun[] = [];
  for (const { 0: all, index } of text.matchAll(hidden)) {
    const end = index + all.length;
    let start = index;
    for (let at = index; at < end; ) {
      needed.lastIndex = at;
      const isNeeded = needed.test(text);
      if (isNeeded && start < at) runs.push({ index: start, run: text.slice(start, at) });
      at = isNeeded ? needed.lastIndex : at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
      if (isNeeded) start = at;
    }
    if (start < end) runs.push({ index: start, run: text.slice(start, end) });
    if (runs.length >= most) break;
  }
  return runs;
}

/**
 * Makes everything in a text visible: what {@link hiddenRuns} finds becomes `\u{200b}`.
 *
 * @example
 * ```ts
 * import { showHidden } from "@personakit/targets";
 *
 * console.log(showHidden("a\u{200B}b")); // a\u{200b}b
 * ```
 */
export function showHidden(text: string): string {
  let shown = "";
  let from = 0;
  for (const { index, run } of hiddenRuns(text)) {
    shown += text.slice(from, index) + [...run].map((each) => `\\u{${each.codePointAt(0)?.toString(16)}}`).join("");
    from = index + run.length;
  }
  return shown + text.slice(from);
}
