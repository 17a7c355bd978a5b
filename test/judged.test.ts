import { checks } from "@personakit/checks";
import { expect, test } from "vitest";
import { judgedFindings } from "../bench/judged.ts";

// Precision over recall: what the checks find in public repositories was judged one by one.

const { intro, findings } = judgedFindings();
const of = (id: string) => findings.filter(({ check }) => check === id);
const share = (all: typeof findings) => all.filter(({ isTrue }) => isTrue).length / all.length;

test("at least 300 findings are judged, each once", () => {
  const places = findings.map(({ place, check }) => `${place} ${check}`);
  expect(new Set(places).size).toBe(places.length);
  expect(places.length).toBeGreaterThanOrEqual(300);
  const known = checks.map(({ id }) => id);
  expect(findings.filter(({ check }) => !known.some((id) => id === check))).toEqual([]);
});

test("of each check ten are, or all that there are", () => {
  const named = (title: string) => [
    ...(new RegExp(`${title}[\\s\\S]*?\\.\\n`).exec(intro)?.[0] ?? "").matchAll(/\w+\/[\w-]+/g),
  ];
  const [none, few] = ["Found nowhere: ", "Found fewer than ten times"].map((title) => named(title).map(String).sort());
  const having = (isSo: (count: number) => boolean) =>
    checks
      .map(({ id }) => id)
      .filter((id) => isSo(of(id).length))
      .sort();
  expect(having((count) => count === 0)).toEqual(none);
  expect(having((count) => count > 0 && count < 10)).toEqual(few);
});

test.each([
  ["error", 0.97],
  ["warning", 0.9],
])("a finding that is an %s is right, of all of them and of each check", (severity, least) => {
  const some = findings.filter((each) => each.severity === severity);
  expect(share(some)).toBeGreaterThanOrEqual(least);
  const wrong = checks.filter(({ id }) => share(some.filter(({ check }) => check === id)) < least);
  expect(wrong.map(({ id }) => id)).toEqual([]);
});
