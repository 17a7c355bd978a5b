/** What is there at once, or later. Documents are there at once: waiting for each of thousands took a fiftieth of a build. */
export type Awaitable<Value> = Value | Promise<Value>;

/** Goes on with a value when it is there. */
export function whenThere<Value, Result>(
  value: Awaitable<Value>,
  next: (value: Value) => Awaitable<Result>,
): Awaitable<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}
