import fc from "fast-check";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { main, rules } from "../compile.testing.ts";
import { readSimple, readToml } from "./toml.ts";

const piece = fc.constantFrom(
  ...[
    "a = ",
    "b_c = ",
    "a.b = ",
    "d-e = ",
    "__proto__ = ",
    "= ",
    '"x"',
    '"',
    "'''",
    "'''\n",
    "''",
    "'",
    '"""',
    "\n",
    "\r\n",
    "\r",
  ],
  ...[
    "\\",
    '\\"',
    "\\n",
    "\\u0041",
    "\\e",
    "# c",
    "[t]\n",
    "true",
    "1",
    "\t",
    "\0",
    "\u007F",
    "\u0085",
    "\u2028",
    "—",
    "👩‍👧",
  ],
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
const TEXTS = [
  "a",
  "'",
  "''",
  "\\",
  '"',
  "\n",
  "\t",
  " ",
  "\u0085",
  "\u2028",
  "—",
  "👩‍👧",
  "# ",
  "= ",
  "\\d",
  "\r",
  "\0",
  "\u007F",
  "\uD800",
];
const string = fc.array(fc.constantFrom(...TEXTS), { maxLength: 4 }).map((each) => each.join(""));
const agent = fc
  .tuple(fc.array(fc.tuple(fc.constantFrom("a", "b", "c_d"), string), { maxLength: 3 }), string, fc.option(piece))
  .map(([head, body, other]) => {
    const lines = head.map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
    return `${lines.join("")}${other ?? ""}e = '''\n${body}'''\n`;
  });

test("whatever is read without smol-toml reads the same with it", () => {
  let simple = 0;
  fc.assert(
    fc.property(fc.oneof(text, agent, agent, agent), (toml) => {
      const read = readSimple(toml);
      if (read === undefined) return;
      simple++;
      expect(parse(toml), JSON.stringify(toml)).toEqual(read);
    }),
    { seed: 1, numRuns: 20_000 },
  );
  expect(simple).toBeGreaterThan(500);
}, 60_000);

test("an agent is read without smol-toml, and one with a literal's quotes by it", () => {
  const plain = main("codex-agent", { use: rules("Do “it” — `\\d` --- now.") });
  expect(readSimple(plain)).toEqual(parse(plain));
  const quoted = main("codex-agent", { use: rules("Do `'''`.") });
  expect(readSimple(quoted)).toBeUndefined();
  expect(readToml(quoted)).toEqual(parse(quoted));
});

test("what is no TOML is refused", () => {
  expect(() => readToml("a = \n")).toThrow();
  expect(() => readToml("a = \"b\"\na = '''\nc\n'''\n")).toThrow();
});
