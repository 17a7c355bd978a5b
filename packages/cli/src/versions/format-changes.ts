import type { Change } from "@personakit/core";
import { oneLine } from "@personakit/core/internal";

/** Changes as text: what kind, where, and the wordings. */
export function describeChanges(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => {
    const { place, note, texts } = partsOf(change);
    const head = `  ${SIGNS[change.kind]} ${change.kind.padEnd(12)} ${place}`;
    return [note === "" ? head : `${head}  ${note}`, ...texts.flatMap(quoted)];
  });
}

const SIGNS: { readonly [Kind in Change["kind"]]: string } = {
  added: "+",
  removed: "-",
  renamed: ">",
  reworded: "~",
  strengthened: "!",
  weakened: "!",
  widened: "+",
  narrowed: "!",
  changed: "~",
};

/** A text of a change; the label is empty where there is only one. */
type Wording = readonly [label: string, text: string];

interface ChangeParts {
  readonly place: string;
  /** What is said behind the place: both strengths, where nothing else has changed; that an old name still works. */
  readonly note: string;
  readonly texts: readonly Wording[];
}

/** What is said of a change: a text that stays the same is said once. */
function partsOf({ path, from, alias, before, after }: Change): ChangeParts {
  const place = from === undefined ? path : `${from} -> ${path}`;
  const notes = alias === undefined ? [] : ["the old name still works"];
  const [was, is] = [ofRule(before), ofRule(after)];
  if (was !== undefined && is !== undefined && was.strength !== is.strength && was.text === is.text) {
    const note = [`${was.strength} -> ${is.strength}`, ...notes].join(", ");
    return { place, note, texts: [["", is.text]] };
  }
  const texts = from !== undefined && before === after ? { "": after } : { before, after };
  const wordings = Object.entries(texts).filter((each): each is [string, string] => each[1] !== undefined);
  return { place, note: notes.join(), texts: wordings };
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
    const { place, note, texts } = partsOf(change);
    return [
      `- **${change.kind}** \`${place}\`${note === "" ? "" : `: ${note}`}`,
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
