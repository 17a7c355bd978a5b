/** A topic on which files say several numbers. */
export interface NumberQuestion {
  /** Such as "test coverage". */
  readonly topic: string;
  /** Most often said first. */
  readonly values: readonly { readonly value: string; readonly places: readonly NumberPlace[] }[];
}

/** Where a file says a number. */
export interface NumberPlace {
  /** Of the file. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** The line, without white space around it. */
  readonly text: string;
}

/** Topics by what stands around their numbers. The value is the first group that is there, and its unit the last one. */
const TOPICS: readonly { readonly topic: string; readonly hint: string; readonly pattern: RegExp }[] = [
  {
    topic: "test coverage",
    hint: "overage",
    pattern:
      /coverage[^\n\d%.]{0,30}?(?:>=?|≥|at least|above|over|minimum)?\s*(\d{2,3})\s?(%)|(\d{2,3})\+?\s?(%)\+?\s(?:[a-z]+\s){0,3}coverage/gi,
  },
  {
    topic: "retries",
    hint: "etr",
    pattern:
      /(?:max(?:imum)?(?: of)?|up to|at most)\s(\d{1,2})\s(?:[a-z]+ )?(?:retries|retry attempts)|\bretry[^\n\d.]{0,20}?(\d{1,2})\s(?:times|attempts)|\bmax(?:imum)? retries\W{1,4}(\d{1,2})\b/gi,
  },
  {
    topic: "password length",
    hint: "assword",
    pattern:
      /passwords?[^\n\d.]{0,40}?(\d{1,2})\+?\s?(?:characters|chars)|(\d{1,2})[- ]char(?:acter)?s?[^\n\d.]{0,12}password/gi,
  },
  {
    topic: "timeouts",
    hint: "imeout",
    pattern:
      /timeouts?(?: of| after| is|:| to)?\s(\d+)\s?(ms|milliseconds?|s|sec|seconds?|minutes?|min)\b|(\d+)[- ]?(ms|seconds?|s|minutes?)[- ]timeout/gi,
  },
  {
    topic: "function length",
    hint: "unction",
    pattern:
      /functions?[^\n\d.]{0,30}?(?:<=?|≤|under|below|at most|max(?:imum)?|fewer than|less than|exceed|over)\s?(\d{1,3})\slines/gi,
  },
  { topic: "uptime", hint: "9%", pattern: /(99(?:\.\d+)?)\s?(%)\s(?:uptime|availability)/gi },
  { topic: "WCAG version", hint: "WCAG", pattern: /\bWCAG\s(\d\.\d)/g },
];

/**
 * Finds topics on which files say several numbers, such as test coverage. Returns each with its values and where they stand; topics on
 * which all files say the same are left out. Never throws.
 *
 * @example
 * ```ts
 * import { numbersThatContradict } from "@personakit/core/copies";
 *
 * const isShown = () => true;
 * const questions = numbersThatContradict([
 *   { path: "a.md", text: "Keep coverage above 80 %.", isShown },
 *   { path: "b.md", text: "Keep coverage above 90 %.", isShown },
 * ]);
 * console.log(questions.map(({ topic }) => topic)); // ["test coverage"]
 * ```
 */
export function numbersThatContradict(
  texts: readonly { path: string; text: string; isShown: (at: number) => boolean }[],
): NumberQuestion[] {
  return TOPICS.flatMap(({ topic, hint, pattern }) => {
    const values = new Map<string, NumberPlace[]>();
    for (const { path, text, isShown } of texts) {
      if (!text.includes(hint)) continue;
      for (const match of text.matchAll(pattern)) {
        if (!isShown(match.index)) continue;
        const [number = "", unit = ""] = match.slice(1).filter((group) => group !== undefined);
        const value = inOneUnit(number, unit);
        const start = text.lastIndexOf("\n", match.index) + 1;
        const end = text.indexOf("\n", match.index);
        const line = text.slice(start, end === -1 ? undefined : end).trim();
        const place = { path, line: text.slice(0, match.index).split("\n").length, text: line };
        const known = values.get(value);
        if (known === undefined) values.set(value, [place]);
        else known.push(place);
      }
    }
    const files = new Set([...values.values()].flat().map(({ path }) => path));
    if (values.size < 2 || files.size < 2) return [];
    const sorted = [...values].map(([value, places]) => ({ value, places }));
    sorted.sort((a, b) => b.places.length - a.places.length || (a.value < b.value ? -1 : 1));
    return [{ topic, values: sorted }];
  });
}

function inOneUnit(number: string, unit: string): string {
  if (unit === "" || unit === "%") return `${number}${unit}`;
  const amount = Number(number);
  if (/^(?:ms|milli)/i.test(unit)) return amount % 1000 === 0 ? `${amount / 1000} s` : `${amount} ms`;
  return /^m/i.test(unit) ? `${amount * 60} s` : `${amount} s`;
}
