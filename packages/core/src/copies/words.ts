/** Words of a text with what stands between them: `parts.join("")` is the text. */
export function partsOf(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}_]+(?:[-./@:'’][\p{L}\p{N}_]+)*|[^\s\p{L}\p{N}_]/gu) ?? [];
}

/** Parts of a text in the place of which another one has others: `from` to `to` of the one, `start` to `end` of the other. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What differs between two rows of parts, in as few parts as can be (Myers). Undefined where more than `most` parts are in one only: such
 * rows have not much in common.
 */
export function hunksBetween(one: readonly string[], other: readonly string[], most: number): Hunk[] | undefined {
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head++;
  let tail = 0;
  const rest = Math.min(one.length, other.length) - head;
  while (tail < rest && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
  const steps = stepsBetween(one.slice(head, one.length - tail), other.slice(head, other.length - tail), most);
  if (steps === undefined) return undefined;
  const hunks: { from: number; to: number; start: number; end: number }[] = [];
  for (const [x, y, isDeletion] of steps) {
    const last = hunks.at(-1);
    const [from, start] = [x + head, y + head];
    if (last !== undefined && last.to === from && last.end === start) {
      if (isDeletion) last.to++;
      else last.end++;
    } else hunks.push({ from, to: from + (isDeletion ? 1 : 0), start, end: start + (isDeletion ? 0 : 1) });
  }
  return hunks;
}

type Step = readonly [x: number, y: number, isDeletion: boolean];

function stepsBetween(one: readonly string[], other: readonly string[], most: number): Step[] | undefined {
  if (Math.abs(one.length - other.length) > most) return undefined;
  const traces: Int32Array[] = [];
  const middle = most + 1;
  let reach = new Int32Array(2 * most + 3);
  for (let distance = 0; distance <= most; distance++) {
    traces.push(reach.slice());
    const next = reach.slice();
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const [left, right] = [reach[middle + diagonal - 1] ?? 0, reach[middle + diagonal + 1] ?? 0];
      let x = diagonal === -distance || (diagonal !== distance && left < right) ? right : left + 1;
      while (x < one.length && x - diagonal < other.length && one[x] === other[x - diagonal]) x++;
      next[middle + diagonal] = x;
      if (x >= one.length && x - diagonal >= other.length) return walkBack(traces, one.length, other.length, middle);
    }
    reach = next;
  }
  return undefined;
}

function walkBack(traces: readonly Int32Array[], length: number, otherLength: number, middle: number): Step[] {
  const steps: Step[] = [];
  let [x, y] = [length, otherLength];
  for (let distance = traces.length - 1; distance > 0; distance--) {
    const reach = traces[distance] as Int32Array;
    const diagonal = x - y;
    const [left, right] = [reach[middle + diagonal - 1] ?? 0, reach[middle + diagonal + 1] ?? 0];
    const isInsertion = diagonal === -distance || (diagonal !== distance && left < right);
    const from = isInsertion ? right : left;
    const to = from - (isInsertion ? diagonal + 1 : diagonal - 1);
    steps.push([from, to, !isInsertion]);
    [x, y] = [from, to];
  }
  return steps.reverse();
}
