import { assign, isPlainObject, LIMITS } from "@personakit/core/internal";

/** In all lists and objects together. A persona has a few thousand. */
const MOST_VALUES = 1_000_000;

/** Whether what is parsed from JSON of so many characters is certainly no larger: each value takes two, with the comma behind it. */
export function isSmallJson(length: number): boolean {
  return length < 2 * MOST_VALUES;
}

/** Lists and objects made here: read once, with no getters or proxies left. */
const made = new WeakSet<object>();

/** Whether a value is a list or an object that `copyData` has made. */
export function isCopy(value: unknown): value is object {
  return typeof value === "object" && value !== null && made.has(value);
}

/**
 * A deep copy of a value from a user's module, so that what is checked is what is used.
 * Functions, and objects with a class, such as schemas, are as they were. The same object is the same copy wherever it
 * stands. Throws for what contains itself, or is too large, and whatever the module throws when it is read.
 */
export function copyData(value: unknown): unknown {
  const copies = new Map<object, unknown>();
  const open = new Set<object>();
  let values = 0;

  const copy = (each: unknown): unknown => {
    if (typeof each !== "object" || each === null) return each;
    if (copies.has(each)) return copies.get(each);
    if (open.has(each)) throw new RangeError("it contains itself");
    if (open.size === LIMITS.depth.most) throw new RangeError(`it has more than ${LIMITS.depth.most} levels`);
    if (!Array.isArray(each) && !isPlainObject(each)) return each;
    open.add(each);
    const copied = Array.isArray(each) ? copyList(each) : copyObject(each as { readonly [key: string]: unknown });
    open.delete(each);
    copies.set(each, copied);
    made.add(copied);
    return copied;
  };

  const count = (more: number, what: string): void => {
    values += more;
    if (values > MOST_VALUES) throw new RangeError(`${what} is too long`);
  };

  // A gap becomes an item, so that it is reported.
  const copyList = (list: readonly unknown[]): object => {
    const { length } = list;
    count(length, `a list of ${length} items`);
    return Array.from({ length }, (_, index) => copy(list[index]));
  };

  const copyObject = (from: { readonly [key: string]: unknown }): object => {
    const keys = Object.keys(from);
    count(keys.length, "it");
    const to = {};
    for (const key of keys) assign(to, key, copy(from[key]));
    return to;
  };

  return copy(value);
}
