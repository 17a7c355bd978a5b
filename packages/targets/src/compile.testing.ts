import { compile, type Document, definePersona, must, section } from "@personakit/core";
import type { Target } from "./define/target.ts";
import { readFrontMatter } from "./format/front-matter.ts";
import type { Compiled } from "./model/compiled.ts";
import { targets } from "./registry.ts";

/** A section with one rule, `own/a`. */
export const rules = (text: string) => [section({ id: "own", title: "Own", rules: { a: must(text) } })];

const guide = section({ id: "body", title: "Body", rules: { b: must("See [itself](ref:guide).") } });

/** For `use` and `references`: a body that links to a reference, which links to itself. */
export const linked = {
  use: rules("Read [the guide](ref:guide)."),
  references: { guide: { title: "The guide", when: "you are lost", use: [guide] } },
};

/** A worked example for a description. */
export const examples = [{ context: "An order.", user: "Ship it", assistant: "Calling it", commentary: "Yes." }];

/** A description without examples. */
export const describedAs = (does: string) => ({ does, when: "When.", notFor: "" });

/** The persona `dev`, with more or other settings. */
export const documentWith = (more: object = {}): Document =>
  compile(
    definePersona({
      id: "dev",
      version: "1.0.0",
      title: "Dev",
      role: "You build.",
      description: describedAs("Does."),
      use: rules("Do it."),
      ...more,
    }),
  );

/** The target of that id. */
export function targetOf(id: string): Target {
  const target = targets.find((candidate) => candidate.id === id);
  if (target === undefined) throw new Error(`no target ${id}`);
  return target;
}

/** What a target makes of `dev`. */
export const compiled = (id: string, more: object = {}): Compiled => targetOf(id).compile(documentWith(more));

/** The main file's text. */
export const main = (id: string, more: object = {}): string => compiled(id, more).artifacts[0]?.text ?? "";

/** The main file's front matter. */
export const front = (id: string, more: object = {}): object => readFrontMatter(main(id, more)).data;
