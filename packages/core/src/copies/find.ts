import { passagesIn } from "../read/passages.ts";
import { split } from "../read/split.ts";
import { withPassages } from "./additions.ts";
import { chosen } from "./choose.ts";
import type { Copies, CopyGroup, CopyPlace, Cost } from "./copy-group.ts";
import { exactRuns, type Run } from "./exact.ts";
import { likePassages } from "./like.ts";
import { numbersThatContradict } from "./numbers.ts";
import { type CopyFile, even, placeOf, Units } from "./units.ts";
import { wholeFiles } from "./whole-files.ts";
import { hunksBetween, partsOf } from "./words.ts";

/** A part of a text, and whether another text has something else there. */
export interface DifferingPart {
  /** As it stands. */
  readonly text: string;
  /** Whether the other text has something else there. */
  readonly differs: boolean;
}

/** With how many words in one only two texts are still compared word by word. */
const MOST_WORDS = 600;

/**
 * Compares two texts word by word. Returns the first one in parts: those that the other one says too, and those in which it differs; undefined
 * where too much does. Never throws.
 *
 * @example
 * ```ts
 * import { differingParts } from "@personakit/core/copies";
 *
 * const parts = differingParts("Keep coverage above 80 %.", "Keep coverage above 90 %.");
 * console.log(parts?.filter(({ differs }) => differs)); // [{ text: "80", differs: true }]
 * ```
 */
export function differingParts(text: string, other: string): DifferingPart[] | undefined {
  const parts = partsOf(text);
  const hunks = hunksBetween(parts, partsOf(other), MOST_WORDS);
  if (hunks === undefined) return undefined;
  const found: DifferingPart[] = [];
  let at = 0;
  for (const { from, to } of hunks) {
    if (from === to) continue;
    if (from > at) found.push({ text: parts.slice(at, from).join(""), differs: false });
    found.push({ text: parts.slice(from, to).join(""), differs: true });
    at = to;
  }
  if (at < parts.length) found.push({ text: parts.slice(at).join(""), differs: false });
  return found;
}

/** How copies are looked for. */
export interface FindCopiesOptions {
  /** Counts a text's tokens. */
  readonly tokens: (text: string) => number;
  /** The least saving of a group, in tokens: 40 where this is not set. */
  readonly least?: number;
}

/**
 * Finds what stands in two or more files: whole files and passages that are equal or equal but for parameters, what has drifted
 * apart, and numbers that contradict. Nothing is proposed that would not pay for the line that stands in its place. The order of the files does not matter. Never throws.
 *
 * @example
 * ```ts
 * import { findCopies } from "@personakit/core/copies";
 *
 * const text = "Run the tests before every commit. ".repeat(20);
 * const files = [{ path: "a.md", text }, { path: "b.md", text }];
 * const { groups } = findCopies(files, { tokens: (text) => text.length / 4 });
 * console.log(groups[0]?.places.map(({ path }) => path)); // ["a.md", "b.md"]
 * ```
 */
export function findCopies(files: readonly CopyFile[], { tokens, least = 40 }: FindCopiesOptions): Copies {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const units = new Units(sorted);
  const cost: Cost = { tokens, least };
  const whole = wholeFiles(units, cost);
  const exact = exactRuns(units, whole, cost);
  const like = likePassages(units, whole);
  const { runs, drifts } = chosen(units, whole, [...exact, ...like.runs], like.drifts, cost);
  const names = new Names();
  const groups = [
    ...withPassages(units, whole.groups, cost).map((group) => ({ ...group, heading: "" })),
    ...runs.map((run) => groupOf(units, run)),
  ];
  groups.sort((a, b) => b.saves - a.saves || comparePlaces(a.places[0], b.places[0]));
  const apart = [
    ...whole.drifts.map((drift) => ({ ...drift, heading: "" })),
    ...drifts.map((drift) => ({ ...drift, heading: headingOf(drift.variants[0]?.text ?? "") })),
  ];
  apart.sort((a, b) => b.tokens - a.tokens || comparePlaces(a.variants[0]?.places[0], b.variants[0]?.places[0]));
  return {
    groups: groups.map((group) => ({ name: names.take(nameOf(group)), ...group })),
    drifts: apart.map((drift) => ({
      name: names.take(
        nameOf({ ...drift, text: drift.variants[0]?.text ?? "", places: drift.variants[0]?.places ?? [] }),
      ),
      ...drift,
    })),
    numbers: numbersThatContradict(
      whole.distinct.map((file) => {
        const { path, text, body = 0 } = sorted[file] as CopyFile;
        return { path, text: even(text), isShown: (at) => at >= body };
      }),
    ),
  };
}

function comparePlaces(one: CopyPlace | undefined, other: CopyPlace | undefined): number {
  if (one === undefined || other === undefined || (one.path === other.path && one.start === other.start)) return 0;
  return one.path < other.path || (one.path === other.path && one.start < other.start) ? -1 : 1;
}

function groupOf(units: Units, run: Run): Omit<CopyGroup, "name"> {
  const { text, places, parameters, tokens, saves } = run;
  const match = parameters.length === 0 ? "equal" : "parameters";
  return {
    ...{ of: "passage", match, heading: headingOf(text), text, parameters, tokens, saves },
    places: places.map((each) => placeOf(units, each.from, each.to)),
  };
}

function headingOf(text: string): string {
  return /^#{1,6}[ \t]+(.*?)[ \t#]*$/m.exec(text.split("\n", 1)[0] ?? "")?.[1] ?? "";
}

/** What a group is about: the heading of a passage or its first words; of files, the name that they have. */
function nameOf({ of, text, places }: Pick<CopyGroup, "of" | "text" | "places">): string {
  if (of === "passage") {
    const [first] = passagesIn(split(text.slice(0, 2000)), "whole");
    const words = first === undefined ? "" : first.kind === "heading" ? first.section : kebab(first.id);
    return words.split("-").slice(0, 5).join("-") || "passage";
  }
  const parts = (places[0]?.path ?? "").split("/");
  const file = (parts.pop() ?? "").replace(/(?:\.\w+)+$/, "");
  return kebab(file === "SKILL" || file === "" ? (parts.pop() ?? file) : file) || "file";
}

function kebab(text: string): string {
  return text
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .replace(/[^A-Za-z\d]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}

class Names {
  readonly #taken = new Set<string>();

  take(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number++) name = `${wanted}-${number}`;
    this.#taken.add(name);
    return name;
  }
}
