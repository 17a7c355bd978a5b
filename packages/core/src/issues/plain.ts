import { Issues } from "./issue.ts";
import { LIMITS } from "./limits.ts";
import { assign, said } from "./values.ts";

type Container = unknown[] | Record<string, unknown>;

/** A list or an object that is still to be copied. */
interface Open {
  readonly from: object;
  readonly to: Container;
  readonly path: string;
  readonly depth: number;
}

/**
 * A copy of a value as JSON would have it: no getter, proxy, cycle or hole is left, and nothing is larger than its limit.
 * Throws a PersonaKitError for what is no data, or too large. Without recursion: a value may be nested deeper than the stack.
 */
export function plainCopy(value: unknown, place: string): unknown {
  if (isPlain(value)) return value;
  const issues = new Issues(place);
  const at = (path: string) => (path === "" ? issues : issues.at(path));
  const root: unknown[] = [];
  const open: Open[] = [];
  let values = 0;
  let characters = 0;

  const copy = (to: Container, key: number | string, inner: unknown, path: string, depth: number): boolean => {
    values++;
    if (typeof inner === "string") {
      characters += inner.length;
      if (!at(path).atMost("text", "the text", inner.length)) return false;
    } else if (typeof inner === "object" && inner !== null) {
      if (!at(path).atMost("depth", "the nesting here", depth)) return false;
      const copied: Container = Array.isArray(inner) ? [] : {};
      open.push({ from: inner, to: copied, path, depth });
      assign(to, key, copied);
      return true;
    } else if (!isPlain(inner)) {
      at(path).add("wrong-type", `this is no data: ${said(inner)}`);
      return false;
    }
    assign(to, key, inner);
    return true;
  };

  try {
    let isWhole = copy(root, 0, value, "", 1);
    for (let next = open.pop(); isWhole && next !== undefined; next = open.pop()) {
      const { from, to, path, depth } = next;
      const keys = Array.isArray(from) ? from.length : Object.keys(from);
      const count = typeof keys === "number" ? keys : keys.length;
      isWhole = issues.atMost("values", "it", values + count);
      for (let index = 0; isWhole && index < count; index++) {
        const key = typeof keys === "number" ? index : (keys[index] as string);
        const inner: unknown = from[key as keyof typeof from];
        if (typeof key === "string") characters += key.length;
        // JSON leaves out keys without a value; in a list, null stands there.
        if (inner === undefined && typeof key === "string") continue;
        isWhole = copy(to, key, inner ?? null, path === "" ? String(key) : `${path}.${said(key)}`, depth + 1);
      }
      isWhole &&= issues.atMost("texts", "it", characters);
    }
  } catch (error) {
    issues.add("wrong-type", `this cannot be read as data: ${said(error)}`);
  }
  issues.throw();
  return root[0];
}

/** So short a text holds no more than a value may: in JSON each value takes two characters, with the comma behind it. */
const SHORT = Math.min(LIMITS.text.most, LIMITS.texts.most, 2 * LIMITS.values.most - 1);

/**
 * Whether what is parsed from JSON of so many characters is certainly no larger than data may be. If it is nested no deeper
 * either, its {@link plainCopy} is the same.
 */
export function isShortJson(length: number): boolean {
  return length <= SHORT;
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}
