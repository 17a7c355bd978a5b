import { existsSync } from "node:fs";
import { basename, join, posix } from "node:path";
import type { CopyFile, CopyGroup, CopyPlace } from "@personakit/core/copies";
import type { Readable, RecognisedFile } from "@personakit/targets/read";
import type { EntryChange } from "../sources/change-entries.ts";
import type { PersonaEntry } from "../sources/define-config.ts";
import type { Reader } from "../sources/reader.ts";
import { type Facts, isSkill, type KnownFile } from "./facts.ts";

/** A file that is written, and its text. */
export interface NewText {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** Undefined: there is none. */
  readonly before: string | undefined;
  readonly text: string;
  /** The file that a new one takes its mode from. */
  readonly like?: string;
}

/** Where a line stands for a passage from now on. */
export interface NewUse {
  /** The file that a tool reads, with the place that it has there. */
  readonly place: CopyPlace;
  /** The file that says it. */
  readonly source: string;
  readonly line: string;
}

/** A persona that is built to files that are there already. */
export interface DraftEntry {
  /** The file that it is for. */
  readonly path: string;
  /** As the configuration says it; undefined where that does not change. */
  readonly entry: ConfigEntry | undefined;
  /** Where the configuration has it. */
  readonly index: number | undefined;
  /** The same, as it is built: with targets that are loaded. */
  readonly built: PersonaEntry;
  /** What must be built, as it is there. */
  readonly outputs: readonly string[];
  /** The files whose text changes for it. */
  readonly changes: readonly string[];
  readonly hasOutputs: boolean;
}

/** A persona as data. */
export interface ConfigEntry {
  readonly persona: string;
  readonly format?: string;
  readonly targets?: readonly string[];
  readonly copies?: readonly string[];
  readonly [option: string]: unknown;
}

/** What would be written. */
export interface Draft {
  /** The groups that are left, with the places that are. */
  readonly groups: readonly CopyGroup[];
  /** New and changed texts, without the configuration. */
  readonly texts: readonly NewText[];
  readonly uses: readonly NewUse[];
  readonly entries: readonly DraftEntry[];
  readonly changes: readonly EntryChange[];
  /** Groups that wait for others, or that nothing can be made of, and why. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
  /** Files that have to be left out first, and why: the draft counts only without any. */
  readonly refused: ReadonlyMap<string, string>;
}

/** How a fragment is written. */
export interface FragmentForm {
  /** Of its file: "md", or that of a module. */
  readonly ending: string;
  text(passage: Passage & { readonly id: string; readonly blank: number | undefined }): string;
}

/** A text that becomes a fragment. */
export type Passage = Pick<CopyGroup, "text" | "places" | "parameters">;

/** Says what would be written, without the files that are refused. */
export function draftOf(
  facts: Facts,
  { groups, files }: { readonly groups: readonly CopyGroup[]; readonly files: readonly CopyFile[] },
  refused: ReadonlyMap<string, string>,
  { reader, form }: { readonly reader: Reader; readonly form: FragmentForm },
): Draft {
  const drafting = new Drafting(facts, new Map(files.map((file) => [file.path, file])), refused, reader, form);
  // Equal files first: what one of them says stands in one place then.
  const equal = ({ of, match }: CopyGroup) => of === "file" && match === "equal";
  for (const group of groups) if (equal(group)) drafting.addEqual(group);
  for (const group of groups) if (!equal(group)) drafting.addPassages(group);
  return drafting.finish(groups);
}

interface Use {
  readonly place: CopyPlace;
  readonly fragment: string;
  readonly settings: string;
}

class Drafting {
  readonly #facts: Facts;
  readonly #files: ReadonlyMap<string, CopyFile>;
  readonly #refused: ReadonlyMap<string, string>;
  readonly #reader: Reader;
  readonly #form: FragmentForm;
  readonly #more = new Map<string, string>();
  readonly #kept = new Map<CopyGroup, CopyGroup>();
  readonly #left: { name: string; why: string }[] = [];
  readonly #copies = new Map<string, string[]>();
  /** By an equal file, the one that speaks for it. */
  readonly #firsts = new Map<string, string>();
  readonly #uses = new Map<string, Use[]>();
  /** By file, who has taken what. */
  readonly #taken = new Map<string, { readonly start: number; readonly end: number; readonly by: string }[]>();
  readonly #fragments = new Map<string, string>();
  readonly #texts: NewText[] = [];
  readonly #newUses: NewUse[] = [];
  readonly #names = new Set<string>();

  constructor(
    facts: Facts,
    files: ReadonlyMap<string, CopyFile>,
    refused: ReadonlyMap<string, string>,
    reader: Reader,
    form: FragmentForm,
  ) {
    this.#facts = facts;
    this.#files = files;
    this.#refused = refused;
    this.#reader = reader;
    this.#form = form;
  }

  /** Equal files become outputs of one of them. */
  addEqual(all: CopyGroup): void {
    const group = without(all, this.#refused);
    if (group === undefined) return;
    const paths = group.places.map(({ path }) => path);
    const most = mostAlike(paths, (path) => this.#text(path));
    for (const path of paths) {
      const why = most.includes(path) ? this.#whyNoCopy(path) : `it is ${most[0]} but for its line ends`;
      if (why !== undefined) this.#more.set(path, why);
    }
    if (paths.some((path) => this.#more.has(path))) return;
    // One that the configuration names keeps its entry there.
    const first = paths.find((path) => this.#facts.known.has(path)) ?? (paths[0] as string);
    const others = paths.filter((path) => path !== first);
    for (const path of others) {
      const known = this.#facts.known.get(path);
      const targets = known?.targets.filter(({ id }) => id !== known.file.format.id) ?? [];
      if (targets.length > 0)
        this.#more.set(path, `it is also built for ${targets.map(({ id }) => id).join(", ")}, and ${first} is not`);
      this.#firsts.set(path, first);
    }
    this.#copies.set(first, others);
    this.#kept.set(all, group);
  }

  /** Why a file cannot be one of several outputs of a text. */
  #whyNoCopy(path: string): string | undefined {
    if (this.#isFragment(path)) return "it is a fragment, and nothing is built to it";
    if (this.#isSource(path)) return "it is a source already, and nothing is built to it";
    return this.#whyNoPart(path);
  }

  /** Why a file beside a skill cannot be an output: what is built from it would be a build behind. */
  #whyNoPart(path: string): string | undefined {
    const skill = this.#facts.parts.get(path);
    return skill === undefined
      ? undefined
      : `it is built to other places with ${skill}, and only that file can use a fragment`;
  }

  /** A passage becomes a fragment, and each of its places a line that names it. */
  addPassages(all: CopyGroup): void {
    const group = without(all, this.#refused);
    if (group === undefined) return;
    for (const { path } of group.places) {
      const why = this.#whyNoPart(path);
      if (why !== undefined) this.#more.set(path, why);
    }
    if (group.match !== "additions") {
      const kept = this.#addPassage(all.name, group);
      if (kept !== undefined) this.#kept.set(all, { ...group, ...kept });
      return;
    }
    const kept = (group.passages ?? []).flatMap(
      (each) => this.#addPassage(all.name, { ...each, parameters: [] }) ?? [],
    );
    if (kept.length > 0) this.#kept.set(all, group);
    else if ((group.passages ?? []).length === 0)
      this.#leave(all.name, "what the files have in common is too short between the additions");
  }

  #addPassage(name: string, all: Passage): Passage | undefined {
    const moved = all.places.map((place) => ({ ...place, path: this.#firsts.get(place.path) ?? place.path }));
    const isFree = (place: CopyPlace) => this.#overlapping(place) === undefined;
    const passage = picked({ ...all, places: moved }, isFree);
    if (passage === undefined) {
      const others = new Set(moved.flatMap((place) => this.#overlapping(place) ?? []));
      this.#leave(name, `it overlaps with ${[...others].join(", ")}: extract it after that`);
      return undefined;
    }
    const fragment = this.#existing(passage) ?? this.#newFragment(name, passage);
    const depth = this.#reader.leastDepth(passage.text);
    for (const [index, place] of passage.places.entries()) {
      const { path, start, end } = place;
      this.#taken.set(path, [...(this.#taken.get(path) ?? []), { start, end, by: name }]);
      if (path === fragment) continue;
      const values = passage.parameters.map(({ name, values }) => `${name}="${values[index]}"`);
      const settings = [...(depth === 0 ? [] : [`depth="${depth}"`]), ...values].join(" ");
      this.#uses.set(path, [...(this.#uses.get(path) ?? []), { place, fragment, settings }]);
    }
    return passage;
  }

  #overlapping({ path, start, end }: CopyPlace): string | undefined {
    return this.#taken.get(path)?.find((each) => start < each.end && each.start < end)?.by;
  }

  #leave(name: string, why: string): void {
    if (!this.#left.some((each) => each.name === name)) this.#left.push({ name, why });
  }

  /** The fragment that says a passage already, and nothing else. */
  #existing({ text, places, parameters }: Passage): string | undefined {
    if (parameters.length > 0) return undefined;
    const known = this.#fragments.get(text);
    if (known !== undefined) return known;
    return places.find(({ path, start, end }) => {
      const { body = 0 } = this.#files.get(path) as CopyFile;
      const head = this.#text(path).slice(0, body);
      const isWhole = this.#text(path).slice(body).trim() === this.#text(path).slice(start, end).trim();
      return this.#isFragment(path) && isWhole && !/^params:/m.test(head);
    })?.path;
  }

  #newFragment(name: string, passage: Passage): string {
    const path = this.#free((each) => `fragments/${each}.${this.#form.ending}`, name);
    const id = basename(path).replace(/\.\w+$/, "");
    this.#texts.push({
      path,
      before: undefined,
      text: this.#form.text({ ...passage, id, blank: this.#blankAbove(passage) }),
    });
    if (passage.parameters.length === 0) this.#fragments.set(passage.text, path);
    return path;
  }

  /** The blank lines above a passage, where all of its places have as many. */
  #blankAbove({ places }: Passage): number | undefined {
    const all = places.map(({ path, start }) => {
      const [, above] = /\S[ \t]*((?:\r?\n[ \t]*)+)$/.exec(this.#text(path).slice(0, start)) ?? [];
      return above === undefined ? 1 : (above.match(/\n/g)?.length ?? 1) - 1;
    });
    return new Set(all).size === 1 ? all[0] : undefined;
  }

  #isFragment(path: string): boolean {
    if (this.#facts.known.has(path)) return false;
    return this.#facts.users.has(path) || (/^fragments\//.test(path) && this.#recognised(path) === undefined);
  }

  /** Whether nobody reads a file where it lies but a build: one in a folder such as `agents` may be for a tool that is told where to look. */
  #isSource(path: string): boolean {
    const known = this.#facts.known.get(path);
    if (known === undefined || known.file.isInPlace) return false;
    return !known.file.isWhole || this.#recognised(path) === undefined;
  }

  #free(path: (name: string) => string, wanted: string): string {
    const isTaken = (each: string) => this.#names.has(path(each)) || existsSync(join(this.#facts.folder, path(each)));
    let name = wanted;
    for (let number = 2; isTaken(name); number++) name = `${wanted}-${number}`;
    this.#names.add(path(name));
    return path(name);
  }

  #text(path: string): string {
    return this.#files.get(path)?.text ?? "";
  }

  finish(all: readonly CopyGroup[]): Draft {
    const entries: DraftEntry[] = [];
    const changes: EntryChange[] = [];
    const touched = new Map<string, string[]>();
    const touch = (user: string, path: string) => touched.set(user, [...(touched.get(user) ?? []), path]);
    for (const path of [...new Set([...this.#copies.keys(), ...this.#uses.keys()])].sort()) {
      const known = this.#facts.known.get(path);
      if (this.#isFragment(path) || this.#isSource(path)) {
        this.#rewrite(path, path);
        for (const user of known === undefined ? (this.#facts.users.get(path) ?? []) : [path]) touch(user, path);
        continue;
      }
      const made = this.#entryFor(path, known);
      if (made === undefined) continue;
      entries.push(made.entry);
      changes.push(...made.changes);
    }
    for (const [path, own] of touched) {
      const known = this.#facts.known.get(path) as KnownFile;
      const already = entries.findIndex((each) => each.path === path);
      if (already === -1) entries.push(this.#unchanged(known, own));
      else entries[already] = { ...(entries[already] as DraftEntry), changes: [path, ...own] };
    }
    return {
      groups: all.flatMap((group) => this.#kept.get(group) ?? []),
      ...{ texts: this.#texts, uses: this.#newUses, entries, changes, left: this.#left, refused: this.#more },
    };
  }

  /** Puts the lines into a text, which stands at a path from now on. */
  #rewrite(path: string, source: string): void {
    const text = this.#text(path);
    let after = "";
    let at = 0;
    for (const { place, fragment, settings } of (this.#uses.get(path) ?? []).sort(
      (a, b) => a.place.start - b.place.start,
    )) {
      const name = posix.relative(posix.dirname(source), fragment);
      const line = `::use[${name.startsWith(".") ? name : `./${name}`}]${settings === "" ? "" : `{${settings}}`}`;
      this.#newUses.push({ place, source, line });
      after += text.slice(at, place.start) + line;
      at = place.end;
    }
    after += text.slice(at);
    this.#texts.push({ path: source, before: source === path ? text : undefined, text: after });
  }

  /** A source whose entry stays, and is built again. */
  #unchanged(known: KnownFile, changes: readonly string[]): DraftEntry {
    const { entry, file, targets, isOnlyRead, index, outputs } = known;
    const isSaid = isOnlyRead || targets.length > 0;
    const out = entry.out ?? this.#facts.shared.out;
    const built = { ...entry, ...(isSaid ? { targets } : {}), ...(out === undefined ? {} : { out }) };
    return { path: file.path, entry: undefined, index, built, outputs, changes, hasOutputs: true };
  }

  #entryFor(
    path: string,
    known: KnownFile | undefined,
  ): { readonly entry: DraftEntry; readonly changes: EntryChange[] } | undefined {
    const { shared } = this.#facts;
    const found = this.#recognised(path);
    const format = known?.file.format ?? found?.readable ?? this.#plain();
    const added = this.#copies.get(path) ?? [];
    const others = added.flatMap((each) => this.#facts.known.get(each) ?? []);
    const copies = unique([
      ...((known?.entry.copies ?? []) as readonly string[]),
      ...added,
      ...others.flatMap(({ entry }) => entry.copies ?? []),
    ]);
    const isMoved = this.#uses.has(path);
    const source = isMoved ? this.#move(path, known, found?.name) : path;
    const made = isMoved ? this.#movedEntry(path, source, format, { known, copies }) : undefined;
    if (isMoved && made === undefined) {
      this.#more.set(path, `its targets in ${this.#facts.config} are code, so that its entry cannot be changed`);
      return undefined;
    }
    const isUnknown = known === undefined && found === undefined;
    const entry: ConfigEntry = made ?? {
      persona: `./${path}`,
      ...(known?.entry as object | undefined),
      ...(isUnknown ? { format: format.id } : {}),
      ...(known === undefined ? { targets: [] } : {}),
      ...(copies.length === 0 ? {} : { copies }),
    };
    const targets = known?.targets.filter((target) => !(made?.targets !== undefined && target.id === format.id));
    const isReadOnly = entry.targets?.length === 0;
    const out = (entry.out as string | undefined) ?? shared.out;
    const built: PersonaEntry = {
      ...entry,
      ...(isReadOnly ? { targets: [] } : (targets?.length ?? 0) > 0 ? { targets: targets ?? [] } : {}),
      ...(out === undefined ? {} : { out }),
    };
    const outputs = unique([
      ...(isMoved ? [path] : []),
      ...copies,
      ...(known?.outputs ?? []),
      ...others.flatMap((each) => each.outputs),
    ]);
    const before = known?.entry as ConfigEntry | undefined;
    const changed = Object.keys(entry).filter(
      (option) => JSON.stringify(before?.[option]) !== JSON.stringify(entry[option]),
    );
    return {
      entry: {
        ...{ path, entry, index: known?.index, built, outputs, changes: [path] },
        hasOutputs: (known?.outputs.length ?? 0) > 0,
      },
      changes: [
        ...(known === undefined ? [] : [{ index: known.index, entry, changed }]),
        ...others.map(({ index }) => ({ index, entry: undefined, changed: [] })),
      ],
    };
  }

  /** The text moves to a folder that no tool reads; of a skill that is built to other places, all of it does. */
  #move(path: string, known: KnownFile | undefined, name: string | undefined): string {
    const stem = nameOf(path, name);
    const beside = known?.file.beside?.files ?? [];
    if (isSkill(path) && beside.length > 0 && (known?.outputs.length ?? 0) > 0) {
      const source = `${this.#free((each) => `personas/${each}`, stem)}/SKILL.md`;
      this.#rewrite(path, source);
      for (const { path: part, text } of beside) {
        const like = posix.join(posix.dirname(path), part);
        this.#texts.push({ path: posix.join(posix.dirname(source), part), before: undefined, text, like });
      }
      return source;
    }
    const source = this.#free((each) => `personas/${each}${path.endsWith(".mdc") ? ".mdc" : ".md"}`, stem);
    this.#rewrite(path, source);
    return source;
  }

  /** The entry of a file that is built to where it lay; undefined where its targets are not names. */
  #movedEntry(
    path: string,
    source: string,
    format: Readable,
    { known, copies }: { readonly known: KnownFile | undefined; readonly copies: readonly string[] },
  ): ConfigEntry | undefined {
    const moved = { persona: `./${source}`, format: format.id };
    if (known === undefined) return { ...moved, targets: [], copies: [path, ...copies] };
    const { persona: _, format: __, copies: ___, ...options } = known.entry;
    if (this.#isBuiltThere(path, source, format, known))
      return { ...moved, ...options, ...(copies.length === 0 ? {} : { copies }) } as ConfigEntry;
    const targets = known.entry.targets ?? this.#facts.shared.targets ?? [];
    if (!targets.every((each) => typeof each === "string")) return undefined;
    return {
      ...moved,
      ...(options as object),
      targets: targets.filter((each) => each !== format.id && known.targets.some(({ id }) => id === each)),
      copies: [path, ...copies],
    };
  }

  /** Whether the file's own target writes the very path, and it counts for no limit that is reached. */
  #isBuiltThere(path: string, source: string, format: Readable, known: KnownFile): boolean {
    const text = this.#texts.find((each) => each.path === source)?.text ?? "";
    const isOwn = known.targets.some(({ id }) => id === format.id);
    if (!isOwn || known.isOnlyRead || this.#facts.isOverLimit) return false;
    const { id } = format.read({ path: source, text }).document;
    const out = known.entry.out ?? this.#facts.shared.out ?? "";
    return posix.join(out, format.path.replaceAll("<name>", id)) === path;
  }

  /** What a path says; a reference of a skill is a text like any other. */
  #recognised(path: string): RecognisedFile | undefined {
    const found = this.#reader.recognise(path);
    return found?.reference === undefined ? found : undefined;
  }

  #plain(): Readable {
    return this.#reader.readables.find(({ id }) => id === "agents-md") as Readable;
  }
}

/** A group without the files that are refused; undefined where it is none any more. */
function without(group: CopyGroup, refused: ReadonlyMap<string, string>): CopyGroup | undefined {
  const kept = picked(group, ({ path }) => !refused.has(path));
  if (kept === undefined) return undefined;
  const passages = group.passages?.flatMap((each) => {
    const left = picked({ ...each, parameters: [] }, ({ path }) => !refused.has(path));
    return left === undefined ? [] : [{ text: left.text, places: left.places }];
  });
  return { ...group, ...kept, ...(passages === undefined ? {} : { passages }) };
}

/** What is left of a passage in some of its places; undefined where that is one file. */
function picked<Each extends Passage>(passage: Each, isMeant: (place: CopyPlace) => boolean): Each | undefined {
  const kept = [...passage.places.keys()].filter((index) => isMeant(passage.places[index] as CopyPlace));
  const places = kept.map((index) => passage.places[index] as CopyPlace);
  if (new Set(places.map(({ path }) => path)).size < 2) return undefined;
  const parameters = passage.parameters.map(({ name, values }) => ({
    name,
    values: kept.map((index) => values[index] as string),
  }));
  return { ...passage, places, parameters };
}

/** Most of some paths that have one text; of as many, those that come first. */
function mostAlike(paths: readonly string[], textOf: (path: string) => string): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const path of paths) groups.set(textOf(path), [...(groups.get(textOf(path)) ?? []), path]);
  return [...groups.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.replace(/^\.\//, "")))];
}

/** What a source is called: as its persona, or its file, in kebab-case. */
function nameOf(path: string, name: string | undefined): string {
  const given = name === undefined || name === "" ? basename(path).replace(/(?:\.\w+)+$/, "") : name;
  const kebab = given
    .replace(/[^A-Za-z\d]+/g, "-")
    .replace(/^[-\d]+|-$/g, "")
    .toLowerCase();
  return kebab === "" ? "persona" : kebab;
}
