/** What a text may mean, the plainest first: itself, a number or the like, a list. */
export function candidatesFor(text: string): unknown[] {
  const items = text.split(",").map((item) => item.trim());
  const asJson = jsonOf(text);
  return [text, ...(asJson === undefined ? [] : [asJson]), items, items.map((item) => jsonOf(item) ?? item)];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
