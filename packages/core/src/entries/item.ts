import type { Issues } from "../issues/issue.ts";
import { isRecord, keysOf, said } from "../issues/values.ts";
import { checkInline, checkKeptLines, keptLines, trimmed } from "../markdown/inline.ts";
import type { Origin, Page } from "../markdown/page.ts";
import { ITEM_STYLES, type ItemStyle } from "./kind.ts";

/** A point within a rule or another point. */
export interface Item {
  /** Inline Markdown on one line; on several with `breaks`. */
  readonly text: string;
  /** Default: bullets. */
  readonly style?: ItemStyle;
  /** Keeps the line breaks of the text. */
  readonly breaks?: boolean;
  /** Points within this one. */
  readonly items?: readonly Item[];
}

/** A point within a rule, as an author may write it: a text stands for a bullet. */
export type ItemSpec = string | (Omit<Item, "items"> & { readonly items?: readonly ItemSpec[] });

/** Points as they are kept. From JavaScript they may be anything; what checks them says so. */
export function itemsFrom(specs: readonly ItemSpec[]): readonly Item[] {
  return Array.isArray(specs) ? specs.map((spec) => itemFrom(spec, 1)) : (specs as never);
}

function itemFrom(spec: ItemSpec, level: number): Item {
  if (typeof spec === "string") return { text: trimmed(spec) };
  // What is nested deeper is refused, and may have no end.
  if (!isRecord(spec) || level > MOST_LEVELS) return spec as Item;
  const { text, items } = spec;
  const inner = Array.isArray(items) ? { items: items.map((each) => itemFrom(each, level + 1)) } : {};
  return { ...spec, text: textFrom(text, spec.breaks === true), ...inner } as Item;
}

/** A text of a rule or a point as it is kept. */
export function textFrom(text: string, breaks: boolean): string {
  return breaks && typeof text === "string" ? keptLines(text) : trimmed(text);
}

/** Points within points, and all points of a rule. Real: 4 levels, 60 points. */
const MOST_LEVELS = 10;
const MOST_ITEMS = 1000;

/** Files what is wrong with points that should stand within a rule. */
export function checkItems(issues: Issues, items: unknown): void {
  const count = { left: MOST_ITEMS };
  checkLevel(issues, items, 1, count);
  if (count.left < 0) issues.add("over-limit", `the rule has more than the ${MOST_ITEMS} points that are allowed`);
}

const ITEM_KEYS = keysOf<Item>({ text: true, style: true, breaks: true, items: true });

function checkLevel(issues: Issues, items: unknown, level: number, count: { left: number }): void {
  if (!Array.isArray(items) || items.length === 0) {
    issues.add("wrong-type", "items is not a list of points", 'Expected ["...", { text: "...", items: ["..."] }].');
    return;
  }
  if (level > MOST_LEVELS) {
    issues.add("over-limit", `points stand within each other on more than the ${MOST_LEVELS} levels that are allowed`);
    return;
  }
  for (const [index, item] of items.entries()) {
    if (--count.left < 0) return;
    const at = issues.at(`items[${index}]`);
    if (!isRecord(item)) {
      at.add("wrong-type", "this is not a point", 'Expected { text: "..." }.');
      continue;
    }
    at.unknownKeys(item, ITEM_KEYS);
    const { text, style, breaks, items: inner } = item;
    checkText(at, text, breaks);
    checkStyle(at, style);
    if (inner !== undefined) checkLevel(at, inner, level + 1, count);
  }
}

/** Files a text that is none, and Markdown in it that would open a block. */
export function checkText(issues: Issues, text: unknown, breaks: unknown): void {
  if (breaks !== undefined && typeof breaks !== "boolean") issues.add("wrong-type", "breaks is not true or false");
  if (typeof text !== "string" || text.trim() === "") issues.add("missing-text", "the text is empty");
  else if (!issues.atMost("text", "the text", text.length)) return;
  else if (breaks === true) checkKeptLines(issues, "the text", text);
  else checkInline(issues, "the text", text);
}

/** Files a mark that there is not. */
export function checkStyle(issues: Issues, style: unknown): void {
  if (style !== undefined && !ITEM_STYLES.includes(style as ItemStyle)) {
    issues.unknown("list-style", said(style), ITEM_STYLES);
  }
}

/** All text of points, each behind what `before` gives for its level. */
export function textOfItems(items: readonly Item[], before: (level: number) => string, level = 1): string {
  return items
    .map(({ text, items: inner = [] }) => before(level) + text + textOfItems(inner, before, level + 1))
    .join("");
}

const MARKERS = { bullets: "- ", checklist: "- [ ] " };

/** Numbers steps, and knows where a list goes on with the item above. */
export class Marks {
  #last: ItemStyle | undefined;
  #step = 0;

  /** Whether an item goes on with the list of the one above it. A checkbox is a part of a bullet. */
  goesOn(style: ItemStyle = "bullets"): boolean {
    return this.#last !== undefined && (this.#last === "steps") === (style === "steps");
  }

  /** The mark of the next item. `start`: the number of a step that is not the next one. */
  next(style: ItemStyle = "bullets", start?: number): string {
    this.#step = start ?? (this.goesOn(style) ? this.#step + 1 : 1);
    this.#last = style;
    return style === "steps" ? `${this.#step}. ` : MARKERS[style];
  }
}

/** Writes an item, and the points within it below it: as far to the right as its text begins. */
export function writeItem(page: Page, indent: string, marker: string, item: Omit<Item, "style">, origin: Origin): void {
  // A checkbox is a part of the text.
  const inner = indent + " ".repeat(marker.endsWith("] ") ? MARKERS.bullets.length : marker.length);
  if (item.breaks === true) page.lines(indent + marker, inner, item.text, origin);
  else page.item(indent + marker, item.text, origin);
  const marks = new Marks();
  for (const each of item.items ?? []) writeItem(page, inner, marks.next(each.style), each, origin);
}
