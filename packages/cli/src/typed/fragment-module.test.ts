import { expect, test } from "vitest";
import { loadReader } from "../sources/reader.ts";
import { fragmentModule } from "./fragment-module.ts";

test("a text under a heading becomes typed entries, and what stands for a parameter a function of it", async () => {
  const text = [
    "### House style",
    "",
    '- Write {{language}} with `the names` of its "files", and ${all}.',
    "- Say why.",
    "",
    "```sh",
    "make ${all}",
    "```",
  ].join("\n");
  const parameters = [{ name: "language", values: ["Rust", "Kotlin"] }];
  expect(
    fragmentModule({ id: "style", text, parameters }, await loadReader()),
  ).toBe(`import { defineFragment, example, point } from "@personakit/core";
import { z } from "zod";

/** House style. */
export const style = defineFragment({
  id: "style",
  title: "House style",
  summary: "House style, for all that say it.",
  list: "asWritten",
  params: {
    language: z.string().default("Rust"),
  },
  rules: {
    writeLanguageNamesFiles: ({ language }) => point(\`Write \${language} with \\\`the names\\\` of its "files", and \\\${all}.\`),
    sayWhy: point("Say why."),
    shMake: example("sh", "make \${all}"),
  },
});
`);
});

test("a text without a heading says itself how far below it stands, and several headings stay Markdown", async () => {
  const reader = await loadReader();
  const list = fragmentModule({ id: "list", text: "- One thing.\n- Another thing.", parameters: [], blank: 0 }, reader);
  expect(list).toContain("title: false");
  expect(list).toContain('point("One thing.", { blank: 0 })');
  const two = fragmentModule({ id: "two", text: "# One\n\nText.\n\n## Two\n\nMore.", parameters: [] }, reader);
  expect(two).toContain('markdown("# One")');
  expect(two).toContain('markdown("## Two")');
});
