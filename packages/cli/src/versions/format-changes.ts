import type { Change } from "@personakit/core";
import { oneLine } from "@personakit/core/internal";

/** Changes as text: what kind, where, and both wordings. */
export function describeChanges(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => [
    `  ${SIGNS[change.kind]} ${change.kind.padEnd(12)} ${change.path}`,
    ...wordings(change),
  ]);
}

const SIGNS: { readonly [Kind in Change["kind"]]: string } = {
  added: "+",
  removed: "-",
  reworded: "~",
  strengthened: "!",
  weakened: "!",
  changed: "~",
};

function wordings({ before, after }: Change): string[] {
  return [...quoted("before", before), ...quoted("after", after)];
}

function quoted(label: string, text: string | undefined): string[] {
  if (text === undefined) return [];
  return text.split("\n").map((line, index) => `      ${(index === 0 ? label : "").padEnd(7)}${line}`);
}

/** Changes as Markdown, for the text of a pull request. */
export function changesAsMarkdown(changes: readonly Change[]): string[] {
  return changes.flatMap(({ kind, path, before, after }) => [
    `- **${kind}** \`${path}\``,
    ...(before === undefined ? [] : [`  - before: ${asItem(before)}`]),
    ...(after === undefined ? [] : [`  - after: ${asItem(after)}`]),
  ]);
}

/** Changes as text or as Markdown. */
export function formatChanges(changes: readonly Change[], markdown: boolean): string[] {
  return markdown ? changesAsMarkdown(changes) : describeChanges(changes);
}

/** Text that cannot leave its list item, whatever stands in it. */
function asItem(text: string): string {
  return oneLine(text).replaceAll("<", "&lt;");
}
