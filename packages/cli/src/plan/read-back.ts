import { type Entry, example, type Item, markdown, point, prose, type Rule, table } from "@personakit/core";
import { lookOf } from "../sources/override.ts";

/** How each kind of entry is read back from the lines of a built file, with the look that it had; undefined for lines that are none. */
const READERS: {
  readonly [Kind in Entry["kind"]]: (
    lines: readonly string[],
    was: Extract<Entry, { readonly kind: Kind }>,
  ) => Entry | undefined;
} = {
  rule: (lines, was) => ruleFrom(lines, was),
  markdown: (lines, was) => markdown(lines.join("\n"), lookOf(was)),
  prose: (lines, was) => prose(lines.join("\n"), lookOf(was)),
  example: (lines, was) => {
    const look = lookOf(was);
    const [open = "", ...rest] = withoutBlankEnds(lines);
    const [, fence, language = ""] = /^(`{3,}|~{3,})\s*(.*)$/.exec(open) ?? [];
    const close = rest.pop();
    if (fence === undefined || close !== fence || (look.exact !== true && /\s/.test(language))) return undefined;
    return example(language, rest.join("\n"), look);
  },
  table: (lines, was) => {
    const look = lookOf(was);
    const written = withoutBlankEnds(lines);
    const [columns, line, ...rows] = written.map(cellsOf);
    if (columns === undefined || line === undefined || !line.every((cell) => /^:?-+:?$/.test(cell))) return undefined;
    const delimiter = look.delimiter === undefined ? {} : { delimiter: (written[1] ?? "").trim() };
    return rows.every(({ length }) => length === columns.length)
      ? table(columns, rows, { ...look, ...delimiter })
      : undefined;
  },
};

/** An entry as the lines of a built file say it now. `was`: what the compiler wrote there. */
export function readBack(was: Entry, lines: readonly string[]): Entry | undefined {
  return (READERS[was.kind] as (lines: readonly string[], was: Entry) => Entry | undefined)(lines, was);
}

/** An item of a list: how far in it stands, its mark, its checkbox and its text. */
const ITEM = /^( *)(?:([-*+])|\d{1,9}[.)]) +(\[[ xX]\] +)?(\S.*)$/;

interface OpenItem {
  /** From where on a line belongs to it. */
  readonly indent: number;
  text: string;
  readonly style?: Item["style"];
  readonly items: OpenItem[];
}

/** A rule of several lines, with the points within it. */
function ruleFrom(lines: readonly string[], was: Rule): Entry | undefined {
  const { items: _, ...look } = lookOf(was);
  const root: OpenItem = { indent: -1, text: "", items: [] };
  const open = [root];
  for (const line of lines) {
    if (line.trim() === "") continue;
    const [, space = "", bullet, box, text] = ITEM.exec(line) ?? [];
    if (text === undefined) {
      const last = open.at(-1) as OpenItem;
      last.text += `${look.breaks === true ? "\n" : " "}${line.trim()}`;
      continue;
    }
    while (open.length > 1 && space.length < (open.at(-1) as OpenItem).indent) open.pop();
    const style = bullet === undefined ? "steps" : box === undefined ? undefined : "checklist";
    const indent = space.length + (bullet === undefined ? line.indexOf(text) - space.length : 2);
    const item: OpenItem = { indent, text, ...(style === undefined ? {} : { style }), items: [] };
    (open.at(-1) as OpenItem).items.push(item);
    open.push(item);
  }
  const [rule, ...others] = root.items;
  if (rule === undefined || others.length > 0 || root.text !== "") return undefined;
  const items = rule.items.length === 0 ? {} : { items: rule.items.map(itemFrom) };
  const style = rule.style === undefined ? {} : { style: rule.style };
  // Where rules are sorted, the section says how they are marked.
  const { style: before, ...rest } = look;
  const now = point(rule.text, { ...rest, ...(before === undefined ? {} : style), ...items });
  return was.strength === undefined ? now : { ...now, strength: was.strength };
}

function itemFrom({ text, style, items }: OpenItem): Item {
  return {
    text,
    ...(style === undefined ? {} : { style }),
    ...(text.includes("\n") ? { breaks: true } : {}),
    ...(items.length === 0 ? {} : { items: items.map(itemFrom) }),
  };
}

function withoutBlankEnds(lines: readonly string[]): string[] {
  return lines.join("\n").trim().split("\n");
}

function cellsOf(row: string): string[] {
  const cells = row.trim().split(/(?<!\\)\|/);
  return cells.slice(1, -1).map((cell) => cell.replace(/\\\|/g, "|").trim());
}
