import type { PlacedEntry } from "@personakit/core";
import { entriesOf } from "@personakit/core/internal";
import { expect, test } from "vitest";
import { loadUnits } from "../scripts/units.ts";

/** Two texts are near copies when this share of the shorter one's shingles stands in the other. */
const NEAR_COPY = 0.8;
/** Words in a shingle. */
const SHINGLE = 3;

const { fragments, personas } = await loadUnits();

/** Every text of a fragment, and of the personas' own sections, where it stands in the source. */
const texts = [
  ...fragments.flatMap(({ document }) => entriesOf(document)),
  ...personas.flatMap(({ document }) => entriesOf(document).filter(({ origin }) => origin.persona !== undefined)),
].flatMap((entry) => {
  const { persona, unit, rule } = entry.origin;
  const place = [persona, unit, rule].filter((part) => part !== undefined).join("/");
  return textsOf(entry).map((text) => ({ place, shingles: shinglesOf(text) }));
});

test("no text stands in two places, nor a near copy of it", () => {
  expect(nearCopies(texts)).toEqual([]);
});

test("a reworded copy is found", () => {
  const original =
    "Bind every value in SQL as a parameter; take table names and sort directions from an allow-list in code.";
  const copy = original.replace("allow-list in code", "allow list in the code");
  const found = nearCopies(
    [original, copy].map((text, index) => ({ place: String(index), shingles: shinglesOf(text) })),
  );
  expect(found).toEqual(["0 ~ 1"]);
});

function textsOf(entry: PlacedEntry): string[] {
  if (entry.kind === "example") return [];
  if (entry.kind === "table") return entry.rows.map((row) => row.join(" "));
  return entry.text.split("\n\n");
}

function shinglesOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const count = Math.max(0, words.length - SHINGLE + 1);
  return new Set(Array.from({ length: count }, (_, index) => words.slice(index, index + SHINGLE).join(" ")));
}

function nearCopies(all: readonly { readonly place: string; readonly shingles: ReadonlySet<string> }[]): string[] {
  // A text of fewer words than this is a name or a label.
  const long = all.filter(({ shingles }) => shingles.size >= 6);
  return long.flatMap((a, index) =>
    long.slice(index + 1).flatMap((b) => {
      const [small, large] = a.shingles.size <= b.shingles.size ? [a.shingles, b.shingles] : [b.shingles, a.shingles];
      let shared = 0;
      for (const shingle of small) if (large.has(shingle)) shared++;
      return shared / small.size >= NEAR_COPY ? [`${a.place} ~ ${b.place}`] : [];
    }),
  );
}
