/** Whether a value can be read as an object with keys. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is an object without a class of its own: one that its keys say all of. */
export function isPlainObject(value: unknown): value is { readonly [key: string]: unknown } {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A value that a map holds itself, not one that every object inherits. */
export function own<Value>(map: { readonly [key: string]: Value } | undefined, key: string): Value | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The keys of a type, as a list that cannot miss one: `keysOf<Drop>({ kind: true, reason: true })`. */
export function keysOf<Type>(keys: { readonly [Key in keyof Required<Type>]: true }): readonly string[] {
  return Object.keys(keys);
}

/** Whether a value is a list of texts that all have a form. */
export function isTexts(value: unknown, form: RegExp): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string" && form.test(text));
}

/** Whether two values are the same data. Functions are the same by their source: a package may be loaded twice. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other || Object.is(one, other)) return true;
  if (typeof one === "function" && typeof other === "function") return String(one) === String(other);
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  const keys = Object.keys(one);
  if (Array.isArray(one) !== Array.isArray(other) || keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && isSame(one[key as never], other[key as never]));
}

/** Whether a value can be a decision. */
export function isDecision(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}

/** The longest name that is repeated in an error. */
const LONGEST_NAME = 100;

/** A value as an error shows it: short, whatever it is. */
export function said(value: unknown): string {
  if (typeof value === "object" && value !== null) return messageIn(value) ?? (isList(value) ? "a list" : "an object");
  const text = typeof value === "function" ? "a function" : String(value);
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME)}... (${text.length} characters)`;
}

/** The message of an error, which may be none, or one that cannot be read. */
function messageIn(value: object): string | undefined {
  try {
    return value instanceof Error ? said(String(value.message)) : undefined;
  } catch {
    return "an object that cannot be read";
  }
}

/** Whether a value is a list; of a proxy that was revoked, nobody can tell. */
function isList(value: object): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** Sets a key, also one that objects take for their prototype. */
export function assign(target: object, key: number | string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else (target as Record<number | string, unknown>)[key] = value;
}
