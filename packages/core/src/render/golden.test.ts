import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { compile } from "../compile/compile.ts";
import type { Rendered } from "../markdown/page.ts";
import type { PersonaData } from "../model/persona.ts";
import { render } from "./render.ts";

const fixtures = join(import.meta.dirname, "../../fixtures");

test.each(readdirSync(fixtures))("%s compiles to its golden file", async (name) => {
  const folder = join(fixtures, name);
  const { persona }: { persona: PersonaData } = await import(pathToFileURL(join(folder, "input.ts")).href);
  const { body, references } = render(compile(persona), { referencePath: (id) => `${id}.md` });
  const pages = [["body", body] as const, ...Object.entries(references)];
  const output = pages.map(([page, rendered]) => `==== ${page}\n${withOrigins(rendered)}`).join("\n");
  const golden = join(folder, "output.txt");
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(golden, output);
  expect(output).toBe(readFileSync(golden, "utf8"));
});

/** Each line behind its origin. */
function withOrigins({ text, origins }: Rendered): string {
  const lines = text.split("\n").slice(0, -1);
  const labels = origins.map(({ unit, version, persona, rule, editedBy }) =>
    [
      persona === undefined ? unit : `${persona}:${unit}`,
      version === undefined ? "" : `@${version}`,
      rule === undefined ? "" : `/${rule}`,
      editedBy === undefined ? "" : ` by ${editedBy}`,
    ].join(""),
  );
  const width = Math.max(...labels.map((label) => label.length));
  return lines
    .map((line, index) => `${(labels[index] ?? "").padEnd(width)} | ${line}`.trimEnd())
    .join("\n")
    .concat("\n");
}
