import { IntList, mixed } from "./packed.ts";

/** Letters and digits; what is not ASCII is a letter. */
const IS_WORD = Uint8Array.from({ length: 128 }, (_, code) => (/[A-Za-z\d]/.test(String.fromCharCode(code)) ? 1 : 0));

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Adds the words of part of a text to a list, as numbers. Returns a number for all of it, the same with any line ends. */
export function addWords(text: string, start: number, end: number, words: IntList): number {
  let [hash, word] = [SEED, 0];
  for (let at = start; at < end; at++) {
    let code = text.charCodeAt(at);
    if (code === CARRIAGE_RETURN) {
      if (text.charCodeAt(at + 1) === LINE_FEED) continue;
      code = LINE_FEED;
    }
    hash = Math.imul(hash ^ code, PRIME);
    if (code >= 128 || IS_WORD[code] === 1) word = Math.imul((word === 0 ? SEED : word) ^ code, PRIME);
    else if (word !== 0) {
      words.push(word);
      word = 0;
    }
  }
  if (word !== 0) words.push(word);
  return hash;
}

/** The words of a text, as numbers. */
export function wordsOf(text: string): Int32Array {
  const words = new IntList();
  addWords(text, 0, text.length, words);
  return words.all();
}

/** The rows of three words of a text, as numbers, in the order of its words. A shorter text is one row. */
export function rowsOf(words: Int32Array): Int32Array {
  const { length } = words;
  if (length < 3) return Int32Array.of(rowOf(0, words[length - 2] ?? 0, words[length - 1] ?? 0));
  const rows = new Int32Array(length - 2);
  for (let at = 2; at < length; at++)
    rows[at - 2] = rowOf(words[at - 2] as number, words[at - 1] as number, words[at] as number);
  return rows;
}

function rowOf(one: number, two: number, three: number): number {
  return mixed(Math.imul(mixed(Math.imul(mixed(one), 31) + two), 31) + three);
}

/** Numbers in order, each once. */
export function inOrder(numbers: Int32Array): Int32Array {
  const sorted = numbers.slice().sort();
  let count = 0;
  for (const number of sorted) if (count === 0 || sorted[count - 1] !== number) sorted[count++] = number;
  return sorted.subarray(0, count);
}

/** How much two texts are alike, from 0 to 1. */
export function likenessOfTexts(one: string, other: string): number {
  return likenessOf(inOrder(rowsOf(wordsOf(one))), inOrder(rowsOf(wordsOf(other))));
}

/** What two texts have in common, from 0 to 1, from their rows in order. */
export function likenessOf(one: Int32Array, other: Int32Array): number {
  let [at, to, common] = [0, 0, 0];
  while (at < one.length && to < other.length) {
    const [left, right] = [one[at] as number, other[to] as number];
    if (left === right) common++;
    if (left <= right) at++;
    if (right <= left) to++;
  }
  return common / (one.length + other.length - common);
}
