import { expect, test } from "vitest";
import { SameBytes } from "./same-bytes.ts";

const joined = (above: string, page: string) => ({ text: above + page, above, page });

test("says yes to the bytes of a text, and to no others", () => {
  const same = new SameBytes();
  const page = "# Größe\n\n- Use “quotes”, 漢字 and 👍.\n";
  for (const above of ['---\nname: "a"\n---\n\n', '---\nname: "größer"\n---\n\n', ""]) {
    const text = above + page;
    expect(same.of(Buffer.from(text), joined(above, page))).toBe(true);
    for (const other of [`${text}\n`, text.slice(0, -1), text.replace("#", "*"), text.replace("G", "g"), ""]) {
      expect(same.of(Buffer.from(other), joined(above, page))).toBe(false);
    }
    if (above !== "")
      expect(same.of(Buffer.from(`${above.replace("n", "m")}${page}`), joined(above, page))).toBe(false);
  }
  // Another page after it.
  expect(same.of(Buffer.from("a\nb\n"), joined("a\n", "b\n"))).toBe(true);
  expect(same.of(Buffer.from("a\nb\n"), joined("a\n", "c\n"))).toBe(false);
});

test("says nothing of a text that it has no room for", () => {
  const same = new SameBytes();
  const long = "x".repeat(70_000);
  expect(same.of(Buffer.from(long.slice(0, 65_536)), joined("", long))).toBe(false);
  expect(same.of(Buffer.from(long), joined("", long))).toBe(false);
  expect(same.of(Buffer.from(long), joined(long, ""))).toBe(false);
  // By bytes: as characters, it would fit.
  const wide = "é".repeat(40_000);
  expect(same.of(Buffer.from(wide), joined("", wide))).toBe(false);
});
