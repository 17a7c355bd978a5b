/** What a request's body is made of. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** The value where it is an object, and else an empty one. */
export function objectOf(value: Json): { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !isList(value) ? value : {};
}

/** The value where it is a list, and else an empty one. */
export function listOf(value: Json): readonly Json[] {
  return isList(value) ? value : [];
}

/** The value where it is a text, and else an empty one. */
export function textOf(value: Json): string {
  return typeof value === "string" ? value : "";
}

/** Every text in a value, at any depth, in its order. */
export function textsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(textsIn);
  return Object.values(objectOf(value)).flatMap(textsIn);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
