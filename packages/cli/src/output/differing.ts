/** A text whose parts that differ from another text are in `[[ ]]`, line by line. */
export function markDiffering(parts: readonly { readonly text: string; readonly differs: boolean }[]): string {
  return parts
    .map(({ text, differs }) => (differs && text.trim() !== "" ? text.replace(/\S(?:.*\S)?/g, "[[$&]]") : text))
    .join("")
    .replaceAll("]] [[", " ");
}
