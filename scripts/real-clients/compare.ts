/** A line for each name that was expected and is not there, is there twice, or is there and was not expected. */
export function differences(kind: string, found: readonly string[], expected: readonly string[]): string[] {
  return [...new Set([...expected, ...found])].sort().flatMap((name) => {
    const times = found.filter((each) => each === name).length;
    if (!expected.includes(name)) return [`${kind} ${name}: loaded, and was not expected`];
    if (times === 0) return [`${kind} ${name}: not loaded`];
    return times > 1 ? [`${kind} ${name}: loaded ${times} times`] : [];
  });
}

/** What a client shows of a project and not in an empty one: the rest it brings along. */
export function beyond(shown: readonly string[], own: readonly string[]): string[] {
  return shown.filter((each) => !own.includes(each));
}
