/** Whether a value can be read as an object with keys. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
