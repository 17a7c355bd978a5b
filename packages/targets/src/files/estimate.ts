// Our own: an exact tokenizer brings megabytes of one vendor's tables, and `tokenx`, which looks at kinds of characters as this
// does, is off by a tenth for prompts and by a sixth for Chinese. `node bench/tokens.ts` compares it with real tokenizers.

// What a character is, as far as tokenizers treat it alike. Flags, so that a run may mix some of them.
const LOWER = 1;
const UPPER = 2;
const ACCENTED = 4;
const DIGIT = 8;
const SPACE = 16;
const SIGN = 32;
const HAN = 64;
const KANA = 128;
const HANGUL = 256;
const WIDE_SIGN = 512;
const OTHER_SCRIPT = 1024;
const HALF_PAIR = 2048;
const OTHER = 4096;
const UMLAUT = 8192;

const UMLAUTS = new Set([..."äöüßÄÖÜ"].map((letter) => letter.charCodeAt(0)));

const ASCII = Uint16Array.from({ length: 128 }, (_, code) => {
  if (code <= 32) return SPACE;
  const character = String.fromCharCode(code);
  if (character >= "a" && character <= "z") return LOWER;
  if (character >= "A" && character <= "Z") return UPPER;
  return character >= "0" && character <= "9" ? DIGIT : SIGN;
});

/** Other characters: the first of each block of Unicode that counts in another way than the block before. */
const BLOCKS: readonly (readonly [first: number, kind: number])[] = [
  [0x80, OTHER],
  [0xa0, SPACE],
  [0xa1, OTHER],
  [0xc0, ACCENTED],
  [0x250, OTHER],
  [0x370, OTHER_SCRIPT],
  [0x1100, HANGUL],
  [0x1200, OTHER_SCRIPT],
  [0x1e00, ACCENTED],
  [0x1f00, OTHER_SCRIPT],
  [0x2000, OTHER],
  [0x2e80, HAN],
  [0x3000, WIDE_SIGN],
  [0x3005, HAN],
  [0x3006, WIDE_SIGN],
  [0x3041, KANA],
  [0x30fb, WIDE_SIGN],
  [0x30fc, KANA],
  [0x3105, OTHER],
  [0x3131, HANGUL],
  [0x3190, OTHER],
  [0x3400, HAN],
  [0xa000, OTHER],
  [0xac00, HANGUL],
  [0xd7a4, OTHER],
  [0xd800, HALF_PAIR],
  [0xe000, OTHER],
  [0xf900, HAN],
  [0xfb00, OTHER],
  [0xff00, WIDE_SIGN],
  [0xfff0, OTHER],
];

function kindOf(code: number): number {
  if (code < 128) return ASCII[code] as number;
  if (code < 256 && UMLAUTS.has(code)) return UMLAUT;
  let [low, high] = [0, BLOCKS.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((BLOCKS[middle] as readonly [number, number])[0] <= code) low = middle;
    else high = middle - 1;
  }
  return (BLOCKS[low] as readonly [number, number])[1];
}

/** What each part of a text takes, in thousandths of a token: fitted to o200k_base by least squares, over prose in seven languages, code and prompts. */
const COST = {
  word: 996,
  /** More for a word that begins with a capital, and for one of capitals alone, such as `SQL`. */
  capital: 404,
  capitals: 775,
  /** For each letter of a word above four. */
  letter: 35,
  /** A word with an accent: most of them are not English, and so are the words around it. */
  accented: 1805,
  /** A word with an umlaut: it stands for German, whose words are long and put together. */
  umlaut: 2780,
  /** Up to three digits, and the space before a number, which no other token takes along. */
  digits: 1000,
  space: 1000,
  /** Spaces at the start of a line, and its end below a letter; a sign takes the end of its line along. */
  indent: 757,
  lineEnd: 304,
  /** Signs in a row: the first, and each of the others. */
  sign: 804,
  nextSign: 75,
  /** Chinese characters and kana in a row: the row, and each character. Among kana, a Chinese character takes more. */
  row: 408,
  han: 708,
  hanAmongKana: 1085,
  kana: 583,
  hangul: 740,
  wideSign: 471,
  /** A letter of another script, such as Cyrillic or Arabic. */
  otherScript: 270,
  pair: 2000,
  other: 1000,
} as const;

/** An estimate of a text's length, in thousandths of a token. */
export function estimate(text: string): number {
  let cost = 0;
  const { length } = text;
  /** Where a run of some kinds ends. */
  const endOf = (from: number, kinds: number) => {
    let end = from;
    while (end < length && (kindOf(text.charCodeAt(end)) & kinds) !== 0) end++;
    return end;
  };
  let before: number = SIGN;
  for (let at = 0; at < length; ) {
    const start = at;
    const kind = kindOf(text.charCodeAt(at));
    if ((kind & (LOWER | UPPER | ACCENTED | UMLAUT)) !== 0) {
      const small = endOf(at, UPPER);
      at = endOf(small, LOWER | ACCENTED | UMLAUT);
      cost += costOfWord(text, start, small, at);
    } else if (kind === SPACE) {
      at = endOf(at, SPACE);
      cost += costOfSpace(text, start, at, before);
    } else if (kind === DIGIT) {
      at = endOf(at, DIGIT);
      cost += Math.ceil((at - start) / 3) * COST.digits + (text[start - 1] === " " ? COST.space : 0);
    } else if (kind === SIGN) {
      at = endOf(at, SIGN);
      cost += COST.sign + (at - start - 1) * COST.nextSign;
    } else if ((kind & (HAN | KANA)) !== 0) {
      at = endOf(at, HAN | KANA);
      cost += COST.row + costOfRow(text, start, at);
    } else {
      at++;
      cost += COSTS_OF_REST.get(kind) ?? COST.other;
    }
    before = kind;
  }
  return cost;
}

/** What a character takes for itself. A pair is counted by its first half. */
const COSTS_OF_REST: ReadonlyMap<number, number> = new Map([
  [HANGUL, COST.hangul],
  [WIDE_SIGN, COST.wideSign],
  [OTHER_SCRIPT, COST.otherScript],
  [HALF_PAIR, COST.pair / 2],
]);

/** A word from `start` to `end`, whose capitals end at `small`. */
function costOfWord(text: string, start: number, small: number, end: number): number {
  let accent = 0;
  for (let at = small; at < end; at++) accent |= kindOf(text.charCodeAt(at)) & (ACCENTED | UMLAUT);
  if (accent !== 0) return (accent & UMLAUT) === 0 ? COST.accented : COST.umlaut;
  const letters = Math.max(0, end - start - 4) * COST.letter;
  if (small === end) return COST.word + (end - start > 1 ? COST.capitals : 0);
  return COST.word + letters + (small > start ? COST.capital : 0);
}

const LINE_FEED = 10;

function costOfSpace(text: string, start: number, end: number, before: number): number {
  let lineEnd = end - 1;
  // Looked for in the space alone: each line would be searched once for each of its words.
  while (lineEnd >= start && text.charCodeAt(lineEnd) !== LINE_FEED) lineEnd--;
  if (lineEnd < start) return end - start > 1 ? COST.indent : 0;
  const indent = end - lineEnd > 2 ? COST.indent : 0;
  return indent + (before === SIGN ? 0 : COST.lineEnd);
}

function costOfRow(text: string, start: number, end: number): number {
  let kana = 0;
  for (let at = start; at < end; at++) if (kindOf(text.charCodeAt(at)) === KANA) kana++;
  const han = end - start - kana;
  return kana * COST.kana + han * (kana > 0 ? COST.hanAmongKana : COST.han);
}
