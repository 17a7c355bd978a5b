import { example } from "../entries/example.ts";
import type { ItemSpec } from "../entries/item.ts";
import { checkEntry, type Entry, kindOf } from "../entries/kinds.ts";
import { prose } from "../entries/prose.ts";
import { point } from "../entries/rule.ts";
import { table } from "../entries/table.ts";
import { Issues } from "../issues/issue.ts";
import { Page } from "../markdown/page.ts";
import { ENGLISH } from "../phrases/languages.ts";
import type { Block, Item } from "../read/split.ts";

const OPTIONS = { referencePath: (id: string) => `ref:${id}` };
const ORIGIN = { unit: "converted", rule: "converted" };

/** The entry that says a block; undefined where none says it in the same characters. */
export function entryOfBlock(text: string, block: Block): Entry | undefined {
  const written = text.slice(block.start, block.end);
  switch (block.kind) {
    case "paragraph":
      return firstThatSays(written, [prose(written, written.includes("\n") ? { breaks: true } : undefined)]);
    case "fence":
      return firstThatSays(written, examplesOf(written));
    case "table":
      return firstThatSays(written, tablesOf(written));
    default:
      return undefined;
  }
}

/** The point that says an item of a list, by itself: the first of its list. */
export function entryOfItem(text: string, item: Item): Entry | undefined {
  const found = specOf(text, item);
  if (found === undefined) return undefined;
  const { text: said, ...look } = found;
  const start = look.style === "steps" ? Number.parseInt(item.marker, 10) : 1;
  const options = { ...look, ...(start === 1 ? {} : { start }) };
  return firstThatSays(text.slice(item.start, item.end), [point(said, options)]);
}

/** The title of a heading that a section says in the same characters; undefined for any other. */
export function titleOf(text: string, { start, end, depth }: Block): string | undefined {
  const written = text.slice(start, end);
  const title = written.slice(depth + 1).trim();
  const page = new Page(OPTIONS);
  page.heading(depth, title, ORIGIN);
  return title !== "" && page.finish().text === `${written}\n` ? title : undefined;
}

function specOf(text: string, { marker, blocks }: Item): Exclude<ItemSpec, string> | undefined {
  const [paragraph, list, ...more] = blocks;
  if (paragraph?.kind !== "paragraph" || (list !== undefined && list.kind !== "list") || more.length > 0)
    return undefined;
  const lines = text.slice(paragraph.start, paragraph.end).split("\n");
  const said = lines.map((line, index) => (index === 0 ? line : line.trimStart())).join("\n");
  const isTask = marker === "-" && said.startsWith("[ ] ");
  const style = marker === "-" ? (isTask ? "checklist" : undefined) : "steps";
  const items = list?.items.map((item) => specOf(text, item));
  if (items?.includes(undefined)) return undefined;
  return {
    text: isTask ? said.slice(4) : said,
    ...(style === undefined ? {} : { style }),
    ...(lines.length === 1 ? {} : { breaks: true }),
    ...(items === undefined ? {} : { items: (items as Exclude<ItemSpec, string>[]).map(shortest) }),
  };
}

/** A point of which nothing but a text is said is that text. */
function shortest(spec: Exclude<ItemSpec, string>): ItemSpec {
  return Object.keys(spec).length === 1 ? spec.text : spec;
}

function examplesOf(written: string): Entry[] {
  const lines = written.split("\n");
  const [, fence = "", info = ""] = /^(`{3,}|~{3,})(.*)$/.exec(lines[0] as string) ?? [];
  const code = lines.slice(1, -1).join("\n");
  return [{}, { fence }, { exact: true }, { exact: true, fence }].map((look) => {
    return example(info, code, Object.keys(look).length === 0 ? undefined : look);
  });
}

function tablesOf(written: string): Entry[] {
  const [head = "", delimiter = "", ...rows] = written.split("\n");
  const [columns, cells] = [cellsIn(head), rows.map(cellsIn)];
  const looks = [undefined, { padded: true }, { delimiter }, { delimiter, padded: true }];
  return looks.map((look) => table(columns, cells, look));
}

function cellsIn(row: string): string[] {
  return row.split(/(?<!\\)\|/).slice(1, -1);
}

function firstThatSays(written: string, entries: readonly Entry[]): Entry | undefined {
  return entries.find((entry) => {
    const issues = new Issues("converted");
    checkEntry(issues, entry, "asWritten");
    if (issues.found.length > 0) return false;
    const page = new Page(OPTIONS);
    kindOf(entry).render(page, [{ ...entry, origin: ORIGIN }], {
      style: "asWritten",
      phrases: ENGLISH,
      blanks: 1,
      step: 1,
    });
    return page.finish().text === `${written}\n`;
  });
}
