import { createRequire } from "node:module";
import {
  type Document,
  drop,
  type Entry,
  type Origin,
  type PlacedEntry,
  type Rule,
  type Strength,
} from "@personakit/core";
import {
  entriesOf,
  kindOf,
  nameWithVersion,
  pathOf,
  phrasesOf,
  RULE_ID,
  readWhen,
  sectionsOf,
  strengthOfLead,
} from "@personakit/core/internal";
import { type AddedRule, type Change, lookOf, NO_REASON, type Override } from "../sources/override.ts";
import { type Line, linesOf } from "./lines.ts";
import type { PlannedArtifact } from "./make-plan.ts";
import { readBack } from "./read-back.ts";

/** A file, or a block, that a hand has changed. */
export interface EditedFile {
  readonly artifact: Pick<PlannedArtifact, "text" | "origins">;
  /** What stands there now. */
  readonly found: string;
  readonly document: Document;
}

/** A changed line that no override can say. */
export interface UnsaidLine {
  /** In what stands there now, from 1. */
  readonly line: number;
  /** What it belongs to, or why it belongs to nothing, as a sentence goes on after "line 7". */
  readonly belongsTo: string;
}

/** What a hand has changed in a file, as an override, and the rest. */
export interface HandEdits {
  readonly override: Override;
  readonly unsaid: readonly UnsaidLine[];
}

/** A line as it was compiled. */
interface Compiled extends Line {
  readonly origin: Origin;
  readonly entry: PlacedEntry | undefined;
  readonly role: "rule" | "lead" | "entry" | "persona";
  /** The index of the heading that it stands under. */
  readonly section: number;
}

/** A stretch of lines that were compiled, and what a hand has put in their place: indexes of both. */
interface Hunk {
  readonly olds: readonly number[];
  readonly news: readonly number[];
}

/** Reads the changes of a hand as an override: where rules differ, their texts; where some are missing or new, that too. */
export function handEdits({ artifact, found, document }: EditedFile): HandEdits {
  const compiled = compiledLines(artifact, document);
  const mine = linesOf(found);
  const differences = compare(compiled, mine);
  if (differences === undefined) return { override: NOTHING, unsaid: [REWRITTEN] };
  return new Reader({ compiled, mine, differences, found, document }).read();
}

const NOTHING: Override = { rules: {}, addRules: {}, ownRules: {} };
const REWRITTEN: UnsaidLine = {
  line: 1,
  belongsTo: "and those below differ in too many places to make an override of them",
};

/** How many lines may differ: a file that is wholly another one is no change of this one. */
const MOST_DIFFERENT = 1000;

/** Kinds of entry that any line may belong to: one that looks like an item of a list as well. */
const AS_IT_STANDS: readonly Entry["kind"][] = ["example", "markdown", "rule"];

interface Differences {
  readonly hunks: readonly Hunk[];
  /** The compiled line that each line of the hand's is. */
  readonly oldOf: ReadonlyMap<number, number>;
}

function compare(compiled: readonly Line[], mine: readonly Line[]): Differences | undefined {
  // jsdiff: maintained, typed, no dependencies. Loaded only when there is a difference, because most runs find none.
  const { diffArrays }: typeof import("diff") = createRequire(import.meta.url)("diff");
  const keys = (lines: readonly Line[]) => lines.map(({ key }) => key);
  const changes = diffArrays(keys(compiled), keys(mine), { maxEditLength: MOST_DIFFERENT });
  if (changes === undefined) return undefined;
  const oldOf = new Map<number, number>();
  const hunks: { olds: number[]; news: number[] }[] = [];
  let [old, own] = [0, 0];
  let open: (typeof hunks)[number] | undefined;
  for (const { added, removed, value } of changes) {
    if (!added && !removed) {
      open = undefined;
      for (const _ of value) oldOf.set(own++, old++);
      continue;
    }
    if (open === undefined) {
      open = { olds: [], news: [] };
      hunks.push(open);
    }
    for (const _ of value) {
      if (removed) open.olds.push(old++);
      else open.news.push(own++);
    }
  }
  return { hunks, oldOf };
}

/** Where a new line stands: the index of its heading, and the strength of the rules there; none where they stand as written. */
interface Place {
  readonly section: number;
  readonly strength: Strength | undefined;
}

/** What is known before the changes are read. */
interface Compared {
  readonly compiled: readonly Compiled[];
  readonly mine: readonly Line[];
  readonly differences: Differences;
  readonly found: string;
  readonly document: Document;
}

class Reader {
  readonly #document: Document;
  readonly #raw: readonly string[];
  readonly #compiled: readonly Compiled[];
  readonly #mine: readonly Line[];
  readonly #hunks: readonly Hunk[];
  /** The compiled line that each line of the hand's is, or stands for. */
  readonly #oldOf: Map<number, number>;
  readonly #references: ReadonlyMap<string, string>;
  /** Lines of the hand's, and compiled ones, that are accounted for. */
  readonly #said = new Set<number>();
  readonly #gone = new Set<number>();
  readonly #rules: Record<string, Record<string, Change>> = {};
  readonly #added: Record<string, AddedRule> = {};
  readonly #own: Record<string, Entry | null> = {};
  readonly #unsaid: UnsaidLine[] = [];
  /** Entries of sections in which rules stand as written. */
  readonly #asWritten: ReadonlySet<PlacedEntry>;

  constructor({ compiled, mine, differences: { hunks, oldOf }, found, document }: Compared) {
    this.#document = document;
    const sections = sectionsOf(document).filter(({ list }) => list === "asWritten");
    this.#asWritten = new Set(sections.flatMap(({ entries }) => entries));
    this.#raw = found.split("\n");
    this.#compiled = compiled;
    this.#mine = mine;
    this.#hunks = hunks;
    this.#oldOf = new Map(oldOf);
    this.#references = referencesIn(compiled, document);
  }

  read(): HandEdits {
    const moved = this.#findMoved();
    for (const hunk of this.#hunks) this.#readBlocks(hunk);
    const replaced = this.#hunks.flatMap((hunk) => this.#pair(hunk));
    for (const [old, mine] of replaced) this.#oldOf.set(mine, old);
    for (const [old, mine] of replaced) this.#replace(old, mine);
    for (const [old, mine] of moved) this.#move(old, mine);
    for (const { olds } of this.#hunks) for (const old of olds) this.#dropIfGone(old);
    for (const { news } of this.#hunks) for (const mine of news) this.#add(mine);
    for (const hunk of this.#hunks) this.#sayRest(hunk);
    const override = { rules: this.#dropWhole(), addRules: this.#added, ownRules: this.#own };
    return { override, unsaid: this.#unsaid.sort((a, b) => a.line - b.line) };
  }

  /** Rules that stand elsewhere now, word for word. */
  #findMoved(): [old: number, mine: number][] {
    const news = this.#hunks.flatMap((hunk) => hunk.news).filter((mine) => this.#mineAt(mine).item !== undefined);
    const taken = new Set<number>();
    return this.#hunks.flatMap(({ olds }) =>
      olds.flatMap((old): [number, number][] => {
        const { role, text } = this.#compiledAt(old);
        const mine = news.find((each) => !taken.has(each) && this.#mineAt(each).text === text);
        if (role !== "rule" || mine === undefined) return [];
        taken.add(mine);
        this.#said.add(mine);
        this.#gone.add(old);
        return [[old, mine]];
      }),
    );
  }

  /** Entries that are no rules, of which a line has changed. */
  #readBlocks({ olds, news }: Hunk): void {
    const touched = new Set(olds.filter((old) => this.#compiledAt(old).role === "entry"));
    const above = this.#oldOf.get((news[0] ?? 0) - 1);
    if (olds.length === 0 && above !== undefined && this.#goesOn(above, news[0] as number)) touched.add(above);
    for (const old of touched) {
      const { entry } = this.#compiledAt(old);
      if (entry === undefined || this.#gone.has(old)) continue;
      // The lead above belongs to the rules of a strength, not to the first of them.
      const region = [...this.#compiled.keys()].filter(
        (each) => this.#compiledAt(each).entry === entry && this.#compiledAt(each).role === "entry",
      );
      for (const each of region) this.#gone.add(each);
      const lines = this.#linesOfEntry(region, entry);
      if (lines.length === 0) {
        this.#change(entry, drop(NO_REASON));
        continue;
      }
      for (const mine of lines) this.#said.add(mine);
      const [first, last] = [this.#mineAt(lines[0] ?? 0), this.#mineAt(lines.at(-1) ?? 0)];
      const raw = this.#raw.slice(first.first - 1, last.last).map((line) => this.#withReferences(line));
      const now = readBack(entry, raw);
      if (now !== undefined) this.#change(entry, now);
      else
        this.#unsaid.push({
          line: first.first,
          belongsTo: `no longer reads as the ${kindOf(entry).label(entry)} ${pathOf(entry)}`,
        });
    }
  }

  /** Whether a line that is new belongs to the entry above: in the middle of it, as one more row, or as one more paragraph. */
  #goesOn(old: number, mine: number): boolean {
    const { role, entry } = this.#compiledAt(old);
    if (role !== "entry" || this.#compiled[old + 1]?.entry === entry) return role === "entry";
    const { item, isHeading, isVerbatim, key } = this.#mineAt(mine);
    if (entry?.kind === "table") return key.startsWith("|");
    return (
      entry?.kind === "prose" &&
      item === undefined &&
      !isHeading &&
      !isVerbatim &&
      this.#strengthOfLead(key) === undefined
    );
  }

  /** The lines of the hand's in the place of an entry: those between its kept neighbours, without what stands for other entries. */
  #linesOfEntry(region: readonly number[], entry: PlacedEntry): readonly number[] {
    const mineOf = new Map([...this.#oldOf].map(([mine, old]) => [old, mine]));
    let [from, to] = [(region[0] ?? 0) - 1, (region.at(-1) ?? 0) + 1];
    while (from >= 0 && !mineOf.has(from)) from--;
    while (to < this.#compiled.length && !mineOf.has(to)) to++;
    const first = (mineOf.get(from) ?? -1) + 1;
    const end = mineOf.get(to) ?? this.#mine.length;
    const olds = [...this.#compiled.keys()].slice(from + 1, to);
    const between = this.#shareOf(entry, olds, [...this.#mine.keys()].slice(first, end));
    if (AS_IT_STANDS.includes(entry.kind)) return between;
    return between.filter((mine) => {
      const { item, isHeading, key } = this.#mineAt(mine);
      return item === undefined && !isHeading && this.#strengthOfLead(key) === undefined;
    });
  }

  /** Of the lines between two kept ones, those that stand for one entry: a neighbour may have changed as well. */
  #shareOf(entry: PlacedEntry, olds: readonly number[], news: readonly number[]): readonly number[] {
    if (olds.every((old) => this.#compiledAt(old).entry === entry)) return news;
    const pairs = bestPairs(
      olds.map((old) => this.#compiledAt(old)),
      news.map((mine) => this.#mineAt(mine)),
    );
    const owners = new Map(pairs.map(([old, mine]) => [mine, this.#compiledAt(olds[old] as number)]));
    // A line that stands for none goes with the one above it.
    let owner = pairs[0] === undefined ? undefined : this.#compiledAt(olds[pairs[0][0]] as number);
    return news.filter((_, mine) => {
      owner = owners.get(mine) ?? owner;
      return owner?.entry === entry && owner.role === "entry";
    });
  }

  /** Rules and the lines that stand in their places: in order, the most similar together. */
  #pair({ olds, news }: Hunk): [old: number, mine: number][] {
    const rules = olds.filter((old) => this.#compiledAt(old).role === "rule" && !this.#gone.has(old));
    const items = news.filter((mine) => this.#mineAt(mine).item !== undefined && !this.#said.has(mine));
    const pairs = bestPairs(
      rules.map((old) => this.#compiledAt(old)),
      items.map((mine) => this.#mineAt(mine)),
    );
    return pairs.map(([rule, item]) => {
      const [old, mine] = [rules[rule] as number, items[item] as number];
      this.#gone.add(old);
      this.#said.add(mine);
      return [old, mine];
    });
  }

  #replace(old: number, mine: number): void {
    const { entry } = this.#compiledAt(old) as { readonly entry: PlacedEntry & Rule };
    const { item } = this.#mineAt(mine);
    if (this.#isAsWritten(entry)) {
      const { style: _, ...look } = lookOf(entry);
      const style = item === "point" && entry.style === "checklist" ? entry.style : undefined;
      this.#change(entry, {
        ...look,
        ...this.#ruleAt(mine, entry.strength, true),
        ...(style === undefined ? {} : { style }),
      });
      return;
    }
    const strength = item === "step" ? entry.strength : (this.#placeOf(mine)?.strength ?? entry.strength);
    this.#change(entry, this.#ruleAt(mine, strength));
  }

  /** A rule that has another strength now; else one that is taken out where it was, and new where it is. */
  #move(old: number, mine: number): void {
    const { entry, section } = this.#compiledAt(old) as Compiled & { readonly entry: PlacedEntry & Rule };
    const place = this.#placeOf(mine);
    const isBound = place?.strength !== undefined && place.section === section && place.strength !== entry.strength;
    if (isBound && !this.#isAsWritten(entry)) {
      this.#oldOf.set(mine, old);
      this.#change(entry, this.#ruleAt(mine, place.strength));
      return;
    }
    this.#said.delete(mine);
    this.#change(entry, drop(`Moved: see addRules.${this.#add(mine, entry.origin.rule) ?? entry.origin.rule}.`));
  }

  #dropIfGone(old: number): void {
    const { role, entry } = this.#compiledAt(old);
    if (role !== "rule" || entry === undefined || this.#gone.has(old)) return;
    this.#gone.add(old);
    this.#change(entry, drop(NO_REASON));
  }

  /** Adds a rule where a line is new, and returns its id. */
  #add(mine: number, wish?: string): string | undefined {
    const { item, text } = this.#mineAt(mine);
    if (item === undefined || this.#said.has(mine)) return undefined;
    const place = this.#placeOf(mine);
    const anchor = place === undefined ? undefined : this.#anchorOf(mine, place);
    if (place === undefined || anchor === undefined) return undefined;
    this.#said.add(mine);
    const taken = [...Object.keys(this.#added), ...this.#ownRules()];
    const id = freeId(wish ?? idFrom(text), taken);
    this.#added[id] = { ...anchor, rule: this.#ruleAt(mine, place.strength, place.strength === undefined) };
    return id;
  }

  #ownRules(): string[] {
    const { id } = this.#document;
    return entriesOf(this.#document).flatMap(({ origin: { unit, rule } }) => (unit === id ? [rule] : []));
  }

  /** `isMarked`: where rules stand as written, each says how it is marked. */
  #ruleAt(mine: number, strength: Strength | undefined, isMarked = false): Rule {
    const { item, text } = this.#mineAt(mine);
    const style = isMarked && item === "step" ? { style: "steps" as const } : {};
    const bound = strength === undefined ? {} : { strength };
    return { ...style, kind: "rule", ...bound, text: this.#withReferences(text) };
  }

  #isAsWritten(entry: PlacedEntry): boolean {
    return this.#asWritten.has(entry);
  }

  #change({ origin: { unit, rule } }: PlacedEntry, change: Change): void {
    // What the persona adds itself is changed where it is added.
    if (unit === this.#document.id) this.#own[rule] = change.kind === "drop" ? null : change;
    else this.#rules[unit] = { ...this.#rules[unit], [rule]: change };
  }

  /** Where a new line stands: under which heading, and among rules of which strength. Undefined under a heading that is new. */
  #placeOf(mine: number): Place | undefined {
    const isStep = this.#mineAt(mine).item === "step";
    let strength: Strength | undefined;
    for (let index = mine - 1; index >= 0; index--) {
      const old = this.#oldOf.get(index);
      if (old === undefined) {
        const { isHeading, key } = this.#mineAt(index);
        if (isHeading) return undefined;
        strength ??= this.#strengthOfLead(key);
        continue;
      }
      const { role, entry, section, isHeading } = this.#compiledAt(old);
      if (entry !== undefined && this.#isAsWritten(entry)) return { section, strength: undefined };
      if (entry?.kind === "rule") strength ??= entry.strength;
      if (role === "entry" && !isStep) strength ??= "must";
      if (isHeading || strength !== undefined)
        return { section, strength: strength ?? this.#strengthBelow(mine, isStep) };
    }
    return undefined;
  }

  /** What stands first under a heading is absolute; a first step is what the next one is. */
  #strengthBelow(mine: number, isStep: boolean): Strength | undefined {
    for (let index = mine + 1; index < this.#mine.length; index++) {
      const old = this.#oldOf.get(index);
      const entry = old === undefined ? undefined : this.#compiledAt(old).entry;
      if (entry !== undefined && this.#isAsWritten(entry)) return undefined;
      if (isStep && entry?.kind === "rule") return entry.strength;
      if (!isStep && old !== undefined) break;
    }
    return "must";
  }

  /** The rule that a new one stands next to: of its own strength and in its own list, where there is one. */
  #anchorOf(
    mine: number,
    { section, strength }: Place,
  ): { readonly after: string } | { readonly before: string } | undefined {
    const isStep = this.#mineAt(mine).item === "step";
    const isFree = isStep || strength === undefined;
    const isNear = ({ entry }: Compiled) => entry?.kind === "rule" && (isFree || entry.strength === strength);
    const near = (step: 1 | -1) => this.#neighbour(mine, step, section, isNear, ({ role }) => role === "entry");
    const any = (step: 1 | -1) =>
      this.#neighbour(
        mine,
        step,
        section,
        () => true,
        () => false,
      );
    const above = near(-1);
    if (above !== undefined) return { after: above };
    const below = near(1);
    if (below !== undefined) return { before: below };
    const [after, before] = [any(-1), any(1)];
    return after !== undefined ? { after } : before !== undefined ? { before } : undefined;
  }

  /** The nearest rule, up or down, that fits; none beyond one that ends the search. */
  #neighbour(
    mine: number,
    step: 1 | -1,
    section: number,
    fits: (line: Compiled) => boolean,
    ends: (line: Compiled) => boolean,
  ): string | undefined {
    for (let index = mine + step; index >= 0 && index < this.#mine.length; index += step) {
      const old = this.#oldOf.get(index);
      if (old === undefined) continue;
      const line = this.#compiledAt(old);
      if (line.section !== section || ends(line)) return undefined;
      const { entry, role } = line;
      // What the persona adds itself is no place for more of it.
      if (entry === undefined || role === "lead" || entry.origin.unit === this.#document.id) continue;
      if (fits(line)) return pathOf(entry);
    }
    return undefined;
  }

  /** A fragment of which nothing is left is dropped whole, with its heading. */
  #dropWhole(): Override["rules"] {
    const entries = entriesOf(this.#document);
    return Object.fromEntries(
      Object.entries(this.#rules).map(([unit, changes]): [string, Override["rules"][string]] => {
        const all = entries.filter(({ origin }) => origin.unit === unit);
        const isGone = all.every(({ origin: { rule } }) => changes[rule]?.kind === "drop");
        const isHeadingGone = this.#hunks.some(({ olds }) => olds.some((old) => this.#isHeadingOf(old, unit)));
        return isGone && isHeadingGone ? [unit, drop(NO_REASON)] : [unit, changes];
      }),
    );
  }

  #isHeadingOf(old: number, unit: string): boolean {
    const { isHeading, origin } = this.#compiledAt(old);
    return isHeading && origin.unit === unit;
  }

  /** What no override can say. */
  #sayRest({ olds, news }: Hunk): void {
    const left = news.filter(
      (mine) => !this.#said.has(mine) && this.#strengthOfLead(this.#mineAt(mine).key) === undefined,
    );
    const owned = olds.filter((old) => this.#compiledAt(old).role === "persona" && !this.#isDropped(old));
    const next = this.#mineAt(news[0] ?? this.#below(olds.at(-1) ?? 0));
    const said = new Set<string>();
    for (const [index, old] of owned.entries()) {
      const belongsTo = this.#ownerOf(this.#compiledAt(old));
      const mine = left[index];
      const { first } = mine === undefined ? next : this.#mineAt(mine);
      if (said.size < said.add(belongsTo).size) this.#unsaid.push({ line: first, belongsTo });
    }
    for (const mine of left.slice(owned.length))
      this.#unsaid.push({ line: this.#mineAt(mine).first, belongsTo: this.#reason(mine) });
  }

  /** The first line that a hand has kept below a compiled one. */
  #below(old: number): number {
    for (const [mine, other] of this.#oldOf) if (other > old) return mine;
    return this.#mine.length - 1;
  }

  #isDropped(old: number): boolean {
    const { origin, isHeading } = this.#compiledAt(old);
    return (
      isHeading &&
      entriesOf(this.#document).every(
        (entry) => entry.origin.unit !== origin.unit || this.#rules[origin.unit]?.[entry.origin.rule]?.kind === "drop",
      ) &&
      this.#rules[origin.unit] !== undefined
    );
  }

  /** What a line that is no rule's belongs to. */
  #ownerOf({ origin, isHeading, isVerbatim, item, key }: Compiled): string {
    const { id } = this.#document;
    if (isVerbatim) return `comes from the description and the settings of "${id}": change them in extend`;
    if (isHeading && key.startsWith("# ")) return `is the title of "${id}": set title in extend`;
    if (isHeading && origin.unit !== id)
      return `is the heading of ${nameWithVersion({ id: origin.unit, version: origin.version })}: an override changes rules, not headings`;
    if (isHeading) return "is a heading that every persona has";
    if (item !== undefined) return "says when to read a reference: it comes from the reference's title and when";
    return `is the role of "${id}": set role in extend`;
  }

  /** Why a line that is new can be no rule. */
  #reason(mine: number): string {
    const { item, isHeading, key } = this.#mineAt(mine);
    if (isHeading) return "is a new heading: add a section of your own, use: [section({ id, title, rules })]";
    if (key.startsWith("  ")) return "is a list inside a rule: write each point as a rule of its own";
    if (item !== undefined)
      return "is under no heading of a fragment: add a section of your own, use: [section({ id, title, rules })]";
    return "is not part of a rule: put text of your own into a section, use: [section({ id, title, rules })]";
  }

  /** A text with links to references as their authors write them. */
  #withReferences(text: string): string {
    // Behind the last bracket no link ends, and each "](" there would look for one through all of the rest.
    const end = text.lastIndexOf(")") + 1;
    const linked = text.slice(0, end).replace(LINK, (whole, path: string) => {
      const id = this.#references.get(path);
      return id === undefined ? whole : `](ref:${id})`;
    });
    return linked + text.slice(end);
  }

  #strengthOfLead(line: string): Strength | undefined {
    return strengthOfLead(line, phrasesOf(this.#document));
  }

  #compiledAt(index: number): Compiled {
    return this.#compiled[index] as Compiled;
  }

  #mineAt(index: number): Line {
    return this.#mine[index] as Line;
  }
}

function compiledLines({ text, origins }: EditedFile["artifact"], document: Document): Compiled[] {
  const entries = new Map(entriesOf(document).map((entry) => [pathOf(entry), entry]));
  let section = -1;
  return linesOf(text).map((line, index) => {
    const origin = origins[line.first - 1] as Origin;
    const entry = origin.rule === undefined ? undefined : entries.get(`${origin.unit}/${origin.rule}`);
    if (line.isHeading && entry === undefined) section = index;
    return { ...line, origin, entry, role: roleOf(line, entry, document), section };
  });
}

function roleOf({ item, key }: Line, entry: PlacedEntry | undefined, document: Document): Compiled["role"] {
  if (entry === undefined) return "persona";
  if (entry.kind !== "rule") return "entry";
  if (strengthOfLead(key, phrasesOf(document)) !== undefined) return "lead";
  // One of several lines is read back as a whole.
  if ((entry.items ?? entry.breaks) !== undefined) return "entry";
  return item === undefined ? "lead" : "rule";
}

const LINK = /\]\(([^)\s]+)\)/g;

/** The ids of references, by the paths that links to them have in a file. */
function referencesIn(compiled: readonly Compiled[], document: Document): Map<string, string> {
  const known = new Map<string, string>();
  const listed = compiled.filter(({ role, item }) => role === "persona" && item !== undefined);
  // What authors write, and what the file says of it: their links are the same ones.
  const pairs = document.references.map((reference, index): readonly [string, string] => [
    readWhen(reference, phrasesOf(document)),
    listed[index]?.text ?? "",
  ]);
  for (const { entry, text } of compiled) if (entry?.kind === "rule") pairs.push([entry.text, text]);
  for (const texts of pairs) {
    const [sources = [], paths] = texts.map((each) => [...each.matchAll(LINK)].map(([, address = ""]) => address));
    for (const [index, source] of sources.entries()) {
      const path = paths?.[index];
      if (source.startsWith("ref:") && path !== undefined) known.set(path, source.slice("ref:".length));
    }
  }
  return known;
}

const MOST_PAIRS = 10_000;

/** Pairs as many lines of two lists as there are in the shorter one, in order, so that they are most alike. */
function bestPairs(olds: readonly Line[], news: readonly Line[]): [old: number, mine: number][] {
  // Of a file that was rewritten, nobody can tell: the time grows with the product.
  if (olds.length * news.length > MOST_PAIRS) return olds.slice(0, news.length).map((_, index) => [index, index]);
  const words = ({ text }: Line) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const [a, b] = [olds.map(words), news.map(words)];
  // The best sum of the lists from i and j on.
  const best = Array.from({ length: olds.length + 1 }, () => new Array<number>(news.length + 1).fill(0));
  const scoreOf = (i: number, j: number) => {
    const isMarkedAlike = markOf(olds[i] as Line) === markOf(news[j] as Line);
    return 1 + similarity(a[i] as Set<string>, b[j] as Set<string>) + (isMarkedAlike ? 1 : 0);
  };
  const at = (i: number, j: number) => best[i]?.[j] ?? 0;
  for (let i = olds.length - 1; i >= 0; i--) {
    for (let j = news.length - 1; j >= 0; j--) {
      (best[i] as number[])[j] = Math.max(at(i + 1, j), at(i, j + 1), scoreOf(i, j) + at(i + 1, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < olds.length && j < news.length; ) {
    if (at(i, j) === at(i + 1, j)) i++;
    else if (at(i, j) === at(i, j + 1)) j++;
    else pairs.push([i++, j++]);
  }
  return pairs;
}

/** What a line begins with that says what it is: the mark of an item, how far in, or of a quotation, a row or a heading. */
function markOf({ key }: Line): string {
  return /^(?: *(?:-|1\.) |[>|#:`~<]|)/.exec(key)?.[0] ?? "";
}

/** The share of words that two texts have in common. */
function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / Math.max(1, one.size + other.size - shared);
}

/** Words that tell rules apart no better than any others. */
const FILLERS = new Set([
  "a",
  "an",
  "the",
  "to",
  "of",
  "in",
  "on",
  "at",
  "for",
  "with",
  "and",
  "or",
  "every",
  "each",
  "all",
  "any",
  "its",
  "it",
  "is",
  "are",
  "be",
]);

/** An id for a new rule, from its first words. */
function idFrom(text: string): string {
  const words = text.match(/[A-Za-z][A-Za-z0-9]*/g) ?? [];
  const telling = words.filter((word) => !FILLERS.has(word.toLowerCase())).slice(0, 3);
  const id = telling
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : (word[0] ?? "").toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join("");
  return RULE_ID.test(id) ? id : "added";
}

function freeId(id: string, taken: readonly string[]): string {
  let free = id;
  for (let number = 2; taken.includes(free); number++) free = `${id}${number}`;
  return free;
}
