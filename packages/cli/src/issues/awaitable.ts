/**
 * What is there at once, or later. A document is there at once, and of thousands of them most of a build's waiting is for what is
 * there already.
 */
export type Awaitable<Value> = Value | Promise<Value>;

/** Goes on with a value when it is there. */
export function whenThere<Value, Result>(
  value: Awaitable<Value>,
  next: (value: Value) => Awaitable<Result>,
): Awaitable<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}
