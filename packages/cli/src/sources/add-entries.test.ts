import { describe, expect, test } from "vitest";
import { newConfiguration, withPersonas } from "./add-entries.ts";

const ENTRIES = ["./AGENTS.md", { persona: "./a.md", targets: [], copies: ["CLAUDE.md"] }];
const add = (text: string, name = "personakit.config.json") => withPersonas(name, text, ENTRIES);

test("a new configuration has one persona on each line", () => {
  const text = newConfiguration(ENTRIES);
  expect(JSON.parse(text).personas).toEqual(ENTRIES);
  expect(text).toContain(
    '\n    "./AGENTS.md",\n    { "persona": "./a.md", "targets": [], "copies": ["CLAUDE.md"] }\n  ]\n}\n',
  );
});

describe("personas go to the end of the list", () => {
  test("of a configuration in JSON, with its indentation, line ends and mark", async () => {
    const text = '\uFEFF{\r\n\t"personas": [\r\n\t\t"one",   "two"\r\n\t],\r\n\t"out": "x"}';
    const spread = '\uFEFF{\r\n\t"personas": [\r\n\t\t"one",\r\n\t\t"two"\r\n\t],\r\n\t"out": "x"}';
    expect(await add(spread)).toBe(
      '\uFEFF{\r\n\t"personas": [\r\n\t\t"one",\r\n\t\t"two",\r\n\t\t"./AGENTS.md",\r\n\t\t{ "persona": "./a.md", "targets": [], "copies": ["CLAUDE.md"] }\r\n\t],\r\n\t"out": "x"}',
    );
    expect(JSON.parse((await add(text))?.slice(1) ?? "").personas).toEqual(["one", "two", ...ENTRIES]);
    expect(await add('{ "personas": ["one"], "out": "x" }')).toBe(
      '{ "personas": [\n    "one",\n    "./AGENTS.md",\n    { "persona": "./a.md", "targets": [], "copies": ["CLAUDE.md"] }\n  ], "out": "x" }',
    );
  });

  test("of a configuration in JSON that has only checks", async () => {
    const checks = '"checks": { "off": {} }';
    const list = '\n    "./AGENTS.md",\n    { "persona": "./a.md", "targets": [], "copies": ["CLAUDE.md"] }\n  ]';
    expect(await add(`{\n  ${checks}\n}\n`)).toBe(`{\n  "personas": [${list},\n  ${checks}\n}\n`);
    expect(await add(`{ ${checks} }`)).toBe(`{ "personas": [${list}, ${checks} }`);
  });

  test.each([
    [
      "a list on several lines",
      "[\n    one, // first\n    two, // second\n  ]",
      "[\n    one, // first\n    two, // second\n    NEW,\n  ]",
    ],
    ["one without a comma at its end", "[\n    one\n  ]", "[\n    one,\n    NEW\n  ]"],
    ["a list on one line", "[one, ...more]", "[\n    one,\n    ...more,\n    NEW,\n  ]"],
    ["one with a comment", "[one /* first */, two]", "[one /* first */, two, NEW]"],
    ["an empty list", "[]", "[\n    NEW,\n  ]"],
  ])("of a configuration in code: %s", async (_, list, expected) => {
    const config = (personas: string) => `export default defineConfig({\n  personas: ${personas},\n  out: "x",\n});\n`;
    const entries = ['"./AGENTS.md"', '{ persona: "./a.md", targets: [], copies: ["CLAUDE.md"] }'];
    const gap = /\n {4}/.test(expected) ? ",\n    " : ", ";
    expect(await add(config(list), "personakit.config.ts")).toBe(config(expected.replace("NEW", entries.join(gap))));
  });

  test("of nothing that is no list: what belongs there is said instead", async () => {
    expect(await add("export default defineConfig({ personas: list() });", "personakit.config.ts")).toBeUndefined();
    expect(await add("export default ((", "personakit.config.ts")).toBeUndefined();
  });
});
