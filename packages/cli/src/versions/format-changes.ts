import type { Change } from "@personakit/core";
import { oneLine } from "@personakit/core/internal";

/** Changes as text: what kind, where, and the wordings. */
export function describeChanges(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => {
    const { place, strengths, texts } = partsOf(change);
    const head = `  ${SIGNS[change.kind]} ${change.kind.padEnd(12)} ${place}`;
    return [strengths === undefined ? head : `${head}  ${strengths}`, ...texts.flatMap(quoted)];
  });
}

const SIGNS: { readonly [Kind in Change["kind"]]: string } = {
  added: "+",
  removed: "-",
  renamed: ">",
  reworded: "~",
  strengthened: "!",
  weakened: "!",
  changed: "~",
};

/** A text of a change; the label is empty where there is only one. */
type Wording = readonly [label: string, text: string];

interface ChangeParts {
  readonly place: string;
  /** Both strengths, where nothing else has changed. */
  readonly strengths?: string;
  readonly texts: readonly Wording[];
}

/** What is said of a change: a text that stays the same is said once. */
function partsOf({ path, from, before, after }: Change): ChangeParts {
  if (from !== undefined) return { place: `${from} -> ${path}`, texts: [["", after ?? ""]] };
  const [was, is] = [ofRule(before), ofRule(after)];
  if (was !== undefined && is !== undefined && was.strength !== is.strength && was.text === is.text) {
    return { place: path, strengths: `${was.strength} -> ${is.strength}`, texts: [["", is.text]] };
  }
  const texts = { before, after };
  return {
    place: path,
    texts: Object.entries(texts).filter((each): each is [string, string] => each[1] !== undefined),
  };
}

/** The strength and the text of a rule's state; undefined for anything else. */
function ofRule(state: string | undefined): { readonly strength: string; readonly text: string } | undefined {
  const [, strength, text] = /^(must|should|may|point): ([\s\S]*)$/.exec(state ?? "") ?? [];
  return strength === undefined || text === undefined ? undefined : { strength, text };
}

function quoted([label, text]: Wording): string[] {
  const indent = label === "" ? "      " : "             ";
  return text
    .split("\n")
    .map((line, index) => (index === 0 && label !== "" ? `      ${label.padEnd(7)}` : indent) + line);
}

/** Changes as Markdown, for the text of a pull request. */
export function changesAsMarkdown(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => {
    const { place, strengths, texts } = partsOf(change);
    return [
      `- **${change.kind}** \`${place}\`${strengths === undefined ? "" : `: ${strengths}`}`,
      ...texts.map(([label, text]) => `  - ${label === "" ? "" : `${label}: `}${asItem(text)}`),
    ];
  });
}

/** Changes as text or as Markdown. */
export function formatChanges(changes: readonly Change[], markdown: boolean): string[] {
  return markdown ? changesAsMarkdown(changes) : describeChanges(changes);
}

/** Text that cannot leave its list item, whatever stands in it. */
function asItem(text: string): string {
  return oneLine(text).replaceAll("<", "&lt;");
}
