/** A list of whole numbers in one array: a tenth of what a list of objects takes, and half of a list of numbers. */
export class IntList {
  #all = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#all.length) this.#grow(this.length + 1);
    this.#all[this.length++] = value;
  }

  get(at: number): number {
    return this.#all[at] as number;
  }

  /** What is in it. */
  all(): Int32Array {
    return this.view(0, this.length);
  }

  /** A view of a part, which the next `push` may leave behind. */
  view(from: number, to: number): Int32Array {
    return this.#all.subarray(from, to);
  }

  add(values: Int32Array): void {
    const end = this.length + values.length;
    if (end > this.#all.length) this.#grow(end);
    this.#all.set(values, this.length);
    this.length = end;
  }

  #grow(least: number): void {
    const more = new Int32Array(Math.max(least, this.#all.length * 1.5));
    more.set(this.#all);
    this.#all = more;
  }
}

/** Numbers things from 0, equal ones alike, by a hash and a comparison: what they are stays where it is. */
export class Numbering {
  readonly #hashes = new IntList();
  #slots = new Int32Array(2048);

  get size(): number {
    return this.#hashes.length;
  }

  /**
   * The number of a thing: a new one where none with its hash is the same.
   *
   * @param isSame Whether the thing is the one with a number.
   */
  numberOf(hash: number, isSame: (number: number) => boolean): number {
    if (this.size * 2 >= this.#slots.length) this.#grow();
    const mask = this.#slots.length - 1;
    let slot = mixed(hash) & mask;
    for (let taken = this.#slots[slot] as number; taken !== 0; taken = this.#slots[slot] as number) {
      if (this.#hashes.get(taken - 1) === hash && isSame(taken - 1)) return taken - 1;
      slot = (slot + 1) & mask;
    }
    this.#hashes.push(hash);
    this.#slots[slot] = this.size;
    return this.size - 1;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = mixed(this.#hashes.get(number)) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

/** Spreads the bits of a number. */
export function mixed(value: number): number {
  let mix = value ^ (value >>> 16);
  mix = Math.imul(mix, 0x85ebca6b);
  mix ^= mix >>> 13;
  mix = Math.imul(mix, 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}
